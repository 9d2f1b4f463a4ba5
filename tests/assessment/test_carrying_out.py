"""An adopted comment that the draft does not show is named, and never passed over in silence."""

from __future__ import annotations

import copy

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from steelyard.assessment.actions.schemes import comments, draft
from steelyard.assessment.models import Comment
from steelyard.assessment.queries.schemes.comments import not_carried_out
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account
from tests.assessment.year import Year, year_at
from tests.once import copy_for, world_of

pytestmark = pytest.mark.django_db
OF = "/assessments/2021/scheme/"


commented = world_of(lambda: year_at(Stage.COMMENTS))
COMMENTED = pytest.mark.usefixtures("commented")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


def adopted(year: Year, item: str = "A1") -> Comment:
    one = comments.comment(
        assessment=year.assessment.pk, organisation=year.jiangmen.pk, item=item, text="写明口径",
        by=year.tan.pk, now=year.now,
    )  # fmt: skip
    return comments.answer_comment(
        comment=one.pk, adopted=True, reason="合理", by=year.chen.pk, now=year.now, seen=1
    )


def redrafted(year: Year, at: int, **told: object) -> None:
    document = copy.deepcopy(year.version.document)
    document["items"][at] |= told
    draft(assessment=year.assessment.pk, document=document, by=year.chen.pk, now=year.now)


def account_for(year: Year, one: Comment, text: str = "写入填报说明") -> Comment:
    one.refresh_from_db()
    return comments.account_for_comment(
        comment=one.pk, text=text, by=year.chen.pk, now=year.now, seen=one.version
    )


def page(who: Account, address: str, language: str = "zh-hans") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def refused(year: Year, move: StageMove) -> str:
    with pytest.raises(Refused, match="not_carried_out") as told:
        year.move(move)
    return " ".join(one.text.zh for one in told.value.refusals)


def late(year: Year) -> Year:
    """Nobody is waited for any more."""
    from datetime import timedelta

    year.now += timedelta(60)
    return year


@COMMENTED
def test_comments_are_not_closed_over_an_adopted_one_that_was_not_carried_out(year: Year) -> None:
    one = adopted(year)
    assert "A1" in refused(late(year), StageMove.CLOSE_COMMENTS)
    assert "江门" in refused(year, StageMove.CLOSE_COMMENTS)
    account_for(year, one)
    assert year.move(StageMove.CLOSE_COMMENTS).stage == Stage.CHECKED


@COMMENTED
def test_a_draft_does_not_go_to_approval_until_its_item_was_changed(year: Year) -> None:
    adopted(year)
    year.move(StageMove.DRAFT_AGAIN)
    redrafted(year, 2, material={"zh": "名册"})  # another item
    assert "A1" in refused(year, StageMove.SETTLE)
    redrafted(year, 1, material={"zh": "案件台账，注明口径"})
    assert year.move(StageMove.SETTLE).stage == Stage.CHECKED


@COMMENTED
def test_of_the_whole_no_change_tells_so_it_is_said(year: Year) -> None:
    one = adopted(year, "")
    year.move(StageMove.DRAFT_AGAIN)
    redrafted(year, 1, material={"zh": "名册"})
    assert "总体" in refused(year, StageMove.SETTLE)
    account_for(year, one, "总则中写明")
    assert year.move(StageMove.SETTLE).stage == Stage.CHECKED


@COMMENTED
def test_a_change_of_a_figure_that_the_item_uses_carries_a_comment_out(year: Year) -> None:
    adopted(year, "A2")
    year.move(StageMove.DRAFT_AGAIN)
    document = copy.deepcopy(year.version.document)
    item = next(one for one in document["items"] if one["code"] == "A2")
    used = next(one for one in document["inputs"] if one["code"] in str(item["rule"]))
    used["source"] = {"zh": "案件管理系统，按结案日期"}
    draft(assessment=year.assessment.pk, document=document, by=year.chen.pk, now=year.now)
    assert not_carried_out(year.version) == []


@COMMENTED
def test_a_comment_of_an_earlier_round_is_still_named_in_the_next(year: Year) -> None:
    adopted(year)
    year.move(StageMove.DRAFT_AGAIN)
    year.move(StageMove.SEND_OUT)
    assert "A1" in refused(late(year), StageMove.CLOSE_COMMENTS)


@COMMENTED
def test_what_was_said_of_it_falls_with_the_answer(year: Year) -> None:
    one = account_for(year, adopted(year))
    comments.take_up_comment(comment=one.pk, by=year.chen.pk, now=year.now, seen=one.version)
    one.refresh_from_db()
    assert (one.carried_out, one.carried_out_by, one.carried_out_at) == ("", None, None)
    one.carried_out = "已落实"
    with (
        pytest.raises(IntegrityError, match="comment_carried_out_if_adopted"),
        transaction.atomic(),
    ):
        one.save()


@COMMENTED
def test_only_the_office_says_so_and_not_with_nothing(year: Year) -> None:
    one = adopted(year)
    with pytest.raises(Refused, match="no_text"):
        account_for(year, one, " ")
    for who in (year.tan, year.zhao, year.li):
        with pytest.raises(Refused, match="not_allowed"):
            comments.account_for_comment(comment=one.pk, text="x", by=who.pk, now=year.now, seen=2)


@COMMENTED
def test_it_is_shown_at_the_comment_at_the_item_and_in_the_lists(year: Year) -> None:
    one, whole = adopted(year), adopted(year, "")
    assert "未落实" in page(year.chen, f"{OF}comments/")
    assert "未落实" not in page(year.tan, f"{OF}comments/")
    year.move(StageMove.DRAFT_AGAIN)
    for address in (OF, f"{OF}items/A1/", f"{OF}versions/1/"):
        said = page(year.chen, address)
        assert "意见已采纳，未落实" in said
        assert f"{OF}comments/{one.pk}/" in said
    assert f"{OF}comments/{whole.pk}/" in page(year.chen, OF)
    assert "意见已采纳，未落实" not in page(year.chen, f"{OF}items/A2/")
    assert "not carried out" in page(year.chen, f"{OF}comments/{one.pk}/", "en")
    one.refresh_from_db()
    client = Client()
    client.force_login(year.chen)
    told = {"what": "carried_out", "carried_out": "写入填报说明", "version": one.version}
    assert client.post(f"{OF}comments/{one.pk}/", told).status_code == 302
    said = page(year.chen, f"{OF}comments/{one.pk}/")
    assert "写入填报说明" in said
    assert "未落实" not in said
    assert [left.pk for left in not_carried_out(year.version)] == [whole.pk]


@COMMENTED
def test_the_state_names_each_one(year: Year) -> None:
    adopted(year)
    left = load_state(year.assessment, year.today).not_carried_out
    assert [(one.item, one.organisation.zh) for one in left] == [("A1", year.jiangmen.name.zh)]

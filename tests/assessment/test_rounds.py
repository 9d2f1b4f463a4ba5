"""A round of comments is held to its day, or until all have answered; to go on without one is decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from steelyard.assessment.actions.schemes import approve
from steelyard.assessment.actions.schemes.comments import say_nothing
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.models import SchemeVersion
from steelyard.assessment.queries.approvals import standings_of_scheme
from steelyard.assessment.queries.schemes.comments import asked_of
from steelyard.assessment.rules.approvals import Decision
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db
WHY = "省政府要求本月内印发，已当面征求各市意见"


@pytest.fixture
def year() -> Year:
    """A draft that is out for five working days; all who are asked are there."""
    year = Year()
    year.tan, year.liang, year.li, year.sun, year.gu  # noqa: B018  (they exist)
    year.drafted()
    move_on(
        assessment=year.assessment.pk, move=StageMove.SEND_OUT, by=year.chen.pk, now=year.now,
        terms=Terms(days_to_comment=5),
    )  # fmt: skip
    year.assessment.refresh_from_db()
    return year


def page(who: Account, address: str, lang: str = "zh-hans") -> str:
    client = Client(headers={"accept-language": lang})
    client.force_login(who)
    return client.get(f"/assessments/2021/{address}").content.decode()


def unheard(year: Year) -> None:
    """Called back at once, and settled all the same."""
    year.move(StageMove.DRAFT_AGAIN)
    year.move(StageMove.SETTLE_UNHEARD, reason=f" {WHY} ")


def test_a_round_that_is_called_back_before_its_day_is_none(year: Year) -> None:
    year.move(StageMove.DRAFT_AGAIN)
    assert (year.version.rounds, year.version.held_round) == (1, 0)
    with pytest.raises(Refused, match="round_not_held"):
        year.move(StageMove.SETTLE)
    assert "不算征求过意见" in page(year.chen, "")


def test_whoever_is_about_to_call_it_back_is_told_so(year: Year) -> None:
    assert "这一轮就不算" in page(year.chen, "")
    assert "this round does not count" in page(year.chen, "", "en")


def test_a_round_counts_from_the_day_after_its_last(year: Year) -> None:
    last = max(one.due for one in asked_of(year.version))
    year.now = year.now.replace(year=last.year, month=last.month, day=last.day, hour=4)
    with transaction.atomic():
        year.move(StageMove.DRAFT_AGAIN)
        assert year.version.held_round == 0
        transaction.set_rollback(True)
    year.assessment.refresh_from_db()
    year.now += timedelta(1)
    year.move(StageMove.DRAFT_AGAIN)
    assert year.version.held_round == 1
    assert year.move(StageMove.SETTLE).stage == Stage.CHECKED


def test_a_round_in_which_all_have_answered_counts_before_its_day(year: Year) -> None:
    for who, organisation in (
        (year.tan, year.jiangmen), (year.liang, year.guangzhou), (year.li, year.market),
        (year.sun, year.team), (year.gu, year.panel),
    ):  # fmt: skip
        say_nothing(
            assessment=year.assessment.pk, organisation=organisation.pk, by=who.pk, now=year.now
        )
    assert "这一轮就不算" not in page(year.chen, "")
    year.move(StageMove.DRAFT_AGAIN)
    assert year.move(StageMove.SETTLE).stage == Stage.CHECKED


def test_a_round_that_was_held_is_not_undone_by_one_that_was_called_back(year: Year) -> None:
    year.now += timedelta(60)
    year.move(StageMove.DRAFT_AGAIN)
    move_on(
        assessment=year.assessment.pk, move=StageMove.SEND_OUT, by=year.chen.pk, now=year.now,
        terms=Terms(days_to_comment=5),
    )  # fmt: skip
    year.move(StageMove.DRAFT_AGAIN)
    assert (year.version.rounds, year.version.held_round) == (2, 1)
    assert year.move(StageMove.SETTLE).stage == Stage.CHECKED


def test_to_go_on_without_one_is_a_decision_with_a_reason(year: Year) -> None:
    year.move(StageMove.DRAFT_AGAIN)
    with pytest.raises(Refused, match="no_reason"):
        year.move(StageMove.SETTLE_UNHEARD, reason=" ")
    assert year.move(StageMove.SETTLE_UNHEARD, reason=WHY).stage == Stage.CHECKED
    version = year.version
    assert (version.unheard_why, version.unheard_by) == (WHY, year.chen)


def test_its_approvers_see_why_and_so_does_whoever_has_a_part_in_it(year: Year) -> None:
    unheard(year)
    for who, address in (
        (year.zhao, "scheme/approval/"), (year.zhao, ""), (year.tan, ""), (year.tan, "scheme/"),
        (year.li, ""),
    ):  # fmt: skip
        shown = page(who, address)
        assert WHY in shown, (who, address)
        assert "未经征求意见定稿 · 陈主任" in shown, (who, address)
        assert "Settled without a round of comments" in page(who, address, "en")


def test_the_way_shows_no_round_where_none_was_held(year: Year) -> None:
    def way() -> str:
        return page(year.chen, "").partition('<ol class="way">')[2].partition("</ol>")[0]

    assert "征求意见" in way()
    unheard(year)
    assert "征求意见" not in way()


def test_what_is_decided_again_is_approved_again(year: Year) -> None:
    unheard(year)
    sent = {"assessment": year.assessment.pk, "seen_hash": year.version.content_hash}
    approve(**sent, by=year.qian.pk, now=year.now)
    assert [one.counts for one in standings_of_scheme(year.version)] == [True, False]
    approve(**sent, by=year.zhao.pk, now=year.now, decision=Decision.RETURNED, reason="理由不充分")
    assert (year.version.unheard_why, year.version.unheard_by) == ("", None)
    year.now += timedelta(minutes=1)
    year.assessment.refresh_from_db()
    year.move(StageMove.SETTLE_UNHEARD, reason="书面征求过意见，见附件")
    stands = standings_of_scheme(year.version)
    assert [(one.counts, one.has_changed_since) for one in stands] == [
        (False, True),
        (False, False),
    ]


def test_the_page_offers_it_only_while_no_round_was_held(year: Year) -> None:
    year.now += timedelta(60)
    year.move(StageMove.DRAFT_AGAIN)
    shown = page(year.chen, "")
    assert "修改完毕，定稿送审" in shown
    assert "move/settle_unheard/" not in shown


def test_the_database_settles_no_scheme_that_was_neither_heard_nor_decided(year: Year) -> None:
    with pytest.raises(IntegrityError, match="scheme_settled_was_heard"), transaction.atomic():
        SchemeVersion.objects.filter(pk=year.version.pk).update(state="checked")
    with pytest.raises(IntegrityError, match="scheme_unheard_says_why"), transaction.atomic():
        SchemeVersion.objects.filter(pk=year.version.pk).update(unheard_why=WHY)

"""A scheme after its draft, as pages: commented on, approved, amended; what waits for whom."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from steelyard.assessment.models import Approval, Comment, SchemeVersion
from steelyard.assessment.queries.assessments import issued, under_way
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.people.models import Account
from tests.assessment.frozen_year import scored
from tests.assessment.scheme_pages import ITEM, OF, as_, draft_of, opened, page, post, with_a_draft
from tests.assessment.year import Year, scheme, year_at
from tests.once import copy_for, world_of

pytestmark = pytest.mark.django_db


def out_for_comments() -> Year:
    found = with_a_draft()
    answer = as_(found.chen).post(
        "/assessments/2021/move/send_out/",
        {"seen": found.assessment.version, "days_to_comment": 10},
    )
    assert answer.status_code == 302
    found.assessment.refresh_from_db()
    return found


out = world_of(out_for_comments)
collecting = world_of(lambda: year_at(Stage.COLLECTING))
OUT = pytest.mark.usefixtures("out")
COLLECTING = pytest.mark.usefixtures("collecting")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, opened)


# --- commented on --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "items", "bodies"),
    [
        ("en", ["all", "The whole", "A1 Closed in time"], ["all", "440100", "440700"]),
        ("zh-hans", ["全部", "总体", "A1 按期办结"], ["全部", "广州市", "江门市"]),
    ],
)
@OUT
def test_the_filters_of_comments_speak_the_reader_s_language(
    year: Year, lang: str, items: list[str], bodies: list[str]
) -> None:
    """The English names of the tests' organisations are their codes."""
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    post(year.liang, "comments/new/", organisation=year.guangzhou.pk, item="", text="同意")
    client = Client(headers={"accept-language": lang})
    client.force_login(year.chen)
    said = client.get(f"{OF}comments/").text
    for name, wanted in (("item", items), ("organisation", bodies)):
        select = said.split(f'<select name="{name}"')[1].split("</select>")[0]
        assert re.findall(r"<option[^>]*>([^<]+)</option>", select) == wanted


@OUT
def test_comments_are_seen_by_their_own_and_the_office_until_they_close(year: Year) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    post(year.liang, "comments/new/", organisation=year.guangzhou.pk, item="", text="总体同意")
    assert "分值偏高" in page(year.tan, "comments/")
    assert "总体同意" not in page(year.tan, "comments/")
    said = page(year.chen, "comments/")
    assert "分值偏高" in said
    assert "总体同意" in said
    theirs = Comment.objects.get(item="A1")
    assert as_(year.liang).get(f"{OF}comments/{theirs.pk}/").status_code == 404
    for one in Comment.objects.all():
        post(
            year.chen,
            f"comments/{one.pk}/",
            what="answer",
            adopted="no",
            reason="依据文件规定",
            version=one.version,
        )
    post(year.li, "comments/none/")
    post(year.sun, "comments/none/")
    post(year.gu, "comments/none/")
    year.move(StageMove.CLOSE_COMMENTS)
    said = page(year.tan, "comments/")
    assert "总体同意" in said
    assert "依据文件规定" in said


@OUT
def test_comments_are_awaited_until_the_day_or_until_all_have_spoken(year: Year) -> None:
    with pytest.raises(Exception, match="comments_still_come"):
        year.move(StageMove.CLOSE_COMMENTS)
    for who in (year.tan, year.liang, year.li, year.sun, year.gu):
        post(who, "comments/none/")
    year.move(StageMove.CLOSE_COMMENTS)


@OUT
def test_a_comment_is_changed_and_withdrawn_by_its_own_alone(year: Year) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    one = Comment.objects.get()
    post(year.tan, f"comments/{one.pk}/", what="edit", text="分值过高", version=one.version)
    one.refresh_from_db()
    assert one.text == "分值过高"
    post(year.chen, f"comments/{one.pk}/", 403, what="edit", text="x", version=one.version)
    post(year.tan, f"comments/{one.pk}/", what="withdraw", version=one.version)
    one.refresh_from_db()
    assert one.state == "withdrawn"


@OUT
def test_a_body_comments_or_has_no_comments_and_not_both(year: Year) -> None:
    post(year.tan, "comments/none/")
    assert "comments/new/" not in page(year.tan, "comments/")
    said = post(
        year.tan, "comments/new/", 409, organisation=year.jiangmen.pk, item="A1", text="分值偏高"
    )
    assert "本单位已答复“无意见”" in said
    post(year.tan, "comments/none/", take_back=1)
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    assert "本单位无意见" not in page(year.tan, "comments/")
    answer = as_(year.tan).post(f"{OF}comments/none/", follow=True)
    assert "本单位已提出1条意见，不能同时答复“无意见”" in answer.content.decode()
    one = Comment.objects.get()
    post(year.tan, f"comments/{one.pk}/", what="withdraw", version=one.version)
    post(year.tan, "comments/none/")
    assert "本单位已答复“无意见”。" in page(year.tan, "comments/")


@OUT
def test_whoever_withdraws_its_last_comment_is_waited_for_again(year: Year) -> None:
    for who in (year.liang, year.li, year.sun, year.gu):
        post(who, "comments/none/")
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    one = Comment.objects.get()
    post(year.tan, f"comments/{one.pk}/", what="withdraw", version=one.version)
    with pytest.raises(Exception, match="comments_still_come"):
        year.move(StageMove.CLOSE_COMMENTS)
    post(year.tan, "comments/none/")
    year.move(StageMove.CLOSE_COMMENTS)


@OUT
def test_comments_are_taken_away_as_a_sheet(year: Year) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    file = as_(year.chen).get(f"{OF}comments/export/?item=A1")
    rows = list(load_workbook(io.BytesIO(file.content)).active.values)
    assert len(rows) == 2
    assert "分值偏高" in rows[1]
    none = as_(year.liang).get(f"{OF}comments/export/")
    assert len(list(load_workbook(io.BytesIO(none.content)).active.values)) == 1


# --- approved ------------------------------------------------------------------------------------


def test_whoever_approved_sees_that_it_was_changed_since(year: Year) -> None:
    year.at(Stage.CHECKED)
    first = draft_of(year)
    post(year.qian, "approval/", decision="approved", reason="", seen_hash=first.content_hash)
    post(year.qian, "approval/", decision="approved", reason="", seen_hash=first.content_hash)
    assert Approval.objects.count() == 1, "sent twice, the first answer stands"
    post(year.zhao, "approval/", 422, decision="returned", reason="", seen_hash=first.content_hash)
    post(
        year.zhao, "approval/", decision="returned", reason="分值不妥", seen_hash=first.content_hash
    )
    year.assessment.refresh_from_db()
    assert year.assessment.stage == Stage.DRAFTING
    told = {
        **ITEM,
        "points": "39",
        "words": "",
        "rule": '{ points = "full" }',
        "version": draft_of(year).version,
    }
    post(year.chen, "items/A1/", **told)
    year.move(StageMove.SEND_OUT)
    year.move(StageMove.CLOSE_COMMENTS)
    for address in ("", "approval/"):
        assert "您审签之后内容已被改动" in page(year.qian, address)
        assert "您审签之后内容已被改动" not in page(year.chen, address)
    said = page(year.qian, "approval/")
    assert "分值不妥" in said
    stale = post(
        year.qian, "approval/", 409, decision="approved", reason="", seen_hash=first.content_hash
    )
    assert "已被改动" in stale


# --- amended -------------------------------------------------------------------------------------


@COLLECTING
def test_an_amendment_is_proposed_shown_approved_and_issued_in_its_place(year: Year) -> None:
    post(year.chen, "amendment/", why="数据口径调整")
    version = draft_of(year)
    assert version.number == 2
    told = {
        **ITEM,
        "points": "40",
        "words": "",
        "rule": '{ ladder = "closed_in_time", steps = [[">= 90%", 40], ["< 90%", 0]] }',
        "version": version.version,
    }
    saved = as_(year.chen).post(f"{OF}items/A1/", told)
    assert (saved.status_code, saved.headers["Location"]) == (302, f"{OF}versions/2/")
    assert f"{OF}items/new/" in page(year.chen, "versions/2/")
    said = page(year.chen, "versions/2/differences/")
    assert "90%" in said
    assert "95%" in said
    assert as_(year.tan).get(f"{OF}versions/2/").status_code == 404
    post(year.chen, "amendment/check/", version=draft_of(year).version)
    assert "还没有走完审签" in post(
        year.chen, "amendment/issue/", 409, version=draft_of(year).version
    )
    for who in (year.qian, year.zhao):
        post(
            who, "approval/", decision="approved", reason="", seen_hash=draft_of(year).content_hash
        )
    post(year.chen, "amendment/issue/", version=draft_of(year).version)
    assert issued(year.assessment).number == 2
    assert SchemeVersion.objects.get(number=1).state == "replaced"
    assert "90%" in page(year.tan, "versions/2/differences/")
    assert Approval.objects.filter(subject_id=version.pk).count() == 2


def test_an_amendment_is_offered_to_the_office_alone_and_until_the_records_are_frozen(
    year: Year,
) -> None:
    offer = f'href="{OF}amendment/"'
    scored(year)
    assert offer in page(year.chen)
    assert offer not in page(year.tan)
    year.move(StageMove.FREEZE)
    assert offer not in page(year.chen)


@COLLECTING
def test_while_an_amendment_is_under_way_none_is_offered(year: Year) -> None:
    post(year.chen, "amendment/", why="数据口径调整")
    assert f'href="{OF}amendment/"' not in page(year.chen)


@COLLECTING
def test_what_an_amendment_would_make_untrue_is_refused_plainly(year: Year) -> None:
    post(year.chen, "amendment/", why="删去一项")
    told = {**ITEM, "words": "", "rule": '{ points = "full" }', "version": draft_of(year).version}
    post(year.chen, "items/A1/", **told)
    said = post(year.chen, "amendment/check/", 409, version=draft_of(year).version)
    assert "不能取消" in said
    post(year.chen, "amendment/drop/", version=draft_of(year).version)
    assert under_way(year.assessment) is None


# --- what waits, and last year -------------------------------------------------------------------


@OUT
def test_an_approval_and_an_open_comment_wait_for_whoever_it_is(year: Year) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="分值偏高")
    assert "有1条意见待处理" in as_(year.chen).get("/").content.decode()
    one = Comment.objects.get()
    post(
        year.chen,
        f"comments/{one.pk}/",
        what="answer",
        adopted="no",
        reason="依据",
        version=one.version,
    )
    for who in (year.liang, year.li, year.sun, year.gu):
        post(who, "comments/none/")
    year.move(StageMove.CLOSE_COMMENTS)
    assert "考核办审核" in as_(year.qian).get("/").content.decode()
    assert "考核办负责人签发" not in as_(year.zhao).get("/").content.decode()
    version = draft_of(year)
    post(year.qian, "approval/", decision="approved", reason="", seen_hash=version.content_hash)
    assert "考核办负责人签发" in as_(year.zhao).get("/").content.decode()
    assert "考核办审核" not in as_(year.qian).get("/").content.decode()


@pytest.mark.parametrize("address", ["", "comments/", "approval/", "versions/1/trial/"])
@OUT
def test_a_page_asks_no_more_for_more_items_and_comments(
    year: Year, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="A1", text="一")
    client = as_(year.chen)
    client.get(f"{OF}{address}")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{OF}{address}")
        asked = len(few)
    for text in ("二", "三", "四"):
        post(year.tan, "comments/new/", organisation=year.jiangmen.pk, item="B1", text=text)
        post(year.liang, "comments/new/", organisation=year.guangzhou.pk, item="", text=text)
    with django_assert_max_num_queries(asked):
        client.get(f"{OF}{address}")


NOTE = {"zh": "逾期报送的每日扣0.5分；不涉及的项目折算。", "en": "Half a point a day late."}


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_what_a_scheme_notes_of_the_whole_is_read_by_whoever_comments_and_approves(
    lang: str,
) -> None:
    year = Year(document={**scheme().document, "note": NOTE})
    year.at(Stage.COMMENTS)
    said = NOTE["zh"] if lang == "zh-hans" else NOTE["en"]
    assert said in _in(lang, year.tan, OF)
    year.move(StageMove.CLOSE_COMMENTS)
    assert said in _in(lang, year.zhao, f"{OF}approval/")


def _in(lang: str, who: Account, address: str) -> str:
    client = Client(headers={"accept-language": lang})
    client.force_login(who)
    return client.get(address).content.decode()

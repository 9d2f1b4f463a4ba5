"""Visits: every pair of state and move, who may, what the unit may know and when."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from steelyard.assessment.actions import visits as actions
from steelyard.assessment.actions.visits import findings
from steelyard.assessment.actions.visits.photographs import Picture
from steelyard.assessment.actions.visits.report_corrections import correct_report
from steelyard.assessment.models import Finding, Visit
from steelyard.assessment.queries.visits import (
    findings_about,
    photographs_of,
)
from steelyard.assessment.rules.states import VISIT, Stage, VisitMove, VisitState
from steelyard.files.models import File
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Notice
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.visits import (
    announced,
    collecting,
    found_on,
    later,
    plan_of,
    planned,
    reported,
)
from tests.assessment.year import WAY, Year
from tests.files.rules.test_bare_pictures import jpeg
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)


standing = world_of(collecting)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def make(year: Year, state: VisitState) -> Visit:
    if state is VisitState.PLANNED:
        return planned(year, unannounced=True)
    one = announced(year)
    if state is VisitState.DONE:
        return reported(year, one)
    if state is VisitState.CANCELLED:
        return actions.cancel_visit(visit=one.pk, reason="改期", by=year.chen.pk, now=year.now)
    return one


def do(year: Year, visit: Visit, move: VisitMove, by: Account | None = None) -> Visit:
    who = {"visit": visit.pk, "by": (by or year.chen).pk, "now": year.now}
    if move is VisitMove.ANNOUNCE:
        return actions.announce_visit(**who)
    if move is VisitMove.CANCEL:
        return actions.cancel_visit(reason="改期", **who)
    if move is VisitMove.CORRECT:
        today = timezone.localdate(year.now)
        return correct_report(visited_on=today, summary="总体良好", reason="笔误", **who)
    return actions.report_visit(visited_on=timezone.localdate(year.now), summary="总体较好", **who)


@pytest.mark.parametrize("state", list(VisitState))
@pytest.mark.parametrize("move", list(VisitMove))
def test_every_move_from_every_state_is_as_the_table_says(
    year: Year, state: VisitState, move: VisitMove
) -> None:
    visit = make(year, state)
    if state in (VisitState.PLANNED, VisitState.ANNOUNCED):
        if state is VisitState.PLANNED and move is VisitMove.ANNOUNCE:
            visit = planned(year, team="二组")
        found_on(year, visit)
    after = VISIT.after(state, move)
    if after is None:
        with pytest.raises(Refused) as refused:
            do(year, visit, move)
        assert [one.code for one in refused.value.refusals] == ["wrong_state"]
    else:
        assert do(year, visit, move).state == after


def test_the_database_holds_to_the_table_too(year: Year) -> None:
    done = make(year, VisitState.DONE)
    with pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.filter(pk=done.pk).update(state="planned")
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.filter(visit=done).update(text="anders")
    hidden = planned(year, unannounced=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.filter(pk=hidden.pk).update(state="announced")


def test_what_speaks_against_a_step_is_said_all_at_once(year: Year) -> None:
    yesterday = timezone.localdate(year.now) - timedelta(1)
    with pytest.raises(Refused) as refused:
        planned(year, planned_on=yesterday, team=" ", items=("Z9",))
    codes = [one.code for one in refused.value.refusals]
    assert codes == ["visit_in_the_past", "no_team", "unknown_item"]
    one = planned(year)
    with pytest.raises(Refused) as refused:
        actions.report_visit(
            visit=one.pk,
            visited_on=yesterday + timedelta(9),
            summary="",
            by=year.chen.pk,
            now=year.now,
        )
    codes = [one.code for one in refused.value.refusals]
    assert codes == ["not_announced", "visit_to_come", "no_summary", "nothing_found"]
    hidden = planned(year, unannounced=True)
    with pytest.raises(Refused) as refused:
        actions.report_visit(
            visit=hidden.pk, visited_on=yesterday, summary="x", by=year.chen.pk, now=year.now
        )
    codes = [one.code for one in refused.value.refusals]
    assert codes == ["visit_before_its_plan", "nothing_found"]


def test_an_unannounced_visit_cannot_be_announced(year: Year) -> None:
    with pytest.raises(Refused) as refused:
        do(year, planned(year, unannounced=True), VisitMove.ANNOUNCE)
    assert refused.value.refusals[0].code == "unannounced"


def test_after_the_freeze_nothing_is_planned_or_reported_but_it_can_be_cancelled(
    year: Year,
) -> None:
    one = planned(year, unannounced=True)
    found_on(year, one)
    year.assessment.__class__.objects.filter(pk=year.assessment.pk).update(stage=Stage.COMPARING)
    year.assessment.__class__.objects.filter(pk=year.assessment.pk).update(stage=Stage.SCORING)
    year.assessment.__class__.objects.filter(pk=year.assessment.pk).update(stage=Stage.FROZEN)
    for act in (lambda: planned(year, team="三组"), lambda: do(year, one, VisitMove.REPORT),
                lambda: found_on(year, one, "再查")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            act()
        assert [each.code for each in refused.value.refusals] == ["not_the_time_of_visits"]
    assert do(year, one, VisitMove.CANCEL).state == VisitState.CANCELLED


@pytest.mark.parametrize("who", ["zhao", "li", "sun", "gu", "tan", "huang", "liang", "mo"])
def test_nobody_but_the_office_plans_announces_reports_or_cancels(year: Year, who: str) -> None:
    one = planned(year)
    other: Account = getattr(year, who)
    attempts = [
        lambda: actions.plan_visit(assessment=year.assessment.pk, unit=year.jiangmen.pk,
                                   plan=plan_of(year), by=other.pk, now=year.now),
        lambda: actions.change_visit(visit=one.pk, plan=plan_of(year), by=other.pk, now=year.now),
        lambda: findings.record_finding(visit=one.pk, seen=findings.Seen(text="x"), by=other.pk,
                                       now=year.now),
        *(lambda move=move: do(year, one, move, other) for move in VisitMove),
    ]  # fmt: skip
    for act in attempts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.lacks_a_right


def test_the_same_plan_and_finding_sent_twice_is_one(year: Year) -> None:
    one, again = planned(year), planned(year)
    assert one.pk == again.pk
    assert found_on(year, one).pk == found_on(year, one).pk
    assert File.objects.filter(name="照片1.png").count() == 1
    later(year)
    assert planned(year).pk != one.pk


def test_two_who_change_the_plan_are_both_told(year: Year) -> None:
    one = planned(year)
    actions.change_visit(visit=one.pk, plan=plan_of(year, team="二组"), seen=one.version,
                         by=year.chen.pk, now=year.now)  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        actions.change_visit(visit=one.pk, plan=plan_of(year, team="三组"), seen=one.version,
                             by=year.qian.pk, now=year.now)  # fmt: skip


def test_only_pictures_are_taken_as_photographs(year: Year) -> None:
    bad = Picture("现场.png", io.BytesIO(b"a,b\n1,2\n"))
    with pytest.raises(Refused) as refused:
        findings.record_finding(visit=planned(year).pk, seen=findings.Seen(text="x"), pictures=[bad],
                               by=year.chen.pk, now=year.now)  # fmt: skip
    assert refused.value.refusals[0].code == "no_picture"
    assert not Finding.objects.exists()


def test_a_photograph_is_fetched_without_what_was_noted_beside_it_and_the_office_keeps_the_original(
    year: Year,
) -> None:
    one, content = announced(year), jpeg(6)
    findings.record_finding(
        visit=one.pk, seen=findings.Seen(text="台账缺失", item="A1"), by=year.chen.pk, now=year.now,
        pictures=[Picture("IMG_张密封.jpg", io.BytesIO(content))],
    )  # fmt: skip
    reported(year, one)
    copy, original = File.objects.get(name="照片1.jpg"), File.objects.get(name="IMG_张密封.jpg")
    shown = {who: client(who).get(page(one)).content.decode() for who in (year.tan, year.chen)}
    assert "照片1.jpg" in shown[year.tan]
    assert "IMG_" not in shown[year.tan]
    assert f"/files/{original.pk}/" not in shown[year.tan]
    assert f"/files/{original.pk}/download/" in shown[year.chen]
    fetched = client(year.tan).get(f"/files/{copy.pk}/download/")
    told = b"".join(fetched)
    assert b"Honor" in content
    assert b"Honor" not in told
    assert "IMG_" not in str(fetched.headers)
    assert client(year.tan).get(f"/files/{original.pk}/download/").status_code == 404
    kept = client(year.chen).get(f"/files/{original.pk}/download/")
    assert b"".join(kept) == content


def test_the_same_photograph_sent_twice_at_once_hangs_once(year: Year) -> None:
    one = announced(year)
    for _ in range(2):
        found_on(year, one)
    assert File.objects.filter(name__startswith="照片").count() == 1
    assert len(photographs_of(Finding.objects.get())) == 1


def test_the_unit_is_told_of_an_announcement_a_change_and_a_cancellation(year: Year) -> None:
    assert year.tan
    assert year.huang
    before = Notice.objects.count()
    one = announced(year)
    kinds = Notice.objects.order_by("pk").values_list("kind", "account_id")[before:]
    assert set(kinds) == {("visit_announced", year.tan.pk), ("visit_announced", year.huang.pk)}
    actions.change_visit(
        visit=one.pk, plan=plan_of(year, team="二组"), by=year.chen.pk, now=year.now
    )
    assert Notice.objects.filter(kind="visit_announced").count() == 4
    do(year, one, VisitMove.CANCEL)
    assert Notice.objects.filter(kind="visit_cancelled").count() == 2


def test_the_unit_never_hears_of_a_cancelled_visit_that_it_did_not_know_of(year: Year) -> None:
    assert year.tan
    before = Notice.objects.count()
    for unannounced in (True, False):
        one = planned(year, unannounced=unannounced)
        do(year, one, VisitMove.CANCEL)
        assert client(year.tan).get(page(one)).status_code == 404
    assert Notice.objects.count() == before


# --- pages ----------------------------------------------------------------------------------------


def client(who: Account) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(who)
    return found


def page(one: Visit) -> str:
    return f"/assessments/2021/visits/{one.pk}/"


def paper_of(one: Visit) -> str:
    """Its sheet, to be filled in by hand."""
    return f"/assessments/2021/papers/visit/{one.pk}/zh/excel/"


def auditor_of(year: Year) -> Account:
    """He audits the city itself: he sees the trail of the city."""
    return account("审计员", held=(Role.AUDITOR, year.jiangmen))


def test_an_unannounced_visit_does_not_exist_for_the_unit_until_it_is_done(year: Year) -> None:
    one = planned(year, unannounced=True)
    finding = found_on(year, one)
    photograph = File.objects.get(name="照片1.png").pk
    unit = [year.tan, year.huang, year.mo, year.liang, year.feng, year.li, auditor_of(year)]
    addresses = [
        page(one), f"{page(one)}change/", f"{page(one)}cancel/", f"{page(one)}report/",
        f"{page(one)}findings/", f"{page(one)}findings/{finding.pk}/", f"{page(one)}sheet/",
        paper_of(one), "/assessments/2021/visits/", f"/files/{photograph}/",
        f"/files/{photograph}/download/", f"/history/assessment_visit/{one.pk}/",
        f"/history/assessment_finding/{finding.pk}/",
    ]  # fmt: skip
    for who in unit:
        asked = client(who)
        assert [one for one in addresses if asked.get(one).status_code != 404] == []
        for post in ("announce", "cancel", "report", "change", "findings"):
            assert asked.post(f"{page(one)}{post}/", {"version": 1}).status_code == 404
        for whole in ("/", "/assessments/", "/assessments/2021/", "/notices/", "/files/"):
            shown = asked.get(whole).content.decode()
            assert "鸰鵙" not in shown
            assert "On-site" not in shown
    assert not Notice.objects.filter(kind__startswith="visit").exists()
    reported(year, one)
    assert Notice.objects.filter(kind="visit_done", account=year.tan).exists()
    assert "台账缺失" in client(year.tan).get(page(one)).content.decode()
    assert client(year.tan).get(f"/files/{photograph}/").status_code == 200
    assert client(year.tan).get("/assessments/2021/visits/").status_code == 200
    assert client(year.liang).get(page(one)).status_code == 404
    assert client(year.liang).get(f"/files/{photograph}/").status_code == 404


def test_of_an_announced_visit_the_unit_sees_no_findings_before_it_is_done(year: Year) -> None:
    one = announced(year)
    found_on(year, one)
    photograph = File.objects.get(name="照片1.png").pk
    shown = client(year.tan).get(page(one)).content.decode()
    assert "蓬江区市场" in shown
    assert "台账缺失" not in shown
    assert client(year.tan).get(f"/files/{photograph}/").status_code == 404
    assert client(year.tan).get(f"{page(one)}sheet/").status_code == 403
    assert client(year.tan).post(f"{page(one)}cancel/", {"version": 1}).status_code == 403


def test_whoever_scores_the_item_sees_what_was_found_once_it_is_done(year: Year) -> None:
    one = announced(year)
    found_on(year, one)
    photograph = File.objects.get(name="照片1.png").pk
    assert findings_about(year.assessment, "A1") == {}
    assert client(year.sun).get(f"/files/{photograph}/").status_code == 404
    reported(year, one)
    told = findings_about(year.assessment, "A1")
    assert {unit: [found.text for found in rows] for unit, rows in told.items()} == {
        year.jiangmen.pk: ["台账缺失"]
    }
    assert findings_about(year.assessment, "B2") == {}
    assert client(year.sun).get(f"/files/{photograph}/").status_code == 200
    assert client(year.gu).get(f"/files/{photograph}/").status_code == 404
    for move, before in WAY[list(Stage).index(Stage.COLLECTING) :]:
        before(year)
        year.move(move)
    for address in ("scoring/A1/", "scoring/A1/440700/"):
        shown = client(year.sun).get(f"/assessments/2021/{address}").content.decode()
        assert "台账缺失" in shown
        assert f"/files/{photograph}/" in shown
    assert "台账缺失" not in client(year.sun).get("/assessments/2021/scoring/B2/").content.decode()


def test_the_office_walks_from_plan_to_report_on_its_pages(year: Year) -> None:
    asked = client(year.chen)
    today = timezone.localdate(year.now).isoformat()
    made = asked.post("/assessments/2021/visits/plan/", {
        "unit": year.jiangmen.pk, "planned_on": today, "team": "一组", "places": "", "items": ["A1"],
        "unannounced": "on",
    })  # fmt: skip
    one = Visit.objects.get()
    assert made.headers["Location"] == page(one)
    assert one.is_unannounced
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.assessment.visits import PNG

    told = {"item": "A1", "is_defect": "True", "text": "台账缺失", "place": "蓬江区"}
    pictures = [SimpleUploadedFile(f"{at}.png", PNG + bytes([at])) for at in range(2)]
    answer = asked.post(f"{page(one)}findings/", told | {"photographs": pictures})
    assert answer.status_code == 302
    shown = asked.get(page(one)).content.decode()
    assert shown.count(".png</a>") == 2
    assert "Saved." in shown
    finding = Finding.objects.get()
    mended = told | {"version": finding.version, "is_defect": "False"}
    assert asked.post(f"{page(one)}findings/{finding.pk}/", mended).status_code == 302
    assert not Finding.objects.get().is_defect
    assert (
        asked.post(f"{page(one)}findings/{finding.pk}/", mended | {"text": "y"}).status_code == 409
    )
    one.refresh_from_db()
    empty = {"version": one.version, "visited_on": today, "summary": ""}
    assert asked.post(f"{page(one)}report/", empty).status_code == 422
    assert asked.post(f"{page(one)}report/", empty | {"summary": "好"}).status_code == 302
    assert asked.get(page(one)).status_code == 200
    assert (
        asked.post(f"{page(one)}cancel/", {"version": one.version + 1, "reason": "x"}).status_code
        == 409
    )
    for listed in ("/assessments/2021/visits/", "/assessments/2021/", "/"):
        assert asked.get(listed).status_code == 200


def test_the_sheet_tells_the_rule_and_room_to_write_and_holds_no_formula(year: Year) -> None:
    one = announced(year, team="=1+1")
    shown = client(year.chen).get(f"{page(one)}sheet/").content.decode()
    assert "Closed in time" in shown
    assert "not signed" in shown
    content = client(year.chen).get(paper_of(one)).content
    assert content == client(year.zhao).get(paper_of(one)).content
    sheet = load_workbook(io.BytesIO(content)).active
    told = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert told["=1+1"].data_type == "s"
    assert {"A1 按期办结", "B2 工作方案"} <= set(told)
    assert any("95%" in text for text in told)
    assert sheet.page_setup.paperSize == 9


def test_the_list_asks_the_same_however_many_visits_there_are(
    year: Year, django_assert_max_num_queries: Any
) -> None:
    for at in range(12):
        planned(year, team=f"{at}组")
    asked = client(year.chen)
    asked.get("/assessments/2021/visits/")
    with django_assert_max_num_queries(25):
        assert "11组" in asked.get("/assessments/2021/visits/").content.decode()


def test_a_visit_lies_within_the_days_of_the_assessment(year: Year) -> None:
    with pytest.raises(Refused, match="visit_after_the_assessment"):
        planned(year, planned_on=date(9999, 12, 31))
    assert not Visit.objects.exists()

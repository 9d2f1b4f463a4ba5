"""A report that is in is corrected with a reason: what it said before stays, and those who read it are told."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from steelyard.assessment.actions.visits import findings, report_corrections
from steelyard.assessment.actions.visits.photographs import Picture
from steelyard.assessment.models import Finding, ReportCorrection, Visit
from steelyard.assessment.rules.states import Stage
from steelyard.files.models import File
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Notice
from steelyard.people.models import Account
from steelyard.trail.models import Entry
from steelyard.trail.versions import ChangedMeanwhile
from tests.assessment.papers import words_of
from tests.assessment.scored import Scored, plan
from tests.assessment.visits import PNG, announced, collecting, found_on, planned, reported
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db
SEEN = findings.Seen(text="台账齐全，登记有误", item="A1", is_defect=False, place="江海区")


def with_a_report() -> tuple[Year, Visit]:
    """A year at its collection in which a visit to Jiangmen, whose people are there, was reported."""
    year = collecting()
    assert year.tan
    assert year.huang
    return year, reported(year, announced(year))


at_collection = world_of(collecting)
with_report = world_of(with_a_report)


@pytest.fixture
def year(at_collection: World[Year]) -> Year:
    return at_collection.copy()


Both = tuple[Year, Visit]


@pytest.fixture
def under_report(with_report: World[Both]) -> Both:
    return with_report.copy()


def correct(year: Year, one: Visit, by: Account | None = None, **changes: Any) -> Visit:
    told = {
        "visited_on": one.visited_on or timezone.localdate(year.now), "summary": "总体较好，台账不全",
        "reason": "综述漏写一处", "by": (by or year.chen).pk, "now": year.now,
    }  # fmt: skip
    return report_corrections.correct_report(visit=one.pk, **told | changes)


def mend(year: Year, one: Visit, **changes: Any) -> Finding:
    told = {"seen": SEEN, "reason": "核对后更正", "by": year.chen.pk, "now": year.now}
    return findings.correct_finding(finding=one.findings.get().pk, **told | changes)


def add(year: Year, one: Visit, **changes: Any) -> Finding:
    seen = findings.Seen(text="另有一处未公示", item="B2", place="蓬江区")
    told = {"seen": seen, "reason": "漏登记", "by": year.chen.pk, "now": year.now}
    return findings.record_finding(visit=one.pk, **told | changes)


def client(who: Account, language: str = "en") -> Client:
    found = Client(headers={"accept-language": language})
    found.force_login(who)
    return found


def fetched(who: Account, file: File) -> int:
    answer = client(who).get(f"/files/{file.pk}/download/")
    assert answer.getvalue()
    return answer.status_code


def page(one: Visit) -> str:
    return f"/assessments/2021/visits/{one.pk}/"


def codes(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [one.code for one in refused.value.refusals]


def test_what_a_report_said_stays_with_who_when_and_why(under_report: Both) -> None:
    year, done = under_report
    before = {"visited_on": done.visited_on.isoformat(), "summary": "总体较好"}
    after = correct(year, done)
    assert (after.state, after.summary) == ("done", "总体较好，台账不全")
    kept = ReportCorrection.objects.get()
    assert (kept.what, kept.before, kept.reason) == ("report", before, "综述漏写一处")
    assert (kept.by, kept.at) == (year.chen, year.now)
    assert Entry.objects.filter(action="correct_report", actor=year.chen.pk).exists()
    for who in (year.chen, year.tan):
        shown = client(who).get(page(done)).content.decode()
        for said in ("总体较好，台账不全", "综述漏写一处", "This report was corrected once"):
            assert said in shown
        assert "总体较好</p>" in shown or "总体较好</td>" in shown


def test_a_finding_is_corrected_one_is_added_and_each_says_so(under_report: Both) -> None:
    year, done = under_report
    mend(year, done)
    add(year, done)
    kept, noted = ReportCorrection.objects.order_by("pk")
    assert kept.before == {
        "item": "A1", "is_defect": True, "text": "台账缺失", "place": "蓬江区", "photographs": ["照片1.png"],
    }  # fmt: skip
    assert (noted.what, noted.before) == ("added", {})
    assert [one.text for one in done.findings.all()] == ["台账齐全，登记有误", "另有一处未公示"]
    shown = client(year.tan).get(page(done)).content.decode()
    for said in (
        "台账缺失",
        "台账齐全，登记有误",
        "added later",
        "corrected",
        "核对后更正",
        "漏登记",
    ):
        assert said in shown


def test_the_unit_is_told_of_each_correction_and_so_is_whoever_scored_by_it() -> None:
    scored = Scored()
    scored.scoring()
    people = (scored.tan, scored.huang, scored.sun, scored.gu)
    visit = announced(scored)
    found_on(scored, visit, item="B2")
    done = reported(scored, visit)
    scored.score("B2", jiangmen=plan("7", "3 没有目标"))
    told = Notice.objects.filter(kind="visit_corrected")
    correct(scored, done)
    assert {one.account for one in told} == {scored.tan, scored.huang, scored.sun}
    at = told.get(account=scored.sun)
    assert at.path == "/assessments/2021/scoring/B2/440700/"
    mend(scored, done)
    assert told.filter(account=scored.tan).count() == 2
    assert not told.filter(account=scored.gu).exists()
    assert all(people)


@pytest.mark.parametrize("act", [correct, mend, add])
def test_nothing_is_corrected_without_a_reason(
    under_report: Both, act: Callable[..., object]
) -> None:
    year, done = under_report
    assert codes(lambda: act(year, done, reason=" ")) == ["no_reason"]
    assert not ReportCorrection.objects.exists()
    assert done.findings.count() == 1


def test_all_that_speaks_against_a_correction_is_said_at_once(under_report: Both) -> None:
    year, done = under_report
    tomorrow = timezone.localdate(year.now) + timedelta(1)
    wrong = {"visited_on": tomorrow, "summary": " ", "reason": ""}
    assert codes(lambda: correct(year, done, **wrong)) == [
        "no_reason",
        "visit_to_come",
        "no_summary",
    ]
    assert codes(lambda: correct(year, done, summary="总体较好")) == ["nothing_corrected"]
    same = findings.Seen(text="台账缺失", item="A1", place="蓬江区")
    assert codes(lambda: mend(year, done, seen=same)) == ["nothing_corrected"]


def test_what_is_not_reported_has_no_report_to_be_corrected(year: Year) -> None:
    one = planned(year)
    assert codes(lambda: correct(year, one)) == ["wrong_state"]


def test_after_the_freeze_a_report_stands(under_report: Both) -> None:
    year, done = under_report
    for stage in (Stage.COMPARING, Stage.SCORING, Stage.FROZEN):
        type(year.assessment).objects.filter(pk=year.assessment.pk).update(stage=stage)
    for act in (correct, mend, add):
        assert codes(lambda act=act: act(year, done)) == ["report_counted"]
    shown = client(year.chen).get(page(done)).content.decode()
    assert "Correct the report" not in shown


def test_the_database_keeps_a_report_that_nobody_kept_first(under_report: Both) -> None:
    year, done = under_report
    finding = done.findings.get()
    writes = (
        lambda: Visit.objects.filter(pk=done.pk).update(summary="另一个"),
        lambda: Visit.objects.filter(pk=done.pk).update(visited_on="2021-01-01"),
        lambda: Finding.objects.filter(pk=finding.pk).update(text="另一个"),
        lambda: Finding.objects.create(
            visit=done, text="另一个", found_by=year.chen, found_at=year.now
        ),
    )
    for write in writes:
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
    correct(year, done)
    with pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.filter(pk=done.pk).update(summary="第三个")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportCorrection.objects.update(reason="另一个")


def test_a_photograph_that_is_taken_off_is_the_office_s_alone(under_report: Both) -> None:
    year, done = under_report
    wrong = File.objects.get(name="照片1.png")
    right = Picture("大厅.png", io.BytesIO(PNG + b"2"))
    mend(year, done, off=[wrong.pk], pictures=[right])
    new = File.objects.filter(name="照片1.png").latest("pk")
    assert [fetched(who, one) for who in (year.chen, year.tan) for one in (wrong, new)] == [
        200, 200, 404, 200,
    ]  # fmt: skip
    assert "照片1.png" in client(year.tan).get(page(done)).content.decode()


def test_who_corrects_second_is_told_and_the_same_sent_twice_is_one(under_report: Both) -> None:
    year, done = under_report
    seen = done.version
    correct(year, done, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        correct(year, done, seen=seen, summary="又一个", by=year.qian)
    first, again = add(year, done), add(year, done)
    assert first.pk == again.pk
    assert ReportCorrection.objects.filter(what="added").count() == 1


@pytest.mark.parametrize("who", ["zhao", "li", "sun", "gu", "tan", "huang", "liang", "mo"])
def test_nobody_but_the_office_corrects(under_report: Both, who: str) -> None:
    year, done = under_report
    other: Account = getattr(year, who)
    for act in (lambda: correct(year, done, by=other), lambda: mend(year, done, by=other.pk)):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.lacks_a_right


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", ("更正，原因：综述漏写一处", "更正前：", "台账齐全，登记有误")),
     ("en", ("Corrected on", "综述漏写一处", "Before: "))],
)  # fmt: skip
def test_the_paper_shows_the_corrected_version_and_says_so(
    under_report: Both, lang: str, said: tuple[str, ...]
) -> None:
    year, done = under_report
    address = f"/assessments/2021/papers/visit/{done.pk}/{lang}/"
    for form in ("word/", "excel/"):
        words = words_of(client(year.chen).get(address + form).getvalue())
        assert "总体较好" in words
        assert "台账缺失" in words
    correct(year, done)
    mend(year, done)
    for form in ("word/", "excel/"):
        words = words_of(client(year.chen).get(address + form).getvalue())
        for one in ("总体较好，台账不全", *said):
            assert one in words


def test_the_office_corrects_on_its_pages(under_report: Both) -> None:
    year, done = under_report
    asked = client(year.chen)
    finding = done.findings.get()
    shown = asked.get(page(done)).content.decode()
    for way in (
        f"{page(done)}correct/",
        f"{page(done)}findings/",
        f"{page(done)}findings/{finding.pk}/",
    ):
        assert f'href="{way}"' in shown
        assert "Why it is corrected" in asked.get(way).content.decode()
    told = {"version": done.version, "visited_on": done.visited_on.isoformat(), "summary": "良好",
            "reason": "笔误"}  # fmt: skip
    assert asked.post(f"{page(done)}correct/", told).status_code == 302
    told = {"item": "A1", "is_defect": "True", "text": "台账不全", "place": "", "version": finding.version,
            "reason": "笔误"}  # fmt: skip
    assert asked.post(f"{page(done)}findings/{finding.pk}/", told).status_code == 302
    assert ReportCorrection.objects.count() == 2


@pytest.mark.parametrize(
    ("size", "code"), [((30_000, 30_000), "picture_too_large"), ((0, 480), "broken_picture")]
)
def test_a_picture_of_absurd_size_is_no_photograph(
    year: Year, size: tuple[int, int], code: str
) -> None:
    content = PNG.replace(struct.pack(">II", 640, 480), struct.pack(">II", *size))
    pictures = [Picture("现场.png", io.BytesIO(content))]
    told = {"visit": planned(year).pk, "by": year.chen.pk, "now": year.now}
    assert codes(lambda: findings.record_finding(seen=SEEN, pictures=pictures, **told)) == [code]
    assert not File.objects.exists()


def test_nothing_is_found_on_a_visit_that_is_still_to_come(year: Year) -> None:
    one = planned(year, planned_on=timezone.localdate(year.now) + timedelta(7))
    assert codes(lambda: found_on(year, one)) == ["visit_to_come"]
    shown = client(year.chen).get(page(one)).content.decode()
    assert f"{page(one)}findings/" not in shown
    assert "from the day of the visit on" in shown

"""The lists of an assessment, each with as many rows as a test wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import models

from steelyard.assessment.models import (
    Comment,
    Difference,
    DrawnFile,
    Finding,
    Lead,
    Sheet,
    Suspicion,
    Visit,
    Weighing,
)
from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Account
from tests.assessment.files import frozen
from tests.assessment.planted import Rows
from tests.assessment.year import Year

HERE = "/assessments/2021/"
Asked = tuple[Account, str]
INPUTS = ("trained", "closed_in_time", "plan_points", "file_points")


def again(one: models.Model, rows: int, column: str, values: Callable[[int], object]) -> None:
    """The same row, so often in all, each with another value of one column."""
    for at in range(1, rows):
        more = type(one)._base_manager.get(pk=one.pk)
        more.pk = None
        setattr(more, column, values(at))
        more.save(force_insert=True)


def rows_of(year: Year) -> Rows:
    return Rows(
        year.assessment, year.jiangmen, year.market, year.team, year.panel, filler=year.tan,
        by=year.qian, signer=year.zhao, reviewers=year.experts[:2], now=year.now,
    )  # fmt: skip


def scored(year: Year) -> Rows:
    """All there may be, one of each, and the assessment is being scored."""
    year.at(Stage.COLLECTING)
    rows = rows_of(year)
    rows.comments(year.version)
    rows.while_collecting()
    rows.after(frozen(year), year.version)
    return rows


def assessments(year: Year, rows: int) -> Asked:
    again(year.assessment, rows, "code", lambda at: f"a{at}")
    return year.chen, "/assessments/"


def objections(year: Year, rows: int) -> Asked:
    year.at(Stage.COLLECTING)
    again(rows_of(year).objection(), rows, "record", lambda at: f"r{at}")
    return year.chen, f"{HERE}objections/"


def differences(year: Year, rows: int, ending: str = "") -> Asked:
    scored(year)
    again(Difference.objects.get(), rows, "input_code", lambda at: INPUTS[-at])
    return year.chen, f"{HERE}differences/{ending}"


def export_differences(year: Year, rows: int) -> Asked:
    return differences(year, rows, "export/")


def suspicions(year: Year, rows: int) -> Asked:
    scored(year)
    one = Suspicion.objects.get(state="cleared")
    again(one, rows, "item", lambda at: ("A1", "B1")[at - 1])
    return year.chen, f"{HERE}suspicions/"


def comments(year: Year, rows: int, ending: str = "") -> Asked:
    year.at(Stage.COMMENTS)
    rows_of(year).comments(year.version)
    again(Comment.objects.get(state="open"), rows, "text", lambda at: f"t{at}")
    return year.chen, f"{HERE}scheme/comments/{ending}"


def export_comments(year: Year, rows: int) -> Asked:
    return comments(year, rows, "export/")


def sheets(year: Year, rows: int) -> Asked:
    year.at(Stage.COLLECTING)
    again(Sheet.objects.get(), rows, "input_code", lambda at: INPUTS[-at])
    return year.chen, f"{HERE}sheets/"


def visits(year: Year, rows: int) -> Asked:
    scored(year)
    again(Visit.objects.earliest("pk"), rows, "team", lambda at: f"t{at}")
    return year.chen, f"{HERE}visits/"


def one_visit(year: Year, rows: int) -> Asked:
    scored(year)
    visit = Visit.objects.get(state="planned", is_unannounced=True)
    told = {"visit": visit, "item": "B2", "found_by": year.chen, "found_at": year.now}
    for at in range(rows):
        Finding.objects.create(text=f"t{at}", **told)
    return year.chen, f"{HERE}visits/{visit.pk}/"


def leads(year: Year, rows: int) -> Asked:
    scored(year)
    again(Lead.objects.get(), rows, "text", lambda at: f"t{at}")
    return year.chen, f"{HERE}leads/"


def weighings(year: Year, rows: int) -> Asked:
    scored(year)
    again(Weighing.objects.get(), rows, "seed", lambda at: at)
    return year.chen, f"{HERE}weighings/"


def one_draw(year: Year, rows: int) -> Asked:
    draw = scored(year).made["draw"]
    one = DrawnFile.objects.get(is_reserve=True)
    for at in range(1, rows):
        DrawnFile.objects.create(draw=draw, unit=one.unit, record=f"r{at}", place=9 + at)
    return year.chen, f"{HERE}reviews/draws/{draw.pk}/"


LISTED: Mapping[str, Callable[[Year, int], Asked]] = {
    "/assessments/": assessments,
    "/assessments/<slug:code>/objections/": objections,
    "/assessments/<slug:code>/differences/": differences,
    "/assessments/<slug:code>/differences/export/": export_differences,
    "/assessments/<slug:code>/suspicions/": suspicions,
    "/assessments/<slug:code>/scheme/comments/": comments,
    "/assessments/<slug:code>/scheme/comments/export/": export_comments,
    "/assessments/<slug:code>/sheets/": sheets,
    "/assessments/<slug:code>/visits/": visits,
    "/assessments/<slug:code>/visits/<int:number>/": one_visit,
    "/assessments/<slug:code>/leads/": leads,
    "/assessments/<slug:code>/weighings/": weighings,
    "/assessments/<slug:code>/reviews/draws/<int:number>/": one_draw,
}
"""Address → who looks, at which page, with so many rows."""

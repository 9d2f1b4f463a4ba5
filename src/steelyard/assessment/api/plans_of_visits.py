"""The plan of a visit: make it, change it, announce it, cancel it, report on it; the sheet to take along."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from steelyard.assessment.actions import visits as actions
from steelyard.assessment.actions.visits.report_corrections import correct_report
from steelyard.assessment.api import visits
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    ReasonIn,
    SeenIn,
    Word,
    Words,
    read,
)
from steelyard.assessment.api.visits import (
    VISIT,
    VISITS,
    OneVisitOut,
    find_visit,
    to_report,
    visit_out,
)
from steelyard.assessment.forms.visits import (
    CancelForm,
    ChangePlanForm,
    CorrectReportForm,
    PlanForm,
    ReportForm,
)
from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.assessments import units_assessed
from steelyard.assessment.queries.visits import Sheet, items_of, load_sheet
from steelyard.assessment.views.finding import find_for
from steelyard.assessment.views.visits.finding import find_visit_for_office
from steelyard.people.refused import answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when

# The list of visits is one address, of which two parts take each a method: one router for both.
router = visits.router


class ChangePlanIn(SeenIn):
    """``items``: codes of the scheme, to be looked at; ``places``: one a line."""

    planned_on: date
    team: Word
    places: Words = ""
    items: Annotated[list[Word], Field(max_length=400)] = []


class PlanIn(Schema):
    """``unit``: its code. An unannounced visit does not exist for the unit until it is done."""

    unit: Word
    planned_on: date
    team: Word
    places: Words = ""
    items: Annotated[list[Word], Field(max_length=400)] = []
    unannounced: bool = False


class ReportIn(SeenIn):
    visited_on: date
    summary: Words = ""


class CorrectReportIn(ReportIn):
    reason: Words = ""


class VisitFigureOut(Schema):
    """What the unit reports of a figure, as people read it."""

    title: str
    said: str


class SheetRowOut(Schema):
    """An item to look at. ``self_score``, ``statement``, ``figures``: once the unit has signed."""

    code: str
    title: str
    points: str
    rule: str
    material: str
    self_score: str
    statement: str
    figures: list[VisitFigureOut]


class VisitSheetOut(Schema):
    """``is_signed``: the unit's own account is, so that it stands here."""

    is_signed: bool
    rows: list[SheetRowOut]


class SheetIn(Schema):
    lang: Literal["zh", "en"] = "zh"


DONE = {200: OneVisitOut, **WRITTEN}


@router.post(VISITS, response=DONE)
def plan(request: HttpRequest, code: Code, said: PlanIn) -> dict[str, Any]:
    """Plan a visit. Nobody is told before it is announced. For the office."""
    found = find_for(request, code, Action.PLAN_VISITS)
    form = PlanForm(_sent_plan(found, said), units=units_assessed(found), items=items_of(found))
    told = read(form)
    made = answered(lambda: actions.plan_visit(
        assessment=found.pk, unit=told["unit"].pk, unannounced=said.unannounced, plan=form.plan,
        **who_and_when(request)))  # fmt: skip
    return visit_out(request, find_visit(request, code, made.pk))


@router.post(f"{VISIT}/plan", response=DONE)
def change(request: HttpRequest, code: Code, number: Number, said: ChangePlanIn) -> dict[str, Any]:
    """Change when, where, who and what. A unit that was told is told again."""
    visit = to_report(request, code, number)
    form = ChangePlanForm(said.dict() | {"version": said.seen}, items=items_of(visit.assessment))
    read(form)
    answered(lambda: actions.change_visit(
        visit=visit.pk, plan=form.plan, seen=said.seen, **who_and_when(request)))  # fmt: skip
    return visit_out(request, find_visit(request, code, number))


@router.post(f"{VISIT}/announce", response=DONE)
def announce(request: HttpRequest, code: Code, number: Number, said: SeenIn) -> dict[str, Any]:
    """Announce it: from now on it exists for the unit, which is told."""
    visit = to_report(request, code, number)
    answered(
        lambda: actions.announce_visit(visit=visit.pk, seen=said.seen, **who_and_when(request))
    )
    return visit_out(request, find_visit(request, code, number))


@router.post(f"{VISIT}/cancel", response=DONE)
def cancel(request: HttpRequest, code: Code, number: Number, said: ReasonIn) -> dict[str, Any]:
    """Cancel it, and say why. The unit is told if it knew of it."""
    visit = to_report(request, code, number)
    told = read(CancelForm({"reason": said.reason, "version": said.seen}))
    answered(lambda: actions.cancel_visit(
        visit=visit.pk, reason=told["reason"], seen=said.seen, **who_and_when(request)))  # fmt: skip
    return visit_out(request, find_visit(request, code, number))


@router.post(f"{VISIT}/report", response=DONE)
def report(request: HttpRequest, code: Code, number: Number, said: ReportIn) -> dict[str, Any]:
    """Report on it: the findings stand, the unit sees them and is told."""
    visit = to_report(request, code, number)
    told = read(ReportForm(said.dict() | {"version": said.seen}))
    answered(lambda: actions.report_visit(
        visit=visit.pk, visited_on=told["visited_on"], summary=told["summary"], seen=said.seen,
        **who_and_when(request)))  # fmt: skip
    return visit_out(request, find_visit(request, code, number))


@router.post(f"{VISIT}/correct", response=DONE)
def correct(
    request: HttpRequest, code: Code, number: Number, said: CorrectReportIn
) -> dict[str, Any]:
    """Correct the day or the summary of a report that is in. What it said before stays; the unit is told."""
    visit = to_report(request, code, number)
    told = read(CorrectReportForm(said.dict() | {"version": said.seen}))
    answered(lambda: correct_report(
        visit=visit.pk, visited_on=told["visited_on"], summary=told["summary"],
        reason=told["reason"], seen=said.seen, **who_and_when(request)))  # fmt: skip
    return visit_out(request, find_visit(request, code, number))


@router.get(f"{VISIT}/sheet", response={200: VisitSheetOut, 403: WRITTEN[403]})
def read_sheet(
    request: HttpRequest, code: Code, number: Number, asked: Query[SheetIn]
) -> dict[str, Any]:
    """What the team takes along: the rule of every item in words, and what the unit signed. For the
    office."""
    visit = find_visit_for_office(request, code, number)
    return _sheet(load_sheet(visit, asked.lang))


# --- the steps --------------------------------------------------------------------------------


def _sent_plan(found: Assessment, said: PlanIn) -> dict[str, Any]:
    """As the page sends it: the unit by its number, "0" for one that is not assessed here."""
    units = units_assessed(found).filter(code=said.unit).values_list("pk", flat=True)
    return said.dict() | {"unit": str(units.first() or 0)}


def _sheet(found: Sheet) -> dict[str, Any]:
    return {
        "is_signed": found.is_signed,
        "rows": [
            {
                "code": one.code, "title": one.title, "points": one.points, "rule": one.rule,
                "material": one.material, "self_score": one.self_score, "statement": one.statement,
                "figures": [{"title": title, "said": said} for title, said in one.figures],
            }
            for one in found.rows
        ],
    }  # fmt: skip

"""Visits with their findings: list, read, write a finding down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File as Sent
from ninja import Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from steelyard.assessment.actions.visits import findings as actions
from steelyard.assessment.actions.visits.findings import Seen as Noticed
from steelyard.assessment.actions.visits.photographs import Picture
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    Page,
    SeenIn,
    TextOut,
    Word,
    Words,
    one_of,
    read,
    text,
)
from steelyard.assessment.forms.visits import CorrectFindingForm, FindingForm
from steelyard.assessment.models import Assessment, Finding, Visit
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.visits import offices_whose_visits
from steelyard.assessment.queries.visits import (
    Correction,
    Found,
    corrections_of,
    findings_of,
    items_of,
    visits_seen_by,
)
from steelyard.assessment.rules.states import VisitState
from steelyard.assessment.rules.visits.report_corrections import Corrected
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.visits.finding import find_visits
from steelyard.people.lists import answer_of
from steelyard.people.refused import answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when

router = Router()


class VisitOut(Schema):
    """A visit to a unit. An unannounced one does not exist for the unit until it is done."""

    number: int
    unit: str
    unit_name: TextOut
    planned_on: date
    is_unannounced: bool
    team: str
    places: str
    items: list[str]
    state: VisitState
    announced_at: datetime | None
    visited_on: date | None
    summary: str
    reason: str
    version: int


class VisitsOut(Schema):
    count: int
    pages: int
    visits: list[VisitOut]


class FindingOut(Schema):
    """What was found, of an item or ("") of none. ``photographs``: their numbers under ``/api/files``.

    ``version`` goes back as ``seen``.
    """

    number: int
    item: str
    is_defect: bool
    text: str
    place: str
    found_by: str
    found_at: datetime
    photographs: list[int]
    version: int


class BeforeOut(Schema):
    """What it said before: a report its day and summary, a finding the rest; nothing where one was added."""

    visited_on: date | None = None
    summary: str = ""
    item: str = ""
    is_defect: bool | None = None
    text: str = ""
    place: str = ""
    photographs: list[str] = []


class CorrectionOut(Schema):
    """Of a report that was in. ``finding``: the one that was corrected or added."""

    what: Corrected
    finding: int | None
    before: BeforeOut
    reason: str
    by: str
    at: datetime


class OneVisitOut(VisitOut):
    """``findings`` and ``corrections``: for the unit once the visit is done."""

    findings: list[FindingOut]
    corrections: list[CorrectionOut]


class VisitsIn(Schema):
    state: VisitState | None = None
    unit: Word = ""
    page: Page = 1


class FindingIn(Schema):
    """Photographs are hung on it once it is there. ``reason``: needed once the report is in."""

    text: Words
    item: Word = ""
    is_defect: bool = True
    place: Annotated[str, Field(max_length=140, pattern=r"^[^\x00]*$")] = ""
    reason: Words = ""


class CorrectFindingIn(FindingIn, SeenIn): ...


class PhotographsIn(SeenIn):
    """``off``: photographs to take off, by their numbers under ``/api/files``. ``reason``: needed once the
    report is in."""

    reason: Words = ""
    off: Annotated[list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(max_length=100)] = []


VISITS = "/{slug:code}/visits"
VISIT = f"{VISITS}/{{number}}"


@router.get(VISITS, response=VisitsOut)
def list_visits(request: HttpRequest, code: Code, asked: Query[VisitsIn]) -> dict[str, Any]:
    """For the office all, for a unit those that it knows of; by the day for which they are planned."""
    _found, rows = find_visits(request, code)
    columns = {"state": asked.state, "unit__code": asked.unit}
    rows = rows.filter(**{column: said for column, said in columns.items() if said})
    return answer_of(rows.order_by("planned_on", "pk"), asked.page, "visits", _visit)


@router.get(VISIT, response=OneVisitOut)
def read_visit(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    return visit_out(request, find_visit(request, code, number))


@router.post(f"{VISIT}/findings", response={200: OneVisitOut, **WRITTEN})
def add_finding(
    request: HttpRequest, code: Code, number: Number, said: FindingIn
) -> dict[str, Any]:
    """Write down what was found; to a report that is in it is added with a reason. For the office."""
    visit = to_report(request, code, number)
    form = FindingForm(_sent(said), items=items_of(visit.assessment))
    noticed = _noticed(read(form))
    answered(lambda: actions.record_finding(
        visit=visit.pk, seen=noticed, reason=said.reason, **who_and_when(request)))  # fmt: skip
    return visit_out(request, find_visit(request, code, number))


@router.post(f"{VISIT}/findings/{{finding}}", response={200: OneVisitOut, **WRITTEN})
def correct_finding(
    request: HttpRequest, code: Code, number: Number, finding: Number, said: CorrectFindingIn
) -> dict[str, Any]:
    """Correct what was written down; once the report is in, with a reason. Its photographs stay."""
    visit = to_report(request, code, number)
    row = one_of(Finding.objects.filter(visit=visit, pk=finding).first())
    sent = _sent(said) | {"version": said.seen}
    noticed = _noticed(read(CorrectFindingForm(sent, items=items_of(visit.assessment))))
    answered(lambda: actions.correct_finding(
        finding=row.pk, seen=noticed, reason=said.reason, seen_version=said.seen,
        **who_and_when(request)))  # fmt: skip
    return visit_out(request, find_visit(request, code, number))


@router.post(f"{VISIT}/findings/{{finding}}/photographs", response={200: OneVisitOut, **WRITTEN})
def hang_photographs(
    request: HttpRequest, code: Code, number: Number, finding: Number, said: Form[PhotographsIn],
    photographs: Sent[list[UploadedFile]] = [],  # noqa: B006 - how the library names "none was sent"
) -> dict[str, Any]:  # fmt: skip
    """Hang photographs on a finding (JPEG or PNG, 12 at most in all), or take some off; once the report
    is in, with a reason. The same one hung twice hangs once."""
    visit = to_report(request, code, number)
    row = one_of(Finding.objects.filter(visit=visit, pk=finding).first())
    pictures = [Picture(one.name or "photograph", one.file) for one in photographs]
    as_it_is = Noticed(text=row.text, item=row.item, is_defect=row.is_defect, place=row.place)
    answered(lambda: actions.correct_finding(
        finding=row.pk, seen=as_it_is, pictures=pictures, off=said.off, reason=said.reason,
        seen_version=said.seen, **who_and_when(request)))  # fmt: skip
    return visit_out(request, find_visit(request, code, number))


# --- the steps --------------------------------------------------------------------------------


def _visits(request: HttpRequest, found: Assessment) -> Any:
    return visits_seen_by(request.held, request.today).filter(assessment=found)


def find_visit(request: HttpRequest, code: str, number: int) -> Visit:
    return one_of(_visits(request, find(request, code)).filter(pk=number).first())


def to_report(request: HttpRequest, code: str, number: int) -> Visit:
    """
    Raises:
        Http404: it does not exist for this person.
        NotAllowed: it does, and others plan and report visits.
    """
    visit = find_visit(request, code, number)
    office = visit.assessment.office_id
    refusals = may_not(request.held, Action.PLAN_VISITS, office, request.today)
    if refusals:
        raise NotAllowed(refusals)
    return visit


def _sent(said: FindingIn) -> dict[str, Any]:
    return {
        "text": said.text, "item": said.item, "is_defect": str(said.is_defect), "place": said.place,
    }  # fmt: skip


def _noticed(told: dict[str, Any]) -> Noticed:
    return Noticed(**{each: told[each] for each in ("text", "item", "is_defect", "place")})


def _visit(one: Visit) -> dict[str, Any]:
    return {
        "number": one.pk, "unit": one.unit.code, "unit_name": text(one.unit.name),
        "planned_on": one.planned_on, "is_unannounced": one.is_unannounced, "team": one.team,
        "places": one.places, "items": one.items, "state": one.state,
        "announced_at": one.announced_at, "visited_on": one.visited_on, "summary": one.summary,
        "reason": one.reason, "version": one.version,
    }  # fmt: skip


def visit_out(request: HttpRequest, one: Visit) -> dict[str, Any]:
    is_office = one.assessment.office_id in offices_whose_visits(request.held, request.today)
    sees = is_office or one.state == VisitState.DONE
    return {
        **_visit(one),
        "findings": [_finding(each) for each in findings_of(one)] if sees else [],
        "corrections": [_correction(each) for each in corrections_of(one)] if sees else [],
    }


def _correction(one: Correction) -> dict[str, Any]:
    return {
        "what": one.what, "finding": one.finding or one.added, "before": one.before,
        "reason": one.reason, "by": one.by, "at": one.at,
    }  # fmt: skip


def _finding(one: Found) -> dict[str, Any]:
    return {
        "number": one.pk, "item": one.item, "is_defect": one.is_defect, "text": one.text,
        "place": one.place, "found_by": one.found_by, "found_at": one.found_at,
        "photographs": [each.pk for each in one.photographs], "version": one.version,
    }  # fmt: skip

"""Sheets of supplied figures: list, one with its figures and versions, fill in, sign, correct,
take back, urge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from steelyard.assessment.actions import supplied as actions
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    Page,
    ReasonIn,
    Seen,
    SeenIn,
    Word,
    read,
)
from steelyard.assessment.api.sheets_told import (
    OneSheetOut,
    SheetsOut,
    SheetStanding,
    find_sheet,
    sheet_line,
    sheet_out,
)
from steelyard.assessment.forms.supplied import CorrectForm
from steelyard.assessment.models import Sheet
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.supplied import (
    input_of,
    narrowed,
    units_of_sheet,
    with_days,
)
from steelyard.assessment.rules.states import SheetState
from steelyard.assessment.rules.supplied.cells import Typed, checked, of_draft, unexplained
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.supplied.finding import find_sheets
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.notices.queries import load_calendar
from steelyard.people.lists import answer_of
from steelyard.people.refused import ToMend, answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when

router = Router()


class SheetsIn(Schema):
    show: SheetStanding | Literal[""] = ""
    body: Word = ""
    page: Page = 1


class UrgedSheetsOut(Schema):
    """How many sheets that are awaited were urged."""

    sheets: int


class SheetVersionIn(Schema):
    """``version``: another one than the last."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class TypedFigureIn(Schema):
    """As one types it: ``96%`` or ``0.96`` of a share. "" is none, and not 0: to be signed, ``status`` says
    how it is lacking (``missing``, ``no_base``, ``not_applicable``), and ``note`` why."""

    value: Word = ""
    note: Word = ""
    status: Word = ""


class FillSheetIn(Schema):
    """``figures``: by the codes of the units. It is the whole draft: units left out are blank."""

    seen: Seen
    figures: Annotated[dict[Word, TypedFigureIn], Field(max_length=1000)]


LIST = "/{slug:code}/sheets"
ONE = f"{LIST}/{{number}}"
REFUSED = {200: OneSheetOut, **WRITTEN}


@router.get(LIST, response=SheetsOut)
def list_sheets(request: HttpRequest, code: Code, asked: Query[SheetsIn]) -> dict[str, Any]:
    """Your body's; for the office all, by the day on which they are due."""
    found, seen = find_sheets(request, code)
    shown = narrowed(with_days(seen), asked.show, request.today)
    if asked.body:
        shown = shown.filter(body__code=asked.body)
    version, calendar = issued(found), load_calendar()
    inputs = scheme_of(version).inputs if version else {}
    return answer_of(
        shown.order_by("due", "input_code"), asked.page, "sheets",
        lambda one: sheet_line(
            one, inputs.get(one.input_code) or input_of(one), request.today, calendar
        ),
    )  # fmt: skip


@router.get(ONE, response=OneSheetOut)
def read_sheet(
    request: HttpRequest, code: Code, number: Number, asked: Query[SheetVersionIn]
) -> dict[str, Any]:
    return sheet_out(request, find(request, code), number, asked.version)


@router.post(f"{ONE}/figures", response=REFUSED)
def fill(request: HttpRequest, code: Code, number: Number, said: FillSheetIn) -> dict[str, Any]:
    """Keep figures as the draft of the body. The units see nothing of it until it is signed."""
    one = _own(request, code, number)
    typed = {
        unit: Typed(row.value.strip(), row.note.strip(), row.status.strip())
        for unit, row in said.figures.items()
    }
    _refuse_faults(one, typed)
    answered(
        lambda: actions.fill(sheet=one.pk, typed=typed, seen=said.seen, **who_and_when(request))
    )
    return sheet_out(request, find(request, code), number)


@router.post(f"{ONE}/sign", response=REFUSED)
def sign(request: HttpRequest, code: Code, number: Number, said: SeenIn) -> dict[str, Any]:
    """Sign the draft: it counts from now on. Each blank figure has its status and its reason."""
    one = _own(request, code, number)
    _refuse_blanks(one)
    answered(lambda: actions.sign(sheet=one.pk, seen=said.seen, **who_and_when(request)))
    return sheet_out(request, find(request, code), number)


@router.post(f"{ONE}/correct", response=REFUSED)
def correct(request: HttpRequest, code: Code, number: Number, said: ReasonIn) -> dict[str, Any]:
    """Begin a correction of a signed sheet, with the reason; fill it in, then sign again."""
    one = _own(request, code, number)
    told = read(CorrectForm(said.dict()))
    answered(lambda: actions.correct(sheet=one.pk, **told, **who_and_when(request)))
    return sheet_out(request, find(request, code), number)


@router.post(f"{ONE}/take-back", response=REFUSED)
def take_back(request: HttpRequest, code: Code, number: Number, said: SeenIn) -> dict[str, Any]:
    """Take back a correction that is not signed: its draft is dropped, and the signed version counts on."""
    one = _own(request, code, number)
    answered(lambda: actions.take_back(sheet=one.pk, seen=said.seen, **who_and_when(request)))
    return sheet_out(request, find(request, code), number)


@router.post(f"{ONE}/urge", response=REFUSED)
def urge(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    """Tell the body once more; at most once a day. For the office."""
    found = find(request, code)
    one = find_sheet(request, found, number)
    _refuse(may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today))
    answered(lambda: actions.urge(sheet=one.pk, **who_and_when(request)))
    return sheet_out(request, found, number)


@router.post("/{slug:code}/urge-sheets", response={200: UrgedSheetsOut, **WRITTEN})
def urge_all(request: HttpRequest, code: Code) -> dict[str, Any]:
    """Remind every body of all its sheets that are awaited, each at most once a day. For the office."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    sheets = answered(lambda: actions.urge_sheets(assessment=found.pk, **who_and_when(request)))
    return {"sheets": sheets}


# --- the steps --------------------------------------------------------------------------------


def _own(request: HttpRequest, code: str, number: int) -> Sheet:
    """
    Raises:
        Http404: it does not exist for this person.
        NotAllowed: it is another body's.
    """
    one = find_sheet(request, find(request, code), number)
    _refuse(may_not(request.held, Action.SUPPLY_FIGURES, one.body_id, request.today))
    return one


def _refuse(refusals: tuple[Refusal, ...]) -> None:
    if refusals:
        raise NotAllowed(refusals)


def _refuse_faults(one: Sheet, typed: Mapping[str, Typed]) -> None:
    """
    Raises:
        ToMend: with every fault of every unit, each at the code of the unit.
    """
    known = units_of_sheet(one)
    wrong = checked({unit: row for unit, row in typed.items() if unit in known}, input_of(one))[1]
    refusals = [
        refusal(fault.code, fault.what, fault.mend, unit)
        for unit, faults in wrong.items()
        for fault in faults
    ]
    refusals += [_unknown(unit) for unit in typed if unit not in known]
    if refusals:
        raise ToMend(refusals)


def _refuse_blanks(one: Sheet) -> None:
    """
    Raises:
        ToMend: with every blank figure of the draft that has no reason, each at the code of the unit.
    """
    if one.state == SheetState.SIGNED or not one.draft:
        return
    names = {unit: place.name for unit, place in units_of_sheet(one).items()}
    refusals = [
        refusal(fault.code, fault.what, fault.mend, unit)
        for unit, faults in unexplained(of_draft(one.draft), names).items()
        for fault in faults
    ]
    if refusals:
        raise ToMend(refusals)


def _unknown(unit: str) -> Refusal:
    what = Text(
        f"没有代码为“{unit}”的被考核单位", f"no unit that is assessed has the code {unit!r}"
    )
    return refusal("no_such_unit", what, Text("请删去", "take it away"), unit)

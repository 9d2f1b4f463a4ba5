"""Sheets of supplied figures: list, one with its figures and versions, fill in, sign, correct, urge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
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
    TextOut,
    Word,
    name,
    one_of,
    read,
    text,
)
from steelyard.assessment.forms.supplied import CorrectForm
from steelyard.assessment.models import Assessment, Sheet, SheetVersion
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.supplied import (
    input_of,
    narrowed,
    sheets_seen_by,
    typed_in,
    units_of_sheet,
    with_days,
)
from steelyard.assessment.rules.states import SheetState
from steelyard.assessment.rules.supplied_cells import Typed, checked, of_draft
from steelyard.assessment.rules.supplying import WHEN, Standing, standing
from steelyard.assessment.views.finding import find
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.reminders import working_days_between
from steelyard.people.lists import answer_of
from steelyard.people.refused import ToMend, answered
from steelyard.people.rules.reach import may_towards
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when
from steelyard.scheme.model import Input

router = Router()


class SheetOut(Schema):
    """The figures of one input for all units, which ``body`` owes by ``due``.

    ``signed``: how many versions are; ``filled``: figures on the last of them; ``days_late``: working
    days, of the first signature or until today. ``version`` goes back as ``seen``.
    """

    number: int
    figure: str
    title: TextOut
    body: str
    state: SheetState
    standing: Standing
    due: date | None
    days_late: int
    signed: int
    filled: int
    why: str
    urged_on: date | None
    version: int


class SheetsOut(Schema):
    count: int
    pages: int
    sheets: list[SheetOut]


class SheetFigureOut(Schema):
    """A unit on a sheet. ``value``: the signed figure in its exact writing, "" for none, which is not
    0. ``draft`` and ``draft_note``: as typed, for the eyes of the body alone; null for others."""

    unit: str
    name: TextOut
    value: str
    note: str
    draft: str | None
    draft_note: str | None


class SheetVersionOut(Schema):
    number: int
    why: str
    signed_by: str
    signed_at: datetime
    days_late: int


class OneSheetOut(SheetOut):
    """``shown``: the number of the version whose figures are told, null if none is signed."""

    type: str
    measure: TextOut
    shown: int | None
    figures: list[SheetFigureOut]
    versions: list[SheetVersionOut]


class SheetsIn(Schema):
    show: Standing | Literal[""] = ""
    body: Word = ""
    page: Page = 1


class SheetVersionIn(Schema):
    """``version``: another one than the last."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class TypedFigureIn(Schema):
    """As one types it: ``96%`` or ``0.96`` of a share. "" is none, and not 0."""

    value: Word = ""
    note: Word = ""


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
    found = find(request, code)
    seen = with_days(sheets_seen_by(request.held, request.today).filter(assessment=found))
    shown = narrowed(seen, asked.show, request.today)
    if asked.body:
        shown = shown.filter(body__code=asked.body)
    version, calendar = issued(found), load_calendar()
    inputs = scheme_of(version).inputs if version else {}
    return answer_of(
        shown.order_by("due", "input_code"), asked.page, "sheets",
        lambda one: _line(one, inputs[one.input_code], request.today, calendar),
    )  # fmt: skip


@router.get(ONE, response=OneSheetOut)
def read_sheet(
    request: HttpRequest, code: Code, number: Number, asked: Query[SheetVersionIn]
) -> dict[str, Any]:
    return _out(request, find(request, code), number, asked.version)


@router.post(f"{ONE}/figures", response=REFUSED)
def fill(request: HttpRequest, code: Code, number: Number, said: FillSheetIn) -> dict[str, Any]:
    """Keep figures as the draft of the body. The units see nothing of it until it is signed."""
    one = _own(request, code, number)
    typed = {unit: Typed(row.value.strip(), row.note.strip()) for unit, row in said.figures.items()}
    _refuse_faults(one, typed)
    answered(
        lambda: actions.fill(sheet=one.pk, typed=typed, seen=said.seen, **who_and_when(request))
    )
    return _out(request, find(request, code), number)


@router.post(f"{ONE}/sign", response=REFUSED)
def sign(request: HttpRequest, code: Code, number: Number, said: SeenIn) -> dict[str, Any]:
    """Sign the draft: it counts from now on."""
    one = _own(request, code, number)
    answered(lambda: actions.sign(sheet=one.pk, seen=said.seen, **who_and_when(request)))
    return _out(request, find(request, code), number)


@router.post(f"{ONE}/correct", response=REFUSED)
def correct(request: HttpRequest, code: Code, number: Number, said: ReasonIn) -> dict[str, Any]:
    """Begin a correction of a signed sheet, with the reason; fill it in, then sign again."""
    one = _own(request, code, number)
    told = read(CorrectForm(said.dict()))
    answered(lambda: actions.correct(sheet=one.pk, **told, **who_and_when(request)))
    return _out(request, find(request, code), number)


@router.post(f"{ONE}/urge", response=REFUSED)
def urge(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    """Tell the body once more; at most once a day. For the office."""
    found = find(request, code)
    one = _find(request, found, number)
    _refuse(may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today))
    answered(lambda: actions.urge(sheet=one.pk, **who_and_when(request)))
    return _out(request, found, number)


# --- the steps --------------------------------------------------------------------------------


def _find(request: HttpRequest, found: Assessment, number: int) -> Sheet:
    seen = with_days(sheets_seen_by(request.held, request.today))
    return one_of(seen.filter(assessment=found, pk=number).first())


def _own(request: HttpRequest, code: str, number: int) -> Sheet:
    """
    Raises:
        Http404: it does not exist for this person.
        NotAllowed: it is another body's.
    """
    one = _find(request, find(request, code), number)
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


def _unknown(unit: str) -> Refusal:
    what = Text(
        f"没有代码为“{unit}”的被考核单位", f"no unit that is assessed has the code {unit!r}"
    )
    return refusal("no_such_unit", what, Text("请删去", "take it away"), unit)


# --- as it is told ----------------------------------------------------------------------------


def _line(one: Sheet, figure: Input, today: date, calendar: Any) -> dict[str, Any]:
    stands = standing(
        SheetState(one.state), due=one.due, today=today, days_late=one.days_late or 0,
        versions=one.versions_signed or 0,
    )  # fmt: skip
    is_missing = stands is Standing.MISSING
    late = working_days_between(one.due, today, calendar) if is_missing else one.days_late or 0
    return {
        "number": one.pk, "figure": one.input_code, "title": text(figure.title),
        "body": one.body.code, "state": one.state, "standing": stands, "due": one.due,
        "days_late": max(0, late), "signed": one.versions_signed or 0, "filled": one.figures or 0,
        "why": one.why, "urged_on": one.urged_on, "version": one.version,
    }  # fmt: skip


def _out(
    request: HttpRequest, found: Assessment, number: int, wanted: int | None = None
) -> dict[str, Any]:
    one = _find(request, found, number)
    figure = input_of(one)
    versions = list(one.versions.select_related("signed_by").order_by("-number"))
    shown = next((each for each in versions if wanted in (None, each.number)), None)
    if wanted is not None:
        one_of(shown)
    fills = _fills(request, found, one)
    return {
        **_line(one, figure, request.today, load_calendar()),
        "type": figure.type, "measure": text(figure.unit_of_measure),
        "shown": shown.number if shown else None,
        "figures": _figures(one, shown, of_draft(one.draft) if fills else None),
        "versions": [_version(each) for each in versions],
    }  # fmt: skip


def _fills(request: HttpRequest, found: Assessment, one: Sheet) -> bool:
    is_own = may_towards(request.held, Action.SUPPLY_FIGURES, one.body_id, request.today)
    return is_own and one.state != SheetState.SIGNED and found.stage in WHEN


def _figures(
    one: Sheet, shown: SheetVersion | None, draft: Mapping[str, Typed] | None
) -> list[dict[str, Any]]:
    signed = typed_in(shown)
    return [
        {
            "unit": code, "name": text(unit.name),
            "value": signed.get(code, Typed()).value, "note": signed.get(code, Typed()).note,
            "draft": None if draft is None else draft.get(code, Typed()).value,
            "draft_note": None if draft is None else draft.get(code, Typed()).note,
        }
        for code, unit in units_of_sheet(one).items()
    ]  # fmt: skip


def _version(one: SheetVersion) -> dict[str, Any]:
    return {
        "number": one.number, "why": one.why, "signed_by": name(one.signed_by),
        "signed_at": one.signed_at, "days_late": one.days_late,
    }  # fmt: skip

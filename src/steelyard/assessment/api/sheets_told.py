"""A sheet of supplied figures as it is told: how it stands, its figures and its versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Schema

from steelyard.assessment.api.said import (
    TextOut,
    name,
    one_of,
    text,
)
from steelyard.assessment.models import Assessment, Sheet, SheetVersion
from steelyard.assessment.queries.figures.asked import rules_of
from steelyard.assessment.queries.supplied import (
    input_of,
    sheets_seen_by,
    typed_in,
    units_of_sheet,
    with_days,
)
from steelyard.assessment.rules.figures.asked import said_asked
from steelyard.assessment.rules.states import SheetState
from steelyard.assessment.rules.supplied.cells import Typed, of_draft
from steelyard.assessment.rules.supplied.limits import WHEN, Standing, standing
from steelyard.kernel.exact import plain
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.reminders import working_days_between
from steelyard.people.rules.reach import may_towards
from steelyard.people.rules.roles import Action
from steelyard.scheme.model import Input

SheetStanding = Literal["open", "missing", "signed", "late", "mending", "outdated", "corrected"]
"""By its values: another area has an enumeration of this name, and the document one schema of each."""


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
    standing: SheetStanding
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
    0; then ``status`` says how it is lacking (``missing``, ``no_base``, ``not_applicable``), and ``note``
    why. ``draft``, ``draft_status`` and ``draft_note``: as typed, for the eyes of the body alone; null for
    others."""

    unit: str
    name: TextOut
    value: str
    status: str
    note: str
    draft: str | None
    draft_status: str | None
    draft_note: str | None


class SheetVersionOut(Schema):
    number: int
    why: str
    signed_by: str
    signed_at: datetime
    days_late: int


class RuleOut(Schema):
    """An item that uses the figure, and its rule in words; of a veto ``item`` is ""."""

    item: str
    title: TextOut
    words: TextOut


class OneSheetOut(SheetOut):
    """``shown``: the number of the version whose figures are told, null if none is signed; ``asked``: unit of
    measure, kind and range in words; ``least`` and ``most``: the range, exact, null where there is no bound."""

    type: str
    measure: TextOut
    least: str | None
    most: str | None
    asked: TextOut
    rules: list[RuleOut]
    shown: int | None
    figures: list[SheetFigureOut]
    versions: list[SheetVersionOut]


def find_sheet(request: HttpRequest, found: Assessment, number: int) -> Sheet:
    seen = with_days(sheets_seen_by(request.held, request.today))
    return one_of(seen.filter(assessment=found, pk=number).first())


def sheet_line(one: Sheet, figure: Input, today: date, calendar: Any) -> dict[str, Any]:
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


def sheet_out(
    request: HttpRequest, found: Assessment, number: int, wanted: int | None = None
) -> dict[str, Any]:
    one = find_sheet(request, found, number)
    figure = input_of(one)
    versions = list(one.versions.select_related("signed_by").order_by("-number"))
    shown = next((each for each in versions if wanted in (None, each.number)), None)
    if wanted is not None:
        one_of(shown)
    fills = _fills(request, found, one)
    return {
        **sheet_line(one, figure, request.today, load_calendar()),
        "type": figure.type, "measure": text(figure.unit_of_measure),
        "least": None if figure.least is None else plain(figure.least),
        "most": None if figure.most is None else plain(figure.most),
        "asked": text(said_asked(figure)),
        "rules": [
            {"item": each.code, "title": text(each.title), "words": text(each.words)}
            for each in rules_of(found, one.input_code)
        ],
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
            "status": signed.get(code, Typed()).status,
            "draft": None if draft is None else draft.get(code, Typed()).value,
            "draft_status": None if draft is None else draft.get(code, Typed()).status,
            "draft_note": None if draft is None else draft.get(code, Typed()).note,
        }
        for code, unit in units_of_sheet(one).items()
    ]  # fmt: skip


def _version(one: SheetVersion) -> dict[str, Any]:
    return {
        "number": one.number, "why": one.why, "signed_by": name(one.signed_by),
        "signed_at": one.signed_at, "days_late": one.days_late,
    }  # fmt: skip

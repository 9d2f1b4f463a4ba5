"""Differences between self-reported and supplied figures: list, one, settle, open again, compare again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from steelyard.assessment.actions import differences as actions
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    Page,
    ReasonIn,
    TextOut,
    Word,
    name,
    read,
    text,
)
from steelyard.assessment.forms.differences import ReopenForm, SettleForm
from steelyard.assessment.models import Assessment, Difference, Settlement
from steelyard.assessment.queries.differences import differences_within, inputs_compared
from steelyard.assessment.rules.differences.comparing import exact_distance
from steelyard.assessment.rules.states import DifferenceState
from steelyard.assessment.views.differences.finding import (
    find_assessment,
    find_difference,
    refuse_unless_settles,
)
from steelyard.assessment.views.finding import find, find_for
from steelyard.people.lists import answer_of
from steelyard.people.refused import answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when
from steelyard.scheme.model import Input

router = Router()


Taken = Literal["", "supplied", "reported", "other", "agreed"]


class SettlementOut(Schema):
    """As it was settled once; ``why_no_more``: why that stands no more."""

    reported: str
    supplied: str
    taken: Taken
    value: str
    reason: str
    settled_by: str
    settled_at: datetime
    why_no_more: str
    ended_by: str
    ended_at: datetime


class DifferenceOut(Schema):
    """A gap between two figures of a unit, all in their exact writing. ``supplied`` "": none was;
    ``gap``: by how much, "" where that cannot be said. ``value``: the figure that counts, once it is
    settled; ``earlier``: how it was settled before, the newest first. ``version`` goes back as ``seen``."""

    number: int
    unit: str
    unit_name: TextOut
    figure: str
    title: TextOut
    reported: str
    supplied: str
    gap: str
    state: DifferenceState
    taken: Taken
    value: str
    reason: str
    settled_by: str
    settled_at: datetime | None
    earlier: list[SettlementOut]
    version: int


class DifferencesOut(Schema):
    count: int
    pages: int
    differences: list[DifferenceOut]


class DifferencesIn(Schema):
    state: DifferenceState | None = None
    figure: Word = ""
    unit: Word = ""
    page: Page = 1


class SettleIn(ReasonIn):
    """``taken``: one of the two, or *other* with its ``value`` as one types it."""

    taken: Literal["supplied", "reported", "other"]
    value: Word = ""


class ComparedOut(Schema):
    """How many turned: new, open again, or the same by now."""

    turned: int


LIST = "/{slug:code}/differences"
ONE = f"{LIST}/{{number}}"
REFUSED = {200: DifferenceOut, **WRITTEN}


@router.get(LIST, response=DifferencesOut)
def list_differences(
    request: HttpRequest, code: Code, asked: Query[DifferencesIn]
) -> dict[str, Any]:
    """Those of your unit; for the office all."""
    found = find_assessment(request, code)
    rows = differences_within(
        found, request.held, request.today, figure=asked.figure, unit=asked.unit,
        state=asked.state or "",
    ).prefetch_related("earlier__settled_by", "earlier__ended_by")  # fmt: skip
    inputs = inputs_compared(found)
    return answer_of(rows, asked.page, "differences", lambda one: _out(one, inputs))


@router.get(ONE, response=DifferenceOut)
def read_difference(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    found = find(request, code)
    return _out(find_difference(request, found, number), inputs_compared(found))


@router.post(f"{ONE}/settle", response=REFUSED)
def settle(request: HttpRequest, code: Code, number: Number, said: SettleIn) -> dict[str, Any]:
    """Take one of the two figures, or another that was found by checking, with the reason."""
    found = find(request, code)
    row = _to_settle(request, found, number)
    form = SettleForm(said.dict(), supplied=row.supplied, reported=row.reported)
    told = read(form)
    answered(lambda: actions.settle(difference=row.pk, **told, **who_and_when(request)))
    return _out(find_difference(request, found, number), inputs_compared(found))


@router.post(f"{ONE}/anew", response=REFUSED)
def settle_anew(request: HttpRequest, code: Code, number: Number, said: SettleIn) -> dict[str, Any]:
    """Settle a settled one otherwise, with the reason. How it was settled stays under ``earlier``."""
    found = find(request, code)
    row = _to_settle(request, found, number)
    told = read(SettleForm(said.dict(), supplied=row.supplied, reported=row.reported))
    answered(lambda: actions.settle_anew(difference=row.pk, **told, **who_and_when(request)))
    return _out(find_difference(request, found, number), inputs_compared(found))


@router.post(f"{ONE}/reopen", response=REFUSED)
def reopen(request: HttpRequest, code: Code, number: Number, said: ReasonIn) -> dict[str, Any]:
    """Open a settled one again, with the reason."""
    found = find(request, code)
    row = _to_settle(request, found, number)
    told = read(ReopenForm(said.dict()))
    answered(lambda: actions.reopen(difference=row.pk, **told, **who_and_when(request)))
    return _out(find_difference(request, found, number), inputs_compared(found))


@router.post("/{slug:code}/compare-again", response={200: ComparedOut, **WRITTEN})
def compare_again(request: HttpRequest, code: Code) -> dict[str, Any]:
    """Compare with the newest frozen records and the sheets as they are signed now."""
    found = find_for(request, code, Action.SETTLE_DIFFERENCES)
    turned = answered(lambda: actions.compare_again(assessment=found.pk, **who_and_when(request)))
    return {"turned": turned}


def _to_settle(request: HttpRequest, found: Assessment, number: int) -> Difference:
    row = find_difference(request, found, number)
    refuse_unless_settles(request, found)
    return row


def _out(one: Difference, inputs: Mapping[str, Input]) -> dict[str, Any]:
    return {
        "number": one.pk, "unit": one.unit.code, "unit_name": text(one.unit.name),
        "figure": one.input_code, "title": text(inputs[one.input_code].title),
        "reported": one.reported, "supplied": one.supplied,
        "gap": exact_distance(one.reported, one.supplied), "state": one.state, "taken": one.taken,
        "value": one.value, "reason": one.reason, "settled_by": name(one.settled_by),
        "settled_at": one.settled_at, "earlier": [_earlier(each) for each in one.earlier.all()],
        "version": one.version,
    }  # fmt: skip


def _earlier(one: Settlement) -> dict[str, Any]:
    return {
        "reported": one.reported, "supplied": one.supplied, "taken": one.taken,
        "value": one.value, "reason": one.reason, "settled_by": name(one.settled_by),
        "settled_at": one.settled_at, "why_no_more": one.why_no_more,
        "ended_by": name(one.ended_by), "ended_at": one.ended_at,
    }  # fmt: skip

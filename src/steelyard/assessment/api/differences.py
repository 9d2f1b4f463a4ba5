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
    one_of,
    read,
    text,
)
from steelyard.assessment.forms.differences import ReopenForm, SettleForm
from steelyard.assessment.models import Assessment, Difference
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.differences import differences_seen_by
from steelyard.assessment.rules.comparing import number as as_number
from steelyard.assessment.rules.states import DifferenceState
from steelyard.assessment.views.finding import find, find_for
from steelyard.kernel.exact import plain
from steelyard.people.lists import answer_of
from steelyard.people.refused import answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when
from steelyard.scheme.model import Input

router = Router()


class DifferenceOut(Schema):
    """A gap between two figures of a unit, all in their exact writing. ``supplied`` "": none was;
    ``gap``: by how much, "" where that cannot be said. ``value``: the figure that counts, once it is
    settled. ``version`` goes back as ``seen``."""

    number: int
    unit: str
    unit_name: TextOut
    figure: str
    title: TextOut
    reported: str
    supplied: str
    gap: str
    state: DifferenceState
    taken: Literal["", "supplied", "reported", "other", "agreed"]
    value: str
    reason: str
    settled_by: str
    settled_at: datetime | None
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
    found = find(request, code)
    seen = differences_seen_by(request.held, request.today).filter(assessment=found)
    columns = {"state": asked.state, "input_code": asked.figure, "unit__code": asked.unit}
    rows = seen.filter(**{column: said for column, said in columns.items() if said})
    inputs = _inputs(found)
    return answer_of(rows, asked.page, "differences", lambda one: _out(one, inputs))


@router.get(ONE, response=DifferenceOut)
def read_difference(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    found = find(request, code)
    return _out(_find(request, found, number), _inputs(found))


@router.post(f"{ONE}/settle", response=REFUSED)
def settle(request: HttpRequest, code: Code, number: Number, said: SettleIn) -> dict[str, Any]:
    """Take one of the two figures, or another that was found by checking, with the reason."""
    found = find(request, code)
    row = _to_settle(request, found, number)
    form = SettleForm(said.dict(), supplied=row.supplied, reported=row.reported)
    told = read(form)
    answered(lambda: actions.settle(difference=row.pk, **told, **who_and_when(request)))
    return _out(_find(request, found, number), _inputs(found))


@router.post(f"{ONE}/reopen", response=REFUSED)
def reopen(request: HttpRequest, code: Code, number: Number, said: ReasonIn) -> dict[str, Any]:
    """Open a settled one again, with the reason."""
    found = find(request, code)
    row = _to_settle(request, found, number)
    told = read(ReopenForm(said.dict()))
    answered(lambda: actions.reopen(difference=row.pk, **told, **who_and_when(request)))
    return _out(_find(request, found, number), _inputs(found))


@router.post("/{slug:code}/compare-again", response={200: ComparedOut, **WRITTEN})
def compare_again(request: HttpRequest, code: Code) -> dict[str, Any]:
    """Compare with the newest frozen records and the sheets as they are signed now."""
    found = find_for(request, code, Action.SETTLE_DIFFERENCES)
    turned = answered(lambda: actions.compare_again(assessment=found.pk, **who_and_when(request)))
    return {"turned": turned}


def _find(request: HttpRequest, found: Assessment, number: int) -> Difference:
    seen = differences_seen_by(request.held, request.today).filter(assessment=found)
    return one_of(seen.filter(pk=number).first())


def _to_settle(request: HttpRequest, found: Assessment, number: int) -> Difference:
    row = _find(request, found, number)
    refusals = may_not(request.held, Action.SETTLE_DIFFERENCES, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    return row


def _inputs(found: Assessment) -> Mapping[str, Input]:
    version = issued(found)
    return scheme_of(version).inputs if version else {}


def _gap(one: Difference) -> str:
    """Reported less supplied, exact; "" where there is no such number."""
    own, theirs = as_number(one.reported), as_number(one.supplied)
    return "" if own is None or theirs is None else plain(own - theirs)


def _out(one: Difference, inputs: Mapping[str, Input]) -> dict[str, Any]:
    return {
        "number": one.pk, "unit": one.unit.code, "unit_name": text(one.unit.name),
        "figure": one.input_code, "title": text(inputs[one.input_code].title),
        "reported": one.reported, "supplied": one.supplied,
        "gap": _gap(one), "state": one.state, "taken": one.taken,
        "value": one.value, "reason": one.reason, "settled_by": name(one.settled_by),
        "settled_at": one.settled_at, "version": one.version,
    }  # fmt: skip

"""Assessments: list, open, read one with its stage, what stands against the next moves; move on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Days,
    PageIn,
    Seen,
    TextOut,
    Word,
    read,
    refusals_out,
    text,
)
from steelyard.assessment.forms.assessments import OpenForm
from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.assessments import (
    assessments_seen_by,
    offices_for,
    regions_below,
)
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.stages import Asked, against
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove
from steelyard.assessment.views.assessments import FORMS
from steelyard.assessment.views.finding import find, find_for
from steelyard.kernel.refusals import refuse_if_any
from steelyard.notices.api import DeadlinesOut, deadline_out
from steelyard.notices.queries import deadlines_seen_by
from steelyard.people.lists import answer_of
from steelyard.people.refused import RefusalOut, RefusedOut, answered
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when

router = Router()


class AssessmentOut(Schema):
    """An assessment. ``ends``: the day after the period; ``cut_off``: records up to it count. ``within``: the
    code of the city whose districts it assesses, if the office's own region is another; ``units``: whom it
    assesses, in words.

    ``version`` goes back as ``seen`` with a move.
    """

    code: str
    title: TextOut
    office: str
    starts: date
    ends: date
    within: str
    units: TextOut
    sample: bool
    stage: Stage
    cut_off: date | None
    version: int


class AssessmentsOut(Schema):
    count: int
    pages: int
    assessments: list[AssessmentOut]


class StageMoveOut(Schema):
    """A move from the stage; ``refusals``: what stands against it today."""

    move: StageMove
    title: TextOut
    refusals: list[RefusalOut]


class OneAssessmentOut(AssessmentOut):
    """``moves``: for whoever runs it."""

    moves: list[StageMoveOut]


class OpenAssessmentIn(Schema):
    """``office``: its code. ``within``: the code of a city below the office, to assess its districts; empty for
    the units of the office's own region."""

    office: Word
    code: Word
    title_zh: Word
    title_en: Word = ""
    starts: date
    ends: date
    within: Word = ""


class StageMoveIn(Schema):
    """What a step sets: ``days_to_comment`` with *send_out*; with *collect* the cut-off and the days, with
    *compare* ``days_to_settle``, with *score* ``days_to_score``, all working days; ``reason`` with
    *settle_unheard*, *reopen* and *withdraw*."""

    seen: Seen
    days_to_comment: Days | None = None
    cut_off: date | None = None
    days_to_supply: Days | None = None
    days_to_fill: Days | None = None
    days_to_settle: Days | None = None
    days_to_score: Days | None = None
    reason: Word = ""


@router.get("", response=AssessmentsOut)
def list_assessments(request: HttpRequest, asked: Query[PageIn]) -> dict[str, Any]:
    """Those in which you have a part, the latest first."""
    found = assessments_seen_by(request.held, request.today)
    return answer_of(found, asked.page, "assessments", _out)


@router.post("", response={200: AssessmentOut, 403: RefusedOut, 409: RefusedOut})
def open_one(request: HttpRequest, said: OpenAssessmentIn) -> dict[str, Any]:
    """Open one, in the stage of drafting its scheme."""
    offices = reach(request.held, Action.RUN_ASSESSMENT, request.today)
    if not offices:
        refuse_if_any([no_right_to(Action.RUN_ASSESSMENT)])
    mine = offices_for(request.held, request.today)
    office = mine.filter(code=said.office).first()
    sent = said.dict() | {"office": office.pk if office else 0}
    regions = regions_below(mine, request.today)
    told = read(OpenForm(sent, offices=mine, regions=regions))
    opened = answered(lambda: open_assessment(
        office=told.pop("office").pk, wanted=Wanted(**told), **who_and_when(request)))  # fmt: skip
    return _out(opened)


@router.get("/{slug:code}", response=OneAssessmentOut)
def read_assessment(request: HttpRequest, code: Code) -> dict[str, Any]:
    return _one(request, find(request, code))


@router.get("/{slug:code}/deadlines", response=DeadlinesOut)
def list_deadlines(request: HttpRequest, code: Code, asked: Query[PageIn]) -> dict[str, Any]:
    """Its open deadlines: yours, and those of the organisations that you look after."""
    find(request, code)
    seen = deadlines_seen_by(request.user.pk, request.held, request.today)
    found = seen.filter(area="assessment", path__startswith=f"/assessments/{code}/")
    return answer_of(found.order_by("due", "id"), asked.page, "deadlines", deadline_out)


@router.post("/{slug:code}/moves/{move}", response={200: OneAssessmentOut, **WRITTEN})
def move(request: HttpRequest, code: Code, move: StageMove, said: StageMoveIn) -> dict[str, Any]:
    """Lead it to another stage, with all that the step brings."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    terms = Terms(**read(FORMS[move](said.dict()))) if move in FORMS else Terms()
    moved = answered(lambda: move_on(
        assessment=found.pk, move=move, seen=said.seen, terms=terms, **who_and_when(request)))  # fmt: skip
    return _one(request, moved)


# --- as it is told ----------------------------------------------------------------------------


def _out(one: Assessment) -> dict[str, Any]:
    return {
        "code": one.code, "title": text(one.title), "office": one.office.code, "starts": one.starts,
        "ends": one.ends, "within": one.within.code if one.within else "",
        "units": text(one.units_said), "sample": one.sample, "stage": one.stage,
        "cut_off": one.cut_off, "version": one.version,
    }  # fmt: skip


def _one(request: HttpRequest, found: Assessment) -> dict[str, Any]:
    runs = not may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today)
    return {**_out(found), "moves": _moves(request, found) if runs else []}


def _moves(request: HttpRequest, found: Assessment) -> list[dict[str, Any]]:
    state = load_state(found, request.today)
    return [
        {
            "move": one,
            "title": text(ASSESSMENT.moves[one]),
            "refusals": refusals_out(against(state, Asked(move=one, on=request.today))),
        }
        for one in ASSESSMENT.moves_from(Stage(found.stage))
    ]

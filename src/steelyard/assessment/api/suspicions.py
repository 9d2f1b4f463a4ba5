"""Suspicions of forged material: list, raise, hear the unit, confirm or clear."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from steelyard.assessment.actions import forgery as actions
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    Page,
    SeenIn,
    TextOut,
    Word,
    Words,
    name,
    one_of,
    read,
    text,
)
from steelyard.assessment.forms.forgery import DecideForm, HearForm, StateForm
from steelyard.assessment.models import Assessment, Suspicion
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.assessments import division_of, issued, units_of
from steelyard.assessment.queries.forgery import speaks_for, suspicions_seen_by
from steelyard.assessment.rules.forgery import About
from steelyard.assessment.rules.states import SuspicionMove, SuspicionState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.forgery.finding import (
    find_suspicions,
    refuse_own_unit,
    refuse_unless_raises,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.people.lists import answer_of
from steelyard.people.models import Organisation
from steelyard.people.refused import ToMend, answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when

router = Router()


class SuspicionOut(Schema):
    """Somebody holds what a unit signed of an item to be forged or false. ``about``: what of it;
    ``material``: its title, "" for no piece in particular; ``statement``: what the unit wrote itself;
    ``hearing``: what it said when it was heard; ``was_silent``: it said nothing by its day. ``version`` goes
    back as ``seen``."""

    number: int
    unit: str
    unit_name: TextOut
    item: str
    body: str
    about: About
    material: str
    grounds: str
    raised_by: str
    raised_at: datetime
    state: SuspicionState
    statement: str
    stated_by: str
    stated_at: datetime | None
    heard_on: date | None
    hearing: str
    was_silent: bool
    heard_by: str
    decision: str
    decided_by: str
    decided_at: datetime | None
    version: int


class SuspicionsOut(Schema):
    count: int
    pages: int
    suspicions: list[SuspicionOut]


class SuspicionsIn(Schema):
    state: SuspicionState | None = None
    page: Page = 1


class RaiseSuspicionIn(Schema):
    """``about``: what of the item is doubted; ``material``: its number, of a piece that the unit filed for
    the item and signed, if it is one in particular."""

    unit: Word
    item: Word
    grounds: Words
    about: About = About.MATERIAL
    material: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class StateCaseIn(SeenIn):
    statement: Words


class HearSuspicionIn(SeenIn):
    """``was_silent``: it said nothing by its day; then nothing else is said."""

    heard_on: date | None = None
    hearing: Words = ""
    was_silent: bool = False


class DecideSuspicionIn(SeenIn):
    move: Literal["confirm", "clear"]
    decision: Words


LIST = "/{slug:code}/suspicions"
ONE = f"{LIST}/{{number}}"
REFUSED = {200: SuspicionOut, **WRITTEN}


@router.get(LIST, response=SuspicionsOut)
def list_suspicions(request: HttpRequest, code: Code, asked: Query[SuspicionsIn]) -> dict[str, Any]:
    """Those of your unit, those of items that your body scores, for the office all; the newest first."""
    _found, seen = find_suspicions(request, code)
    if asked.state:
        seen = seen.filter(state=asked.state)
    return answer_of(seen.order_by("-pk"), asked.page, "suspicions", _out)


@router.get(ONE, response=SuspicionOut)
def read_suspicion(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    return _out(_find(request, find(request, code), number))


@router.post(LIST, response=REFUSED)
def raise_one(request: HttpRequest, code: Code, said: RaiseSuspicionIn) -> dict[str, Any]:
    """Raise one, as the office or as the body that scores the item; the unit is told."""
    found = find(request, code)
    refuse_unless_raises(request, found, said.item)
    unit = _unit_of(found, said)
    refuse_own_unit(request, unit.pk)
    made = answered(lambda: actions.raise_suspicion(
        assessment=found.pk, unit=said.unit, item=said.item, grounds=said.grounds,
        about=said.about, material=said.material, **who_and_when(request)))  # fmt: skip
    return _out(_find(request, found, made.pk))


@router.post(f"{ONE}/state", response=REFUSED)
def state(request: HttpRequest, code: Code, number: Number, said: StateCaseIn) -> dict[str, Any]:
    """State the case of the unit, once. For its officers and signatories; the office is told."""
    found = find(request, code)
    one = _find(request, found, number)
    if not speaks_for(request.held, one.unit_id, request.today):
        raise NotAllowed([no_right_to(Action.SIGN_SUBMISSION)])
    told = read(StateForm({"statement": said.statement, "version": said.seen}))
    answered(lambda: actions.state_case(
        suspicion=one.pk, statement=told["statement"], seen=said.seen, **who_and_when(request)))  # fmt: skip
    return _out(_find(request, found, number))


@router.post(f"{ONE}/hear", response=REFUSED)
def hear(request: HttpRequest, code: Code, number: Number, said: HearSuspicionIn) -> dict[str, Any]:
    """Write down what the unit said, and when. For the office."""
    found = find(request, code)
    one = _of_others(request, found, number, Action.RAISE_SUSPICION)
    told = read(HearForm({**said.dict(), "version": said.seen}))
    answered(lambda: actions.hear(
        suspicion=one.pk, hearing=told["hearing"], heard_on=told["heard_on"],
        was_silent=told["was_silent"], seen=said.seen, **who_and_when(request)))  # fmt: skip
    return _out(_find(request, found, number))


@router.post(f"{ONE}/decide", response=REFUSED)
def decide(
    request: HttpRequest, code: Code, number: Number, said: DecideSuspicionIn
) -> dict[str, Any]:
    """Confirm it, and the item is nothing; or clear it. For the head of the office."""
    found = find(request, code)
    one = _of_others(request, found, number, Action.DECIDE_SUSPICION)
    told = read(DecideForm({"decision": said.decision, "version": said.seen}))
    answered(lambda: actions.decide(
        suspicion=one.pk, move=SuspicionMove(said.move), decision=told["decision"],
        seen=said.seen, **who_and_when(request)))  # fmt: skip
    return _out(_find(request, found, number))


# --- the steps --------------------------------------------------------------------------------


def _find(request: HttpRequest, found: Assessment, number: int) -> Suspicion:
    seen = suspicions_seen_by(request.held, found, request.today)
    return one_of(seen.filter(pk=number).first())


def _of_others(request: HttpRequest, found: Assessment, number: int, action: Action) -> Suspicion:
    """
    Raises:
        Http404: it does not exist for this person.
        NotAllowed: the step is not for them, or they hold a role in the unit.
    """
    one = _find(request, found, number)
    refusals = may_not(request.held, action, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    refuse_own_unit(request, one.unit_id)
    return one


def _unit_of(found: Assessment, said: RaiseSuspicionIn) -> Organisation:
    """
    Raises:
        ToMend: the scheme has no such unit, or no such item to be scored.
    """
    version = issued(found)
    unit = units_of(version).get(said.unit) if version else None
    items = {one.item.code for one in division_of(version).duties} if version else set()
    refusals = []
    if said.item not in items:
        what = Text(f"细则中没有项目“{said.item}”", f"the scheme has no item {said.item!r}")
        refusals.append(Refusal("no_such_item", what, "item"))
    if unit is None:
        what = Text(f"没有被考核单位“{said.unit}”", f"no unit {said.unit!r} is assessed")
        refusals.append(Refusal("no_such_unit", what, "unit"))
    if refusals or unit is None:
        raise ToMend(refusals)
    return unit


def _out(one: Suspicion) -> dict[str, Any]:
    return {
        "number": one.pk, "unit": one.unit.code, "unit_name": text(one.unit.name),
        "item": one.item, "body": one.body.code,
        "about": one.about,
        "material": one.material.title if one.material else "", "grounds": one.grounds,
        "raised_by": name(one.raised_by), "raised_at": one.raised_at, "state": one.state,
        "statement": one.statement, "stated_by": name(one.stated_by), "stated_at": one.stated_at,
        "heard_on": one.heard_on, "hearing": one.hearing, "was_silent": one.was_silent, "heard_by": name(one.heard_by),
        "decision": one.decision, "decided_by": name(one.decided_by),
        "decided_at": one.decided_at, "version": one.version,
    }  # fmt: skip

"""Objections to records: raise one against a row behind a figure, list them, answer as the source."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from steelyard.assessment.actions.collection import answer_objection, contest
from steelyard.assessment.api.items import ROWS_BEHIND, InputCode, refuse_unless_computed
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    Page,
    SeenIn,
    TextOut,
    Words,
    name,
    one_of,
    read,
    text,
)
from steelyard.assessment.forms.collection import ContestForm, ReasonedForm
from steelyard.assessment.models import Objection
from steelyard.assessment.permissions.collection import may_not_answer
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.figures.computed import objections_seen_by
from steelyard.assessment.rules.states import ObjectionMove, ObjectionState
from steelyard.assessment.views.collection.finding import find_within
from steelyard.assessment.views.finding import find
from steelyard.people.lists import answer_of
from steelyard.people.refused import answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when
from steelyard.scheme.model import Input

router = Router()


class ObjectionOut(Schema):
    """A unit says that a record behind a figure of its own is wrong; ``body``: whose record it is.

    ``version`` goes back as ``seen`` with the answer.
    """

    number: int
    unit: str
    body: str
    figure: str
    title: TextOut
    record: str
    text: str
    raised_by: str
    raised_at: datetime
    state: ObjectionState
    answer: str
    answered_by: str
    answered_at: datetime | None
    version: int


class ObjectionsOut(Schema):
    count: int
    pages: int
    objections: list[ObjectionOut]


class ObjectionsIn(Schema):
    state: ObjectionState | None = None
    page: Page = 1


class ObjectIn(Schema):
    """``record``: as the rows behind the figure name it."""

    record: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
    text: Words


class AnswerObjectionIn(SeenIn):
    move: ObjectionMove
    reason: Words


LIST = "/{slug:code}/objections"
REFUSED = {200: ObjectionOut, **WRITTEN}


@router.get(LIST, response=ObjectionsOut)
def list_objections(request: HttpRequest, code: Code, asked: Query[ObjectionsIn]) -> dict[str, Any]:
    """Those of your unit, those to your body's records, for the office all; the newest first."""
    assessment = find(request, code)
    found = objections_seen_by(request.held, request.today).filter(assessment=assessment)
    if asked.state:
        found = found.filter(state=asked.state)
    version = issued(assessment)
    inputs = scheme_of(version).inputs if version else {}
    return answer_of(
        found, asked.page, "objections", lambda one: _out(one, inputs.get(one.input_code))
    )


@router.get(f"{LIST}/{{number}}", response=ObjectionOut)
def read_objection(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    return _one(_find(request, code, number))


@router.post(f"{ROWS_BEHIND}/objections", response=REFUSED)
def object_to(
    request: HttpRequest, code: Code, number: Number, figure: InputCode, said: ObjectIn
) -> dict[str, Any]:
    """Say that a record behind a figure of your unit is wrong; its source answers."""
    seen = find_within(request, code, number)
    refuse_unless_computed(seen, figure)
    seen.refuse_unless_may(Action.FILL_ITEMS)
    told = read(ContestForm(said.dict()))
    raised = answered(lambda: contest(
        assessment=seen.submission.assessment_id, unit=seen.submission.unit, input_code=figure,
        record=said.record, text=told["text"], **who_and_when(request)))  # fmt: skip
    return _one(_find(request, code, raised.pk))


@router.post(f"{LIST}/{{number}}/answer", response=REFUSED)
def answer(
    request: HttpRequest, code: Code, number: Number, said: AnswerObjectionIn
) -> dict[str, Any]:
    """Uphold or reject it, as the body whose record it is or the office for which it waits, with the reason."""
    row = _find(request, code, number)
    office = row.assessment.office_id
    refusals = may_not_answer(request.held, row.body_id, office, request.today)
    if refusals:
        raise NotAllowed(refusals)
    told = read(ReasonedForm({"reason": said.reason, "version": said.seen}))
    answered(lambda: answer_objection(
        objection=row.pk, move=said.move, reason=told["reason"], seen=said.seen,
        **who_and_when(request)))  # fmt: skip
    return _one(_find(request, code, number))


def _find(request: HttpRequest, code: str, number: int) -> Objection:
    found = objections_seen_by(request.held, request.today).filter(assessment=find(request, code))
    return one_of(found.filter(pk=number).first())


def _one(one: Objection) -> dict[str, Any]:
    version = issued(one.assessment)
    inputs = scheme_of(version).inputs if version else {}
    return _out(one, inputs.get(one.input_code))


def _out(one: Objection, figure: Input | None) -> dict[str, Any]:
    return {
        "number": one.pk, "unit": one.unit.code, "body": one.body.code, "figure": one.input_code,
        "title": text(figure.title) if figure else {"zh": one.input_code, "en": one.input_code},
        "record": one.record, "text": one.text, "raised_by": name(one.raised_by),
        "raised_at": one.raised_at, "state": one.state, "answer": one.answer,
        "answered_by": name(one.answered_by), "answered_at": one.answered_at,
        "version": one.version,
    }  # fmt: skip

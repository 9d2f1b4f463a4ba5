"""What units file: the submissions, one with its progress and steps; put up, take back, decide, file late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from functools import partial
from typing import Any, Literal

from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    PageIn,
    SeenIn,
    TextOut,
    Words,
    read,
    refusals_out,
    text,
)
from steelyard.assessment.api.steps import DecideIn, StepOut, steps_out
from steelyard.assessment.forms.collection import LateForm
from steelyard.assessment.models import Answer, SchemeVersion, Submission
from steelyard.assessment.queries.approvals import standings_of_submission
from steelyard.assessment.queries.assessments import issued
from steelyard.assessment.queries.collection import (
    is_late,
    questions_of,
    said_of,
    written_score,
)
from steelyard.assessment.rules.collection.answers import Progress, Question, progress
from steelyard.assessment.rules.collection.claims import Claim
from steelyard.assessment.rules.collection.submissions import (
    against,
    against_leaving_open,
    against_scores_above,
)
from steelyard.assessment.rules.states import SUBMISSION, SubmissionMove, SubmissionState
from steelyard.assessment.views.collection.finding import (
    Seen,
    find_submission,
    find_submissions,
    find_within,
)
from steelyard.assessment.views.finding import find_for
from steelyard.kernel.exact import plain
from steelyard.kernel.refusals import Refusal
from steelyard.people.lists import answer_of
from steelyard.people.refused import RefusalOut, answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when

router = Router()
MOVES = (SubmissionMove.PUT_UP, SubmissionMove.TAKE_BACK)


class UrgedUnitsOut(Schema):
    """How many units that have not filed were reminded."""

    units: int


class SubmissionOut(Schema):
    """A unit's own account of all items. ``answered`` of ``all`` items; ``days_late``: working days, of
    the signature. ``version`` goes back as ``seen``."""

    number: int
    unit: str
    unit_name: TextOut
    state: SubmissionState
    due: date | None
    is_closed: bool
    filed_late_at: datetime | None
    why_late: str
    signed_at: datetime | None
    days_late: int
    answered: int
    all: int
    version: int


class SubmissionsOut(Schema):
    count: int
    pages: int
    submissions: list[SubmissionOut]


class DimensionOut(Schema):
    """``self_score`` of ``most`` points so far, exact; null while it is for the unit's eyes alone."""

    code: str
    title: TextOut
    answered: int
    all: int
    self_score: str | None
    most: str


class SubmissionItemOut(Schema):
    """``most``: its points, "" without a bound; once signed, those of the version that was signed under, and
    ``most_in_force`` those of the scheme in force where they are others, else null. ``self_score``: "" if none is
    said, which is not 0."""

    code: str
    title: TextOut
    most: str
    most_in_force: str | None
    self_score: str
    is_answered: bool
    claim: Literal["", "not_applicable", "bonus", "exemption"]
    material: int
    department: str
    is_late: bool


class SubmissionMoveOut(Schema):
    """``refusals``: what stands against it now."""

    move: Literal["put_up", "take_back"]
    refusals: list[RefusalOut]


class OneSubmissionOut(SubmissionOut):
    """``items``, ``steps`` and ``content_hash`` are there for those for whom they exist: the unit, its
    departments for their items, the office once it is signed. ``content_hash`` goes back as
    ``seen_hash`` with a decision. ``moves``: for those who may make them. ``signed_under`` and ``in_force``:
    numbers of the versions of the scheme, where an amendment came since it was signed."""

    dimensions: list[DimensionOut]
    items: list[SubmissionItemOut]
    steps: list[StepOut]
    content_hash: str
    why_unanswered: str
    moves: list[SubmissionMoveOut]
    signed_under: int | None
    in_force: int | None


class PutUpIn(SeenIn):
    """``why_unanswered``: why items, or all of it, are left open; signed with the rest."""

    why_unanswered: Words = ""


class LateIn(Schema):
    why: Words


LIST = "/{slug:code}/submissions"
ONE = f"{LIST}/{{number}}"
REFUSED = {200: OneSubmissionOut, **WRITTEN}


@router.get(LIST, response=SubmissionsOut)
def list_submissions(request: HttpRequest, code: Code, asked: Query[PageIn]) -> dict[str, Any]:
    """Your unit's; of a department those with its items; for the office all, with how far they are."""
    assessment, found = find_submissions(request, code)
    is_one = Q(answers__self_score__isnull=False) | Q(answers__claim=Claim.NOT_APPLICABLE)
    found = found.annotate(answered=Count("answers", filter=is_one)).order_by("unit__code")
    version = issued(assessment)
    return answer_of(found, asked.page, "submissions", lambda one: _line(one, version))


@router.get(ONE, response=OneSubmissionOut)
def read_submission(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    return _out(find_submission(request, code, number))


@router.post("/{slug:code}/urge-units", response={200: UrgedUnitsOut, **WRITTEN})
def urge(request: HttpRequest, code: Code) -> dict[str, Any]:
    """Remind all units that have not filed; at most once a day. For the office."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    units = answered(lambda: actions.urge_units(assessment=found.pk, **who_and_when(request)))
    return {"units": units}


@router.post(f"{ONE}/put-up", response=REFUSED)
def put_up(request: HttpRequest, code: Code, number: Number, said: PutUpIn) -> dict[str, Any]:
    """Let it be approved as it now is; while it is, nobody fills in. Each item is answered, or the unit
    states why some are left open."""
    act = partial(actions.put_up, why_unanswered=said.why_unanswered)
    return _moved(request, code, number, said, act)


@router.post(f"{ONE}/take-back", response=REFUSED)
def take_back(request: HttpRequest, code: Code, number: Number, said: SeenIn) -> dict[str, Any]:
    """Fill in again, before it is signed."""
    return _moved(request, code, number, said, actions.take_back)


@router.post(f"{ONE}/decisions", response=REFUSED)
def decide(request: HttpRequest, code: Code, number: Number, said: DecideIn) -> dict[str, Any]:
    """Approve it at the next step, or return it. With the last approval it is signed and locked."""
    seen = find_within(request, code, number)
    if not seen.sees_all:
        raise Http404
    answered(lambda: actions.decide_on(
        submission=seen.submission.pk, seen_hash=said.seen_hash, decision=said.decision,
        reason=said.reason, **who_and_when(request)))  # fmt: skip
    return _out(find_submission(request, code, number))


@router.post(f"{ONE}/late", response=REFUSED)
def file_late(request: HttpRequest, code: Code, number: Number, said: LateIn) -> dict[str, Any]:
    """Declare, after the deadline, that it is filed late, and why; then it is filled in further."""
    seen = find_within(request, code, number)
    seen.refuse_unless_may(Action.DIVIDE_ITEMS)
    told = read(LateForm(said.dict()))
    answered(lambda: actions.file_late(
        submission=seen.submission.pk, why=told["why"], **who_and_when(request)))  # fmt: skip
    return _out(find_submission(request, code, number))


def _moved(
    request: HttpRequest, code: str, number: int, said: SeenIn, act: Callable[..., Submission]
) -> dict[str, Any]:
    seen = find_within(request, code, number)
    seen.refuse_unless_may(Action.DIVIDE_ITEMS)
    answered(lambda: act(submission=seen.submission.pk, seen=said.seen, **who_and_when(request)))
    return _out(find_submission(request, code, number))


# --- as it is told ----------------------------------------------------------------------------


def _line(one: Submission, version: SchemeVersion | None) -> dict[str, Any]:
    asked = questions_of(version, one.unit.code) if version else ()
    return {**_frame(one), "answered": one.answered, "all": len(asked)}


def _frame(one: Submission) -> dict[str, Any]:
    return {
        "number": one.pk, "unit": one.unit.code, "unit_name": text(one.unit.name),
        "state": one.state, "due": one.deadline.due if one.deadline else None,
        "is_closed": bool(one.is_closed), "filed_late_at": one.filed_late_at,
        "why_late": one.why_late, "signed_at": one.signed_at, "days_late": one.days_late,
        "version": one.version,
    }  # fmt: skip


def _out(seen: Seen) -> dict[str, Any]:
    found = seen.submission
    sees_some = seen.sees_all or bool(seen.sight.departments)
    parts = _progress(seen, is_partial=sees_some and not seen.sees_all)
    content_hash = seen.content_hash if seen.sees_all else ""
    return {
        **_frame(found),
        "answered": sum(one.answered for one in parts), "all": sum(one.all for one in parts),
        "dimensions": [_dimension(one, is_shown=sees_some) for one in parts],
        "items": [_item(seen, one) for one in seen.questions] if sees_some else [],
        "steps": steps_out(standings_of_submission(found, content_hash), found.pk)
        if seen.sees_all else [],
        "content_hash": content_hash,
        "why_unanswered": found.why_unanswered if seen.sees_all else "",
        "moves": _moves(seen) if seen.may(Action.DIVIDE_ITEMS) else [],
        "signed_under": seen.since.then.number if seen.since.then else None,
        "in_force": seen.since.now.number if seen.since.now else None,
    }  # fmt: skip


def _progress(seen: Seen, *, is_partial: bool) -> tuple[Progress, ...]:
    """Of what exists for a department; for the unit and the office, of all."""
    asked = seen.questions if is_partial else seen.all_questions
    said = {item: said_of(one) for item, one in seen.all_answers.items()}
    return progress(seen.scheme, asked, said)


def _dimension(one: Progress, *, is_shown: bool) -> dict[str, Any]:
    return {
        "code": one.item.code, "title": text(one.item.title), "answered": one.answered,
        "all": one.all, "self_score": exactly(one.self_score) if is_shown else None,
        "most": exactly(one.most),
    }  # fmt: skip


def exactly(points: Fraction | None) -> str:
    """An exact number as a text, "" for none."""
    return "" if points is None else plain(points)


def _item(seen: Seen, question: Question) -> dict[str, Any]:
    item = question.item
    answer: Answer | None = seen.answers.get(item.code)
    said = said_of(answer)
    return {
        "code": item.code, "title": text(item.title), "most": exactly(question.most),
        "most_in_force": seen.since.most_in_force(question),
        "self_score": written_score(said.self_score), "is_answered": said.is_answered,
        "claim": said.claim, "material": len(answer.used) if answer else 0,
        "department": answer.department.code if answer and answer.department else "",
        "is_late": answer is not None and is_late(answer, seen.submission.filed_late_at),
    }  # fmt: skip


def _moves(seen: Seen) -> list[dict[str, Any]]:
    state = SubmissionState(seen.submission.state)
    return [
        {"move": one, "refusals": refusals_out(_against(seen, one))}
        for one in MOVES
        if SUBMISSION.after(state, one)
    ]


def _against(seen: Seen, move: SubmissionMove) -> tuple[Refusal, ...]:
    """Of a submission that leaves items open: as long as nobody states why."""
    refusals = against(seen.standing, move)
    if refusals or move is not SubmissionMove.PUT_UP:
        return refusals
    return (
        *against_scores_above(seen.standing, seen.scores_above),
        *against_leaving_open(seen.left_open, seen.submission.why_unanswered),
    )

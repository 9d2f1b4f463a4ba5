"""All submissions of an assessment, and one: how far it is, its items to work through, its approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from steelyard.assessment.models import (
    Answer,
    Approval,
    ApprovalStep,
    Assessment,
    MaterialUse,
    Submission,
)
from steelyard.assessment.permissions.approvals import may_not_approve
from steelyard.assessment.queries.approvals import standings_of_submission
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.changed_since import AmendedSince
from steelyard.assessment.queries.collection import (
    is_late,
    questions_of,
    said_of,
    written_score,
)
from steelyard.assessment.rules.approvals import (
    DECISIONS,
    Decision,
    Standing,
    is_last,
    next_step,
)
from steelyard.assessment.rules.collection.answers import Progress, Question, progress
from steelyard.assessment.rules.collection.claims import CLAIMS, Claim
from steelyard.assessment.rules.collection.submissions import (
    LONGEST,
    against,
    against_filing_late,
    against_scores_above,
    is_missing,
    title_of,
)
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.states import SUBMISSION, Stage, SubmissionMove, SubmissionState
from steelyard.assessment.rules.urging import against_the_stage_of_units
from steelyard.assessment.views.collection.finding import Seen, find_submission, find_submissions
from steelyard.assessment.views.differences.lines import settled_otherwise_lines
from steelyard.assessment.views.papers.taken import links_to
from steelyard.assessment.views.scoring.side_by_side import may_look
from steelyard.kernel.exact import plain, shown
from steelyard.kernel.refusals import Refusal
from steelyard.look.language import say
from steelyard.notices.later import steps_passed
from steelyard.people.lists import page_of
from steelyard.people.models import Account
from steelyard.people.rules.reach import may_towards
from steelyard.people.rules.roles import ROLES, Action, Role

COLOURS = {
    SubmissionState.FILLING: "",
    SubmissionState.APPROVING: "warn",
    SubmissionState.LOCKED: "good",
}


ANY = "…"
"""A reason, whichever it will be."""


@dataclass(frozen=True, slots=True)
class Line:
    """A submission in the list of all."""

    submission: Submission
    state: str
    colour: str
    answered: int
    all: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """``self_score`` None: for the eyes of the unit alone, until it is signed. ``most_now``: full points by the
    scheme in force, where they are others than those signed under."""

    title: str
    answered: int
    all: int
    self_score: str | None
    most: str
    most_now: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """``most_now``: as of a dimension. ``is_above``: the self-score is above the points of the item, as an
    amendment has them, and is still to be lowered."""

    code: str
    title: str
    dimension: str
    most: str
    self_score: str
    is_answered: bool
    claim: str
    material: int
    department: object
    is_late: bool
    most_now: str
    is_above: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the approval: what was decided last, by whom, and whether that counts now."""

    title: str
    role: str
    decision: str
    who: str
    given: Approval | None
    counts: bool
    has_changed: bool


@require_safe
def submissions(request: HttpRequest, code: str) -> HttpResponse:
    return shown_submissions(request, code)


def shown_submissions(
    request: HttpRequest, code: str, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    assessment, found = find_submissions(request, code)
    page = page_of(found.order_by("unit__code"), request)
    runs = may_towards(request.held, Action.RUN_ASSESSMENT, assessment.office_id, request.today)
    context = {
        "assessment": assessment, "page": page, "lines": _lines(assessment, list(page)),
        "may_urge": runs and not against_the_stage_of_units(Stage(assessment.stage))
        and found.exclude(state=SubmissionState.LOCKED).exists(),
        "urged_today": assessment.filing_urged_on == request.today,
        "refusals": refusals,
    }  # fmt: skip
    return render(request, "assessment/collection/submissions.html", context, status=status)


def _lines(assessment, listed: Sequence[Submission]) -> list[Line]:
    version = issued(assessment)
    answered: dict[int, int] = {}
    rows = Answer.objects.filter(submission__in=listed)
    for answer in rows.only("submission_id", "self_score", "claim"):
        is_one = answer.self_score is not None or answer.claim == Claim.NOT_APPLICABLE
        answered[answer.submission_id] = answered.get(answer.submission_id, 0) + is_one
    return [
        Line(
            one, *_standing(one, assessment), answered.get(one.pk, 0),
            len(questions_of(version, one.unit.code)) if version else 0,
        )
        for one in listed
    ]  # fmt: skip


def _standing(one: Submission, assessment: Assessment) -> tuple[str, str]:
    """How it stands, in words, and the colour of that."""
    state, stage = SubmissionState(one.state), Stage(assessment.stage)
    return say(title_of(state, stage)), "bad" if is_missing(state, stage) else COLOURS[state]


@dataclass(frozen=True, slots=True)
class WhatIsSigned:
    """How much the last step signs: material once, however many items rest on it."""

    total: Dimension
    claims: int
    materials: int


@require_safe
def submission(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return shown_submission(request, find_submission(request, code, number))


def shown_submission(
    request: HttpRequest, seen: Seen, refusals: tuple[str, ...] = (), status: int = 200,
    why_unanswered: str | None = None,
) -> HttpResponse:  # fmt: skip
    """``why_unanswered``: what was typed why items are left open, if it was refused."""
    found = seen.submission
    state = SubmissionState(found.state)
    title, colour = _standing(found, found.assessment)
    sees_some = seen.sees_all or bool(seen.sight.departments)
    content_hash = seen.content_hash
    standings = standings_of_submission(found, content_hash)
    may_approve = _may_approve(request, seen, standings)
    context = {
        "assessment": found.assessment,
        "submission": found,
        "may_look": may_look(request, found.assessment, found.unit),
        "passed": steps_passed(found.deadline) if found.deadline else (),
        "state": title,
        "colour": colour,
        "is_closed": seen.standing.is_closed,
        "is_missing": is_missing(state, seen.standing.stage),
        "dimensions": _dimensions(seen),
        "total": _total(seen),
        "sees_some": sees_some,
        "sees_all": seen.sees_all,
        "items": _items(seen) if sees_some else [],
        "of_departments": _of_departments(seen) if seen.sees_all else [],
        "steps": _steps(found, standings) if seen.sees_all else [],
        "content_hash": content_hash,
        "choices": _choices(seen),
        "left_open": seen.left_open,
        "why_unanswered": found.why_unanswered if why_unanswered is None else why_unanswered,
        "longest": LONGEST,
        "may_approve": may_approve,
        "signs": _what_is_signed(seen) if may_approve and is_last(standings) else None,
        "may_file": seen.may_file() and sees_some,
        "may_divide": seen.may(Action.DIVIDE_ITEMS),
        "not_just_now": [say(one.text) for one in seen.not_just_now],
        "may_be_late": seen.may(Action.DIVIDE_ITEMS)
        and not against_filing_late(seen.standing, ANY),
        "amended_from": seen.since.then if sees_some else None,
        "amended_to": seen.since.now if sees_some else None,
        "amended": seen.since if seen.sees_all else AmendedSince(),
        "settled_otherwise": settled_otherwise_lines(found) if seen.sees_all else [],
        "refusals": refusals,
        "papers": links_to(found.assessment, PaperKind.UNIT_ITEMS, found.unit.code)
        if sees_some
        else None,
    }
    return render(request, "assessment/collection/submission.html", context, status=status)


def _said(seen: Seen) -> dict[str, object]:
    return {item: said_of(one) for item, one in seen.all_answers.items()}


def _progress(seen: Seen) -> tuple[Progress, ...]:
    """Of what exists for this person; for the office, of all."""
    asked = seen.questions if seen.sight.departments and not seen.sees_all else seen.all_questions
    return progress(seen.scheme, asked, _said(seen))


def _dimensions(seen: Seen) -> list[Dimension]:
    is_shown = seen.sees_all or bool(seen.sight.departments)
    in_force = {one.item.code: one for one in _progress_in_force(seen)}
    return [
        Dimension(
            say(one.item.title), one.answered, one.all,
            shown(one.self_score) if is_shown else None, _most(one.most, one.adds),
            _most_now(one, in_force.get(one.item.code)),
        )
        for one in _progress(seen)
    ]  # fmt: skip


def _progress_in_force(seen: Seen) -> tuple[Progress, ...]:
    """As it would be asked by the scheme in force, if that is another than it was signed under."""
    if seen.since.now is None:
        return ()
    return progress(scheme_of(seen.since.now), seen.since.asked, {})


def _most_now(signed: Progress, now: Progress | None) -> str:
    told = _most(now.most, now.adds) if now is not None else ""
    return "" if told == _most(signed.most, signed.adds) else told


def _most(points: Fraction, adds: Fraction) -> str:
    """Full points, and what a bonus can add to them: 100 + 5, or of a bonus alone +5."""
    if not adds:
        return shown(points)
    return f"{shown(points)} + {shown(adds)}" if points else f"+{shown(adds)}"


def _total(seen: Seen) -> Dimension:
    found = _progress(seen)
    is_shown = seen.sees_all or bool(seen.sight.departments)
    score = sum((one.self_score for one in found), Fraction(0))
    most, now = _most_of(found), _most_of(_progress_in_force(seen))
    return Dimension(
        pgettext("of a table", "Total"), sum(one.answered for one in found), sum(one.all for one in found),
        shown(score) if is_shown else None, most,
        now if seen.since.now is not None and now != most else "",
    )  # fmt: skip


def _what_is_signed(seen: Seen) -> WhatIsSigned:
    uses = MaterialUse.objects.filter(answer__submission=seen.submission.pk)
    claims = sum(bool(one.claim) for one in seen.all_answers.values())
    return WhatIsSigned(
        _total(seen), claims, uses.aggregate(n=Count("material", distinct=True))["n"]
    )


def _most_of(parts: Sequence[Progress]) -> str:
    return _most(
        sum((one.most for one in parts), Fraction(0)), sum((one.adds for one in parts), Fraction(0))
    )


def _items(seen: Seen) -> list[ItemLine]:
    titles = {one.item.code: one for one in seen.questions}
    return [_item(seen, titles[code]) for code in titles]


def _item(seen: Seen, question: Question) -> ItemLine:
    item, answer = question.item, seen.answers.get(question.item.code)
    said = said_of(answer)
    top = item
    while top.parent:
        top = seen.scheme.item[top.parent]
    return ItemLine(
        item.code, say(item.title), say(top.title),
        plain(question.most) if question.most is not None else "", written_score(said.self_score),
        said.is_answered, say(CLAIMS[Claim(said.claim)]) if said.claim else "",
        len(answer.used) if answer else 0, answer.department.name if answer and answer.department else None,
        bool(answer) and is_late(answer, seen.submission.filed_late_at),
        seen.since.most_in_force(question) or "",
        any(one.item.code == item.code for one, _ in seen.scores_above),
    )  # fmt: skip


def _of_departments(seen: Seen) -> list[tuple[object, int, int]]:
    """Department (None: the unit itself) → answered, all."""
    found: dict[int | None, list[int]] = {}
    names: dict[int | None, object] = {None: None}
    for question in seen.all_questions:
        answer = seen.all_answers.get(question.item.code)
        key = answer.department_id if answer else None
        if answer and answer.department:
            names[key] = answer.department.name
        counts = found.setdefault(key, [0, 0])
        counts[0] += said_of(answer).is_answered
        counts[1] += 1
    if set(found) == {None}:
        return []
    return [(names[key], *counts) for key, counts in found.items()]


def _steps(found: Submission, standings: Sequence[Standing]) -> list[StepLine]:
    steps = ApprovalStep.objects.in_bulk([one.step.number for one in standings])
    given = Approval.objects.filter(step__in=steps, subject_id=found.pk).order_by("at", "pk")
    last = {one.step_id: one for one in given.select_related("by")}
    return [
        StepLine(
            say(one.step.title), say(ROLES[Role(steps[one.step.number].role)]),
            say(DECISIONS[Decision(last[one.step.number].decision)])
            if one.step.number in last
            else "",
            str(last[one.step.number].by) if one.step.number in last else "",
            last.get(one.step.number), one.counts, one.has_changed_since,
        )
        for one in standings
    ]  # fmt: skip


def _choices(seen: Seen) -> list[tuple[str, str, list[str]]]:
    """What the unit's officers may do with all of it: address, title, why not just now."""
    if not seen.may(Action.DIVIDE_ITEMS):
        return []
    by_move = {
        SubmissionMove.PUT_UP: "assessment:put_up",
        SubmissionMove.TAKE_BACK: "assessment:take_back",
    }
    state = SubmissionState(seen.submission.state)
    return [
        (
            name,
            say(SUBMISSION.moves[move]),
            [say(one.text) for one in _against(seen, move)],
        )
        for move, name in by_move.items()
        if SUBMISSION.after(state, move)
    ]


def _against(seen: Seen, move: SubmissionMove) -> tuple[Refusal, ...]:
    refusals = against(seen.standing, move)
    if refusals or move is not SubmissionMove.PUT_UP:
        return refusals
    return against_scores_above(seen.standing, seen.scores_above)


def _may_approve(request: HttpRequest, seen: Seen, standings: Sequence[Standing]) -> bool:
    step = next_step(standings)
    if seen.submission.state != SubmissionState.APPROVING or step is None:
        return False
    row = ApprovalStep.objects.select_related("assessment").get(pk=step.number)
    unit, account = seen.submission.unit_id, request.user
    took_one = isinstance(account, Account) and any(
        one.counts and one.given is not None and one.given.by == account.pk for one in standings
    )
    return seen.sees_all and not took_one and not may_not_approve(
        request.held, row, unit, request.today
    )  # fmt: skip

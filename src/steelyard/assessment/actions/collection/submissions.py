"""Put a submission up, take it back, decide on it; declare that it is filed late."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.approvals import decide
from steelyard.assessment.actions.assessments import held_still as assessment_held_still
from steelyard.assessment.actions.collection.opening import AREA, TASK
from steelyard.assessment.actions.collection.steps import held_still, written_in_time
from steelyard.assessment.actions.differences import compare
from steelyard.assessment.models import Approval, ApprovalStep, Submission
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.approvals import given_just_now, standings_of_submission
from steelyard.assessment.queries.assessments import division_of, issued
from steelyard.assessment.queries.collection import (
    hash_of_submission,
    load_left_open,
    load_scores_above,
)
from steelyard.assessment.queries.collection.filling import load_standing
from steelyard.assessment.rules.approvals import Decision, Subject, next_step
from steelyard.assessment.rules.collection.submissions import (
    against,
    against_filing_late,
    against_leaving_open,
    against_scores_above,
)
from steelyard.assessment.rules.states import SUBMISSION, Stage, SubmissionMove, SubmissionState
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import refuse_if_any
from steelyard.notices.actions import end_deadline, tell
from steelyard.notices.queries import load_calendar, who_may
from steelyard.notices.rules.reminders import working_days_between
from steelyard.notices.rules.texts import Kind
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed


def put_up(
    *, submission: int, why_unanswered: str = "", seen: int | None = None, by: int, now: datetime
) -> Submission:
    """Let it be approved, as it now is. While it is, nobody fills in.

    ``why_unanswered``: why items, or all of it, are left open; it is signed with the rest.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
        ChangedMeanwhile: it was moved since it was seen.
    """
    with acting("put_up_submission", by=by):
        found = held_still(submission)
        _may(by, found, Action.DIVIDE_ITEMS, now)
        standing, version = load_standing(found.pk), issued(found.assessment)
        refuse_if_any(against(standing, SubmissionMove.PUT_UP))
        open_now = load_left_open(found, version)
        refuse_if_any((
            *against_scores_above(standing, load_scores_above(found, version)),
            *against_leaving_open(open_now, why_unanswered),
        ))  # fmt: skip
        refuse_if_changed(found, seen)
        found.why_unanswered = "" if open_now.is_nothing else why_unanswered.strip()
        with written_in_time(found):
            return _moved(found, SubmissionMove.PUT_UP)


def take_back(*, submission: int, seen: int | None = None, by: int, now: datetime) -> Submission:
    """Fill in again, before it is signed. Who approved it meanwhile approved what it said then.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
        ChangedMeanwhile: it was moved since it was seen.
    """
    with acting("take_back_submission", by=by):
        found = held_still(submission)
        _may(by, found, Action.DIVIDE_ITEMS, now)
        refuse_if_any(against(load_standing(found.pk), SubmissionMove.TAKE_BACK))
        refuse_if_changed(found, seen)
        return _moved(found, SubmissionMove.TAKE_BACK)


def decide_on(
    *, submission: int, seen_hash: str, decision: Decision = Decision.APPROVED, reason: str = "",
    by: int, now: datetime,
) -> Approval:  # fmt: skip
    """Approve at the next step, or return it with a reason. With the last approval it is signed and
    locked, under the hash of all that it says. Said again at once, it is the first.

    Raises:
        Refused: the step is not for ``by``, or with everything that stands against it.
    """
    with acting("decide_on_submission", by=by):
        found = held_still(submission)
        is_approved = decision is Decision.APPROVED
        there = given_just_now(Subject.SUBMISSION, found.pk, by, seen_hash, decision, now)
        if there is not None:
            return there
        move = SubmissionMove.SIGN if is_approved else SubmissionMove.RETURN
        standing = load_standing(found.pk)
        refuse_if_any(against(standing, move))
        if is_approved:
            open_now = load_left_open(found, issued(found.assessment))
            refuse_if_any(against_leaving_open(open_now, found.why_unanswered))
        content_hash = hash_of_submission(found)
        standings = standings_of_submission(found, content_hash)
        step = next_step(standings) or standings[-1].step
        approval = decide(
            step=ApprovalStep.objects.select_related("assessment").get(pk=step.number),
            subject_id=found.pk, unit=found.unit_id, found=standings, content_hash=content_hash,
            seen_hash=seen_hash, decision=decision, reason=reason, by=by, now=now,
        )  # fmt: skip
        if not is_approved:
            _moved(found, SubmissionMove.RETURN)
            _tell_returned(found, approval, now)
        elif next_step(standings_of_submission(found, content_hash)) is None:
            _sign(found, content_hash, by, now)
            if standing.stage is Stage.COMPARING:
                _compare(found, by, now)
        return approval


def file_late(*, submission: int, why: str, by: int, now: datetime) -> Submission:
    """Declare that it is filed late, and why; then it is filled in further. Declared again: as before.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
    """
    with acting("file_late", by=by):
        found = held_still(submission)
        _may(by, found, Action.DIVIDE_ITEMS, now)
        if found.filed_late_at is not None and found.why_late == why.strip():
            return found
        refuse_if_any(against_filing_late(load_standing(found.pk), why))
        found.filed_late_at, found.why_late = now, why.strip()
        found.save()
        found.version += 1
        return found


def _may(by: int, found: Submission, action: Action, now: datetime) -> None:
    today = timezone.localdate(now)
    refuse_if_any(may_not(load_held(by, today) or (), action, found.unit_id, today))


def _moved(found: Submission, move: SubmissionMove) -> Submission:
    leads_to = SUBMISSION.after(SubmissionState(found.state), move)
    if leads_to is None:
        raise AssertionError(f"{found.state} × {move} was let through")
    found.state = leads_to
    found.save()
    found.version += 1
    return found


def _sign(found: Submission, content_hash: str, by: int, now: datetime) -> None:
    today = timezone.localdate(now)
    found.content_hash, found.signed_by_id, found.signed_at = content_hash, by, now
    found.scheme = issued(found.assessment)
    if found.deadline is not None:
        late = working_days_between(found.deadline.due, today, load_calendar())
        found.days_late = max(late, 0)
    _moved(found, SubmissionMove.SIGN)
    end_deadline(area=AREA, object_id=found.pk, task=TASK, by=by, now=now)
    _tell(Kind.SUBMISSION_SIGNED, who_may(Action.RUN_ASSESSMENT, found.assessment.office_id, today),
          found, {"who": found.unit.name}, f"submission:{found.pk}:signed", now)  # fmt: skip


def _compare(found: Submission, by: int, now: datetime) -> None:
    """Signed after the collection: its figures are compared now, those of others stay as they are."""
    assessment = assessment_held_still(found.assessment_id)
    own = [(found.unit.code, code) for code in division_of(issued(assessment)).way]
    compare(assessment, by=by, now=now, touched=own)


def _tell_returned(found: Submission, approval: Approval, now: datetime) -> None:
    to = who_may(Action.DIVIDE_ITEMS, found.unit_id, timezone.localdate(now))
    words = {"reason": same(approval.reason)}
    _tell(Kind.SUBMISSION_RETURNED, to, found, words, f"approval:{approval.pk}", now)


def _tell(
    kind: Kind, to: tuple[int, ...], found: Submission, words: dict[str, Text], once: str, now: datetime
) -> None:  # fmt: skip
    path = reverse("assessment:submission", args=[found.assessment.code, found.pk])
    tell(
        kind, to, area=AREA, object_id=found.pk, path=path,
        words={"what": found.assessment.title, **words}, once=once, now=now,
    )  # fmt: skip

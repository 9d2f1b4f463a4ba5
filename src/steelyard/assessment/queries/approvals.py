"""The steps of an approval, and how each stands for what is there now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from steelyard.assessment.models import (
    Approval,
    ApprovalStep,
    Assessment,
    SchemeVersion,
    Submission,
)
from steelyard.assessment.rules.approvals import (
    Decision,
    Given,
    Standing,
    Step,
    Subject,
    next_step,
    standings,
)
from steelyard.kernel.hashes import canonical, tagged
from steelyard.notices.queries import load_holders
from steelyard.trail.acting import A_CLICK


def steps_of(assessment: Assessment, subject: Subject) -> list[ApprovalStep]:
    """The steps that are asked now, in order."""
    found = ApprovalStep.objects.filter(assessment=assessment, subject=subject, dropped=False)
    return list(found.order_by("order"))


def vacant_steps(version: SchemeVersion, on: date) -> list[ApprovalStep]:
    """Of the steps that have not approved a scheme yet, those whose role nobody of the office holds."""
    open_steps = [one.step.number for one in standings_of_scheme(version) if not one.counts]
    if not open_steps:
        return []
    found = ApprovalStep.objects.filter(pk__in=open_steps).order_by("order")
    steps = list(found.select_related("assessment__office"))
    holders = load_holders({(one.assessment.office_id, one.role) for one in steps}, on)
    return [one for one in steps if not holders[one.assessment.office_id, one.role]]


def hash_of_steps(steps: Iterable[ApprovalStep]) -> str:
    """Says whether the steps are those that somebody saw."""
    told = [[one.order, one.role, one.at_office, one.title_zh, one.title_en] for one in steps]
    return tagged(canonical(told))


def standings_of_scheme(version: SchemeVersion) -> tuple[Standing, ...]:
    """Settled unheard, it is approved with that decision: what was approved before it is approved anew."""
    return _standings(
        version.assessment_id, Subject.SCHEME, version.pk, version.content_hash, version.unheard_at
    )


def standings_of_submission(submission: Submission, content_hash: str) -> tuple[Standing, ...]:
    return _standings(submission.assessment_id, Subject.SUBMISSION, submission.pk, content_hash)


def approvers_of_unit(assessment: Assessment, unit: int) -> list[int]:
    """The accounts that approved a step of a unit's submission, or signed it."""
    submissions = assessment.submissions.filter(unit=unit)
    approved = Approval.objects.filter(
        step__assessment=assessment, step__subject=Subject.SUBMISSION,
        subject_id__in=submissions.values("pk"), decision=Decision.APPROVED,
    )  # fmt: skip
    signed = submissions.filter(signed_by__isnull=False).values_list("signed_by", flat=True)
    return sorted({*approved.values_list("by", flat=True), *signed})


def _standings(
    assessment: int, subject: Subject, number: int, content_hash: str, since: datetime | None = None
) -> tuple[Standing, ...]:
    steps = ApprovalStep.objects.filter(assessment=assessment, subject=subject, dropped=False)
    given = Approval.objects.filter(step__in=steps, subject_id=number)
    return _stand(steps, given, content_hash, since)


def _stand(
    steps: Iterable[ApprovalStep],
    given: Iterable[Approval],
    content_hash: str,
    since: datetime | None,
) -> tuple[Standing, ...]:
    return standings(
        [Step(one.pk, one.order, one.title) for one in steps],
        [
            Given(one.step_id, Decision(one.decision), one.content_hash, one.by_id, one.at)
            for one in given
        ],
        content_hash,
        since,
    )


def given_just_now(
    subject: Subject, subject_id: int, by: int, seen_hash: str, decision: str, now: datetime
) -> Approval | None:
    """What somebody decided a moment ago of what they saw: a second click, or an answer that was lost."""
    last = (
        Approval.objects.filter(step__subject=subject, subject_id=subject_id)
        .order_by("-pk")
        .first()
    )
    if last is None or last.at <= now - A_CLICK:
        return None
    same = (last.by_id, last.content_hash, last.decision) == (by, seen_hash, decision)
    return last if same else None


def load_due(
    versions: Iterable[SchemeVersion],
) -> list[tuple[SchemeVersion, ApprovalStep, tuple[Standing, ...]]]:
    """Of versions that are up for approval, the step that is due, asked for all of them at once."""
    listed = list(versions)
    steps = ApprovalStep.objects.filter(
        assessment__in={one.assessment_id for one in listed},
        subject=Subject.SCHEME,
        dropped=False,
    )
    by_number = {one.pk: one for one in steps}
    given = list(
        Approval.objects.filter(step__in=by_number, subject_id__in=[one.pk for one in listed])
    )
    found = []
    for version in listed:
        own = [one for one in by_number.values() if one.assessment_id == version.assessment_id]
        of_it = [one for one in given if one.subject_id == version.pk]
        standing = _stand(own, of_it, version.content_hash, version.unheard_at)
        due = next_step(standing)
        if due is not None:
            found.append((version, by_number[due.number], standing))
    return found

"""The steps of an approval, and how each stands for what is there now."""

from __future__ import annotations

from collections.abc import Iterable

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
    standings,
)
from steelyard.kernel.hashes import canonical, tagged


def steps_of(assessment: Assessment, subject: Subject) -> list[ApprovalStep]:
    """The steps that are asked now, in order."""
    found = ApprovalStep.objects.filter(assessment=assessment, subject=subject, dropped=False)
    return list(found.order_by("order"))


def hash_of_steps(steps: Iterable[ApprovalStep]) -> str:
    """Says whether the steps are those that somebody saw."""
    told = [[one.order, one.role, one.at_office, one.title_zh, one.title_en] for one in steps]
    return tagged(canonical(told))


def standings_of_scheme(version: SchemeVersion) -> tuple[Standing, ...]:
    return _standings(version.assessment_id, Subject.SCHEME, version.pk, version.content_hash)


def standings_of_submission(submission: Submission, content_hash: str) -> tuple[Standing, ...]:
    return _standings(submission.assessment_id, Subject.SUBMISSION, submission.pk, content_hash)


def _standings(
    assessment: int, subject: Subject, number: int, content_hash: str
) -> tuple[Standing, ...]:
    steps = ApprovalStep.objects.filter(assessment=assessment, subject=subject, dropped=False)
    given = Approval.objects.filter(step__in=steps, subject_id=number)
    return standings(
        [Step(one.pk, one.order, one.title) for one in steps],
        [
            Given(one.step_id, Decision(one.decision), one.content_hash, one.by_id, one.at)
            for one in given
        ],
        content_hash,
    )

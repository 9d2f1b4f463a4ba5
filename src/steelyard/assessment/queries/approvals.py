"""The steps of an approval, and how each stands for what is there now."""

from __future__ import annotations

from steelyard.assessment.models import Approval, ApprovalStep, SchemeVersion, Submission
from steelyard.assessment.rules.approvals import (
    Decision,
    Given,
    Standing,
    Step,
    Subject,
    standings,
)


def standings_of_scheme(version: SchemeVersion) -> tuple[Standing, ...]:
    return _standings(version.assessment_id, Subject.SCHEME, version.pk, version.content_hash)


def standings_of_submission(submission: Submission, content_hash: str) -> tuple[Standing, ...]:
    return _standings(submission.assessment_id, Subject.SUBMISSION, submission.pk, content_hash)


def _standings(
    assessment: int, subject: Subject, number: int, content_hash: str
) -> tuple[Standing, ...]:
    steps = ApprovalStep.objects.filter(assessment=assessment, subject=subject)
    given = Approval.objects.filter(step__in=steps, subject_id=number)
    return standings(
        [Step(one.pk, one.order, one.title) for one in steps],
        [
            Given(one.step_id, Decision(one.decision), one.content_hash, one.by_id, one.at)
            for one in given
        ],
        content_hash,
    )

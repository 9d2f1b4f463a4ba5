"""Open a submission for each unit, and close them: what the stages of the assessment bring with them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Assessment, Submission
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import end_deadline, start_deadline
from steelyard.people.rules.roles import Role

AREA, TASK = "assessment", "submit"
"""Under which a submission has its deadline."""


def open_submissions(found: Assessment, terms, by: int, now: datetime) -> None:
    """One submission for each unit, each with its deadline; and the cut-off of records is set."""
    found.cut_off = terms.cut_off or timezone.localdate(now)
    for unit in units_of(issued(found)).values():
        submission = Submission.objects.create(assessment=found, unit=unit)
        submission.deadline = start_deadline(
            area=AREA, object_id=submission.pk, task=TASK, what=_what(found),
            path=reverse("assessment:submission", args=[found.code, submission.pk]),
            organisation=unit.pk, role=Role.CITY_OFFICER, working_days=terms.days_to_fill, by=by,
            now=now,
        )  # fmt: skip
        submission.save()


def close_submissions(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """The collection is over: what runs still, runs no longer. Whoever is just saving is waited for."""
    for submission in found.submissions.select_for_update(of=("self",)):
        end_deadline(
            area=AREA, object_id=submission.pk, task=TASK, by=by, now=now,
            met=submission.signed_at is not None,
        )  # fmt: skip


def _what(found: Assessment) -> Text:
    return Text(f"报送{found.title_zh}自评材料", f"Submit for {found.title_en or found.title_zh}")

"""Open a submission for each unit, and close them: what the stages of the assessment bring with them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Assessment, Submission
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import Due, end_deadlines, start_deadlines
from steelyard.people.rules.roles import Role

AREA, TASK = "assessment", "submit"
"""Under which a submission has its deadline."""


def open_submissions(found: Assessment, terms, by: int, now: datetime) -> None:
    """One submission for each unit, each with its deadline; and the cut-off of records is set."""
    found.cut_off, found.cut_off_by_id = terms.cut_off or timezone.localdate(now), by
    opened = Submission.objects.bulk_create(
        Submission(assessment=found, unit=unit) for unit in units_of(issued(found)).values()
    )
    started = start_deadlines(
        area=AREA, task=TASK, working_days=terms.days_to_fill, by=by, now=now,
        dues=[
            Due(
                one.pk, _what(found), reverse("assessment:submission", args=[found.code, one.pk]),
                one.unit_id, Role.CITY_OFFICER,
            )
            for one in opened
        ],
    )  # fmt: skip
    for one, deadline in zip(opened, started, strict=True):
        one.deadline = deadline
    Submission.objects.bulk_update(opened, ["deadline"])


def close_submissions(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """The collection is over: what runs still, runs no longer. Whoever is just saving is waited for."""
    signed: dict[bool, list[int]] = {True: [], False: []}
    for submission in found.submissions.select_for_update(of=("self",)):
        signed[submission.signed_at is not None].append(submission.pk)
    for met, numbers in signed.items():
        end_deadlines(area=AREA, object_ids=numbers, task=TASK, by=by, now=now, met=met)


def _what(found: Assessment) -> Text:
    return Text(f"报送{found.title_zh}自评材料", f"Submit for {found.title_en or found.title_zh}")

"""Ask bodies for the sheets of figures that the scheme needs, and take them in."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from steelyard.assessment.models import Assessment, Sheet
from steelyard.assessment.queries.assessments import bodies_below, division_of, issued
from steelyard.assessment.rules.division import Way

AREA, TASK = "assessment", "supply"
"""Under which a sheet has its deadlines."""


def open_sheets(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """One sheet for each figure that a body supplies."""
    version = issued(found)
    divided, bodies = division_of(version), bodies_below(found.office, timezone.localdate(now))
    Sheet.objects.bulk_create(
        Sheet(assessment=found, body_id=bodies[divided.body[code]], input_code=code)
        for code in divided.inputs(Way.SHEET)
    )

"""Score items, one indicator at a time, all units side by side."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.queries.assessments import bodies_below, division_of, issued, units_of


def open_scores(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """One open score for each item and unit, for the body that scores the item."""
    version = issued(found)
    bodies = bodies_below(found.office, timezone.localdate(now))
    units = units_of(version)
    Score.objects.bulk_create(
        Score(assessment=found, unit=unit, body_id=bodies[duty.scoring_body], item=duty.item.code)
        for duty in division_of(version).duties
        for unit in units.values()
    )

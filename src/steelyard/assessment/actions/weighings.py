"""Freeze the records of an assessment into a snapshot, and weigh it in the background."""

from __future__ import annotations

from datetime import datetime

from steelyard.assessment.models import Assessment


def freeze(found: Assessment, terms: object, by: int, now: datetime) -> None:
    """Freeze what the office and its bodies delivered, and what was collected and judged."""

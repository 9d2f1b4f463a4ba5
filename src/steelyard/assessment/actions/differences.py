"""Find the gaps between self-reported and supplied figures, and settle them one by one."""

from __future__ import annotations

from datetime import datetime

from steelyard.assessment.models import Assessment


def find(found: Assessment, terms: object, by: int, now: datetime) -> None:
    """Write down every gap that there is as the collection closes."""

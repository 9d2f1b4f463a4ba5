"""A moment as people read it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def to_the_minute(at: datetime | None) -> str:
    """On the clock of the region; "" is none."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""

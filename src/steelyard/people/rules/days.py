"""Days from one up to another, where the other may be open: for organisations, places, roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From the day ``starts`` up to, not including, ``ends``; None: no end is known.

    >>> Days(date(2026, 1, 1)).holds(Days(date(2026, 3, 1), date(2026, 4, 1)))
    True
    >>> Days(date(2026, 1, 1), date(2026, 3, 1)).meets(Days(date(2026, 3, 1)))
    False
    """

    starts: date
    ends: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)

    @property
    def is_empty(self) -> bool:
        return self.ends is not None and self.ends <= self.starts

    def holds(self, other: Days) -> bool:
        """Whether every day of the other is one of these."""
        ends_in_time = self.ends is None or (other.ends is not None and other.ends <= self.ends)
        return self.starts <= other.starts and ends_in_time

    def meets(self, other: Days) -> bool:
        """Whether they have a day in common."""
        return not self.both(other).is_empty

    def both(self, other: Days) -> Days:
        """The days they have in common; empty if there is none."""
        ends = [day for day in (self.ends, other.ends) if day is not None]
        return Days(max(self.starts, other.starts), min(ends) if ends else None)

    def say(self) -> str:
        return f"{self.starts} – {self.ends or '…'}"

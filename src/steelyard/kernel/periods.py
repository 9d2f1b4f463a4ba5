"""Half-open days: the first day belongs, the last does not. The last may be open."""

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


@dataclass(frozen=True, slots=True, order=True)
class Period(Days):
    """Days with an end, and at least one of them.

    >>> year = Period(date(2021, 1, 1), date(2022, 1, 1))
    >>> date(2021, 12, 31) in year, date(2022, 1, 1) in year
    (True, False)

    Raises:
        ValueError: the period ends before it starts, or is empty.
    """

    ends: date

    def __post_init__(self) -> None:
        if self.is_empty:
            raise ValueError(f"the period {self.starts} to {self.ends} holds no day")

    def __str__(self) -> str:
        return f"[{self.starts}, {self.ends})"

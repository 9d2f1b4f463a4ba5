"""Half-open periods of days: the first day belongs, the last does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the day ``starts`` up to, but not including, the day ``ends``.

    >>> year = Period(date(2021, 1, 1), date(2022, 1, 1))
    >>> date(2021, 12, 31) in year, date(2022, 1, 1) in year
    (True, False)

    Raises:
        ValueError: the period ends before it starts, or is empty.
    """

    starts: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise ValueError(f"the period {self.starts} to {self.ends} holds no day")

    def __contains__(self, day: date) -> bool:
        return self.starts <= day < self.ends

    def __str__(self) -> str:
        return f"[{self.starts}, {self.ends})"

"""Which of the earlier assessments count as "last year", where several stand over one period?

An office may lead two over the same months, an ordinary one and a special one. Only one of them can say how a
unit did then: the one whose result was published last; where none was, the one that was weighed last. The
pages that use its values name it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from steelyard.kernel.periods import Days


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier assessment (its number). ``published_at``: when its result was last shown to the public, if
    it is; ``weighed``: a number that grows from weighing to weighing."""

    number: int
    starts: date
    ends: date
    weighed: int
    published_at: datetime | None = None

    @property
    def days(self) -> Days:
        return Days(self.starts, self.ends)


def that_count(found: Iterable[Earlier]) -> list[Earlier]:
    """One a period, the latest period first.

    >>> year = (date(2024, 1, 1), date(2025, 1, 1))
    >>> [one.number for one in that_count([Earlier(1, *year, 1), Earlier(2, *year, 2)])]
    [2]
    """
    kept: list[Earlier] = []
    for one in sorted(found, key=_goes_before, reverse=True):
        if not any(one.days.meets(other.days) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.starts, reverse=True)


def _goes_before(one: Earlier) -> tuple[bool, float, int]:
    at = one.published_at
    return at is not None, at.timestamp() if at else 0.0, one.weighed

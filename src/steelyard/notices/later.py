"""What comes after a deadline in the work that it is part of, and which of that would it pass if it were put off?

An area announces, in its ``AppConfig.ready``, how it finds the later days of one of its deadlines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from steelyard.notices.models import Deadline
from steelyard.notices.rules.deadlines import LaterStep, passed_by

Finds = Callable[[Deadline], Iterable[LaterStep]]

_finds: dict[str, Finds] = {}


def announce(area: str, finds: Finds) -> None:
    """Called once by an area."""
    _finds[area] = finds


def steps_of(deadline: Deadline) -> tuple[LaterStep, ...]:
    """The dated steps of the same work that its end should not pass unawares, the earliest first."""
    finds = _finds.get(deadline.area)
    found = finds(deadline) if finds is not None and deadline.ended_on is None else ()
    return tuple(sorted(found, key=lambda one: one.on))


def steps_ahead(deadline: Deadline) -> tuple[LaterStep, ...]:
    """Those that its day does not pass as it stands."""
    return tuple(one for one in steps_of(deadline) if one.on >= deadline.due)


def steps_passed(deadline: Deadline, due: date | None = None) -> tuple[LaterStep, ...]:
    """Those that its day, or another, comes after."""
    return passed_by(steps_of(deadline), due or deadline.due)

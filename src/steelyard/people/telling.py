"""Who hears of a role that is given or ends? Whoever carries notices announces how."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum

from steelyard.people.models import Holding


class Change(Enum):
    GIVEN = "given"
    ENDS = "ends"
    WITHDRAWN = "withdrawn"


Tell = Callable[[Holding, Change, date, datetime], None]
"""(role held, what becomes of it, from which or with which day, now); inside the transaction."""

_tells: dict[str, Tell] = {}


def announce(area: str, tell: Tell) -> None:
    """Called once by an area, in its ``AppConfig.ready``."""
    _tells[area] = tell


def tell_of(holding: Holding, change: Change, day: date, *, by: int | None, now: datetime) -> None:
    """Tell the person, unless they did it themselves or the system fills its office."""
    if by is None or by == holding.account_id:
        return
    for tell in _tells.values():
        tell(holding, change, day, now)

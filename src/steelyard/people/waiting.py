"""What waits for an account? Areas announce a function each; the first page asks them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from steelyard.people.rules.reach import Held


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to be done by someone: what, where, until when (None: no day set), in which area.

    ``title`` and ``area`` may be lazy translations.
    """

    title: str
    url: str
    due: date | None
    area: str


Ask = Callable[[int, tuple[Held, ...], date], list[Waiting]]
"""(number of the account, its roles, today) → what waits for it in one area."""

_asked: dict[str, Ask] = {}


def announce(area: str, ask: Ask) -> None:
    """Called once by an area, in its ``AppConfig.ready``; ``area`` is its code."""
    _asked[area] = ask


def waiting_for(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """Everything that waits for an account: what is due first on top, without a day last."""
    found = [one for ask in _asked.values() for one in ask(account, held, today)]
    return sorted(found, key=lambda one: (one.due or date.max, one.url))

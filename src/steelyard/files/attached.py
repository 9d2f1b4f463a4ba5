"""On what may files hang, and who may see it? Areas announce a function each.

This area knows none of the others: an area that attaches files says, for its own table, which of
some rows an account may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from steelyard.people.rules.reach import Held

Sees = Callable[[int, tuple[Held, ...], date, frozenset[int]], frozenset[int]]
"""(account, its roles, today, rows) → those of the rows that it may see."""

_announced: dict[str, Sees] = {}


def announce(table: str, sees: Sees) -> None:
    """Called once by an area, in its ``AppConfig.ready``."""
    _announced[table] = sees


def sees_any(
    account: int, held: tuple[Held, ...], on: date, attached: Iterable[tuple[str, int]]
) -> bool:
    """Whether an account may see one of these rows, each a table and a number."""
    return bool(seen_among(account, held, on, attached))


def seen_among(
    account: int, held: tuple[Held, ...], on: date, attached: Iterable[tuple[str, int]]
) -> frozenset[tuple[str, int]]:
    """Those of these rows, each a table and a number, that an account may see."""
    rows: dict[str, set[int]] = {}
    for table, row in attached:
        rows.setdefault(table, set()).add(row)
    return frozenset(
        (table, number)
        for table, numbers in rows.items()
        if table in _announced
        for number in _announced[table](account, held, on, frozenset(numbers))
    )

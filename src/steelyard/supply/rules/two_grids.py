"""Two people typed rows into one sheet: which cells differ, and which rows has only one of them?

Rows are told apart by the key of their table. Where one key stands twice, they are taken in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from steelyard.records.catalogue.model import Table

Row = Sequence[str]
Key = tuple[str, ...]

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Differs:
    """One cell, or a whole row where ``field`` is "". ``number``: of its row among all rows.

    A row that one does not have is None there; ``before`` is None too where nobody knows it.
    """

    number: int
    key: Key
    field: str
    before: str | None
    theirs: str | None
    mine: str | None


@dataclass(frozen=True, slots=True)
class Both:
    """All rows of both, mine first, and where they differ."""

    rows: tuple[Row, ...]
    differ: tuple[Differs, ...]


def keyed(rows: Sequence[Row], table: Table) -> dict[Key, Row]:
    """Rows by their key; the second of one key has its number added."""
    places = [at for at, field in enumerate(table.fields) if field.code in table.key]
    seen: Counter[Key] = Counter()
    found: dict[Key, Row] = {}
    for row in rows:
        key = tuple(row[at] for at in places)
        seen[key] += 1
        found[key if seen[key] == 1 else (*key, str(seen[key]))] = row
    return found


def beside(
    mine: Sequence[Row], theirs: Sequence[Row], before: Sequence[Row] | None, table: Table
) -> Both:
    """Lay two states of a sheet beside each other, and the one that both began with if it is known."""
    ours, others = keyed(mine, table), keyed(theirs, table)
    first = None if before is None else keyed(before, table)
    keys = [*ours, *(key for key in others if key not in ours)]
    differ = [
        one
        for number, key in enumerate(keys)
        for one in _differing(number, key, ours.get(key), others.get(key), first, table)
    ]
    return Both(tuple(ours.get(key) or others[key] for key in keys), tuple(differ))


def changed(before: Sequence[Row], now: Sequence[Row], table: Table) -> tuple[Differs, ...]:
    """What was changed in a sheet, cell by cell."""
    return beside(before, now, before, table).differ


def _differing(
    number: int, key: Key, mine: Row | None, theirs: Row | None,
    first: Mapping[Key, Row] | None, table: Table,
) -> list[Differs]:  # fmt: skip
    was = None if first is None else first.get(key)
    if mine is None or theirs is None:
        return [Differs(number, key, "", _whole(was), _whole(theirs), _whole(mine))]
    return [
        Differs(number, key, field.code, None if was is None else was[at], theirs[at], mine[at])
        for at, field in enumerate(table.fields)
        if mine[at] != theirs[at]
    ]


def _whole(row: Row | None) -> str | None:
    return None if row is None else " · ".join(cell for cell in row if cell)


def chosen(one: Differs, *, is_known: bool) -> Literal["theirs", "mine", ""]:
    """What only one of the two changed is chosen already."""
    if not is_known:
        return ""
    return "mine" if one.theirs == one.before else "theirs" if one.mine == one.before else ""

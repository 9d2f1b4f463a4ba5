"""What is different from last time? Two deliveries of one table, row by row by their key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]
"""Field → what stands there, as text; "" where nothing does."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of one place, or one month, then and now."""

    of: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of a record that is in both."""

    key: Key
    field: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows in all, by place and by month, and by key what is new, gone and changed."""

    before: int
    now: int
    by_place: tuple[Count, ...]
    by_month: tuple[Count, ...]
    new: tuple[Key, ...]
    gone: tuple[Key, ...]
    changed: tuple[Change, ...]

    @property
    def alike(self) -> bool:
        return not (self.new or self.gone or self.changed)


def compare(
    now: Sequence[Row], before: Sequence[Row], *, key: Sequence[str], place: str = "", day: str = ""
) -> Comparison:
    """Compare rows with those of an earlier delivery.

    ``place`` and ``day`` are the fields to count by, "" if the table has none. Months are counted
    without their year, so that March stands beside March.
    """
    new, old = _by_key(now, key), _by_key(before, key)
    return Comparison(
        len(before),
        len(now),
        _counts(now, before, lambda row: row[place]) if place else (),
        _counts(now, before, lambda row: row[day][5:7]) if day else (),
        tuple(one for one in new if one not in old),
        tuple(one for one in old if one not in new),
        tuple(change for one in new if one in old for change in changes(one, old[one], new[one])),
    )


def _by_key(rows: Iterable[Row], key: Sequence[str]) -> dict[Key, Row]:
    return {tuple(row[field] for field in key): row for row in rows}


def _counts(
    now: Iterable[Row], before: Iterable[Row], of: Callable[[Row], str]
) -> tuple[Count, ...]:
    new, old = Counter(map(of, now)), Counter(map(of, before))
    return tuple(Count(one, old[one], new[one]) for one in sorted(set(new) | set(old)))


def changes(key: Key, before: Row, now: Row) -> Iterable[Change]:
    """The cells of one record that differ, in the order of its fields."""
    for field, value in now.items():
        if value != before.get(field, ""):
            yield Change(key, field, before.get(field, ""), value)

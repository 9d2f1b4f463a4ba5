"""What changed between two snapshots? Deliveries, tables, rows by their key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from steelyard.kernel.faults import Where
from steelyard.records.catalogue.model import Table
from steelyard.records.intake import names
from steelyard.records.query.engine import Limits, reading, refusing
from steelyard.records.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from steelyard.records.query.engine import Reader

MOST_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of one row, before and after, as text."""

    key: tuple[str, ...]
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TableChange:
    """How one table differs: numbers of rows, keys of some of them, fields of some of them.

    ``redelivered`` rows are as they were, but came with another delivery, as most rows of a
    correction do. ``is_comparable`` is false where the two have different keys, so that rows cannot be matched.
    """

    table: str
    before: int
    after: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    redelivered: int = 0
    added_keys: tuple[tuple[str, ...], ...] = ()
    removed_keys: tuple[tuple[str, ...], ...] = ()
    examples: tuple[Changed, ...] = ()
    new_fields: tuple[str, ...] = ()
    lost_fields: tuple[str, ...] = ()
    is_comparable: bool = True


@dataclass(frozen=True, slots=True)
class SnapshotChange:
    """How two snapshots differ. Equal identifiers mean equal to the last byte.

    ``deliveries_changed`` have the same number and another cover: signer, cut-off, hash, places.
    """

    before: str
    after: str
    deliveries_added: tuple[str, ...]
    deliveries_removed: tuple[str, ...]
    deliveries_changed: tuple[str, ...]
    tables: tuple[TableChange, ...]


def compare_snapshots(before: Snapshot, after: Snapshot) -> SnapshotChange:
    """The differences from one snapshot to another; tables that are alike are left out."""
    had = {one.id: one for one in before.deliveries}
    has = {one.id for one in after.deliveries}
    return SnapshotChange(
        before.identifier,
        after.identifier,
        tuple(one.id for one in after.deliveries if one.id not in had),
        tuple(one.id for one in before.deliveries if one.id not in has),
        tuple(one.id for one in after.deliveries if had.get(one.id, one) != one),
        tuple(_tables(before, after)),
    )


def _tables(before: Snapshot, after: Snapshot) -> Iterator[TableChange]:
    old = {one.table: one for one in before.manifest.frozen}
    new = {one.table: one for one in after.manifest.frozen}
    for code in sorted(set(old) | set(new)):
        if code not in new:
            yield TableChange(code, old[code].rows, 0, removed=old[code].rows)
        elif code not in old:
            yield TableChange(code, 0, new[code].rows, added=new[code].rows)
        elif old[code].file.hash != new[code].file.hash:
            yield _table(before, after, code)


def _table(before: Snapshot, after: Snapshot, code: str) -> TableChange:
    one, other = before.catalogue.tables[code], after.catalogue.tables[code]
    rows = (_rows(before, code), _rows(after, code))
    if one.key != other.key:
        return TableChange(code, *rows, is_comparable=False)
    for side in (before, after):
        side.check_sealed([code])
    limits = Limits()
    files = {"before": before.files[code], "after": after.files[code]}
    with reading(files, limits) as connection, refusing(limits, Where(file=code)):
        return _matched(connection, one, other, rows)


def _rows(snapshot: Snapshot, code: str) -> int:
    return next(held.rows for held in snapshot.manifest.frozen if held.table == code)


def _matched(connection: Reader, one: Table, other: Table, rows: tuple[int, int]) -> TableChange:
    values = [name for name in one.field if name in other.field and name not in one.key]
    same = " AND ".join(f"b.{names.name(key)} = a.{names.name(key)}" for key in one.key)
    differs = _differs(values)
    key = names.name(one.key[0])
    both = f"b.{key} IS NOT NULL AND a.{key} IS NOT NULL"
    added, removed, changed, redelivered = connection.execute(
        f"SELECT count(*) FILTER (WHERE b.{key} IS NULL), count(*) FILTER (WHERE a.{key} IS NULL),"
        f" count(*) FILTER (WHERE {both} AND ({differs})),"
        f" count(*) FILTER (WHERE {both} AND NOT ({differs}) AND {_differs(['delivery'])})"
        f" FROM before AS b FULL JOIN after AS a ON {same}"
    ).fetchall()[0]
    return TableChange(
        one.code,
        *rows,
        added=added,
        removed=removed,
        changed=changed,
        redelivered=redelivered,
        added_keys=_keys(connection, one, "after", "before", same),
        removed_keys=_keys(connection, one, "before", "after", same),
        examples=tuple(_examples(connection, one, values, same, differs)),
        new_fields=tuple(sorted(set(other.field) - set(one.field))),
        lost_fields=tuple(sorted(set(one.field) - set(other.field))),
    )


def _differs(fields: list[str]) -> str:
    """SQL: any of the fields is another before and after."""
    parts = [f"b.{names.name(one)} IS DISTINCT FROM a.{names.name(one)}" for one in fields]
    return " OR ".join(parts) or "false"


def _keys(
    connection: Reader, table: Table, here: str, there: str, same: str
) -> tuple[tuple[str, ...], ...]:
    letter = here[0]
    shown = ", ".join(f"CAST({letter}.{names.name(key)} AS VARCHAR)" for key in table.key)
    rows = connection.execute(
        f"SELECT {shown} FROM {here} AS {letter} WHERE NOT EXISTS"
        f" (SELECT 1 FROM {there} AS {there[0]} WHERE {same}) ORDER BY ALL LIMIT {MOST_EXAMPLES}"
    ).fetchall()
    return cast("tuple[tuple[str, ...], ...]", tuple(rows))


def _examples(
    connection: Reader, table: Table, values: list[str], same: str, differs: str
) -> Iterator[Changed]:
    """Fields that changed, of the first rows that did. What is personal is not shown."""
    if not values:
        return
    keys = ", ".join(f"CAST(b.{names.name(key)} AS VARCHAR)" for key in table.key)
    pairs = ", ".join(
        f"CAST({side}.{names.name(name)} AS VARCHAR)" for name in values for side in "ba"
    )
    rows = connection.execute(
        f"SELECT {keys}, {pairs} FROM before AS b JOIN after AS a ON {same}"
        f" WHERE {differs} ORDER BY {keys} LIMIT {MOST_EXAMPLES}"
    ).fetchall()
    for row in rows:
        key, rest = row[: len(table.key)], row[len(table.key) :]
        for at, name in enumerate(values):
            was, now = rest[2 * at], rest[2 * at + 1]
            if was != now:
                hidden = name in table.personal
                yield Changed(
                    key, name, "***" if hidden else was or "", "***" if hidden else now or ""
                )

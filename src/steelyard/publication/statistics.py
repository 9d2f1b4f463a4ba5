"""Statistics as they are published: rows counted by year and place, sums beside them, small counts hidden.

No hidden count can be worked out from what is published, for nothing published is made of one. Of a
protected table small counts are hidden, and the sums beside them; where only one of a year is small, a second
is hidden too (``Rule.hidden_among``). A total adds up what is shown and says so: "at least". Two sets of
records that differ only in what their small counts are have the same publication, to the byte. Where the
rows themselves are published, counts are no secret, and only sums are hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from steelyard.kernel.faults import Where
from steelyard.publication.documents import FORMAT, StatisticPlan, field_document, text_document
from steelyard.records.disclosure import USUAL
from steelyard.records.intake import names
from steelyard.records.query.engine import Limits, refusing
from steelyard.records.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a year and a place: how many, and what each summed column adds up to."""

    year: int
    place: str
    count: int
    sums: tuple[Decimal, ...]


def statistic_document(
    plan: StatisticPlan, snapshot: Snapshot, *, rows_are_published: bool = False
) -> dict[str, object]:
    """Counts and sums by year and place, with the total of each year."""
    table = snapshot.catalogue.tables[plan.table]
    fields = {one.code: one for one in table.fields}
    groups = _groups(plan, snapshot, table.place) if plan.table in snapshot.files else []
    lines = list(
        lines_of(
            groups,
            is_protected=table.disclosure == "protected",
            counts_are_open=rows_are_published,
        )
    )
    return {
        "format": FORMAT,
        "code": plan.code,
        "area": plan.area,
        "table": plan.table,
        "title": text_document(plan.title),
        "note": text_document(table.note),
        "day": field_document(fields[plan.day], snapshot.catalogue),
        "sums": [field_document(fields[code], snapshot.catalogue) for code in plan.sums],
        "sample": _is_sample(plan.table, snapshot),
        "snapshot": snapshot.identifier,
        "as_of": _as_of(plan.table, snapshot),
        "hidden": text_document(USUAL.instead),
        "rows": [row for rows, _ in lines for row in rows],
        "totals": [total for _, total in lines],
    }


Line = tuple[list[dict[str, object]], dict[str, object]]


def lines_of(
    groups: Iterable[Group], *, is_protected: bool, counts_are_open: bool = False
) -> Iterator[Line]:
    """Each year's parts, by place, and the total of what is shown. What is hidden is None."""
    for year, group in groupby(groups, key=lambda one: one.year):
        parts = list(group)
        counts = {one.place: one.count for one in parts}
        hidden = USUAL.hidden_among(counts) if is_protected else frozenset()
        rows = [
            {
                "year": year,
                "place": one.place,
                "count": one.count if counts_are_open or one.place not in hidden else None,
                "sums": [None if one.place in hidden else str(amount) for amount in one.sums],
            }
            for one in parts
        ]
        shown = [one for one in parts if one.place not in hidden]
        counted = parts if counts_are_open else shown
        width = len(parts[0].sums)
        yield (
            rows,
            {
                "year": year,
                "count": sum(one.count for one in counted),
                "sums": [
                    str(sum((one.sums[at] for one in shown), Decimal(0))) for at in range(width)
                ],
                "at_least": bool(hidden),
            },
        )


def _groups(plan: StatisticPlan, snapshot: Snapshot, place: str) -> list[Group]:
    """In the order of year and place."""
    snapshot.check_sealed([plan.table])
    columns = ", ".join(
        [f"year({names.name(plan.day)})", names.name(place), "count(*)"]
        + [f"coalesce(sum({names.name(code)}), 0)" for code in plan.sums]
    )
    query = (
        f"SELECT {columns} FROM {names.name(plan.table)} WHERE {names.name(plan.day)} IS NOT NULL"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    reader = snapshot.reading(tables=[plan.table])
    with reader as connection, refusing(Limits(), Where(key=plan.table)):
        found = connection.execute(query).fetchall()
    return [
        Group(year, place, count, tuple(Decimal(one) for one in sums))
        for year, place, count, *sums in found
    ]


def _deliveries(table: str, snapshot: Snapshot) -> list[Any]:
    return [one for one in snapshot.standing.values() if one.table == table]


def _is_sample(table: str, snapshot: Snapshot) -> bool:
    return any(one.sample for one in _deliveries(table, snapshot))


def _as_of(table: str, snapshot: Snapshot) -> str:
    return max((str(one.cut_off) for one in _deliveries(table, snapshot)), default="")

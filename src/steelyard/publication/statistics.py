"""Statistics as they are published: rows counted by year and place, sums beside them, small counts hidden.

No hidden count can be worked out from what is shown. Of a protected table, each year is one line with one
total: its small counts are hidden, and a second part with them, or the total is (``Rule.hidden_among``).
Every other total, of a place over the years or of all, is shown by pages only where nothing under it is
hidden. So a hidden count stands in one published number at most, together with another that can make up
for it. Where the rows themselves are published, counts are no secret, and only sums are hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from steelyard.kernel.faults import Where
from steelyard.publication.documents import FORMAT, StatisticPlan, field_document, text_document
from steelyard.records.disclosure import USUAL, Hidden
from steelyard.records.intake import names
from steelyard.records.query.engine import Limits, refusing
from steelyard.records.snapshot.snapshot import Snapshot

NOTHING = Hidden(frozenset(), total=False)


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
    """Each year's parts, by place, and its total. What is hidden is None."""
    for year, group in groupby(groups, key=lambda one: one.year):
        parts = list(group)
        counts = {one.place: one.count for one in parts}
        hidden = USUAL.hidden_among(counts) if is_protected else NOTHING
        rows = [
            {"year": year, "place": one.place}
            | _figures(one.count, one.sums, one.place in hidden.parts, counts_are_open)
            for one in parts
        ]
        sums = tuple(
            sum(column, Decimal(0)) for column in zip(*(one.sums for one in parts), strict=True)
        )
        total = _figures(sum(counts.values()), sums, hidden.total, counts_are_open)
        yield rows, {"year": year} | total


def _figures(
    count: int, sums: tuple[Decimal, ...], is_hidden: bool, count_is_open: bool
) -> dict[str, object]:
    return {
        "count": None if is_hidden and not count_is_open else count,
        "sums": [None if is_hidden else str(one) for one in sums],
    }


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
    with snapshot.reading() as connection, refusing(Limits(), Where(key=plan.table)):
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


def year_totals(document: Mapping[str, Any]) -> Mapping[int, Mapping[str, Any]]:
    """A document's totals by year; documents of before totals were published have none."""
    return {one["year"]: one for one in document.get("totals", ())}

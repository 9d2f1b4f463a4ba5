"""Registers and statistics of a snapshot, as they are published: open columns, sums, small counts hidden.

What is published is data (``registers.toml``), read by :func:`read_register_list`, which refuses a personal
column, and a protected table without a reason. :func:`register_document` and
:func:`statistic_document` make the documents; pages read them as they are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where, raise_if_any
from steelyard.records.catalogue.model import Catalogue, Field
from steelyard.records.disclosure import USUAL
from steelyard.records.intake import names
from steelyard.records.query.engine import Limits, refusing
from steelyard.records.snapshot.snapshot import Snapshot

FORMAT = "steelyard-registers/1"
SHIPPED = Path(__file__).with_name("registers.toml")
DELIVERY = "delivery"
"""The column of a snapshot's tables that says whose delivery a row is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPlan:
    """One register: the columns of a table that the public may read, row by row."""

    code: str
    area: str
    table: str
    columns: tuple[str, ...]
    title_column: str = ""
    filters: tuple[str, ...] = ()
    reason: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticPlan:
    """Rows of a table counted, and some columns added up, by year of a day and by place."""

    code: str
    area: str
    table: str
    day: str
    title: Text
    sums: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterList:
    registers: tuple[RegisterPlan, ...]
    statistics: tuple[StatisticPlan, ...]


def read_register_list(catalogue: Catalogue, path: Path = SHIPPED) -> RegisterList:
    """What of a snapshot is published.

    Raises:
        Faulty: with every plan that names what is not there, what is personal, or a protected table
            without saying why.
    """
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    found = RegisterList(
        tuple(_register_plan(one) for one in document.get("registers", ())),
        tuple(_statistic_plan(one) for one in document.get("statistics", ())),
    )
    where = Where(file=path.name)
    faults = [fault for one in found.registers for fault in _against(one, catalogue, where)]
    faults += [fault for one in found.statistics for fault in _against_sum(one, catalogue, where)]
    raise_if_any(faults)
    return found


def _register_plan(one: Mapping[str, Any]) -> RegisterPlan:
    return RegisterPlan(
        code=one["code"],
        area=one["area"],
        table=one["table"],
        columns=tuple(one["columns"]),
        title_column=one.get("title_column", ""),
        filters=tuple(one.get("filters", ())),
        reason=Text(**one.get("reason", {})),
    )


def _statistic_plan(one: Mapping[str, Any]) -> StatisticPlan:
    return StatisticPlan(
        code=one["code"],
        area=one["area"],
        table=one["table"],
        day=one["day"],
        title=Text(**one["title"]),
        sums=tuple(one.get("sums", ())),
    )


def _against(plan: RegisterPlan, catalogue: Catalogue, where: Where) -> Iterator[Fault]:
    table = catalogue.tables.get(plan.table)
    if table is None:
        yield _not_there(plan.table, where)
        return
    fields = {one.code: one for one in table.fields}
    for code in dict.fromkeys([*plan.columns, *plan.filters, *filter(None, [plan.title_column])]):
        if code not in fields:
            yield _not_there(f"{plan.table}.{code}", where)
        elif fields[code].personal:
            yield _personal(f"{plan.table}.{code}", where)
    if table.disclosure == "protected" and not plan.reason:
        yield _protected(plan.table, where)


def _against_sum(plan: StatisticPlan, catalogue: Catalogue, where: Where) -> Iterator[Fault]:
    table = catalogue.tables.get(plan.table)
    if table is None:
        yield _not_there(plan.table, where)
        return
    known = {one.code for one in table.fields}
    yield from (
        _not_there(f"{plan.table}.{one}", where)
        for one in (plan.day, *plan.sums)
        if one not in known
    )


def register_document(plan: RegisterPlan, snapshot: Snapshot) -> dict[str, object]:
    """The rows of a register, in the order of the key, each with the delivery that it came in."""
    table = snapshot.catalogue.tables[plan.table]
    fields = {one.code: one for one in table.fields}
    rows = snapshot.table(plan.table).to_pylist() if plan.table in snapshot.files else []
    return {
        "format": FORMAT,
        "code": plan.code,
        "area": plan.area,
        "table": plan.table,
        "title": _text(table.title),
        "note": _text(table.note),
        "reason": _text(plan.reason),
        "key": list(table.key),
        "title_column": plan.title_column,
        "filters": list(plan.filters),
        "fields": [_field(fields[code], snapshot.catalogue) for code in plan.columns],
        "sample": any(snapshot.standing[row[DELIVERY]].sample for row in rows),
        "snapshot": snapshot.identifier,
        "rows": [[_plain(row[code]) for code in plan.columns] for row in rows],
        "deliveries": [row[DELIVERY] for row in rows],
    }


def statistic_document(plan: StatisticPlan, snapshot: Snapshot) -> dict[str, object]:
    """Counts and sums by year and place. Where a count is hidden, so are the sums beside it."""
    table = snapshot.catalogue.tables[plan.table]
    fields = {one.code: one for one in table.fields}
    groups = _groups(plan, snapshot, table.place) if plan.table in snapshot.files else []
    return {
        "format": FORMAT,
        "code": plan.code,
        "area": plan.area,
        "table": plan.table,
        "title": _text(plan.title),
        "note": _text(table.note),
        "day": _field(fields[plan.day], snapshot.catalogue),
        "sums": [_field(fields[code], snapshot.catalogue) for code in plan.sums],
        "sample": snapshot.sample,
        "snapshot": snapshot.identifier,
        "hidden": _text(USUAL.instead),
        "rows": [_counted(plan, snapshot, group) for group in groups],
    }


def _groups(plan: StatisticPlan, snapshot: Snapshot, place: str) -> list[tuple[Any, ...]]:
    """(year, place, count, sums …), in their order."""
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
        return connection.execute(query).fetchall()


def _counted(plan: StatisticPlan, snapshot: Snapshot, group: tuple[Any, ...]) -> dict[str, object]:
    year, place, count, *sums = group
    if USUAL.hides(count, [plan.table], snapshot.catalogue):
        return {"year": year, "place": place, "count": None, "sums": [None for _ in sums]}
    return {"year": year, "place": place, "count": count, "sums": [str(one) for one in sums]}


def _field(one: Field, catalogue: Catalogue) -> dict[str, object]:
    """A column, with what its codes mean, so that a page or a program needs no catalogue."""
    codes = catalogue.codes[one.codes] if one.codes else {}
    return {
        "code": one.code,
        "title": _text(one.title),
        "type": one.type,
        "unit_of_measure": _text(one.unit_of_measure),
        "refers_to": one.refers_to,
        "codes": {code: _text(title) for code, title in codes.items()},
    }


def _plain(value: object) -> object:
    """A cell as JSON holds it: days and decimals as text, so that nothing is rounded."""
    if isinstance(value, date | Decimal):
        return str(value)
    return value


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _not_there(what: str, where: Where) -> Fault:
    return Fault(
        "no-such-column",
        Text(f"没有“{what}”", f"there is no {what}"),
        Text("请改为目录中有的表和列", "name a table and a column of the catalogue"),
        where,
    )


def _personal(what: str, where: Where) -> Fault:
    return Fault(
        "personal-column",
        Text(f"“{what}”是个人信息，不得公布", f"{what} is personal and is never published"),
        Text("请删去这一列", "leave the column out"),
        where,
    )


def _protected(table: str, where: Where) -> Fault:
    return Fault(
        "protected-table",
        Text(f"“{table}”不公开", f"{table} is protected"),
        Text("逐行公布须写明理由（reason）", "to publish its rows give a reason"),
        where,
    )


def registers_files(snapshot: Snapshot, plans: RegisterList) -> dict[str, Any]:
    """Every document of a publication of registers, by its path in the package."""
    found = {
        f"registers/{one.area}/{one.code}.json": register_document(one, snapshot)
        for one in plans.registers
    }
    found |= {
        f"statistics/{one.area}/{one.code}.json": statistic_document(one, snapshot)
        for one in plans.statistics
    }
    return found | {"places.json": _places(snapshot)}


def _places(snapshot: Snapshot) -> dict[str, object]:
    rows = snapshot.table("places").to_pylist() if "places" in snapshot.files else []
    return {
        row["code"]: {
            "zh": row["title_zh"],
            "en": row["title_en"] or "",
            "parent": row["parent"] or "",
        }
        for row in rows
    }

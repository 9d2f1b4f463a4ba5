"""Registers and statistics of a snapshot, as they are published: open columns, sums, small counts hidden.

What is published is data (``registers.toml``), read by :func:`read_register_list`, which refuses a personal
column, and a protected table without a reason. :func:`registers_files` makes the documents; pages read
them as they are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where, raise_if_any
from steelyard.publication.documents import (
    FORMAT,
    RegisterList,
    RegisterPlan,
    StatisticPlan,
    field_document,
    plain_cell,
    published_name,
    text_document,
)
from steelyard.publication.plan_status import status_field, statuses
from steelyard.publication.statistics import statistic_document
from steelyard.records.catalogue.model import Catalogue, Field, Table
from steelyard.records.snapshot.snapshot import Snapshot

SHIPPED = Path(__file__).with_name("registers.toml")
DELIVERY = "delivery"
"""The column of a snapshot's tables that says whose delivery a row is."""
TAKEN = ("statistics",)
"""Codes that no register may have: the addresses are others'."""


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
    if plan.code in TAKEN:
        yield _taken(plan.code, where)
    if plan.table not in catalogue.tables:
        yield _not_there(plan.table, where)
        return
    needs_reason = {plan.table}
    for column in dict.fromkeys(plan.columns):
        steps = list(_steps(plan.table, column, catalogue))
        needs_reason |= {table.code for table, _ in steps}
        if len(steps) <= column.count("."):
            yield _not_there(f"{plan.table}.{column}", where)
        yield from (
            _personal(f"{table.code}.{one.code}", where) for table, one in steps if one.personal
        )
    published = {published_name(one) for one in plan.columns} | {"status"}
    yield from (
        _not_there(f"{plan.area}/{plan.code}: {one}", where)
        for one in catalogue.tables[plan.table].key
        if one not in plan.columns
    )
    yield from (
        _not_there(f"{plan.area}/{plan.code}: {one}", where)
        for one in (*plan.filters, *filter(None, [plan.title_column]))
        if one not in published
    )
    protected = sorted(
        code for code in needs_reason if catalogue.tables[code].disclosure == "protected"
    )
    if not plan.reason:
        yield from (_protected(code, where) for code in protected)


def _steps(table: str, column: str, catalogue: Catalogue) -> Iterator[tuple[Table, Field]]:
    """The columns on the way to a column: itself, or those through which it is reached."""
    for code in column.split("."):
        found = catalogue.tables[table].field.get(code) if table in catalogue.tables else None
        if found is None:
            return
        yield catalogue.tables[table], found
        table = found.reference[0] if found.reference else ""


def _against_sum(plan: StatisticPlan, catalogue: Catalogue, where: Where) -> Iterator[Fault]:
    table = catalogue.tables.get(plan.table)
    if table is None or not table.place:
        yield _not_there(plan.table, where)
        return
    for code in (plan.day, *plan.sums):
        if code not in table.field:
            yield _not_there(f"{plan.table}.{code}", where)
        elif table.field[code].personal:
            yield _personal(f"{plan.table}.{code}", where)


def register_document(plan: RegisterPlan, snapshot: Snapshot) -> dict[str, Any]:
    """The rows of a register, in the order of the key, each with the delivery that it came in."""
    table = snapshot.catalogue.tables[plan.table]
    rows = snapshot.table(plan.table).to_pylist() if plan.table in snapshot.files else []
    columns = [_column(plan.table, code, rows, snapshot) for code in plan.columns]
    came_in = {row[DELIVERY]: snapshot.standing[row[DELIVERY]] for row in rows}
    return {
        "format": FORMAT,
        "code": plan.code,
        "area": plan.area,
        "table": plan.table,
        "title": text_document(table.title),
        "note": text_document(table.note),
        "reason": text_document(plan.reason),
        "key": list(table.key),
        "title_column": plan.title_column,
        "filters": list(plan.filters),
        "fields": [head for head, _ in columns],
        "sample": any(one.sample for one in came_in.values()),
        "snapshot": snapshot.identifier,
        "as_of": max((str(one.cut_off) for one in came_in.values()), default=""),
        "rows": [list(cells) for cells in zip(*(cells for _, cells in columns), strict=True)],
        "deliveries": [row[DELIVERY] for row in rows],
        "came_in": {
            code: {
                "body": text_document(one.body),
                "cut_off": str(one.cut_off),
                "source": text_document(one.source),
                "sample": one.sample,
            }
            for code, one in sorted(came_in.items())
        },
    }


def _column(
    table: str, column: str, rows: list[dict[str, Any]], snapshot: Snapshot
) -> tuple[dict[str, object], list[object]]:
    """A column's head and its cells, one a row; reached through other tables where it names them."""
    *through, _ = column.split(".")
    *_, (_, last) = _steps(table, column, snapshot.catalogue)
    head = field_document(last, snapshot.catalogue)
    if not through:
        return head, [plain_cell(row[column]) for row in rows]
    cells: list[Any] = [row[through[0]] for row in rows]
    steps = [one for _, one in _steps(table, column, snapshot.catalogue)]
    for step, following in pairwise(steps):
        other, key = step.reference or ("", "")
        found = snapshot.table(other).to_pylist() if other in snapshot.files else []
        by_key = {row[key]: row[following.code] for row in found}
        cells = [by_key.get(cell) for cell in cells]
    return head, [plain_cell(cell) for cell in cells]


def registers_files(snapshot: Snapshot, plans: RegisterList) -> dict[str, Any]:
    """Every document of a publication of registers, by its path in the package."""
    registers = {
        (one.area, one.code): register_document(one, snapshot) | {"order": number}
        for number, one in enumerate(plans.registers)
    }
    _say_status(registers)
    listed = {one.table for one in plans.registers}
    found = {f"registers/{area}/{code}.json": one for (area, code), one in registers.items()}
    found |= {
        f"statistics/{one.area}/{one.code}.json": statistic_document(
            one, snapshot, rows_are_published=one.table in listed
        )
        | {"order": number}
        for number, one in enumerate(plans.statistics)
    }
    return found | {"places.json": _places(snapshot)}


def _say_status(registers: Mapping[tuple[str, str], dict[str, Any]]) -> None:
    """Add the column that says how far each measure of the plan is."""
    measures, reports = registers.get(("plan", "measures")), registers.get(("plan", "reports"))
    if measures is None or reports is None:
        return
    found = statuses(rows_of(measures), rows_of(reports), measures["as_of"])
    measures["fields"].append(status_field())
    for row, status in zip(measures["rows"], found, strict=True):
        row.append(status)


def rows_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A register's rows by the names of their columns."""
    names = [one["code"] for one in document["fields"]]
    return [dict(zip(names, row, strict=True)) for row in document["rows"]]


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


def _taken(code: str, where: Where) -> Fault:
    return Fault(
        "code-taken",
        Text(f"代码“{code}”已有他用", f"the code {code} is taken"),
        Text("请换一个代码", "choose another code"),
        where,
    )


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

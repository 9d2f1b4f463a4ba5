"""Do the rows of a table hold together? One SQL condition a check; all of them in one reading.

What is wrong is counted first, in a single pass; only what is there is then listed, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.records.catalogue.model import Catalogue, Field, Table
from steelyard.records.intake import names
from steelyard.records.intake.constraints import condition
from steelyard.records.intake.staged import MOST_LISTED, Staged

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Check:
    """Rows for which ``wrong`` is true are faulty at ``field``; ``{value}`` is what stands there."""

    code: str
    field: str
    wrong: str
    what: Text
    mend: Text


def checks_of(staged: Staged) -> Iterator[Check]:
    """Every check of single rows."""
    for field in staged.table.fields:
        yield from _of_field(field)
    for constraint in staged.table.constraints:
        yield Check(
            "constraint-broken", "", f"NOT coalesce({condition(constraint, staged.table)}, true)",
            constraint.say, Text("请核对这一行", "check this row"),
        )  # fmt: skip
    yield from _of_days(staged)


def _of_field(field: Field) -> Iterator[Check]:
    column = names.name(field.code)
    if field.required:
        yield Check(
            "missing", field.code, f"{column} IS NULL",
            Text(f"“{field.title.zh}”没有填", f"{field.code!r} is not filled in"),
            Text("此格必填，请补上", "enter a value; it is required here"),
        )  # fmt: skip
    if field.type == "day":
        yield Check(
            "not-a-date", field.code, f"{column} < DATE '0001-01-01' OR {column} > DATE '9999-12-31'",
            Text("“{value}”不是日期", "“{value}” is not a date"),
            Text("请核对年份", "check its year"),
        )  # fmt: skip
    if field.least is not None:
        yield _beyond(field, f"{column} < {field.least}", "小于", "below", str(field.least))
    if field.most is not None:
        yield _beyond(field, f"{column} > {field.most}", "大于", "above", str(field.most))
    if field.pattern:
        yield Check(
            "wrong-form", field.code,
            f"NOT regexp_full_match({column}, {names.text(field.pattern)})",
            Text("“{value}”不合规定的格式", "“{value}” is not of the required form"),
            Text(f"格式为 {field.pattern}", f"the form is {field.pattern}"),
        )  # fmt: skip


def _beyond(field: Field, wrong: str, zh: str, en: str, bound: str) -> Check:
    return Check(
        "out-of-bounds", field.code, wrong,
        Text(f"{{value}}{zh}允许的{bound}", f"{{value}} is {en} the allowed {bound}"),
        Text("请核对数值和计量单位", "check the figure and its unit of measure"),
    )  # fmt: skip


def _of_days(staged: Staged) -> Iterator[Check]:
    """A row belongs to its delivery's period by one of its days, and knows none after the cut-off."""
    days = [names.name(code) for code in staged.table.dated]
    if not days:
        return
    delivery = staged.delivery
    starts, ends = f"DATE '{delivery.period.starts}'", f"DATE '{delivery.period.ends}'"
    within = " OR ".join(f"coalesce({day} >= {starts} AND {day} < {ends}, false)" for day in days)
    listed = "、".join(staged.table.field[code].title.zh for code in staged.table.dated)
    listed_en = ", ".join(staged.table.field[code].title.en for code in staged.table.dated)
    yield Check(
        "outside-period", staged.table.dated[0], f"NOT ({within})",
        Text(f"{listed}都不在报送期间{delivery.period}内",
             f"none of {listed_en} is in the delivery's period {delivery.period}"),
        Text("请移到所属期间的报送", "put the row into the delivery of its own period"),
    )  # fmt: skip
    for code in staged.table.dated:
        yield Check(
            "after-cut-off", code, f"{names.name(code)} > DATE '{delivery.cut_off}'",
            Text(f"{{value}}晚于截止日{delivery.cut_off}",
                 f"{{value}} is after the cut-off {delivery.cut_off}"),
            Text("请核对日期或截止日", "check the day, or the cut-off"),
        )  # fmt: skip


def row_faults(connection: DuckDBPyConnection, staged: Staged) -> Iterator[Fault]:
    """Every fault of single rows, in the order of the checks."""
    listed = list(checks_of(staged))
    if not listed:
        return
    counts = ", ".join(f"count(*) FILTER (WHERE {check.wrong})" for check in listed)
    found = connection.execute(f"SELECT {counts} FROM {staged.view}").fetchall()[0]
    for check, count in zip(listed, cast("tuple[int, ...]", found), strict=True):
        if count:
            yield from _listed(connection, staged, check, count)


def _listed(
    connection: DuckDBPyConnection, staged: Staged, check: Check, count: int
) -> Iterator[Fault]:
    value = names.name(check.field) if check.field else "''"
    is_exact = check.field and staged.table.field[check.field].type in ("number", "money")
    rows = connection.execute(
        f"SELECT _row, CAST({value} AS VARCHAR) FROM {staged.view} WHERE {check.wrong}"
        f" ORDER BY _row LIMIT {MOST_LISTED}"
    ).fetchall()
    for row, said in rows:
        shown = str(said or "")[:40]
        if is_exact and "." in shown:  # -5, and not the six places that the column keeps
            shown = shown.rstrip("0").rstrip(".")
        what = Text(
            check.what.zh.replace("{value}", shown), check.what.en.replace("{value}", shown)
        )
        yield Fault(check.code, what, check.mend, staged.where(row, check.field))
    if count > len(rows):
        yield _more(count - len(rows), staged.where(0).file)


def _more(count: int, file: str) -> Fault:
    what = Text(
        f"另有{count}处同样的错误未列出", f"{count} more faults of this kind are not listed"
    )
    return Fault(
        "more-faults", what, Text("请先改正以上各处", "mend those first"), Where(file=file)
    )


# --- between rows ---------------------------------------------------------------------------


def union(table: Table, listed: Sequence[Staged]) -> str:
    """SQL of all rows of one table, each with its delivery and its place in the file."""
    columns = ", ".join(names.name(field.code) for field in table.fields)
    parts = [
        f"SELECT {columns}, {names.text(one.delivery.id)} AS delivery, _row FROM {one.view}"
        for one in listed
    ]
    return " UNION ALL ".join(parts)


def duplicate_faults(
    connection: DuckDBPyConnection, table: Table, listed: Sequence[Staged], keys: Sequence[object]
) -> Iterator[Fault]:
    """Every row whose key stands twice. ``keys`` are values of the first key field that do."""
    columns = ", ".join(names.name(code) for code in table.key)
    by_id = {one.delivery.id: one for one in listed}
    rows = connection.execute(
        f"SELECT delivery, _row, {columns} FROM ({union(table, listed)})"
        f" WHERE {names.name(table.key[0])} IN (SELECT unnest(?))"
        f" QUALIFY count(*) OVER (PARTITION BY {columns}) > 1"
        f" ORDER BY {columns}, delivery, _row LIMIT {MOST_LISTED}",
        [list(keys)],
    ).fetchall()
    first: dict[tuple[object, ...], Where] = {}
    for delivery, row, *key in rows:
        where = by_id[delivery].where(row, table.key[-1])
        held = first.setdefault(tuple(key), where)
        if held is not where:
            shown = " ".join(map(str, key))
            what = Text(
                f"主键“{shown}”与{held.say('zh')}重复",
                f"the key {shown!r} stands at {held.say('en')} too",
            )
            mend = Text(
                "同一记录只报一次；更正请用更正报送",
                "deliver a record once; correct it by a correction",
            )
            yield Fault("duplicate-key", what, mend, where)


def repeated_faults(
    connection: DuckDBPyConnection, table: Table, listed: Sequence[Staged]
) -> Iterator[Fault]:
    """Every row whose key stands twice, found without sorting: for lists of faults."""
    columns = ", ".join(names.name(code) for code in table.key)
    rows = connection.execute(
        f"SELECT {names.name(table.key[0])} FROM ({union(table, listed)})"
        f" WHERE {names.name(table.key[0])} IS NOT NULL"
        f" GROUP BY {columns} HAVING count(*) > 1 LIMIT {MOST_LISTED}"
    ).fetchall()
    if rows:
        yield from duplicate_faults(connection, table, listed, [row[0] for row in rows])


def in_order(faults: Sequence[Fault]) -> list[Fault]:
    """By file and row, then what is not listed. A cell that could not be read is not called empty too,
    and a day that is empty or could not be read is not called outside the period."""
    unread = {one.where for one in faults if one.code not in ("missing", "outside-period")}
    no_day = {one.where for one in faults if one.code in ("missing", "not-a-date")}
    kept = [
        one for one in faults
        if not (one.code == "missing" and one.where in unread)
        and not (one.code == "outside-period" and one.where in no_day)
    ]  # fmt: skip
    files = {file: at for at, file in enumerate(dict.fromkeys(one.where.file for one in kept))}
    return sorted(
        kept,
        key=lambda one: (
            files[one.where.file], one.code == "more-faults", one.where.row or 0,
        ),
    )  # fmt: skip


def reference_faults(
    connection: DuckDBPyConnection, table: Table, listed: Sequence[Staged],
    others: Mapping[str, Sequence[Staged]], catalogue: Catalogue,
) -> Iterator[Fault]:  # fmt: skip
    """Every reference that leads to no record of the snapshot."""
    for code, (other, key) in table.references.items():
        held = others.get(other, ())
        known = (
            f"SELECT {names.name(key)} FROM ({union(catalogue.tables[other], held)})"
            if held
            else "SELECT NULL WHERE false"
        )
        by_id = {one.delivery.id: one for one in listed}
        column = names.name(code)
        rows = connection.execute(
            f"SELECT delivery, _row, CAST({column} AS VARCHAR) FROM ({union(table, listed)}) AS t"
            f" WHERE {column} IS NOT NULL AND NOT EXISTS"
            f" (SELECT 1 FROM ({known}) AS k({names.name(key)}) WHERE k.{names.name(key)} = t.{column})"
            f" LIMIT {MOST_LISTED}"
        ).fetchall()
        title = catalogue.tables[other].title
        for delivery, row, said in sorted(rows):
            what = Text(f"“{said}”不在“{title.zh}”表中", f"{said!r} is not in the table {other!r}")
            mend = Text(
                "请改正，或一并报送所指的记录", "mend it, or deliver the record that it names"
            )
            yield Fault("unknown-reference", what, mend, by_id[delivery].where(row, code))

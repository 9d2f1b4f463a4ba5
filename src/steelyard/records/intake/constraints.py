"""Is every constraint of a catalogue a plain condition on its own row?

Constraints come with region packs, that is from files. They pass the same gate as an indicator's query,
may name no other row and no other table, and must be true or false. What runs is written anew from
what was checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.records.catalogue.model import Catalogue, Constraint, Field, Table
from steelyard.records.intake import names
from steelyard.records.intake.fields import SQL_TYPES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from sqlglot import exp


def check_constraints(catalogue: Catalogue) -> None:
    """Every constraint, and every pattern of a field.

    Raises:
        Faulty: with every fault of every one.
    """
    import duckdb

    faults: list[Fault] = []
    with duckdb.connect(config={"enable_external_access": False}) as connection:
        for table in catalogue.tables.values():
            faults += _of_patterns(connection, table)
            for number, one in enumerate(table.constraints, 1):
                where = Where(key=f"tables.{table.code}.constraints[{number}]")
                faults += _of_constraint(connection, table, one, where)
    raise_if_any(faults)


def condition(constraint: Constraint, table: Table) -> str:
    """The constraint as SQL of our own writing.

    Raises:
        Faulty: it is no plain condition.
    """
    found, faults = _parsed(constraint, table, Where(key=f"tables.{table.code}.constraints"))
    if found is None:
        raise Faulty(faults)
    return found.sql("duckdb", comments=False)


def _parsed(
    constraint: Constraint, table: Table, where: Where
) -> tuple[exp.Expr | None, tuple[Fault, ...]]:
    from sqlglot import exp

    from steelyard.records.query.gate import passed

    own = Catalogue({table.code: table})
    query = f"SELECT {table.key[0]} FROM {table.code} WHERE (\n{constraint.rule}\n)"
    found, faults = passed(query, own, (), where)
    if found is None:
        return None, faults
    tree = found.tree
    held = tree.args.get("where")
    others = tree.find(exp.Subquery, exp.SetOperation, exp.AggFunc, exp.Window)
    is_plain = isinstance(tree, exp.Select) and isinstance(getattr(held, "this", None), exp.Paren)
    used = {name for name, value in tree.args.items() if value}
    if (
        held is None
        or not is_plain
        or others
        or len(list(tree.find_all(exp.Select))) > 1
        or used - _PARTS
    ):
        return None, (_no_condition(constraint, where),)
    return held.this, ()


_PARTS = {"kind", "expressions", "from", "from_", "where"}


def _of_constraint(
    connection: DuckDBPyConnection, table: Table, one: Constraint, where: Where
) -> Iterator[Fault]:
    import duckdb

    found, faults = _parsed(one, table, where)
    yield from faults
    if found is None:
        return
    columns = ", ".join(
        f"CAST(NULL AS {SQL_TYPES[field.type]}) AS {names.name(field.code)}"
        for field in table.fields
    )
    written = found.sql("duckdb", comments=False)
    try:
        described = connection.execute(
            f"DESCRIBE SELECT {written} AS held FROM (SELECT {columns}) WHERE {written}"
        ).fetchall()
    except duckdb.Error:
        described = []
    if [row[1] for row in described] != ["BOOLEAN"]:
        yield _no_condition(one, where)


def _no_condition(constraint: Constraint, where: Where) -> Fault:
    rule = " ".join(constraint.rule.split())[:80]
    what = Text(f"“{rule}”不是对本行的条件", f"{rule!r} is no condition on a row")
    mend = Text(
        "请只用本行各列写出一个成立与否的条件",
        "write one that is true or false of the row's own columns",
    )
    return Fault("not-a-condition", what, mend, where)


def _of_patterns(connection: DuckDBPyConnection, table: Table) -> Iterator[Fault]:
    import duckdb

    for field in table.fields:
        if not field.pattern:
            continue
        try:
            connection.execute("SELECT regexp_full_match('', ?)", [field.pattern])
        except duckdb.Error as error:
            yield _no_pattern(field, table, str(error))


def _no_pattern(field: Field, table: Table, said: str) -> Fault:
    first = said.strip().splitlines()[0][:120]
    what = Text(f"“{field.pattern}”不是正则表达式", f"{field.pattern!r} is no pattern ({first})")
    mend = Text("请改正pattern", "mend the pattern")
    return Fault("not-a-pattern", what, mend, Where(key=f"tables.{table.code}.{field.code}"))

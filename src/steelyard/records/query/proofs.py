"""Which record does a row of a query stand for, and can one be counted twice?

Where ``record`` is the key of the table that the query begins with, and every join leads to one row at
most, no record can come twice, and nobody needs to count. Otherwise the tally counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from steelyard.records.catalogue.model import Catalogue
from steelyard.records.query.gate import Query


@dataclass(frozen=True, slots=True)
class Origin:
    """The table whose key ``record`` is, and whether each record comes once."""

    table: str
    is_single: bool


def origin_of(query: Query, catalogue: Catalogue) -> Origin | None:
    """Where the records of a query come from; None if ``record`` is not the key of one table."""
    tree = query.tree
    if not isinstance(tree, exp.Select):
        return None
    column = _given(tree, "record")
    if column is None:
        return None
    source = _source(tree, column, catalogue)
    if source is None or catalogue.tables[source.name].key != (column.name.lower(),):
        return None
    return Origin(source.name, _is_first(tree, source) and _joins_are_single(tree, catalogue))


def _given(tree: exp.Select, name: str) -> exp.Column | None:
    """The plain column that the SELECT gives under this name."""
    for one in tree.expressions:
        if one.alias_or_name.lower() == name:
            inner = one.unalias()
            return inner if isinstance(inner, exp.Column) else None
    return None


def _tables(tree: exp.Select) -> Iterator[exp.Expr]:
    started = tree.args.get("from_")
    if started is not None:
        yield started.this
    yield from (join.this for join in tree.args.get("joins") or ())


def _source(tree: exp.Select, column: exp.Column, catalogue: Catalogue) -> exp.Table | None:
    named = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    found = [
        table
        for table in _tables(tree)
        if isinstance(table, exp.Table)
        and table.name.lower() not in named
        and (not column.table or table.alias_or_name.lower() == column.table.lower())
        and column.name.lower() in catalogue.tables[table.name.lower()].field
    ]
    return found[0] if len(found) == 1 else None


def _is_first(tree: exp.Select, source: exp.Table) -> bool:
    return next(_tables(tree), None) is source and not tree.args.get("group")


def _joins_are_single(tree: exp.Select, catalogue: Catalogue) -> bool:
    return all(_is_single(join, catalogue) for join in tree.args.get("joins") or ())


def _is_single(join: exp.Join, catalogue: Catalogue) -> bool:
    """Whether the ON asks for the whole key of the joined table, so that one row at most fits."""
    table, on = join.this, join.args.get("on")
    if not isinstance(table, exp.Table) or on is None or join.side not in ("", "LEFT"):
        return False
    own = catalogue.tables.get(table.name.lower())
    if own is None:
        return False
    asked = set()
    for condition in _conjuncts(on):
        if isinstance(condition, exp.EQ):
            for side, other in (
                (condition.this, condition.expression),
                (condition.expression, condition.this),
            ):
                is_own = isinstance(side, exp.Column) and side.table == table.alias_or_name
                leads_elsewhere = not any(
                    one.table in ("", table.alias_or_name) for one in other.find_all(exp.Column)
                )
                if is_own and leads_elsewhere:
                    asked.add(side.name.lower())
    return set(own.key) <= asked


def _conjuncts(condition: exp.Expr) -> Iterator[exp.Expr]:
    if isinstance(condition, exp.And):
        yield from _conjuncts(condition.this)
        yield from _conjuncts(condition.expression)
    elif isinstance(condition, exp.Paren):
        yield from _conjuncts(condition.this)
    else:
        yield condition

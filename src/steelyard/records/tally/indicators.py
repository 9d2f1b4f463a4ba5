"""The indicators of a scheme that are computed from records, each with its checked query.

Three things are asked of a query: may it run at all (:mod:`..query.gate`), does it give the columns that
its tally needs, and are they of types that can be counted exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault, Where, raise_if_any
from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.intake import names
from steelyard.records.intake.fields import SQL_TYPES
from steelyard.records.query.gate import Query, passed, written
from steelyard.records.query.literals import literals
from steelyard.records.query.proofs import Origin, origin_of
from steelyard.scheme.model import Input, Scheme
from steelyard.scheme.tally import COLUMNS, OPTIONAL, Tally

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from sqlglot import exp

PERIOD = ("from", "to")
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL")
_TYPES: Mapping[str, tuple[str, ...]] = {
    "unit": ("VARCHAR",), "record": ("VARCHAR", "BIGINT", "INTEGER"), "stratum": ("VARCHAR",),
    "day": ("DATE",), "value": (*_NUMBERS, "BOOLEAN"),
    "numerator": _NUMBERS, "denominator": _NUMBERS, "weight": _NUMBERS,
}  # fmt: skip


@dataclass(frozen=True)
class Indicator:
    """An input that is computed: its tally and its query, which has passed every check."""

    input: Input
    tally: Tally
    query: Query
    origin: Origin | None

    @property
    def code(self) -> str:
        return self.input.code


def indicators_of(scheme: Scheme, catalogue: Catalogue, *, only: str = "") -> tuple[Indicator, ...]:
    """Every computed input of a scheme, or the one of the code ``only``.

    Raises:
        Faulty: with every fault of every query.
    """
    found, faults = checked_indicators(scheme, catalogue, only=only)
    raise_if_any(faults)
    return found


def checked_indicators(
    scheme: Scheme, catalogue: Catalogue, *, only: str = ""
) -> tuple[tuple[Indicator, ...], list[Fault]]:
    """The indicators that are sound, and every fault of those that are not."""
    faults: list[Fault] = []
    found = []
    for index, one in enumerate(scheme.inputs.values()):
        if one.tally is None or only not in ("", one.code):
            continue
        where = Where(key=f"inputs[{index}].records")
        query, wrong = passed(one.records, catalogue, parameters_of(scheme), where)
        faults += wrong
        if query is not None:
            wrong_columns = list(_column_faults(query, one.tally, where))
            faults += wrong_columns
            if not wrong_columns:
                found.append(Indicator(one, one.tally, query, origin_of(query, catalogue)))
    if found:
        faults += _type_faults(scheme, found, catalogue)
    return tuple(found), faults


def parameters_of(scheme: Scheme) -> dict[str, Fraction | None]:
    """What a query may name: the period, and the figures that the scheme states."""
    figures = {
        code: one.value for code, one in scheme.figures.items() if "/" not in plain(one.value)
    }
    return {"from": None, "to": None, **figures}


def filled(scheme: Scheme, query: Query, period: Period) -> str:
    """The query for DuckDB, for a period."""
    return written(filled_tree(scheme, query, period))


def filled_tree(scheme: Scheme, query: Query, period: Period) -> exp.Query:
    given: dict[str, object] = {**parameters_of(scheme), "from": period.starts, "to": period.ends}
    return query.filled(literals({name: given[name] for name in query.used}))


# --- columns --------------------------------------------------------------------------------


def _column_faults(query: Query, tally: Tally, where: Where) -> Iterator[Fault]:
    given = set(query.columns)
    doubled = {name for name in given if query.columns.count(name) > 1}
    if doubled:
        listed = ", ".join(sorted(doubled))
        what = Text(f"列名重复：{listed}", f"columns are given twice: {listed}")
        yield Fault("duplicate-column", what, Text("请用AS改名", "rename one with AS"), where)
    for name in ("unit", "record"):
        if name not in given:
            yield _lacks(name, tally, where)
    alternatives = COLUMNS[tally.of]
    if not any(needed <= given for needed in alternatives):
        wanted = " / ".join(", ".join(sorted(needed)) for needed in alternatives)
        yield _lacks(wanted, tally, where)
        return
    known = {"unit", "record"} | OPTIONAL.get(tally.of, frozenset())
    needed = next(needed for needed in alternatives if needed <= given)
    for name in sorted(given - known - needed):
        what = Text(
            f"“{tally.of}”不用“{name}”列", f"{tally.of!r} has no use for the column {name!r}"
        )
        yield Fault("unused-column", what, Text("请删去", "remove it"), where)


def _lacks(name: str, tally: Tally, where: Where) -> Fault:
    what = Text(f"查询没有给出“{name}”", f"the query does not give {name!r}")
    mend = Text(
        f"“{tally.of}”需要unit、record和上述列，请用AS命名",
        f"{tally.of!r} needs unit, record and that: name it with AS",
    )
    return Fault("column-not-given", what, mend, where)


def _type_faults(scheme: Scheme, found: list[Indicator], catalogue: Catalogue) -> Iterator[Fault]:
    """Bind every query to empty tables and look at the types that it gives."""
    import duckdb

    places = {code: index for index, code in enumerate(scheme.inputs)}
    with duckdb.connect() as connection:
        _make_empty_tables(connection, catalogue)
        for one in found:
            where = Where(key=f"inputs[{places[one.code]}].records")
            try:
                sql = filled(scheme, one.query, scheme.period)
                described = connection.execute(f"DESCRIBE {sql}").fetchall()
            except duckdb.Error as error:
                yield _does_not_bind(str(error), where)
                continue
            for name, given in ((row[0].lower(), row[1]) for row in described):
                allowed = _allowed(name, one.tally)
                if allowed and given.partition("(")[0] not in allowed:
                    yield _wrong_type(name, given, allowed, where)


def _allowed(name: str, tally: Tally) -> tuple[str, ...]:
    """The types that a column may be of; none of a column that means nothing here."""
    if name == "value" and tally.of == "median":
        return _NUMBERS
    return _TYPES.get(name, ())


def _make_empty_tables(connection: DuckDBPyConnection, catalogue: Catalogue) -> None:
    for table in catalogue.tables.values():
        columns = [f"{names.name(one.code)} {SQL_TYPES[one.type]}" for one in table.fields]
        connection.execute(
            f"CREATE TABLE {names.name(table.code)} ({', '.join([*columns, 'delivery VARCHAR'])})"
        )


def _does_not_bind(said: str, where: Where) -> Fault:
    first = said.strip().splitlines()[0][:200]
    what = Text(f"查询的类型不相容（{first}）", f"its types do not fit ({first})")
    return Fault("query-does-not-bind", what, Text("请改正", "mend it"), where)


def _wrong_type(name: str, given: str, allowed: tuple[str, ...], where: Where) -> Fault:
    if given in ("DOUBLE", "FLOAT"):
        what = Text(f"“{name}”是近似的浮点数", f"{name!r} is a binary float, which is not exact")
        mend = Text(
            "请分别给出numerator和denominator，或CAST为DECIMAL",
            "give numerator and denominator, or CAST it AS DECIMAL",
        )
    else:
        listed = ", ".join(allowed)
        what = Text(f"“{name}”的类型是{given}", f"{name!r} is of type {given}")
        mend = Text(f"应为{listed}之一", f"it should be one of {listed}")
    return Fault("wrong-type", what, mend, where)

"""The very rows behind a figure: what ``steelyard records`` lists.

Beside what the query gives stands the record as it was delivered, without what is personal, and whose
delivery it is. What is personal comes only if it is asked for by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.periods import Period
from steelyard.records.intake import names
from steelyard.records.query.engine import Limits, refusing
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.coverage import Coverage
from steelyard.records.tally.figures import counted_twice
from steelyard.records.tally.indicators import Indicator, filled, indicators_of
from steelyard.records.tally.periods import before
from steelyard.records.tally.tally import unit_of_places
from steelyard.scheme.model import Scheme


@dataclass(frozen=True)
class Listing:
    """The rows of one unit behind one figure.

    ``given`` are the first columns, which the query gives (``unit`` the place as recorded); then come
    those of the record itself. ``earlier`` are the rows of the period before, of a growth. ``hidden``
    names personal columns that were left out. ``lacking`` names tables that were not delivered for the
    unit and the whole period: the rows there are then make no figure.
    """

    indicator: Indicator
    unit: str
    query: str
    given: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    earlier: tuple[tuple[Any, ...], ...] = ()
    hidden: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


def listing(
    scheme: Scheme,
    snapshot: Snapshot,
    unit: str,
    indicator: str,
    *,
    columns: Sequence[str] = (),
    limits: Limits | None = None,
) -> Listing:
    """List the rows behind the figure of a unit. ``columns`` names personal ones that are wanted.

    Raises:
        Faulty: there is no such indicator, it is not computed, or a wanted column does not exist.
    """
    computed = [code for code, one in scheme.inputs.items() if one.tally is not None]
    if indicator not in computed:
        raise Faulty([_not_computed(indicator, computed)])
    (found,) = indicators_of(scheme, snapshot.catalogue, only=indicator)
    return list_rows(scheme, snapshot, unit, found, columns, limits or Limits())


def list_rows(
    scheme: Scheme, snapshot: Snapshot, unit: str, one: Indicator, columns: Sequence[str],
    limits: Limits,
) -> Listing:  # fmt: skip
    given = tuple(dict.fromkeys(one.query.columns))
    shown, hidden = _of_record(snapshot, one, columns)
    rows = _rows(scheme, snapshot, unit, one, given, shown, scheme.period, limits)
    periods, earlier = [scheme.period], cast("tuple[tuple[Any, ...], ...]", ())
    if one.tally.growth:
        periods.append(before(scheme.period))
        earlier = _rows(scheme, snapshot, unit, one, given, shown, periods[-1], limits)
    _refuse_repeated(one, given, rows)
    coverage = Coverage(snapshot)
    lacking = [name for each in periods for name in coverage.lacks(one.query.tables, each, unit)]
    return Listing(
        one, unit, one.query.text, given, (*given, *shown), rows, earlier, hidden,
        tuple(dict.fromkeys(lacking)),
    )  # fmt: skip


def _refuse_repeated(one: Indicator, given: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """As a tally would: a record that comes twice would count twice."""
    if one.origin is not None and one.origin.is_single:
        return
    records = Counter(str(row[given.index("record")]) for row in rows)
    repeated = [record for record, times in records.items() if times > 1][:5]
    if repeated:
        raise Faulty([counted_twice(one, repeated)])


def _of_record(
    snapshot: Snapshot, one: Indicator, wanted: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of the record that are shown, and the personal ones that are not."""
    if one.origin is None:
        _refuse_unknown(wanted, ())
        return (), ()
    table = snapshot.catalogue.tables[one.origin.table]
    _refuse_unknown(wanted, tuple(table.field))
    asked = set(wanted)
    shown = [
        field.code
        for field in table.fields
        if field.code not in table.key and (not field.personal or field.code in asked)
    ]
    hidden = [field.code for field in table.fields if field.personal and field.code not in asked]
    return (*shown, "delivery"), tuple(hidden)


def _refuse_unknown(wanted: Sequence[str], known: Sequence[str]) -> None:
    faults = [
        Fault(
            "unknown-column",
            Text(f"记录没有“{name}”列", f"the records have no column {name!r}"),
            Text(f"可用：{', '.join(known) or '无'}", f"known are {', '.join(known) or 'none'}"),
            Where(file="--columns"),
        )
        for name in wanted
        if name not in known
    ]
    if faults:
        raise Faulty(faults)


def _rows(
    scheme: Scheme, snapshot: Snapshot, unit: str, one: Indicator, given: Sequence[str],
    shown: Sequence[str], period: Period, limits: Limits,
) -> tuple[tuple[Any, ...], ...]:  # fmt: skip
    places = [place for place, of in unit_of_places(scheme, snapshot).items() if of == unit]
    if one.tally.of == "latest":
        places = [unit]
    columns = [f"r.{names.name(name)}" for name in given]
    columns += [f"t.{names.name(name)}" for name in shown]
    joined = ""
    if one.origin is not None and shown:
        table = snapshot.catalogue.tables[one.origin.table]
        joined = (
            f"LEFT JOIN {names.name(table.code)} AS t ON t.{names.name(table.key[0])} = r.record"
        )
    sql = (
        f"SELECT {', '.join(columns)} FROM ({filled(scheme, one.query, period)}) AS r {joined}"
        f" WHERE r.unit IN {names.texts(places)} ORDER BY ALL"
    )
    where = Where(key=f"inputs.{one.code}.records")
    asked = {*one.query.tables, *([one.origin.table] if joined and one.origin else ())}
    snapshot.check_sealed(asked)
    with snapshot.reading(limits, tables=asked) as connection, refusing(limits, where):
        return tuple(connection.execute(sql).fetchall())


def _not_computed(indicator: str, found: Sequence[str]) -> Fault:
    import difflib

    near = difflib.get_close_matches(indicator, found, n=1)
    mend = (
        Text(f"是否应为“{near[0]}”？", f"did you mean {near[0]!r}?")
        if near
        else Text(f"可用：{', '.join(found)}", f"computed are {', '.join(found)}")
    )
    what = Text(
        f"“{indicator}”不是由记录计算的数据项", f"no input {indicator!r} is computed from records"
    )
    return Fault("not-computed", what, mend, Where(key=indicator))

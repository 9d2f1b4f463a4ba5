"""The figure of every unit, for one indicator and one period: one query, exact arithmetic.

DuckDB adds up whole numbers and decimals, which is exact; every division happens here, in fractions.
What adds up (counts, sums) is grouped by place as recorded and rolled up to the assessed units; what does
not (medians, samples) is asked for by unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.intake import names
from steelyard.records.query.engine import Asked
from steelyard.records.tally.indicators import Indicator
from steelyard.records.tally.sampled import (
    Answer,
    Estimate,
    defect_share,
    points_lost,
    survey_mean,
)
from steelyard.scheme.tally import Tally

OUTSIDE = ""
"""Where rows end up whose place is unknown, or above the assessed units, so that they cannot be shared out."""

ELSEWHERE = "elsewhere"
"""Where rows end up of places that are not assessed here, as another city's are in a city's own ranking."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What the rows of one unit come to. ``value`` None with rows or none means: no base.

    ``records`` counts the rows, ``unknown`` those of them without a value.
    """

    value: Fraction | None
    records: int
    unknown: int = 0


@dataclass(slots=True)
class Sums:
    """What adds up: rows, rows with a value, and two sums."""

    records: int = 0
    known: int = 0
    first: Fraction = Fraction(0)
    second: Fraction = Fraction(0)

    def add(self, records: int, known: int, first: object, second: object) -> None:
        self.records += records
        self.known += known
        self.first += _exact(first)
        self.second += _exact(second)


def _exact(number: object) -> Fraction:
    return Fraction(0) if number is None else Fraction(cast("int | Decimal", number))


def figures(
    connection: Asked, indicator: Indicator, sql: str, units: Mapping[str, str]
) -> dict[str, Figure]:
    """Figures by unit; rows that belong to none stand under ``OUTSIDE``.

    ``units`` says to which assessed unit each place belongs. A unit without rows is not there.

    Raises:
        Faulty: a share with a numerator above its denominator, a record counted twice, two latest values.
    """
    if indicator.origin is None or not indicator.origin.is_single:
        _refuse_repeated(connection, indicator, sql, units)
    return _HOW[indicator.tally.of](connection, indicator, sql, units)


def _refuse_repeated(
    connection: Asked, indicator: Indicator, sql: str, units: Mapping[str, str]
) -> None:
    """No record twice in one unit: nor of two places that belong to it."""
    counted = {
        place: unit
        for place, unit in units.items()
        if unit != ELSEWHERE and indicator.tally.of != "latest"
    }
    joined = f"LEFT JOIN {_places(counted)} ON m.place = r.unit" if counted else ""
    unit = "coalesce(m.unit, r.unit)" if counted else "r.unit"
    rows = connection.execute(
        f"SELECT CAST(r.record AS VARCHAR), count(*) FROM ({sql}) AS r {joined}"
        f" GROUP BY {unit}, r.record HAVING count(*) > 1 ORDER BY 1 LIMIT 5"
    ).fetchall()
    if rows:
        raise Faulty([counted_twice(indicator, [str(row[0]) for row in rows])])


def counted_twice(indicator: Indicator, records: Sequence[str]) -> Fault:
    """The fault of records that come more than once."""
    listed = ", ".join(records)
    return Fault(
        "record-counted-twice",
        Text(f"同一记录出现多次：{listed}", f"records come more than once: {listed}"),
        Text(
            "联接使行数增多；请用EXISTS或先按记录汇总",
            "a join multiplies them: use EXISTS, or sum up by record first",
        ),
        Where(key=f"inputs.{indicator.code}.records"),
    )


def _refused(code: str, indicator: Indicator, what: Text, mend: Text) -> Faulty:
    return Faulty([Fault(code, what, mend, Where(key=f"inputs.{indicator.code}.records"))])


# --- what adds up ---------------------------------------------------------------------------


def _sums(connection: Asked, sql: str, columns: str, units: Mapping[str, str]) -> dict[str, Sums]:
    """``columns`` are four aggregates: rows, rows with a value, two sums."""
    found: dict[str, Sums] = {}
    rows = connection.execute(sums_asked(sql, columns)).fetchall()
    for place, *numbers in sorted(rows, key=lambda row: row[0] or ""):
        found.setdefault(units.get(place, OUTSIDE), Sums()).add(*numbers)
    return found


def sums_asked(sql: str, columns: str) -> str:
    """The statement that asks for the sums of a query."""
    return f"SELECT unit, {columns} FROM ({sql}) GROUP BY unit"


def sums_columns(indicator: Indicator) -> str | None:
    """The four aggregates of an indicator that adds up; None of one that does not."""
    has_value = "value" in indicator.query.columns
    match indicator.tally.of:
        case "count":
            return _COUNTED
        case "sum" | "mean":
            return _VALUED
        case "share":
            return _TRUE if has_value else _DIVIDED
        case "ratio":
            return _DIVIDED
        case _:
            return None


_COUNTED = "count(*), count(*), NULL, NULL"
_VALUED = "count(*), count(value), sum(value), NULL"
_TRUE = "count(*), count(value), sum(CASE WHEN value THEN 1 ELSE 0 END), NULL"
_DIVIDED = (
    "count(*), count(numerator + denominator),"
    " sum(numerator) FILTER (denominator IS NOT NULL),"
    " sum(denominator) FILTER (numerator IS NOT NULL)"
)


def _of_sums(
    columns: str, value: Callable[[Sums], Fraction | None]
) -> Callable[..., dict[str, Figure]]:
    def found(
        connection: Asked, _: Indicator, sql: str, units: Mapping[str, str]
    ) -> dict[str, Figure]:
        sums = _sums(connection, sql, columns, units)
        return {
            unit: Figure(value(one), one.records, one.records - one.known)
            for unit, one in sums.items()
        }

    return found


def _ratio(first: Fraction, second: Fraction | int) -> Fraction | None:
    return first / second if second else None


def _share(
    connection: Asked, indicator: Indicator, sql: str, units: Mapping[str, str]
) -> dict[str, Figure]:
    if "value" in indicator.query.columns:
        found = _of_sums(_TRUE, lambda one: _ratio(one.first, one.known))
        return found(connection, indicator, sql, units)
    _refuse_beyond(connection, indicator, sql)
    return _of_sums(_DIVIDED, lambda one: _ratio(one.first, one.second))(
        connection, indicator, sql, units
    )


def _refuse_beyond(connection: Asked, indicator: Indicator, sql: str) -> None:
    rows = connection.execute(
        f"SELECT CAST(record AS VARCHAR) FROM ({sql})"
        f" WHERE numerator > denominator OR numerator < 0 ORDER BY 1 LIMIT 5"
    ).fetchall()
    if rows:
        listed = ", ".join(str(row[0]) for row in rows)
        what = Text(
            f"分子大于分母或为负：{listed}", f"numerators above denominators, or negative: {listed}"
        )
        mend = Text(
            "请核对记录；若可超过1，请用ratio", "check the records; use ratio, if it may be above 1"
        )
        raise _refused("share-beyond", indicator, what, mend)


# --- what does not --------------------------------------------------------------------------


def _places(units: Mapping[str, str]) -> str:
    """SQL of the places and the units they belong to."""
    rows = ", ".join(
        f"({names.text(place)}, {names.text(unit)})" for place, unit in sorted(units.items())
    )
    return f"(VALUES {rows}) AS m(place, unit)"


_UNIT = f"coalesce(m.unit, {names.text(OUTSIDE)})"
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
_DISCRETE = "quantile_disc(r.value, 0.5), -quantile_disc(-r.value, 0.5), 0"
_OF_WHOLE = "median(r.value), median(r.value), max(abs(r.value))"
_EXACT_IN_DOUBLE = 2**52


def _median(
    connection: Asked, _: Indicator, sql: str, units: Mapping[str, str]
) -> dict[str, Figure]:
    """The middle value, or the mean of the two in the middle, exactly.

    DuckDB's own median answers in binary floating point, which is exact for whole numbers below 2⁵²;
    it costs half of asking for both values in the middle.
    """
    kinds = connection.execute(f"SELECT typeof(value) FROM ({sql}) LIMIT 1").fetchall()
    is_whole = bool(kinds) and kinds[0][0] in _WHOLE
    rows = _middles(connection, _OF_WHOLE if is_whole else _DISCRETE, sql, units)
    if any(largest is not None and largest >= _EXACT_IN_DOUBLE for *_, largest in rows):
        rows = _middles(connection, _DISCRETE, sql, units)
    return {
        unit: Figure((_exact(low) + _exact(high)) / 2 if known else None, records, records - known)
        for unit, records, known, low, high, _ in rows
    }


def _middles(
    connection: Asked, middles: str, sql: str, units: Mapping[str, str]
) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"SELECT {_UNIT} AS belongs, count(*), count(r.value), {middles} FROM ({sql}) AS r"
        f" LEFT JOIN {_places(units)} ON r.unit = m.place GROUP BY belongs"
    ).fetchall()


def _latest(
    connection: Asked, indicator: Indicator, sql: str, units: Mapping[str, str]
) -> dict[str, Figure]:
    """The value of the latest day, of the unit itself: those of places below it are others."""
    rows = connection.execute(
        f"WITH r AS ({sql}), l AS (SELECT unit, count(*) AS n, count(value) AS known,"
        " max(day) FILTER (value IS NOT NULL) AS day FROM r GROUP BY unit)"
        " SELECT l.unit, l.n, l.known, min(r.value), max(r.value) FROM l LEFT JOIN r"
        " ON r.unit = l.unit AND r.day = l.day AND r.value IS NOT NULL GROUP BY 1, 2, 3"
    ).fetchall()
    found = {}
    for unit, records, known, low, high in sorted(rows, key=lambda row: row[0] or ""):
        if units.get(unit) != unit:
            continue
        if low != high:
            what = Text(
                f"“{unit}”在同一天有两个最新值", f"{unit!r} has two values of its latest day"
            )
            mend = Text("请更正报送", "correct the delivery")
            raise _refused("two-latest", indicator, what, mend)
        value = None if low is None else _exact(low)
        found[unit] = Figure(value, records, records - known)
    return found


def _sampled(
    connection: Asked, indicator: Indicator, sql: str, units: Mapping[str, str]
) -> dict[str, Figure]:
    """What a sample gives: its value, or what else the tally asks for."""
    if "numerator" in indicator.query.columns:
        _refuse_beyond(connection, indicator, sql)
    found = {}
    for unit, rows in sorted(sampled_rows(connection, indicator, sql, units).items()):
        known = [row for row in rows if None not in row]
        estimate = estimated(indicator, known)
        value = None if estimate is None else _asked(estimate, indicator.tally)
        found[unit] = Figure(value, len(rows), len(rows) - len(known))
    return found


def sampled_rows(
    connection: Asked, indicator: Indicator, sql: str, units: Mapping[str, str]
) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each unit: stratum, then value (and weight), or lost and possible."""
    given = indicator.query.columns
    stratum = "coalesce(r.stratum, '')" if "stratum" in given else "''"
    asked = [name for name in ("value", "weight", "numerator", "denominator") if name in given]
    rows = connection.execute(
        f"SELECT {_UNIT}, {stratum}, {', '.join(f'r.{name}' for name in asked)}"
        f" FROM ({sql}) AS r LEFT JOIN {_places(units)} ON r.unit = m.place"
    ).fetchall()
    found: dict[str, list[tuple[Any, ...]]] = {}
    for unit, *row in rows:
        found.setdefault(unit, []).append(tuple(row))
    return found


def estimated(indicator: Indicator, rows: list[tuple[Any, ...]]) -> Estimate | None:
    tally = indicator.tally
    if tally.of == "survey_mean":
        return survey_mean(list(_answers(rows)), tally.confidence)
    if "value" in indicator.query.columns:
        return defect_share(sum(bool(row[1]) for row in rows), len(rows), tally.confidence)
    return points_lost(list(_answers(rows)), tally.confidence)


def _answers(rows: list[tuple[Any, ...]]) -> Iterator[Answer]:
    for stratum, value, weight in rows:
        yield Answer(Fraction(value), Fraction(weight), stratum)


def _asked(estimate: Estimate, tally: Tally) -> Fraction | None:
    match tally.give:
        case "sample":
            return Fraction(estimate.sample)
        case "standard_error":
            return estimate.standard_error
        case "low":
            return estimate.low
        case "high":
            return estimate.high
        case _:
            return estimate.value


_HOW: dict[str, Callable[..., dict[str, Figure]]] = {
    "count": _of_sums(_COUNTED, lambda one: Fraction(one.records)),
    "sum": _of_sums(_VALUED, lambda one: one.first),
    "mean": _of_sums(_VALUED, lambda one: _ratio(one.first, one.known)),
    "share": _share,
    "ratio": _of_sums(_DIVIDED, lambda one: _ratio(one.first, one.second)),
    "median": _median,
    "latest": _latest,
    "survey_mean": _sampled,
    "defect_rate": _sampled,
}
EMPTY: Mapping[str, Fraction | None] = {"count": Fraction(0), "sum": Fraction(0)}
"""What no rows at all come to, where the table was delivered: nought of what is counted, else no base."""

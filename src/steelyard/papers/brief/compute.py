"""How is a figure computed, and what stands behind it? From records by a tally, or from a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.papers.brief.figure import BOUNDS, Behind, Bound, Figure
from steelyard.papers.brief.reads import Reads
from steelyard.papers.brief.template import Spec, Template
from steelyard.records.catalogue.model import PLACES
from steelyard.records.disclosure import USUAL, Rule
from steelyard.records.tally.coverage import reach_through
from steelyard.weighing.result import Result

Row = Mapping[str, Any]

_NEEDED = ("record", "value", "delivery")
_NO_RECORDS = Text("没有相应记录", "there are no such records")
_NOT_DELIVERED = Text("没有单位报送该表", "nobody delivered the table")
_NO_VALUE = Text("记录中有空缺", "a record lacks the value")
_NOT_ONE = Text("记录互不一致", "the records do not agree")
_NO_RESULT = Text("没有考核结果", "there is no result")
_NOT_RANKED = Text("考核结果中没有", "the result does not have it")


@dataclass(frozen=True)
class Asked:
    """Whose brief it is, and where its figures come from."""

    reads: Reads
    result: Result | None
    unit: str
    rule: Rule = USUAL

    @property
    def parameters(self) -> Mapping[str, Any]:
        period = self.reads.period
        return {"unit": self.unit, "from": period.starts, "to": period.ends}


def figures_of(template: Template, asked: Asked, file: str) -> Mapping[str, Figure]:
    """Every figure of the template by its name.

    Raises:
        Faulty: with every query that may not run, does not run, or lacks a column.
    """
    found: dict[str, Figure] = {}
    faults: list[Fault] = []
    for name, spec in template.figures.items():
        try:
            found[name] = _of_result(spec, asked) if spec.result else _of_records(spec, asked)
        except Faulty as error:
            where = Where(file=file, key=f"figures.{name}.records")
            faults += [one.at(where) for one in error.faults]
    if faults:
        raise Faulty(faults)
    return found


# --- from records ---------------------------------------------------------------------------


def _of_records(spec: Spec, asked: Asked) -> Figure:
    tables = _tables(spec, asked)
    rows = sorted(
        asked.reads.rows(spec.records, asked.parameters),
        key=lambda row: (str(row.get("day") or ""), str(row["record"])),
    )
    if not rows:
        return _without_rows(spec, asked, tables)
    figure = Figure(
        spec=spec,
        state="known",
        bound=_bound(rows),
        behind=_behind(rows, tables, asked),
        source=spec.source or _source(rows, asked),
        is_sample=_is_sample(rows, asked),
    )
    value, why = _tallied(spec, rows)
    if value is None:
        return replace(figure, state="no_data", why=why)
    counts = spec.tally in ("count", "distinct", "sum")
    if counts and asked.rule.hides(len(rows), tables, asked.reads.catalogue):
        behind = replace(figure.behind, records=())
        return replace(figure, state="suppressed", behind=behind, instead=asked.rule.instead)
    return replace(figure, value=value)


def _tables(spec: Spec, asked: Asked) -> tuple[str, ...]:
    """The tables that the query reads, as its gate finds them; it must give what a figure needs."""
    from steelyard.records.query.gate import passed

    query, faults = passed(spec.records, asked.reads.catalogue, asked.parameters, Where())
    if query is None:
        raise Faulty(faults)
    lacking = [name for name in _NEEDED if name not in query.columns]
    if lacking:
        raise Faulty([_lacks(lacking)])
    return tuple(table for table in query.tables if table != PLACES)


def _without_rows(spec: Spec, asked: Asked, tables: Sequence[str]) -> Figure:
    """Nothing counted is 0 only where somebody who speaks for the unit delivered every table."""
    speaking = [_speaking(table, asked) for table in tables]
    figure = Figure(spec=spec, state="no_data", behind=Behind(tables=tuple(tables)))
    if not all(speaking):
        return replace(figure, why=_NOT_DELIVERED)
    if spec.tally not in ("count", "distinct"):
        return replace(figure, why=_NO_RECORDS)
    rows = [{"delivery": one} for one in dict.fromkeys(d for some in speaking for d in some)]
    return replace(
        figure, state="known", value=Fraction(0),
        behind=replace(_behind(rows, tables, asked), records=()),
        source=spec.source or _source(rows, asked), is_sample=_is_sample(rows, asked),
    )  # fmt: skip


def _speaking(table: str, asked: Asked) -> list[str]:
    """Deliveries that speak for the unit; none, if together they leave out days of the period."""
    found = {
        code: one
        for code, one in asked.reads.standing.items()
        if one.table == table and (not one.covers or asked.unit in one.covers)
    }
    is_dated = bool(asked.reads.catalogue.tables[table].dated)
    if is_dated and not reach_through(found.values(), asked.reads.period):
        return []
    return list(found)


def _tallied(spec: Spec, rows: Sequence[Row]) -> tuple[Fraction | Text | None, Text]:
    """The value, or why there is none. A row without a value is no 0."""
    if spec.tally == "count":
        return Fraction(len({row["record"] for row in rows})), Text()
    values = [_exactly(row) for row in rows]
    known = [value for value in values if value is not None]
    if len(known) < len(values) and spec.tally != "latest":
        return None, _NO_VALUE
    if spec.tally == "distinct":
        return Fraction(len(set(known))), Text()
    if spec.tally == "sum":
        return sum((_summand(value) for value in known), Fraction(0)), Text()
    if spec.tally == "list":
        return _listed(known), Text()
    if spec.tally == "latest":
        newest = [row for row in rows if row.get("day") == rows[-1].get("day")]
        known = [value for row in newest if (value := _exactly(row)) is not None]
    return (known[0], Text()) if len(set(known)) == 1 else (None, _NOT_ONE if known else _NO_VALUE)


def _exactly(row: Row) -> Fraction | Text | None:
    """The value as it is; of a text, its English beside it if the query gives ``value_en``."""
    value = row["value"]
    if value is None:
        return None
    if isinstance(value, str):
        return Text(value, str(row.get("value_en") or ""))
    if isinstance(value, bool | int | Decimal | Fraction):
        return Fraction(value)
    raise Faulty([_inexact(value)])


def _summand(value: Fraction | Text) -> Fraction:
    if isinstance(value, Text):
        raise Faulty([_inexact(value.zh)])
    return value


def _listed(values: Sequence[Fraction | Text]) -> Text:
    """Each once, in the order of their days."""
    texts = [one if isinstance(one, Text) else same(plain(one)) for one in dict.fromkeys(values)]
    return Text("、".join(one.zh for one in texts), ", ".join(one.say("en") for one in texts))


def _bound(rows: Sequence[Row]) -> Bound:
    """As the figure was put; where several say different things, the vaguest that all of them bear."""
    said = [one for row in rows for one in BOUNDS if row.get("bound") == one]
    return max(said, key=BOUNDS.index, default="exact")


def _behind(rows: Iterable[Row], tables: Sequence[str], asked: Asked) -> Behind:
    rows = list(rows)
    deliveries = tuple(sorted({str(row["delivery"]) for row in rows}))
    bodies = dict.fromkeys(
        asked.reads.standing[one].body for one in deliveries if one in asked.reads.standing
    )
    records = tuple(dict.fromkeys(str(row.get("record")) for row in rows))
    return Behind(records, tuple(tables), deliveries, tuple(bodies))


def _source(rows: Iterable[Row], asked: Asked) -> Text:
    """As the rows name it, else as their deliveries do.

    What rows name is quoted as it stands; in English their deliveries' words come before it.
    """
    rows = list(rows)
    own = dict.fromkeys(str(row["source"]) for row in rows if row.get("source"))
    of = dict.fromkeys(str(row["delivery"]) for row in rows)
    known = [asked.reads.standing[one].source for one in of if one in asked.reads.standing]
    english = "; ".join(dict.fromkeys(one.en for one in known if one.en))
    if own:
        quoted = "；".join(own)
        return Text(quoted, f"{english} ({quoted})" if english else quoted)
    return Text("；".join(dict.fromkeys(one.zh for one in known if one.zh)), english)


def _is_sample(rows: Iterable[Row], asked: Asked) -> bool:
    """A row says itself whether it is real; else its delivery does."""
    return any(_row_is_sample(row, asked) for row in rows)


def _row_is_sample(row: Row, asked: Asked) -> bool:
    if row.get("is_real") is not None:
        return not row["is_real"]
    delivery = asked.reads.standing.get(str(row["delivery"]))
    return delivery is not None and bool(delivery.sample)


# --- from a result --------------------------------------------------------------------------


def _of_result(spec: Spec, asked: Asked) -> Figure:
    result, field = asked.result, spec.result or "rank"
    if result is None:
        return Figure(spec=spec, state="no_data", result_field=field, why=_NO_RESULT)
    value = _in_result(field, result, asked.unit)
    figure = Figure(
        spec=spec, state="known", value=value, result_field=f"ranking.{asked.unit}.{field}",
        source=spec.source or _of_scheme(result), is_sample=result.label == "sample",
    )  # fmt: skip
    return figure if value is not None else replace(figure, state="no_data", why=_NOT_RANKED)


def _in_result(field: str, result: Result, unit: str) -> Fraction | Text | None:
    standing = result.standing.get(unit)
    if field == "units":
        return Fraction(sum(one.rank is not None for one in result.standings))
    if standing is None:
        return None
    if field == "grade":
        titles = {grade.code: grade.title for grade in result.scheme.grades}
        return titles.get(standing.grade) or (same(standing.grade) if standing.grade else None)
    found = getattr(standing, field)
    return None if found is None else Fraction(found)


def _of_scheme(result: Result) -> Text:
    title, version = result.scheme.title, result.scheme.version
    return Text(
        f"《{title.say('zh')}》（版本{version}）的考核结果",
        f"result of “{title.say('en')}”, version {version}",
    )


def _lacks(columns: Sequence[str]) -> Fault:
    listed = ", ".join(columns)
    what = Text(f"查询没有给出{listed}", f"the query does not give {listed}")
    mend = Text("每行要有record、value、delivery", "each row needs record, value and delivery")
    return Fault("query-lacks-column", what, mend)


def _inexact(value: object) -> Fault:
    what = Text(f"“{value!r}”不是精确的数", f"{value!r} is no exact number")
    mend = Text("请给出整数、小数或文字", "give whole numbers, decimals or texts")
    return Fault("inexact-value", what, mend)

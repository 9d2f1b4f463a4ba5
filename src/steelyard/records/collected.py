"""Values that an assessment collected: figures on sheets, judgements, statuses of items, from a snapshot.

They are frozen as records like any other, in their exact writing, so that whoever has the snapshot
weighs what the office weighed. A settled difference counts as it was settled; both figures stay in
the value's source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar, cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import Cell, Status, Value, Values, typed

SUPPLIED, JUDGED, STATUSES, SETTLED = (
    "supplied_figures", "judgements", "item_statuses", "settlements",
)  # fmt: skip
TABLES = (SUPPLIED, JUDGED, STATUSES, SETTLED)
_Key = tuple[str, str, str]
"""Unit, input, period."""


def collected(scheme: Scheme, snapshot: Snapshot) -> Values:
    """What was collected for the scheme's units; nothing, from a snapshot without such tables.

    Raises:
        Faulty: a figure is not of the type that the scheme gives its input: all of them at once.
    """
    faults: list[Fault] = []
    cells: dict[tuple[str, str], dict[str, Cell]] = {}
    settled = {_key(row): row for row in _rows(snapshot, SETTLED)}
    for table, by in ((SUPPLIED, "supplying_body"), (JUDGED, "scoring_body")):
        for row in _rows(snapshot, table):
            if row["indicator"] in scheme.inputs and row["place"] in scheme.unit:
                cell = _cell(scheme, table, row, by, settled.get(_key(row)), faults)
                cells.setdefault((row["indicator"], row["period"]), {})[row["place"]] = cell
    for key, row in settled.items():
        if _gives_alone(scheme, row) and row["place"] not in cells.get(key[1:], {}):
            value = _typed(scheme, row["indicator"], row["value"], row, SETTLED, faults)
            source = _both(Text("未报送", "none supplied"), _settled(row))
            cells.setdefault(key[1:], {})[row["place"]] = Cell(value, source=source)
    if faults:
        raise Faulty(faults)
    return Values(cells, _statuses(scheme, snapshot))


def _key(row: Mapping[str, Any]) -> _Key:
    return row["place"], row["indicator"], row["period"]


def _gives_alone(scheme: Scheme, row: Mapping[str, Any]) -> bool:
    """Whether a settlement gives a figure that nobody supplied and no record gives."""
    given = scheme.inputs.get(row["indicator"])
    if given is None or given.records or row["place"] not in scheme.unit:
        return False
    return row["accepted"] != "supplied" and row.get("value") is not None


def _rows(snapshot: Snapshot, table: str) -> list[dict[str, Any]]:
    if table not in snapshot.files:
        return []
    return cast("list[dict[str, Any]]", snapshot.table(table).to_pylist())


def _cell(
    scheme: Scheme, table: str, row: Mapping[str, Any], by: str, settled: Mapping[str, Any] | None,
    faults: list[Fault],
) -> Cell:  # fmt: skip
    source = _from(scheme, table, row[by])
    value = _typed(scheme, row["indicator"], row["value"], row, table, faults)
    if settled is None and value is None and row.get("status"):
        return Cell(None, cast("Status", row["status"]), _noted(source, row.get("note") or ""))
    if settled is None:
        return Cell(value, source=source)
    told = Text(f"{source.zh} {row['value']}", f"{source.en} {row['value']}")
    said = _both(told, _settled(settled))
    if settled["accepted"] == "supplied" or settled.get("value") is None:
        return Cell(value, source=said)
    return Cell(
        _typed(scheme, row["indicator"], settled["value"], settled, SETTLED, faults), source=said
    )


def _from(scheme: Scheme, table: str, body: str) -> Text:
    """Which body gave it: in Chinese by its name, in English by its code, as programs read it."""
    named = scheme.bodies[body].say("zh") if body in scheme.bodies else body
    return Text(f"{_GIVEN[table]}：{named}", f"{table}: {body}")


_GIVEN = {SUPPLIED: "提供", JUDGED: "评分"}


def _noted(source: Text, note: str) -> Text:
    return Text(f"{source.zh}，{note}" if note else source.zh, f"{source.en}: {note}")


def _settled(row: Mapping[str, Any]) -> Text:
    on, reason = row["settled_on"], row["reason"]
    return Text(f"{on}核定，{reason}", f"settled on {on}, {reason}")


def _both(first: Text, then: Text) -> Text:
    return Text(f"{first.zh}；{then.zh}", f"{first.en}; {then.en}")


def _typed(
    scheme: Scheme,
    code: str,
    text: str | None,
    row: Mapping[str, Any],
    table: str,
    faults: list[Fault],
) -> Value | None:
    if not text:
        return None
    try:
        return typed(text, scheme.inputs[code].type)
    except ValueError:
        faults.append(_wrong(table, row, text))
        return Fraction(0)


def _wrong(table: str, row: Mapping[str, Any], text: str) -> Fault:
    of = f"{row['place']} · {row['indicator']} · {row['period']}"
    return Fault(
        "wrong-type",
        Text(f"{of}：“{text}”不是该数据项要求的类型", f"{of}: {text!r} is not of the input's type"),
        Text("请更正该数据表并重新冻结", "correct the sheet, and freeze again"),
        Where(file=table),
    )


def _statuses(scheme: Scheme, snapshot: Snapshot) -> dict[str, dict[str, Status]]:
    found: dict[str, dict[str, Status]] = {}
    for row in _rows(snapshot, STATUSES):
        is_ours = row["period"] == scheme.period_label and row["item"] in scheme.item
        if is_ours and row["place"] in scheme.unit:
            found.setdefault(row["item"], {})[row["place"]] = row["status"]
    return found


def over(typed_values: Values | None, found: Values) -> Values:
    """Collected values, and over them those typed by hand, which whoever asks has given on purpose."""
    if typed_values is None:
        return found
    cells = _joined(found.cells, typed_values.cells)
    statuses = _joined(found.item_statuses, typed_values.item_statuses)
    return replace(typed_values, cells=cells, item_statuses=statuses)


K = TypeVar("K")
V = TypeVar("V")


def _joined(
    below: Mapping[K, Mapping[str, V]], above: Mapping[K, Mapping[str, V]]
) -> dict[K, dict[str, V]]:
    """By unit: what stands above covers what stands below."""
    return {key: {**below.get(key, {}), **above.get(key, {})} for key in {**below, **above}}

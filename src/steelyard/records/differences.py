"""Where does a unit's own figure differ from the supplied one, and how was that settled?

Self-reported figures and settlements are records like any other: tables of the snapshot. A gap is open
until a settlement says which figure is accepted, and why. Both figures stay in the value's source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, cast

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.exact import exact, plain
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import Cell, Values

REPORTED, SETTLED = "self_reported_figures", "settlements"
_LEAST = Fraction(1, 2_000_000)
"""Half of the last place of a self-reported figure: a third is reported as 0.333333."""
Accepted = Literal["supplied", "self_reported", "other"]


@dataclass(frozen=True, slots=True)
class Settlement:
    """Which figure is accepted, why, and since when. ``found``: the figure that counts, as it was written,
    which is no number where the figure is a yes or no, a day or a text."""

    accepted: Accepted
    reason: str
    settled_on: str
    found: str = ""

    @property
    def value(self) -> Fraction | None:
        """Of a figure that is a number."""
        return exact(self.found) if self.found else None


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that a unit reports otherwise than it was supplied. None is: no figure."""

    unit: str
    indicator: str
    period: str
    reported: Fraction
    supplied: Fraction | None
    records: int
    settlement: Settlement | None = None

    @property
    def gap(self) -> Fraction | None:
        """Reported less supplied."""
        return None if self.supplied is None else self.reported - self.supplied


def differences(
    scheme: Scheme, snapshot: Snapshot, typed: Values | None = None
) -> tuple[Difference, ...]:
    """Every gap, settled or open, by indicator and unit. ``typed`` are values that no record gives."""
    from steelyard.records.tally.tally import supplied

    values = supplied(scheme, snapshot, typed)
    return tuple(_differing(scheme, snapshot, values))


def settled(
    scheme: Scheme, snapshot: Snapshot, values: Values, *, but: Collection[str] = ()
) -> Values:
    """The values with those settlements that accept a unit's own figure, ``but`` for some inputs."""
    cells = dict(values.cells)
    for one in _differing(scheme, snapshot, values):
        if one.settlement is None or one.indicator in but:
            continue
        key = (one.indicator, one.period)
        cells[key] = {**cells[key], one.unit: _accepted(cells[key][one.unit], one)}
    return replace(values, cells=cells)


def _accepted(cell: Cell, one: Difference) -> Cell:
    assert one.settlement is not None
    said = _told(cell.source, one, one.settlement)
    if one.settlement.accepted == "self_reported":
        return replace(cell, value=one.reported, status="", source=said)
    if one.settlement.accepted == "other":
        return replace(cell, value=one.settlement.value, status="", source=said)
    return replace(cell, source=said)


def _told(source: Text, one: Difference, settled: Settlement) -> Text:
    supplied = Text("无", "none") if one.supplied is None else same(plain(one.supplied))
    reported = plain(one.reported)
    return Text(
        f"{source.zh}；提供{supplied.zh}，自报{reported}：{settled.settled_on}核定采用{_TAKEN[settled.accepted]}，"
        f"{settled.reason}",
        f"{source.en}; supplied {supplied.en}, self-reported {reported}:"
        f" {settled.accepted} accepted on {settled.settled_on}, {settled.reason}",
    )


_TAKEN = {"supplied": "提供数", "self_reported": "自报数", "other": "其他数"}


def _differing(scheme: Scheme, snapshot: Snapshot, values: Values) -> Iterator[Difference]:
    if REPORTED not in snapshot.files:
        return
    settlements = _settlements(snapshot)
    for row in _rows(snapshot, REPORTED):
        unit, indicator, period = row["place"], row["indicator"], row["period"]
        cell = values.cell(indicator, period, unit)
        if cell is None or unit not in scheme.unit or cell.records is None:
            continue
        supplied = cast("Fraction | None", cell.value)
        reported = Fraction(row["value"])
        if _is_gap(reported, supplied):
            key = (unit, indicator, period)
            yield Difference(
                unit, indicator, period, reported, supplied, cell.records, settlements.get(key)
            )


def _is_gap(reported: Fraction, supplied: Fraction | None) -> bool:
    """Whether they differ by more than the places of a reported figure can say."""
    return supplied is None or abs(reported - supplied) > _LEAST


def _settlements(snapshot: Snapshot) -> Mapping[tuple[str, str, str], Settlement]:
    if SETTLED not in snapshot.files:
        return {}
    return {
        (row["place"], row["indicator"], row["period"]): Settlement(
            row["accepted"], row["reason"], str(row["settled_on"]), row.get("value") or ""
        )
        for row in _rows(snapshot, SETTLED)
    }


def _rows(snapshot: Snapshot, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = snapshot.table(table).to_pylist()
    return sorted(rows, key=lambda row: (row["indicator"], row["place"], row["period"]))

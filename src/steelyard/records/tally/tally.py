"""``values = tally(scheme, snapshot)``: every computed input of every unit, with its rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.query.engine import Asked, Limits, refusing
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.coverage import Coverage
from steelyard.records.tally.figures import ELSEWHERE, EMPTY, OUTSIDE, Figure, figures
from steelyard.records.tally.indicators import (
    Indicator,
    filled,
    filled_tree,
    indicators_of,
)
from steelyard.records.tally.periods import before, earlier_asked, earlier_periods
from steelyard.records.tally.sources import samples_read
from steelyard.records.tally.together import together
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import Cell, Status, Values

if TYPE_CHECKING:
    from sqlglot import exp


_NO_REASON = Text()
Progress = Callable[[str, float, int], None]


@dataclass(frozen=True, slots=True)
class Computed:
    """One figure of one unit: its value or why there is none, and how many rows stand behind it."""

    value: Fraction | None
    status: Status = ""
    records: int = 0
    unknown: int = 0
    why: Text = _NO_REASON

    def cell(self, indicator: Indicator, catalogue: Catalogue) -> Cell:
        return Cell(self.value, self.status, self._said(indicator, catalogue), self.records)

    def _said(self, indicator: Indicator, catalogue: Catalogue) -> Text:
        """In English the tables as a query names them, as programs read it; in Chinese their titles."""
        tables = indicator.query.tables
        empty = Text(f"{self.unknown}条无数值", f"{self.unknown} without a value")
        notes = [*([empty] if self.unknown else []), *([self.why] if self.why else [])]
        zh, en = "；".join(one.zh for one in notes), "; ".join(one.en for one in notes)
        return Text(
            f"{_titles(catalogue, tables)}{self.records}条记录" + (f"（{zh}）" if zh else ""),
            f"{self.records} records of {', '.join(tables)}" + (f" ({en})" if en else ""),
        )


@dataclass(frozen=True)
class Tallied:
    """What tallying found: the values, and rows that belong to no assessed unit, by indicator.

    Those of earlier periods that were asked for count, too.
    """

    values: Values
    outside: Mapping[str, int]


def tally(
    scheme: Scheme,
    snapshot: Snapshot,
    typed: Values | None = None,
    *,
    limits: Limits | None = None,
    progress: Progress = lambda *_: None,
) -> Values:
    """The values of a scheme from the records of a snapshot.

    An input with ``records`` is computed; all others are taken from ``typed``, or as they were
    collected and frozen (:mod:`steelyard.records.collected`). What was not
    delivered for a unit is missing. Settled differences count as they were settled.

    Raises:
        Faulty: with every fault of every query; a query ran past its limits; the snapshot lacks a place.
    """
    return tallied(scheme, snapshot, typed, limits=limits, progress=progress).values


def tallied(
    scheme: Scheme,
    snapshot: Snapshot,
    typed: Values | None = None,
    *,
    limits: Limits | None = None,
    progress: Progress = lambda *_: None,
) -> Tallied:
    """As :func:`tally`, with what belongs to no assessed unit."""
    from steelyard.records.differences import settled

    found = _supplied(scheme, snapshot, typed, limits or Limits(), progress)
    return replace(found, values=settled(scheme, snapshot, found.values))


def supplied(
    scheme: Scheme, snapshot: Snapshot, typed: Values | None = None, *, limits: Limits | None = None
) -> Values:
    """The figures as supplied, no difference settled."""
    return _supplied(scheme, snapshot, typed, limits or Limits(), lambda *_: None).values


def _supplied(
    scheme: Scheme, snapshot: Snapshot, typed: Values | None, limits: Limits, progress: Progress
) -> Tallied:
    """As supplied; what is told per another input is told per what was accepted of that."""
    from steelyard.records.differences import settled

    found = _counted(scheme, snapshot, typed, limits, progress)
    per = {code for code, one in scheme.inputs.items() if one.tally is not None and one.tally.per}
    if not per:
        return found
    divided = _per(scheme, settled(scheme, snapshot, found.values, but=per))
    cells = {
        key: (divided if key[0] in per else found.values).cells[key] for key in found.values.cells
    }
    return replace(found, values=replace(found.values, cells=cells))


def _counted(
    scheme: Scheme, snapshot: Snapshot, typed: Values | None, limits: Limits, progress: Progress
) -> Tallied:
    from steelyard.records.collected import collected, over

    typed = over(typed, collected(scheme, snapshot))
    indicators = indicators_of(scheme, snapshot.catalogue)
    work = _Work(scheme, snapshot, limits)
    work.check_places()
    tables = {table for one in indicators for table in one.query.tables}
    snapshot.check_sealed(tables)
    cells: dict[tuple[str, str], dict[str, Cell]] = {}
    with snapshot.reading(limits, tables=tables) as reader:
        connection = together(reader, work.asked(indicators))
        for number, one in enumerate(indicators):
            progress(one.code, number, len(indicators))
            for label, period in work.periods_of(one):
                computed = work.computed(connection, one, period)
                cells[(one.code, label)] = {
                    unit: found.cell(one, snapshot.catalogue) for unit, found in computed.items()
                }
    is_sample = bool(samples_read(scheme, snapshot, indicators))
    return Tallied(_joined(cells, typed, snapshot, sample=is_sample), work.outside)


class _Work:
    """One scheme on one snapshot."""

    def __init__(self, scheme: Scheme, snapshot: Snapshot, limits: Limits) -> None:
        self.scheme, self.snapshot, self.limits = scheme, snapshot, limits
        self.coverage = Coverage(snapshot)
        self.outside: dict[str, int] = {}
        self.units = unit_of_places(scheme, snapshot)
        self.back = earlier_asked(scheme)

    def check_places(self) -> None:
        known = {*self.snapshot.parents}
        faults = [
            Fault(
                "unknown-place",
                Text(
                    f"数据快照的地方表中没有“{unit.code}”",
                    f"the snapshot's places lack {unit.code!r}",
                ),
                Text("单位编码应与places一致", "a unit's code is that of a place"),
                Where(key=f"units.{unit.code}"),
            )
            for unit in self.scheme.assessed
            if known and unit.code not in known
        ]
        if faults:
            raise Faulty(faults)

    def periods_of(self, indicator: Indicator) -> list[tuple[str, Period]]:
        """The scheme's own period, and those before it that a formula asks for."""
        back = self.back.get(indicator.code, 0)
        return [
            (self.scheme.period_label, self.scheme.period),
            *islice(earlier_periods(self.scheme), back),
        ]

    def asked(self, indicators: Sequence[Indicator]) -> list[tuple[Indicator, exp.Query]]:
        """Every query that will be run, filled in."""
        return [
            (one, filled_tree(self.scheme, one.query, period))
            for one in indicators
            for period in self._asked_of(one)
        ]

    def _asked_of(self, one: Indicator) -> list[Period]:
        own = [period for _, period in self.periods_of(one)]
        return [*own, before(own[-1])] if one.tally.growth else own

    def computed(self, connection: Asked, one: Indicator, period: Period) -> dict[str, Computed]:
        now = self._raw(connection, one, period)
        if not one.tally.growth:
            return now
        return _grown(now, self._raw(connection, one, before(period)))

    def _raw(self, connection: Asked, one: Indicator, period: Period) -> dict[str, Computed]:
        where = Where(key=f"inputs.{one.code}.records")
        with refusing(self.limits, where):
            found = figures(connection, one, filled(self.scheme, one.query, period), self.units)
        if OUTSIDE in found:
            before = self.outside.get(one.code, 0)
            self.outside[one.code] = before + found[OUTSIDE].records
        return {
            unit.code: self._told(one, found.get(unit.code), period, unit.code)
            for unit in self.scheme.assessed
        }

    def _told(self, one: Indicator, figure: Figure | None, period: Period, unit: str) -> Computed:
        lacking = self.coverage.lacks(one.query.tables, period, unit)
        if lacking:
            titles = _titles(self.snapshot.catalogue, lacking)
            why = Text(f"未报送：{titles}", f"not delivered: {', '.join(lacking)}")
            return Computed(None, "missing", why=why)
        if figure is None:
            value = EMPTY.get(one.tally.of)
            return Computed(value, "" if value is not None else _without(one))
        status: Status = "" if figure.value is not None else _without(one)
        return Computed(figure.value, status, figure.records, figure.unknown)


def _without(one: Indicator) -> Status:
    """Why there is no value though the table was delivered: nothing to divide by, or no figure."""
    return "missing" if one.tally.of == "latest" else "no_base"


def unit_of_places(scheme: Scheme, snapshot: Snapshot) -> dict[str, str]:
    """To which assessed unit each place belongs: itself, or the first above it that is one.

    A place above the assessed units is left out; one beside them is ``ELSEWHERE``.
    """
    assessed = {unit.code for unit in scheme.assessed}
    above = {one for code in assessed for one in _above(code, snapshot.parents)}
    found = {code: code for code in assessed}
    for place in snapshot.parents:
        unit = next((one for one in _above(place, snapshot.parents) if one in assessed), ELSEWHERE)
        if place not in above or place in assessed:
            found[place] = unit
    return found


def _above(place: str, parents: Mapping[str, str]) -> list[str]:
    """The place, the one above it, and so on."""
    found: list[str] = []
    while place and place not in found:
        found.append(place)
        place = parents.get(place, "")
    return found


def _grown(now: Mapping[str, Computed], then: Mapping[str, Computed]) -> dict[str, Computed]:
    """The change on the period before, as a share of it; no base where that is nothing."""
    return {unit: _growth(one, then[unit]) for unit, one in now.items()}


_NOTHING_BEFORE = Text("上期为0", "0 in the period before")


def _titles(catalogue: Catalogue, tables: Iterable[str]) -> str:
    return "、".join(catalogue.tables[one].title.zh for one in tables)


def _growth(now: Computed, then: Computed) -> Computed:
    records, unknown = now.records + then.records, now.unknown + then.unknown
    if now.value is None or then.value is None:
        lacks = now if now.value is None else then
        return Computed(None, lacks.status, records, unknown, lacks.why)
    if not then.value:
        return Computed(None, "no_base", records, unknown, _NOTHING_BEFORE)
    return Computed(now.value / then.value - 1, "", records, unknown)


def _joined(
    cells: Mapping[tuple[str, str], Mapping[str, Cell]], typed: Values | None, snapshot: Snapshot,
    *, sample: bool,
) -> Values:  # fmt: skip
    """Computed cells over typed ones; whether anything that was read is a sample is carried on."""
    base = typed or Values()
    return replace(
        base,
        cells={**base.cells, **cells},
        sample=base.sample or sample,
        snapshot=snapshot.identifier,
    )


def _per(scheme: Scheme, values: Values) -> Values:
    """Figures that are told per another input of the unit, divided by it; typed ones are already."""
    cells = dict(values.cells)
    for (code, period), of_units in values.cells.items():
        one = scheme.inputs.get(code)
        if one is None or one.tally is None or not one.tally.per:
            continue
        tally = one.tally
        cells[(code, period)] = {
            unit: cell
            if cell.records is None
            else _divided(cell, values.cell(tally.per, period, unit), tally.times)
            for unit, cell in of_units.items()
        }
    return replace(values, cells=cells)


def _divided(cell: Cell, by: Cell | None, times: Fraction) -> Cell:
    if cell.value is None:
        return cell
    divisor = None if by is None else by.value
    if not isinstance(divisor, Fraction) or not isinstance(cell.value, Fraction):
        return replace(cell, value=None, status="missing")
    if not divisor:
        return replace(cell, value=None, status="no_base")
    return replace(cell, value=cell.value / divisor * times)

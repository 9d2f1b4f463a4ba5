"""A published statistic as a table of places and years. Totals add up what is shown, and say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from steelyard.kernel.bilingual import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, or that it is hidden: ``value`` is None. ``is_least``: something hidden is not in it."""

    value: Decimal | None
    is_least: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True)
class Line:
    """A place with its figure of each year, and their total."""

    place: str
    figures: tuple[Figure, ...]
    total: Figure


@dataclass(frozen=True, slots=True)
class Table:
    """One thing counted or added up. ``column``: None for the count, else which sum."""

    title: Text
    unit: Text
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    totals: tuple[Figure, ...]
    total: Figure

    @property
    def bars(self) -> Sequence[tuple[int, Figure, int]]:
        return bars(self.years, self.totals)


def bars(years: Sequence[int], totals: Sequence[Figure]) -> list[tuple[int, Figure, int]]:
    """Each year with its total and how long its bar is, in hundredths of the longest."""
    most = max((one.value for one in totals if one.value), default=Decimal(0))
    return [
        (year, one, int(100 * one.value / most) if one.value and most else 0)
        for year, one in zip(years, totals, strict=True)
    ]


@dataclass(frozen=True)
class Statistic:
    """One statistic. ``series``: the publication that it came in."""

    document: Mapping[str, Any]
    series: str = ""

    @property
    def area(self) -> str:
        return str(self.document["area"])

    @property
    def code(self) -> str:
        return str(self.document["code"])

    @property
    def title(self) -> Text:
        return Text(**self.document["title"])

    @property
    def is_sample(self) -> bool:
        return bool(self.document["sample"])

    @property
    def has_hidden(self) -> bool:
        return any(
            one.is_hidden for table in self.tables for line in table.lines for one in line.figures
        )

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The counts, and each sum."""
        rows = {(one["year"], one["place"]): one for one in self.document["rows"]}
        years = tuple(sorted({year for year, _ in rows}))
        places = tuple(sorted({place for _, place in rows}))
        titles = [(Text("件数", "Count"), Text())] + [
            (Text(**one["title"]), Text(**one["unit_of_measure"])) for one in self.document["sums"]
        ]
        return tuple(
            self._table(title, unit, years, places, rows, number - 1)
            for number, (title, unit) in enumerate(titles)
        )

    def _table(
        self, title: Text, unit: Text, years: tuple[int, ...], places: tuple[str, ...],
        rows: Mapping[tuple[int, str], Mapping[str, Any]], column: int,
    ) -> Table:  # fmt: skip
        lines = []
        for place in places:
            figures = tuple(_figure(rows.get((year, place)), column) for year in years)
            lines.append(Line(place, figures, _total(figures)))
        totals = tuple(
            _total([line.figures[number] for line in lines]) for number in range(len(years))
        )
        return Table(title, unit, years, tuple(lines), totals, _total(totals))


def _figure(row: Mapping[str, Any] | None, column: int) -> Figure:
    if row is None:
        return Figure(Decimal(0))
    value = row["count"] if column < 0 else row["sums"][column]
    return Figure(None if value is None else Decimal(value))


def _total(figures: Sequence[Figure]) -> Figure:
    """What is shown, added up; hidden if nothing but hidden figures is in it."""
    shown = [one.value for one in figures if one.value is not None]
    is_least = any(one.is_hidden or one.is_least for one in figures)
    total = sum(shown, Decimal(0))
    return Figure(None if is_least and not total else total, is_least)

"""The values that are weighed: one cell per unit, input and period, and rows of lists.

Values are typed and checked against the scheme that uses them. They are read from tables by
:mod:`steelyard.weighing.read_values`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, cast, get_args

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.exact import exact, plain
from steelyard.scheme.model import InputType, Scheme


class Day(Fraction):
    """A day as its ordinal, so that days can be compared and subtracted; written as a day.

    >>> written(Day.of(date(2021, 7, 31))), Day.of(date(2021, 8, 1)) - Day.of(date(2021, 7, 31))
    ('2021-07-31', Fraction(1, 1))
    """

    __slots__ = ()

    @classmethod
    def of(cls, day: date) -> Day:
        return cls(day.toordinal())

    @property
    def day(self) -> date:
        return date.fromordinal(int(self))


Value = Fraction | str | bool
Status = Literal[
    "", "missing", "no_base", "not_applicable", "no_material", "unreliable", "late", "forged"
]  # fmt: skip
Stage = Literal["self", "provisional", "audited", "final"]
STAGES: tuple[Stage, ...] = get_args(Stage)
Row = Mapping[str, Value | None]


_UNSAID = Text()


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as delivered. None is missing, which is not zero.

    ``records`` is how many frozen records it was computed from; None of a value that was typed. ``source``: whence
    it comes, as people read it.
    """

    value: Value | None
    status: Status = ""
    source: Text = _UNSAID
    records: int | None = None


@dataclass(frozen=True)
class Values:
    """Cells by (input, period) then unit; statuses of whole items; list rows by (list, period).

    ``fixed`` sets a computed quantity of a unit, as only a what-if does. ``sample`` says that some
    came from a file named as a sample. ``snapshot`` is the identifier of the records that some were
    computed from.
    """

    cells: Mapping[tuple[str, str], Mapping[str, Cell]] = field(default_factory=dict)
    item_statuses: Mapping[str, Mapping[str, Status]] = field(default_factory=dict)
    lists: Mapping[tuple[str, str], Mapping[str, tuple[Row, ...]]] = field(default_factory=dict)
    stage: Stage = "final"
    fixed: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    sample: bool = False
    snapshot: str = ""

    @classmethod
    def read(cls, scheme: Scheme, directory: str | Path, *, stage: Stage = "final") -> Values:
        """Read the tables of a directory.

        Raises:
            Faulty: with every fault, each at its file, row and column.
        """
        from steelyard.weighing.read_values import read_values

        return read_values(scheme, Path(directory), stage=stage)

    @classmethod
    def of(
        cls,
        scheme: Scheme,
        values: Mapping[str, Mapping[str, object]],
        *,
        earlier: Mapping[str, Mapping[str, Mapping[str, object]]] | None = None,
        lists: Mapping[str, Mapping[str, list[Mapping[str, object]]]] | None = None,
    ) -> Values:
        """Values from plain Python: ``{unit: {input: value}}``, earlier ones by period first.

        Numbers may be written as text (``"92.3%"``). None is missing.
        """
        periods = {scheme.period_label: values} | dict(earlier or {})
        cells: dict[tuple[str, str], dict[str, Cell]] = {}
        for period, of_units in periods.items():
            for unit, inputs in of_units.items():
                for code, value in inputs.items():
                    kind = scheme.inputs[code].type if code in scheme.inputs else "number"
                    cells.setdefault((code, period), {})[unit] = Cell(typed(value, kind))
        return cls(cells, lists=_typed_lists(scheme, lists or {}))

    def cell(self, code: str, period: str, unit: str) -> Cell | None:
        return self.cells.get((code, period), {}).get(unit)

    def rows(self) -> Iterator[tuple[str, str, str, Cell]]:
        """Every cell as (unit, input, period, cell), sorted."""
        for (code, period), of_units in sorted(self.cells.items()):
            for unit in sorted(of_units):
                yield unit, code, period, of_units[unit]

    def document(self) -> dict[str, object]:
        """The values as plain data, numbers as exact text, sorted: what ``result.json`` holds."""
        return {
            "stage": self.stage,
            "sample": self.sample,
            **({"snapshot": self.snapshot} if self.snapshot else {}),
            "cells": [
                [
                    unit,
                    code,
                    period,
                    written(cell.value),
                    cell.status,
                    _source_document(cell.source),
                    *(() if cell.records is None else (cell.records,)),
                ]
                for unit, code, period, cell in self.rows()
            ],
            "item_statuses": [
                [unit, item, status]
                for item, of_units in sorted(self.item_statuses.items())
                for unit, status in sorted(of_units.items())
            ],
            "lists": [
                [name, period, unit, {column: written(value) for column, value in row.items()}]
                for (name, period), of_units in sorted(self.lists.items())
                for unit in sorted(of_units)
                for row in of_units[unit]
            ],
        }

    @classmethod
    def from_document(cls, scheme: Scheme, document: Mapping[str, object]) -> Values:
        """The values that :meth:`document` wrote."""
        cells: dict[tuple[str, str], dict[str, Cell]] = {}
        for held in cast("list[list[Any]]", document["cells"]):
            unit, code, period, text, status, source, *records = held
            kind = scheme.inputs[code].type if code in scheme.inputs else "number"
            cell = Cell(typed(text, kind), status, _source_from(source), *map(int, records))
            cells.setdefault((code, period), {})[unit] = cell
        statuses: dict[str, dict[str, Status]] = {}
        for unit, item, status in cast("list[list[str]]", document["item_statuses"]):
            statuses.setdefault(item, {})[unit] = cast("Status", status)
        nested: dict[tuple[str, str], dict[str, list[Row]]] = {}
        for name, period, unit, row in cast("list[list[str]]", document["lists"]):
            columns = scheme.lists.get(name, {})
            of_units = nested.setdefault((name, period), {})
            of_units.setdefault(unit, []).append(
                _typed_row(columns, cast("Mapping[str, object]", row))
            )
        lists = {
            key: {unit: tuple(rows) for unit, rows in of.items()} for key, of in nested.items()
        }
        sample = bool(document["sample"])
        stage = cast("Stage", document["stage"])
        snapshot = str(document.get("snapshot", ""))
        return cls(cells, statuses, lists, stage, sample=sample, snapshot=snapshot)


def _typed_lists(
    scheme: Scheme, lists: Mapping[str, Mapping[str, list[Mapping[str, object]]]]
) -> dict[tuple[str, str], dict[str, tuple[Row, ...]]]:
    return {
        (name, scheme.period_label): {
            unit: tuple(_typed_row(scheme.lists.get(name, {}), row) for row in rows)
            for unit, rows in of_units.items()
        }
        for name, of_units in lists.items()
    }


def _typed_row(columns: Mapping[str, InputType], row: Mapping[str, object]) -> Row:
    return {column: typed(value, columns.get(column, "text")) for column, value in row.items()}


def typed(value: object, kind: InputType) -> Value | None:
    """A plain value as the type says.

    Raises:
        ValueError: it is not of that type.
    """
    if value is None or value == "":
        return None
    match kind:
        case "text":
            return str(value)
        case "yes_no":
            return _truth(value)
        case "date":
            day = value if isinstance(value, date) else date.fromisoformat(str(value))
            return Day.of(day)
        case _:
            if isinstance(value, float):
                return exact(repr(value))
            return exact(cast("str | int | Fraction", value))


def _truth(value: object) -> bool:
    if value in (True, "yes", "是", 1, "1"):
        return True
    if value in (False, "no", "否", 0, "0"):
        return False
    raise ValueError(f"{value!r} is neither yes nor no")


def written(value: Value | None) -> str | None:
    """The canonical writing of a value."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Day():
            return value.day.isoformat()
        case Fraction():
            return plain(value)
        case _:
            return value


def _source_document(source: Text) -> str | dict[str, str]:
    """One text where both languages read alike: what somebody wrote beside the value."""
    return source.zh if source.zh == source.en else {"zh": source.zh, "en": source.en}


def _source_from(document: str | Mapping[str, str]) -> Text:
    return same(document) if isinstance(document, str) else Text(**document)

"""What a page shows of a delivered sheet: the rows at fault with their cells, rows of a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from steelyard.kernel.faults import Fault, Faulty
from steelyard.records.catalogue.model import Table
from steelyard.supply.checking import Sheet, lying
from steelyard.tables.sheet import Sheet as ReadSheet
from steelyard.tables.sheet import heading_key, letters, text_of

MOST_SHOWN = 50
"""Rows at fault on a page; the sheet to take away has all."""

MOST_READ = 5 << 20
"""Bytes that are read again for a page; of a larger sheet the faults are listed without their rows."""

_LETTER = re.compile(r"([A-Z]{1,3})(?: |$)")


@dataclass(frozen=True, slots=True)
class ShownCell:
    heading: str
    text: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the sheet, numbered as Excel does; ``faults`` are those of the row as a whole."""

    number: int
    cells: tuple[ShownCell, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def faulty(self) -> list[ShownCell]:
        return [one for one in self.cells if one.faults]


@dataclass(frozen=True, slots=True)
class Shown:
    """``whole``: faults that no row shows. ``hidden``: rows at fault beyond those shown."""

    headings: tuple[str, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    whole: tuple[Fault, ...] = ()
    hidden: int = 0


def read(sheet: Sheet) -> ReadSheet | None:
    """The sheet as it was sent, None if it cannot be read as one."""
    from steelyard.tables.read import read_sheet

    with lying(sheet) as delivery:
        try:
            return read_sheet(delivery.path, gathering=True)
        except Faulty:
            return None


def faults_shown(sheet: Sheet, faults: Sequence[Fault]) -> Shown:
    """The rows at fault, each cell with its faults."""
    found = read(sheet) if len(sheet.content) <= MOST_READ else None
    if found is None:
        return Shown(whole=tuple(faults[:MOST_SHOWN]), hidden=max(0, len(faults) - MOST_SHOWN))
    texts = {row.number: [text_of(value) for value in row.values] for row in found.rows}
    by_row: dict[int, list[Fault]] = {}
    for one in faults:
        by_row.setdefault(one.where.row or 0, []).append(one)
    numbers = [number for number in sorted(by_row) if number in texts]
    whole = [one for number in by_row if number not in texts for one in by_row[number]]
    return Shown(
        tuple(found.headings),
        tuple(
            _row(number, found.headings, texts[number], by_row[number])
            for number in numbers[:MOST_SHOWN]
        ),
        tuple(whole),
        max(0, len(numbers) - MOST_SHOWN),
    )


def _row(
    number: int, headings: Sequence[str], texts: Sequence[str], faults: Iterable[Fault]
) -> ShownRow:
    at_cells: dict[str, list[Fault]] = {}
    for one in faults:
        at_cells.setdefault(letter_of(one), []).append(one)
    known = [letters(at) for at in range(len(texts))]
    cells = tuple(
        ShownCell(heading, text, tuple(at_cells.get(letter, ())))
        for letter, heading, text in zip(known, headings, texts, strict=True)
    )
    rest = [one for letter, held in at_cells.items() if letter not in known for one in held]
    return ShownRow(number, cells, tuple(rest))


def letter_of(fault: Fault) -> str:
    """The letter of a fault's column, "" if it stands in none."""
    found = _LETTER.match(fault.where.column)
    return found[1] if found else ""


ByField = Mapping[tuple[int, str], Sequence[Fault]]
"""Row as Excel counts and field → what is wrong there."""


def faults_by_field(faults: Iterable[Fault], table: Table) -> tuple[ByField, list[Fault]]:
    """The faults of cells by their field, whatever order the sheet's columns have; and the others."""
    known = {
        heading_key(said): one.code
        for one in table.fields
        for said in (one.code, one.title.zh, one.title.en)
        if said
    }
    by_field: dict[tuple[int, str], list[Fault]] = {}
    whole = []
    for one in faults:
        heading = one.where.column.partition(" ")[2] or one.where.column
        code = known.get(heading_key(heading))
        if one.where.row and code:
            by_field.setdefault((one.where.row, code), []).append(one)
        else:
            whole.append(one)
    return by_field, whole


def grid_rows(sheet: Sheet, table: Table) -> list[list[str]] | None:
    """The rows of a sheet in the order of the table's fields, None if it is no such sheet."""
    found = numbered_rows(sheet, table)
    return None if found is None else list(found.values())


def numbered_rows(sheet: Sheet, table: Table) -> dict[int, list[str]] | None:
    """The same by their numbers, as Excel and the faults count: there may be lines above, or empty ones."""
    found = read(sheet)
    if found is None:
        return None
    keys = [heading_key(one) for one in found.headings]
    places = [
        next((keys.index(key) for said in (one.title.zh, one.title.en, one.code)
              if (key := heading_key(said)) in keys), None)
        for one in table.fields
    ]  # fmt: skip
    return {
        row.number: ["" if at is None else text_of(row.values[at]) for at in places]
        for row in found.rows
    }

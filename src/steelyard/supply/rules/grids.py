"""Rows that are typed or pasted: what a form sends, and the sheet that it stands for."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from steelyard.records.catalogue.model import Table
from steelyard.tables.sheet import heading_key
from steelyard.tables.write import csv_bytes

MOST_ROWS = 200
"""Of one page; more are better kept in a sheet."""

Rows = list[list[str]]


def posted(sent: Mapping[str, str], table: Table) -> Rows:
    """The cells that a form sends as ``r0-place`` …, rows in order, empty ones left out.

    A row of which the form says ``leave`` is left out too: one of two savers has it, and was not
    chosen.
    """
    numbers = sorted({found for name in sent if (found := _number(name)) is not None})
    numbers = [at for at in numbers if sent.get(f"row-{at}") != "leave"]
    rows = [[sent.get(f"r{at}-{one.code}", "").strip() for one in table.fields] for at in numbers]
    return [row for row in rows if any(row)]


def _number(name: str) -> int | None:
    written = name.partition("-")[0]
    digits = written[1:]
    is_cell = written[:1] == "r" and digits.isdecimal() and digits.isascii() and len(digits) < 7
    return int(digits) if is_cell else None


def pasted(text: str, table: Table) -> Rows:
    """Cells copied from a spreadsheet: a tab between cells, a line a row.

    A first line of headings says which column is which; without one they are taken in order.
    What stands under an unknown heading, or beyond the last column, is kept in sight: such a text is
    refused by :func:`odd_headings` and :func:`too_wide`.
    """
    lines = _lines(text)
    places = _headings(lines[0], table) if lines else None
    if places is None:
        return [_fitted(line, table) for line in lines]
    found = []
    for line in lines[1:]:
        row = [""] * len(table.fields)
        for at, cell in zip(places, line, strict=False):
            if at is not None:
                row[at] = cell
        found.append(row)
    return found


def odd_headings(text: str, table: Table) -> tuple[str, ...]:
    """Headings of a pasted text that the table does not know."""
    lines = _lines(text)
    places = _headings(lines[0], table) if lines else None
    if places is None:
        return ()
    return tuple(said for said, at in zip(lines[0], places, strict=True) if at is None and said)


FIRST_ROW = 2
"""The number of the first row of a grid: as in a sheet, the headings are row 1."""


def too_wide(text: str, table: Table, above: int) -> dict[int, int]:
    """Rows with filled cells beyond the columns: the number that each would have in the grid, below
    the ``above`` rows that are there → how many cells are too many.
    """
    lines = _lines(text)
    places = _headings(lines[0], table) if lines else None
    rows, width = (lines, len(table.fields)) if places is None else (lines[1:], len(places))
    beyond = (sum(map(bool, line[width:])) for line in rows)
    return {at: more for at, more in enumerate(beyond, FIRST_ROW + above) if more}


def _lines(text: str) -> Rows:
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        found = [line.split("\t") for line in text.splitlines()]
    rows = [[cell.strip() for cell in line] for line in found]
    return [row for row in rows if any(row)]


def _headings(line: Sequence[str], table: Table) -> list[int | None] | None:
    """Where each cell of the line belongs, if the line is one of headings."""
    known = {
        heading_key(said): at
        for at, field in enumerate(table.fields)
        for said in (field.code, field.title.zh, field.title.en)
        if said
    }
    places = [known.get(heading_key(cell)) for cell in line]
    is_heading = sum(one is not None for one in places) * 2 >= max(len(line), 1)
    return places if is_heading else None


def _fitted(line: Sequence[str], table: Table) -> list[str]:
    wide = len(table.fields)
    return [*line[:wide], *[""] * (wide - len(line))]


def as_csv(rows: Sequence[Sequence[str]], table: Table) -> bytes:
    """The rows as the sheet that is kept: headings in Chinese, as the bodies write them."""
    return csv_bytes([one.title.zh for one in table.fields], rows)

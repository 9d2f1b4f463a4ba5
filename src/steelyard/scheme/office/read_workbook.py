"""The sheets of a workbook, by the reader of ``tables/``, with its merged cells whole."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.scheme.office.machine import SHEET
from steelyard.scheme.office.sheets import CELL_LIMIT, Cell, Sheet, block, too_many_cells
from steelyard.tables.grid import Grid
from steelyard.tables.shape import without_value
from steelyard.tables.sheet import letters, text_of
from steelyard.tables.tabs import Tab
from steelyard.tables.workbook import read_workbook


def sheets_of(content: bytes, file: str) -> Iterator[Sheet]:
    """What a person sees; and the sheet that we wrote for ourselves, even if it was hidden since."""
    grids = read_workbook(content, file, _seen)
    raise_if_any(fault for grid in grids for fault in _without_value(grid))
    for grid in grids:
        yield Sheet(file, grid.name, _cells(grid))


def _without_value(grid: Grid) -> Iterator[Fault]:
    for record in grid.records:
        for place, stored in enumerate(record.values):
            where = Where(file=grid.file, sheet=grid.name, row=record.number, column=letters(place))
            if fault := without_value(stored, where):
                yield fault


def _seen(tabs: tuple[Tab, ...]) -> tuple[str, ...]:
    return tuple(
        tab.name for tab in tabs if not tab.is_empty and (not tab.is_hidden or tab.name == SHEET)
    )


def _cells(grid: Grid) -> dict[tuple[int, int], Cell]:
    texts = {
        (record.number - 1, column): text
        for record in grid.records
        for column, stored in enumerate(record.values)
        if (text := text_of(stored).strip())
    }
    if not texts:
        return {}
    height, width = max(row for row, _ in texts) + 1, max(column for _, column in texts) + 1
    if height * width > CELL_LIMIT:
        raise Faulty([too_many_cells(grid.file, grid.name)])
    cells: dict[tuple[int, int], Cell] = {}
    for (row, column), text in texts.items():
        cells |= block(text, row, column, row, column)
    for merge in grid.merges:  # merged cells may reach far beyond what is filled
        top, left = merge.top - 1, merge.left
        bottom, right = min(merge.bottom - 1, height - 1), min(merge.right, width - 1)
        if top <= bottom and left <= right:
            cells |= block(texts.get((top, left), ""), top, left, bottom, right)
    return cells

"""How high must a row be for a text? Counted, since programs do not agree on what they measure.

Excel measures rows that have no height yet, but no merged cells; LibreOffice measures none of a file that
another program wrote. An estimate that errs to the high side.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from steelyard.papers.official.width import text_width

HIGHEST = 409.0
"""Points; Excel has no higher row."""
_LINE = 1.35
"""The pitch of lines as a share of the size of their type."""
_USUAL = 8.43
"""Width of a column that says none, in characters."""
_SIZE = 11.0


def needed(text: str, width: float, size: float) -> float:
    """Points that a text needs in a cell ``width`` characters wide, set in type of ``size`` points.

    >>> needed("", 10, 10), needed("字" * 10, 10, 10), needed("a\\nb", 10, 10)
    (17.5, 44.5, 31.0)
    """
    room = max(width - 1, 1) * 11 / size
    lines = sum(max(ceil(2 * text_width(line) / room), 1) for line in text.split("\n"))
    return min(lines * size * _LINE + 4, HIGHEST)


def size_of(cell: Any) -> float:
    return float(cell.font.sz or _SIZE)


class Widths:
    """The widths of the columns of one sheet, those of merged cells together."""

    def __init__(self, sheet: Any) -> None:
        self._usual = sheet.sheet_format.defaultColWidth or _USUAL
        self._own: dict[int, float] = {}
        for dimension in sheet.column_dimensions.values():
            if dimension.min and dimension.max and dimension.width:
                for column in range(dimension.min, min(dimension.max, 500) + 1):
                    self._own[column] = float(dimension.width)
        self._merged = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}

    def of(self, cell: Any) -> float:
        merged = self._merged.get((cell.row, cell.column))
        last = merged.max_col if merged else cell.column
        return sum(self._own.get(column, self._usual) for column in range(cell.column, last + 1))

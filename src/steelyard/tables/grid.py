"""What every reader of a format hands on: rows of stored values, not yet a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.tables.sheet import Stored

CELL_LIMIT = 5_000_000
"""Cells of one sheet, empty ones between the others counted."""

UNCOMPUTED = "\0="
"""Stands in a cell whose formula has no value. No cell's own text holds a NUL."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row as the file holds it. ``line`` is given where it is not ``number``."""

    number: int
    values: Sequence[Stored]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells merged into one. Rows count from 1, columns from 0; both ends belong."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The records of one sheet as a format's reader found them, good or bad."""

    file: str
    name: str
    records: Sequence[Record]
    merges: tuple[Merge, ...] = ()


def too_many_cells(where: Where) -> Fault:
    """The fault of a sheet above :data:`CELL_LIMIT`; ``where`` is its farthest cell, if known."""
    return Fault(
        "too-large",
        Text(
            f"工作表的范围超过{CELL_LIMIT:,}个单元格",
            f"the sheet spans more than {CELL_LIMIT:,} cells",
        ),
        Text(
            "请只保留所需的列和行，并删去远离表格的零散单元格",
            "keep only the columns and rows that are needed, "
            "and clear stray cells far from the table",
        ),
        where,
    )

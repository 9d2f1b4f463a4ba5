"""Reading sheets: a file comes in as CSV, Excel or Parquet and goes on as sheets, or is refused.

The one door for callers: :func:`read_sheet`, :func:`read_sheets`, and :func:`find_tables` for a
folder of them. The libraries that a format needs are imported when a file of it is read.
"""

from __future__ import annotations

import os
from pathlib import Path

from steelyard.kernel.faults import Fault, Faulty
from steelyard.tables.files import SIZE_LIMIT, content_of, find_tables
from steelyard.tables.grid import Grid
from steelyard.tables.shape import shaped
from steelyard.tables.sheet import Sheet
from steelyard.tables.tabs import NAMELESS, Choice, all_filled, the_one

__all__ = ["find_tables", "read_sheet", "read_sheets"]


def read_sheet(
    path: str | os.PathLike[str],
    *,
    sheet: str | None = None,
    called: str = "",
    size_limit: int = SIZE_LIMIT,
    gathering: bool = False,
) -> Sheet:
    """The one sheet of a file: the only one that is visible and not empty, or the one named.

    Args:
        path: the file.
        sheet: the name of a sheet of a workbook, which may be a hidden one.
        called: the file's name for its sender, with the extension, where ``path`` has another
            (an upload stored by its hash). Messages never give the folder.
        size_limit: bytes.
        gathering: faults of single cells are not raised: the sheet has them (``Sheet.unread``),
            and the cells are read as blank, so that what else is wrong can be said in one go.

    Raises:
        Faulty: every fault of the file, its headings and its cells.
    """
    file = called or Path(path).name
    content = content_of(Path(path), file, size_limit)
    (grid,) = _grids(content, file, the_one(file, sheet))
    return shaped(grid, gathering=gathering)


def read_sheets(
    path: str | os.PathLike[str], *, called: str = "", size_limit: int = SIZE_LIMIT
) -> tuple[Sheet, ...]:
    """All sheets of a file that are visible and not empty, in the file's order.

    Args:
        path, called, size_limit: as for :func:`read_sheet`.

    Raises:
        Faulty: every fault of every sheet.
    """
    file = called or Path(path).name
    content = content_of(Path(path), file, size_limit)
    return _all_shaped(_grids(content, file, all_filled(file)))


def _all_shaped(grids: tuple[Grid, ...]) -> tuple[Sheet, ...]:
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for grid in grids:
        try:
            sheets.append(shaped(grid))
        except Faulty as error:
            faults.extend(error.faults)
    if faults:
        raise Faulty(faults)
    return tuple(sheets)


def _grids(content: bytes, file: str, choice: Choice) -> tuple[Grid, ...]:
    suffix = Path(file).suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        from steelyard.tables.workbook import read_workbook

        return read_workbook(content, file, choice)
    choice(NAMELESS)
    if suffix == ".parquet":
        from steelyard.tables.parquet import read_parquet

        return (read_parquet(content, file),)
    from steelyard.tables.separated import read_separated

    return (read_separated(content, file),)

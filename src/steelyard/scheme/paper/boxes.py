"""The tables of an Excel or Word file as boxes: the text of a cell, and the block it is merged into."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where

LARGEST_BYTES = 20_000_000
_MOST_ROWS, _MOST_COLUMNS = 5_000, 60


@dataclass(frozen=True, slots=True)
class Box:
    """One cell as a person sees it. ``top`` and ``left`` are where its merged block begins."""

    text: str
    row: int
    column: int
    top: int
    left: int

    @property
    def begins(self) -> bool:
        """Whether the cell is the first of its block."""
        return (self.top, self.left) == (self.row, self.column)


@dataclass(frozen=True, slots=True)
class Boxes:
    """One table: rows of boxes. ``around`` is the text that stands before it."""

    file: str
    name: str
    rows: tuple[tuple[Box, ...], ...]
    around: tuple[str, ...] = ()

    def where(self, row: int, column: str = "") -> Where:
        """The place of a row, counted from 1 as a person counts."""
        return Where(file=self.file, sheet=self.name, row=row + 1, column=column)


def read_boxes(path: Path) -> tuple[Boxes, ...]:
    """Every table of a .xlsx or .docx file.

    Raises:
        Faulty: the file is missing, too large, of another kind, or broken.
    """
    readers: dict[str, Callable[[Path], Iterator[Boxes]]] = {
        ".xlsx": _sheets, ".xlsm": _sheets, ".docx": _word_tables,
    }  # fmt: skip
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise _refused(
            path, "unknown-ending", Text("只读.xlsx和.docx", "only .xlsx and .docx are read")
        )
    _check_file(path)
    try:
        found = tuple(reader(path))
    except Faulty:
        raise
    except Exception as error:  # the readers' libraries raise whatever a broken file makes them
        raise _refused(path, "broken-file", Text("文件已损坏", "the file is broken")) from error
    if not found:
        raise _refused(path, "no-table", Text("文件中没有表格", "there is no table in the file"))
    return found


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _refused(
            path, "cannot-open", Text("没有这个文件", "there is no such file")
        ) from error
    if size > LARGEST_BYTES:
        raise _refused(
            path, "file-too-large", Text("文件太大", "the file is too large for a scheme")
        )
    if not zipfile.is_zipfile(path):
        raise _refused(
            path, "broken-file", Text("不是Office文件，或已加密", "it is no Office file, or locked")
        )
    with zipfile.ZipFile(path) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > 20 * LARGEST_BYTES:
        raise _refused(
            path, "file-too-large", Text("文件解压后太大", "unpacked, the file is too large")
        )


def _refused(path: Path, code: str, what: Text) -> Faulty:
    mend = Text("请检查文件，或另存为.xlsx", "check the file, or save it again as .xlsx")
    return Faulty([Fault(code, what, mend, Where(file=path.name))])


def _sheets(path: Path) -> Iterator[Boxes]:
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible" and sheet.max_row <= _MOST_ROWS:
            yield Boxes(path.name, sheet.title, _sheet_rows(sheet))


def _sheet_rows(sheet: Any) -> tuple[tuple[Box, ...], ...]:
    origin = {
        (row, column): (block.min_row, block.min_col)
        for block in sheet.merged_cells.ranges
        for row in range(block.min_row, block.max_row + 1)
        for column in range(block.min_col, block.max_col + 1)
    }
    width = min(sheet.max_column, _MOST_COLUMNS)

    def box(row: int, column: int) -> Box:
        top, left = origin.get((row, column), (row, column))
        return Box(_as_text(sheet.cell(top, left).value), row - 1, column - 1, top - 1, left - 1)

    return tuple(
        tuple(box(row, column) for column in range(1, width + 1))
        for row in range(1, sheet.max_row + 1)
    )


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value == int(value) else repr(value)
    return str(value).strip()


def _word_tables(path: Path) -> Iterator[Boxes]:
    import docx

    document = docx.Document(str(path))
    before = tuple(p.text.strip() for p in document.paragraphs if p.text.strip())
    for number, table in enumerate(document.tables, start=1):
        rows = _word_rows(table)
        if rows:
            yield Boxes(path.name, f"表{number}", rows, before)


def _word_rows(table: Any) -> tuple[tuple[Box, ...], ...]:
    """Cells that Word merges are one element, met again in every row and column that it spans."""
    first_at: dict[Any, tuple[int, int]] = {}
    rows = []
    for row, line in enumerate(table.rows):
        boxes = []
        for column, cell in enumerate(line.cells[:_MOST_COLUMNS]):
            top, left = first_at.setdefault(cell._tc, (row, column))
            boxes.append(Box(cell.text.strip(), row, column, top, left))
        rows.append(tuple(boxes))
    return tuple(rows)

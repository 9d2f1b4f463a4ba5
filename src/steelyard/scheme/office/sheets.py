"""The tables of an office file as cells, merged ones whole: the same from Excel and from Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.tables.files import MEBIBYTE, in_mebibytes

SIZE_LIMIT = 20 * MEBIBYTE
"""Bytes. The longest scoring tables that offices write stay far below a tenth of it."""

CELL_LIMIT = 200_000
"""Cells of one table: 5,000 rows of 40 columns."""

OUTSIDE = -1
"""The row of what stands in no row of a table: text around it."""
_AROUND = Text("表外文字", "text outside the table")

_SAVE_AS = {".doc": ".docx", ".wps": ".docx", ".xls": ".xlsx", ".et": ".xlsx"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, or the block that it was merged into. Rows and columns count from 0.

    ``bottom`` and ``right`` belong to it.
    """

    text: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1


@dataclass(frozen=True)
class Sheet:
    """One table. ``before`` and ``after`` is the text around it, which only Word has."""

    file: str
    name: str
    cells: Mapping[tuple[int, int], Cell]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @cached_property
    def height(self) -> int:
        return 1 + max((row for row, _ in self.cells), default=-1)

    @cached_property
    def width(self) -> int:
        return 1 + max((column for _, column in self.cells), default=-1)

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The distinct cells with text of each row, from the left; merged ones in all their rows."""
        found: list[list[Cell]] = [[] for _ in range(self.height)]
        for (row, _), cell in sorted(self.cells.items()):
            if cell.text and (not found[row] or found[row][-1] is not cell):
                found[row].append(cell)
        return tuple(tuple(row) for row in found)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell there, if it has text."""
        cell = self.cells.get((row, column))
        return cell if cell is not None and cell.text else None

    def where(self, row: int, heading: str = "") -> Where:
        """The place of a cell, its row counted from 1 as Excel counts; or that it stands in none."""
        if row == OUTSIDE:
            return Where(file=self.file, place=_AROUND)
        return Where(file=self.file, sheet=self.name, row=row + 1, column=heading)


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Every table of a .xlsx or .docx file that a person sees.

    Raises:
        Faulty: the file is missing, too large, of another kind, broken or without a table.
    """
    readers = {".xlsx": _from_workbook, ".xlsm": _from_workbook, ".docx": _from_document}
    suffix = path.suffix.lower()
    if suffix not in readers:
        raise Faulty([_unknown_kind(path.name, suffix)])
    found = tuple(readers[suffix](_content(path), path.name))
    if not any(sheet.cells for sheet in found):
        raise Faulty([_no_table(path.name)])
    return found


def _from_workbook(content: bytes, file: str) -> Iterator[Sheet]:
    from steelyard.scheme.office.read_workbook import sheets_of

    return sheets_of(content, file)


def _from_document(content: bytes, file: str) -> Iterator[Sheet]:
    from steelyard.scheme.office.read_document import sheets_of

    return sheets_of(content, file)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise Faulty([_too_large(path.name, path.stat().st_size)])
        content = path.read_bytes()
    except OSError as error:
        raise Faulty([_cannot_open(path.name, error)]) from error
    if not content:
        raise Faulty([_empty(path.name)])
    return content


def block(text: str, top: int, left: int, bottom: int, right: int) -> dict[tuple[int, int], Cell]:
    """One cell at every place that it covers."""
    cell = Cell(text.strip(), top, left, bottom, right)
    return {(r, c): cell for r in range(top, bottom + 1) for c in range(left, right + 1)}


def too_many_cells(file: str, name: str) -> Fault:
    return Fault(
        "too-large",
        Text(f"表格超过{CELL_LIMIT:,}个单元格", f"the table has more than {CELL_LIMIT:,} cells"),
        Text("请只保留考核细则表，删去多余的行和列", "keep the scoring table alone, without empty rows"),
        Where(file=file, sheet=name),
    )  # fmt: skip


def _unknown_kind(file: str, suffix: str) -> Fault:
    save_as = _SAVE_AS.get(suffix, ".xlsx / .docx")
    return Fault(
        "unknown-ending",
        Text(f"不读取扩展名为{suffix or '空'}的文件", f"{suffix or 'such'} files are not read"),
        Text(f"请另存为{save_as}", f"save it as {save_as}"),
        Where(file=file),
    )


def _cannot_open(file: str, error: OSError) -> Fault:
    reason = "没有这个文件" if isinstance(error, FileNotFoundError) else "文件打不开"
    return Fault(
        "cannot-open",
        Text(reason, f"the file cannot be opened ({error.strerror})"),
        Text("请核对文件名和权限", "check its name and permissions"),
        Where(file=file),
    )


def _too_large(file: str, size: int) -> Fault:
    return Fault(
        "too-large",
        Text(f"文件大小为{in_mebibytes(size)}，不像一份考核细则",
             f"the file has {in_mebibytes(size)}, which is no scoring table"),
        Text("请删去图片和无关的内容", "remove pictures and what does not belong to it"),
        Where(file=file),
    )  # fmt: skip


def _empty(file: str) -> Fault:
    return Fault(
        "empty-file",
        Text("文件是空的", "the file is empty"),
        Text("请重新导出", "export it again"),
        Where(file=file),
    )


def _no_table(file: str) -> Fault:
    return Fault(
        "no-table",
        Text("文件中没有表格", "there is no table in the file"),
        Text("请确认考核细则是表格，而不是图片", "is the scoring table a table, and not a picture?"),
        Where(file=file),
    )  # fmt: skip

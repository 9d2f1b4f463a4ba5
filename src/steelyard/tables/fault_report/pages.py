"""The workbook that goes back: the sender's own, or one with a sheet for each sheet of each file.

One workbook alone is given back as it is: its sheets, widths, formats. Of several files each sheet
is copied into one workbook; a CSV or Parquet file and an excerpt become sheets of text, so that
codes keep their leading zeros. Formulas count for the value that Excel cached, macros and links to
other files are left out, and text that Excel would run is marked as text.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.tables.fault_report.sources import Page, Source
from steelyard.tables.fault_report.texts import put_text, width_of
from steelyard.tables.grid import UNCOMPUTED
from steelyard.tables.neutral import neutral
from steelyard.tables.sheet import text_of

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST_NAME = 31
"""Letters of a sheet's name in Excel."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RANGE = r"(?:'(?:[^'\[\]|]|'')+'|[\w.]+)!\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?"
_RANGES = re.compile(f"{_RANGE}(?:,{_RANGE})*")
"""What a defined name may stand for: cells of this workbook, nothing that is computed or run."""

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MEASURED_ROWS = 200
_NARROWEST, _WIDEST = 8, 40
_ROW_IN_FILE = Text("原文件行号", "Row in the file")


@dataclass(frozen=True, slots=True)
class Laid:
    """A page and the sheet it stands on. ``rows`` maps the file's rows, where they have moved."""

    sheet: Any
    rows: dict[int, int] | None = None

    def cell(self, row: int, column: int) -> Any | None:
        """The cell of a row of the file and a column from 0; None where the sheet has no such."""
        at = row if self.rows is None else self.rows.get(row, 0)
        if not (1 <= at <= _LAST_ROW and 0 <= column < _LAST_COLUMN):
            return None
        return self.sheet.cell(*self._corner(at, column + 1))

    def _corner(self, row: int, column: int) -> tuple[int, int]:
        """Of merged cells the first, which alone can hold something."""
        for span in self.sheet.merged_cells.ranges:
            if span.min_row <= row <= span.max_row and span.min_col <= column <= span.max_col:
                return span.min_row, span.min_col
        return row, column


def laid_out(sources: Sequence[Source], lang: Lang) -> tuple[Workbook, dict[Page, Laid]]:
    from openpyxl import Workbook

    if len(sources) == 1 and (own := _opened(sources[0])):
        return own, {page: Laid(own[page.sheet]) for page in sources[0].pages}
    book = Workbook()
    del book[book.active.title]  # type: ignore[union-attr]
    laid: dict[Page, Laid] = {}
    for source in sources:
        laid |= _added(book, source, lang)
    return book, laid


def _added(book: Workbook, source: Source, lang: Lang) -> dict[Page, Laid]:
    opened = _opened(source)
    laid = {}
    for page in source.pages:
        sheet = book.create_sheet(free_name(_name(source, page), book.sheetnames))
        laid[page] = _copied(opened[page.sheet], sheet) if opened else _made(page, sheet, lang)
    return laid


def _name(source: Source, page: Page) -> str:
    stem = source.path.stem
    if len(source.pages) == 1:
        return stem
    return f"{stem[: max(LONGEST_NAME - 1 - len(page.sheet), 8)]} {page.sheet}"


def free_name(wanted: str, taken: Collection[str]) -> str:
    """A name that Excel allows and no other sheet has; case does not tell sheets apart.

    >>> free_name("a/b", ["A b"]), free_name("", [])
    ('a b (2)', 'Sheet')
    """
    name = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("'")[:LONGEST_NAME] or "Sheet"
    known, tried, number = {each.casefold() for each in taken}, name, 2
    while tried.casefold() in known:
        ending = f" ({number})"
        tried, number = name[: LONGEST_NAME - len(ending)] + ending, number + 1
    return tried


def _opened(source: Source) -> Workbook | None:
    """The sender's workbook, made harmless. None where openpyxl cannot open what we could read."""
    from openpyxl import load_workbook

    if not source.book:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out, such as pictures
            book = load_workbook(io.BytesIO(source.book), data_only=True, keep_links=False)
    except Exception:  # openpyxl raises of many kinds; the values are shown all the same
        return None
    names = {sheet.title for sheet in book.worksheets}
    if not all(page.sheet in names for page in source.pages):
        return None
    _disarm(book)
    return book


def _disarm(book: Workbook) -> None:
    for name, defined in list(book.defined_names.items()):
        if not _RANGES.fullmatch(defined.value or ""):
            del book.defined_names[name]
    for sheet in book.worksheets:
        # Only the cells that are there: a stray one in the last row has a million before it.
        for cell in list(sheet._cells.values()):
            if isinstance(cell.value, str) and neutral(cell.value) != cell.value:
                put_text(cell, cell.value)


def _made(page: Page, sheet: Any, lang: Lang) -> Laid:
    rows = sorted(page.rows)
    moved = dict(zip(rows, range(1, len(rows) + 1), strict=True)) if page.is_excerpt else None
    for number in rows:
        at = moved[number] if moved else number
        for column, stored in enumerate(page.rows[number], 1):
            text = "" if stored == UNCOMPUTED else text_of(stored)
            if text:
                put_text(sheet.cell(at, column), _guarded(text), number_format="@")
    if moved:
        _number_rows(page, sheet, moved, lang)
    _dress(page, sheet, moved[page.head] if moved and page.head else page.head)
    return Laid(sheet, moved)


def _guarded(text: str) -> str:
    """The reader takes away an apostrophe before what looks like a formula; so one more is put."""
    return neutral(text) if text.startswith("'") else text


def _number_rows(page: Page, sheet: Any, moved: dict[int, int], lang: Lang) -> None:
    """Behind the last column, so that the letters over the others stay as they are."""
    column = max(map(len, page.rows.values()), default=0) + 1
    if column > _LAST_COLUMN:
        return
    for number, at in moved.items():
        cell = sheet.cell(at, column)
        if number == page.head:
            put_text(cell, _ROW_IN_FILE.say(lang))
        else:
            cell.value = number


def _dress(page: Page, sheet: Any, head: int) -> None:
    from openpyxl.utils import get_column_letter

    if not head:
        return
    for cell in sheet[head]:
        font = copy(cell.font)
        font.bold = True
        cell.font = font
    sheet.freeze_panes = f"A{head + 1}"
    shown = [page.rows[number] for number in sorted(page.rows)[:_MEASURED_ROWS]]
    for place in range(max(map(len, shown))):
        texts = (text_of(values[place])[:_WIDEST] for values in shown if place < len(values))
        width = min(max(map(width_of, texts), default=0) + 2, _WIDEST)
        sheet.column_dimensions[get_column_letter(place + 1)].width = max(width, _NARROWEST)


_LOOKS = ("font", "fill", "border", "alignment", "protection")


def _copied(source: Any, sheet: Any) -> Laid:
    styles: dict[tuple[int, ...], Any] = {}
    for (row, column), cell in sorted(source._cells.items()):
        if cell.value is not None or cell.has_style or cell.comment:
            _copy_cell(cell, sheet.cell(row, column), styles)
    for merged in source.merged_cells.ranges:
        sheet.merge_cells(merged.coord)
    _copy_sizes(source, sheet)
    sheet.freeze_panes = source.freeze_panes
    sheet.sheet_state = source.sheet_state
    return Laid(sheet)


def _copy_cell(cell: Any, target: Any, styles: dict[tuple[int, ...], Any]) -> None:
    # Past the guess of openpyxl, which takes text after = for a formula.
    target._value, target.data_type = cell.value, cell.data_type
    if cell.comment:
        target.comment = copy(cell.comment)
    if not cell.has_style:
        return
    known = tuple(cell._style)
    if known not in styles:
        for look in _LOOKS:
            setattr(target, look, copy(getattr(cell, look)))
        target.number_format, target.quotePrefix = cell.number_format, cell.quotePrefix
        styles[known] = target._style
    target._style = copy(styles[known])


def _copy_sizes(source: Any, sheet: Any) -> None:
    for letter, size in source.column_dimensions.items():
        ours = sheet.column_dimensions[letter]
        ours.min, ours.max = size.min, size.max
        ours.width, ours.hidden = size.width, size.hidden
    for number, size in source.row_dimensions.items():
        if size.height is not None or size.hidden:
            ours = sheet.row_dimensions[number]
            ours.height, ours.hidden = size.height, size.hidden

"""The table as an Excel workbook, printable on A4 across, with the scheme on a second sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.scheme.office.layout import LONGEST_CELL, Layout, layout_of
from steelyard.scheme.office.machine import SHEET, machine_lines
from steelyard.scheme.office.paper import FONTS, Block, blocks, lines_needed, widths
from steelyard.tables.neutral import neutral, restored

_SHEET_NAME = Text("考核细则", "Scoring table")
_PAGES = Text("&C第 &P 页，共 &N 页", "&CPage &P of &N")
_NO_TIME = datetime(2000, 1, 1)  # equal schemes make equal files
_FIRST_ROW = 2
_MILLIMETRES_A_CHARACTER = 2.1
_SIZE, _LEADING = 10.5, 15.0


def export_xlsx(document: Mapping[str, object], lang: Lang) -> bytes:
    """The table as an Excel workbook.

    Raises:
        Faulty: the items form no tree.
    """
    import xlsxwriter

    layout, target = layout_of(document, lang), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": _NO_TIME, "title": layout.title})
    sheet = book.add_worksheet(_SHEET_NAME.say(lang))
    _Page(book, sheet, layout).write()
    _carry(book, machine_lines(document, layout, lang))
    book.close()
    return target.getvalue()


class _Page:
    """Writes the visible sheet."""

    def __init__(self, book: Any, sheet: Any, layout: Layout) -> None:
        self.book, self.sheet, self.layout = book, sheet, layout
        self.widths = widths(layout)
        shapes = _shapes(layout.lang)
        self.formats = {name: book.add_format(shape) for name, shape in shapes.items()}
        self.quoted = {
            name: book.add_format(shape | {"quote_prefix": True}) for name, shape in shapes.items()
        }

    def write(self) -> None:
        self._set_up()
        self._title()
        for column, text in enumerate(self.layout.headings):
            self.sheet.write_string(1, column, text, self.formats["head"])
        for block in blocks(self.layout):
            self._block(block)
        self._heights()
        self._notes()

    def _set_up(self) -> None:
        """A4 across, one page wide, the headings on every page."""
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.6, 0.6, 0.6, 0.6)
        sheet.center_horizontally()
        sheet.repeat_rows(1)
        sheet.freeze_panes(_FIRST_ROW, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer(_PAGES.say(self.layout.lang))
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width / _MILLIMETRES_A_CHARACTER)

    def _title(self) -> None:
        last = len(self.layout.columns) - 1
        self.sheet.set_row(0, 36)
        self.sheet.set_row(1, 24)
        self._merge(0, 0, 0, last, self.layout.title, "title")

    def _block(self, block: Block) -> None:
        top, bottom = block.top + _FIRST_ROW, block.bottom + _FIRST_ROW
        shape = _FORMAT_OF.get(block.role, "body")
        if (top, block.left) != (bottom, block.right):
            self._merge(top, block.left, bottom, block.right, block.text, shape)
        elif block.role in ("points", "weight", "total") and _is_number(block.text):
            self.sheet.write_number(top, block.left, float(block.text), self.formats[shape])
        else:
            self._text(top, block.left, block.text, shape)

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, shape: str) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", self.formats[shape])
        self._text(top, left, text, shape)

    def _text(self, row: int, column: int, text: str, shape: str) -> None:
        """Text stays text, whatever it begins with, and when a person has edited it, too."""
        if not text:
            self.sheet.write_blank(row, column, None, self.formats[shape])
            return
        formats = self.quoted if neutral(text) != text else self.formats
        marked = f"'{text}" if restored(text) != text else text  # which reading takes away again
        self.sheet.write_string(row, column, marked, formats[shape])

    def _heights(self) -> None:
        """A row is as high as its longest cell needs: Excel does not measure what a program writes."""
        needed: dict[int, int] = {}
        for block in blocks(self.layout):
            width = sum(self.widths[block.left : block.right + 1])
            lines = lines_needed(block.text, width, _SIZE)
            rows = range(block.top, block.bottom + 1)
            for row in rows:
                needed[row] = max(needed.get(row, 1), -(-lines // len(rows)))
        for row, lines in needed.items():
            self.sheet.set_row(row + _FIRST_ROW, min(lines * _LEADING + 8, 400))

    def _notes(self) -> None:
        last = len(self.layout.columns) - 1
        for row, text in enumerate(self.layout.notes, len(self.layout.rows) + _FIRST_ROW):
            self._merge(row, 0, row, last, text, "note")
            lines = lines_needed(text, sum(self.widths), _SIZE)
            self.sheet.set_row(row, min(lines * _LEADING + 6, 400))


_FORMAT_OF = {
    "code": "centred", "points": "centred", "weight": "centred", "supplying_body": "centred",
    "scoring_body": "centred", "section": "section", "total": "total", "group": "group",
}  # fmt: skip


def _shapes(lang: Lang) -> dict[str, dict[str, object]]:
    fonts = FONTS[lang]
    cell: dict[str, object] = {
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
        "font_size": _SIZE,
    }
    body = cell | {"font_name": fonts.body}
    head = cell | {"font_name": fonts.head, "align": "center"}
    return {
        "title": {
            "font_name": fonts.title,
            "font_size": 18,
            "align": "center",
            "valign": "vcenter",
        },
        "head": head | {"bg_color": "#E7ECF1"},
        "section": head | {"align": "left", "bg_color": "#F4F6F8", "indent": 1},
        "total": head | {"bg_color": "#F4F6F8"},
        "group": body | {"align": "center"},
        "centred": body | {"align": "center"},
        "body": body,
        "note": {"font_name": fonts.body, "font_size": _SIZE, "text_wrap": True, "valign": "top"},
    }


def _is_number(text: str) -> bool:
    """Whether a cell of numbers shows the text just as it is."""
    try:
        return repr(float(text)) in (text, f"{text}.0")
    except ValueError:
        return False


# --- what the program reads


def _carry(book: Any, lines: list[str]) -> None:
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 140)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for row, line in enumerate(lines):
        for column, piece in enumerate(_pieces(line)):
            sheet.write_string(row, column, piece)


def _pieces(line: str) -> Iterator[str]:
    """A long line over several cells, cut where no blank is: readers take blanks off the ends."""
    while len(line) > LONGEST_CELL:
        cut = LONGEST_CELL
        while line[cut - 1].isspace() or line[cut].isspace():
            cut -= 1
        yield line[:cut]
        line = line[cut:]
    yield line

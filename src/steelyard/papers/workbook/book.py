"""What every sheet shares: its title and marks, headings that repeat, formats, how it prints."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from steelyard.papers import numbers
from steelyard.papers.pictures.svg import pieces, text_width
from steelyard.papers.words import Words
from steelyard.weighing.result import Result

Stored = str | int | float | Fraction | bool | date | None

HEAD_ROW = 3
"""The row of headings, counted from 0; above it are title, origin and a blank row."""

_A4 = 9
_WIDEST = 46.0
_ONE_LINE = 16.0
_MOST_LINES = 5
_LINE_POINTS = 13.5
_INK, _SOFT, _LINE, _FILL, _SAMPLE = "#182026", "#4D5963", "#B8C2C9", "#EDF2F5", "#6F4500"
_DATE = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading, how its cells look, its least width in characters.

    ``places`` is the number of decimals shown; None is as many as there are. Without a ``width``
    the heading has the room that it needs. ``is_share`` shows numbers as per cents: with ``places``,
    or whole ones that never call certain what is not.
    """

    title: str
    places: int | None = None
    width: float | None = None
    is_figure: bool = False
    is_soft: bool = False
    is_share: bool = False


@dataclass
class Book:
    """One workbook while it is written; ``content`` holds its bytes afterwards."""

    result: Result
    words: Words
    workbook: Any
    content: bytes = b""
    _formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def format(self, **properties: Any) -> Any:
        """A format, made once for each set of properties."""
        own = {"font_name": _FONT[self.words.lang], "font_size": 10, "valign": "vcenter"}
        key = tuple(sorted((own | properties).items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(own | properties)
        return self._formats[key]

    def cell_format(self, head: Head, value: Stored, **more: Any) -> Any:
        """How a value looks in a column."""
        look: dict[str, Any] = {"bottom": 1, "bottom_color": _LINE} | more
        if isinstance(value, date):
            look["num_format"] = _DATE
        elif isinstance(value, int | float | Fraction) and head.is_share:
            look["num_format"] = share_format(float(value), head.places)
        elif isinstance(value, int | float | Fraction) and head.places is not None:
            look["num_format"] = _decimals(head.places)
        if isinstance(value, str):
            look = {"align": "left", "indent": 1, "text_wrap": True} | look
        if head.is_soft:
            look["font_color"] = _SOFT
        return self.format(**look)

    def sheet(self, name: str, title: str, heads: Sequence[Head], *, frozen: int = 0) -> Any:
        """A sheet with its title, marks and headings, set up for A4. ``frozen`` columns stay."""
        scheme, words = self.result.scheme, self.words
        sheet = self.workbook.add_worksheet(words.marked(name))
        sheet.write_string(0, 0, words.title(scheme), self.format(bold=True, font_size=14))
        sheet.write_string(1, 0, self._origin(title), self.format(font_color=_SOFT))
        if words.is_sample:
            mark = self.format(font_color=_SAMPLE, bold=True)
            sheet.write_string(2, 0, words("sample_says"), mark)
        self.headings(sheet, heads)
        sheet.freeze_panes(HEAD_ROW + 1, frozen)
        self._print(sheet)
        return sheet

    def headings(self, sheet: Any, heads: Sequence[Head]) -> None:
        look = {"bold": True, "text_wrap": True, "bg_color": _FILL, "top": 1, "bottom": 2}
        for column, head in enumerate(heads):
            side = {"align": "right"} if head.is_figure else {"align": "left", "indent": 1}
            form = self.format(**look, **side, font_color=_INK)
            sheet.write_string(HEAD_ROW, column, head.title, form)
            sheet.set_column(column, column, head_width(head))
        lines = max(math.ceil(_width(head.title) / head_width(head)) for head in heads)
        sheet.set_row(HEAD_ROW, _LINE_POINTS * min(lines, _MOST_LINES) + 4)

    def rows(
        self, sheet: Any, heads: Sequence[Head], rows: Sequence[Sequence[Stored]], first: int
    ) -> None:
        """Rows of values below the headings, each in the format of its column."""
        for number, row in enumerate(rows):
            for column, (head, value) in enumerate(zip(heads, row, strict=True)):
                put(sheet, first + number, column, value, self.cell_format(head, value))
            lines = max(
                (_lines(head, one) for head, one in zip(heads, row, strict=True)), default=1
            )
            if lines > 1:
                sheet.set_row(first + number, _LINE_POINTS * lines)
        self.widen(sheet, heads, rows)

    def widen(self, sheet: Any, heads: Sequence[Head], rows: Sequence[Sequence[Stored]]) -> None:
        """Make each column as wide as its longest text, up to a bound."""
        for column, head in enumerate(heads):
            said = [row[column] for row in rows if isinstance(row[column], str)]
            longest = max((_width(str(one)) for one in said), default=0.0)
            least = head_width(head)
            most = max(_WIDEST, head.width or 0.0)
            sheet.set_column(column, column, min(max(least, longest), most))

    def _origin(self, title: str) -> str:
        scheme, lang = self.result.scheme, self.words.lang
        said = [title, scheme.period_label, scheme.issuer.say(lang)]
        return " · ".join(one for one in said if one)

    def _print(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
        sheet.repeat_rows(HEAD_ROW)
        title = self.words.title(self.result.scheme).replace("&", "&&")[:200]
        sheet.set_header(f"&L&9{_apart(title)}&R&9&A")
        sheet.set_footer("&R&9&P / &N")
        sheet.hide_gridlines(2)


_FONT = {"zh": "宋体", "en": "Calibri"}


def _apart(title: str) -> str:
    """A title that begins with a digit must not read as part of the font size before it."""
    return f" {title}" if title[:1].isdigit() else title


@contextmanager
def opened(result: Result, words: Words) -> Iterator[Book]:
    """A workbook to write to. Its date is that of the period, not that of the clock."""
    target = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    workbook = xlsxwriter.Workbook(target, options)
    created = datetime.combine(result.scheme.period.ends, time())
    workbook.set_properties({"title": words.title(result.scheme), "created": created})
    book = Book(result, words, workbook)
    yield book
    workbook.close()
    book.content = target.getvalue()


def put(sheet: Any, row: int, column: int, value: Stored, look: Any) -> None:
    """Write a value as what it is. Text never becomes a formula, a link or a number."""
    match value:
        case None:
            sheet.write_blank(row, column, None, look)
        case str():
            sheet.write_string(row, column, value, look)
        case date():
            sheet.write_datetime(row, column, datetime.combine(value, time()), look)
        case bool():
            sheet.write_boolean(row, column, value, look)
        case _:
            sheet.write_number(row, column, float(value), look)


def put_sum(
    sheet: Any, row: int, column: int, added: Sequence[int], value: Fraction | float, look: Any
) -> None:
    """A sum of cells of the same row as a formula, with the value that it has."""
    if list(added) == list(range(added[0], added[-1] + 1)):
        cells = f"{xl_rowcol_to_cell(row, added[0])}:{xl_rowcol_to_cell(row, added[-1])}"
    else:
        cells = ",".join(xl_rowcol_to_cell(row, one) for one in added)
    sheet.write_formula(row, column, f"=SUM({cells})", look, float(value))


def _decimals(places: int) -> str:
    return "0." + "0" * places if places else "0"


def share_format(share: float, places: int | None) -> str:
    """How a share is shown: the number beneath stays as it is.

    >>> share_format(0.63, None), share_format(0.9996, None), share_format(0.021, 1)
    ('0%', '">99%"', '0.0%')
    """
    if places is None:
        said = numbers.of_100(share)
        return f'"{said}"' if said[0] in "<>" else "0%"
    return f"{_decimals(places)}%"


def _width(said: str) -> float:
    """The width of the longest line, in the characters that Excel counts columns in."""
    return max((2 * text_width(one, 1) for one in said.split("\n")), default=0.0) + 1.5


def _lines(head: Head, value: Stored) -> int:
    """On how many lines a text stands in its column; not every program finds out by itself."""
    most = max(_WIDEST, head.width or 0.0)
    if not isinstance(value, str) or 2 * len(value) < most:
        return 1
    return math.ceil(_width(value) / most)


def head_width(head: Head) -> float:
    """How wide a column must be for its heading: no Latin word breaks, and few lines."""
    longest = max((_width(piece) for piece in pieces(head.title)), default=0.0)
    wanted = min(_width(head.title), _ONE_LINE) if head.width is None else head.width
    return max(wanted, longest, _width(head.title) / (_MOST_LINES - 1))

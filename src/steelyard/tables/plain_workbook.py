"""A list as a workbook of one sheet: texts as text, numbers as numbers, nothing that runs.

It prints on A4 as wide as the page, its headings on every one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

LONGEST_EXACT = 15
"""Digits that Excel keeps of a number; a longer one is written as text."""
_A4 = 9
_UPRIGHT = 85
"""Characters that stand side by side on an upright page; a wider list is printed across."""
_ACROSS = 160
"""Characters that can still be read on a page across; the longest texts of a wider list break into lines."""
_WIDEST, _NARROWEST = 50, 16
_LINE = 15.0
"""Points of a line."""


@dataclass(frozen=True, slots=True)
class DropDown:
    """What a cell offers to be picked; row and column count from 0, the headings being row 0.

    Something else may be typed all the same, after a warning: whoever reads the sheet decides.
    """

    row: int
    column: int
    options: tuple[str, ...]


def plain_workbook(
    sheet: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], note: str = "",
    drop_downs: Iterable[DropDown] = (),
) -> bytes:  # fmt: skip
    """The bytes of an .xlsx file, the same for the same rows. ``note`` stands in its properties."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "constant_memory": False, "strings_to_formulas": False,
                 "strings_to_urls": False, "strings_to_numbers": False},
    ) as book:  # fmt: skip
        book.set_properties({"created": datetime(2000, 1, 1), "comments": note})
        looks = _Looks(book)
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        widths = _widths(headings, rows)
        _set_print(page, sum(widths))
        page.set_row(0, _height(headings, widths))
        for at, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            is_number = _is_of_numbers(rows, at)
            page.write_string(0, at, heading, looks.head_of_numbers if is_number else looks.head)
            page.set_column(at, at, width)
        for number, row in enumerate(rows, 1):
            page.set_row(number, _height(row, widths))
            for at, value in enumerate(row):
                _write(page, number, at, value, looks)
        for one in drop_downs:
            offered = {"validate": "list", "source": list(one.options), "error_type": "warning"}
            page.data_validation(one.row, one.column, one.row, one.column, offered)
    return target.getvalue()


class _Looks:
    """How cells look. A text of several lines is shown whole, beside which the others stand at the top."""

    def __init__(self, book: Any) -> None:
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = book.add_format(head)
        self.head_of_numbers = book.add_format({**head, "align": "right", "indent": 1})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.number = book.add_format({"valign": "top", "align": "right", "indent": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})


def _set_print(page: Any, width: int) -> None:
    if width > _UPRIGHT:
        page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(0.5, 0.5, 0.6, 0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&C&P / &N")


def _is_of_numbers(rows: Sequence[Sequence[Any]], at: int) -> bool:
    """Whether a column holds numbers alone, so that its heading stands over them at the right."""
    there = [row[at] for row in rows if row[at] not in (None, "")]
    return bool(there) and all(_is_number(one) for one in there)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and _is_exact(value)


def _is_exact(value: int | Decimal) -> bool:
    return len(str(value).strip("-").replace(".", "")) <= LONGEST_EXACT


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Each column as wide as its longest line, as long as all of them are still read on a page."""
    wanted = [_longest([heading, *_shown(rows, at)]) + 3 for at, heading in enumerate(headings)]
    most = _WIDEST
    while most > _NARROWEST and sum(min(one, most) for one in wanted) > _ACROSS:
        most -= 2
    return [min(max(one, 8), most) for one in wanted]


def _shown(rows: Sequence[Sequence[Any]], at: int) -> Iterator[str]:
    return ("" if row[at] is None else str(row[at]) for row in rows[:200])


def _longest(texts: Iterable[str]) -> int:
    return max(_characters(line) for text in texts for line in text.split("\n"))


def _characters(line: str) -> int:
    """Chinese characters are as wide as two."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in line)


def _height(row: Sequence[Any], widths: Sequence[int]) -> float:
    """In points, as high as the cell with the most lines; not every program measures what another wrote."""
    lines = (
        sum(max(ceil(_characters(line) / (width - 2)), 1) for line in str(value).split("\n"))
        for value, width in zip(row, widths, strict=True)
        if isinstance(value, str)
    )
    return min(max(lines, default=1) * _LINE, 409.0)


def _write(page: Any, row: int, column: int, value: Any, looks: _Looks) -> None:
    match value:
        case None:
            return
        case bool():
            page.write_boolean(row, column, value, looks.text)
        case date():
            day = datetime(value.year, value.month, value.day)
            page.write_datetime(row, column, day, looks.day)
        case int() | Decimal() if _is_exact(value):
            number = float(value) if isinstance(value, Decimal) else value
            page.write_number(row, column, number, looks.number)
        case _:
            page.write_string(row, column, str(value), looks.text)

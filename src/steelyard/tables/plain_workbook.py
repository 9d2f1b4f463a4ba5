"""A list as a workbook of one sheet: texts as text, numbers as numbers, nothing that runs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LONGEST_EXACT = 15
"""Digits that Excel keeps of a number; a longer one is written as text."""


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
        head = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        for at, heading in enumerate(headings):
            page.write_string(0, at, heading, head)
            page.set_column(at, at, _width(heading, rows, at))
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                _write(page, number, at, value, day)
        for one in drop_downs:
            offered = {"validate": "list", "source": list(one.options), "error_type": "warning"}
            page.data_validation(one.row, one.column, one.row, one.column, offered)
    return target.getvalue()


def _width(heading: str, rows: Sequence[Sequence[Any]], at: int) -> int:
    shown = [heading, *("" if row[at] is None else str(row[at]) for row in rows[:200])]
    longest = max(sum(2 if ord(letter) > 0x2E80 else 1 for letter in text) for text in shown)
    return min(max(longest + 2, 8), 50)


def _write(page: Any, row: int, column: int, value: Any, day: Any) -> None:
    match value:
        case None:
            return
        case bool():
            page.write_boolean(row, column, value)
        case date():
            page.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
        case int() | Decimal() if len(str(value).strip("-").replace(".", "")) <= LONGEST_EXACT:
            page.write_number(row, column, float(value) if isinstance(value, Decimal) else value)
        case _:
            page.write_string(row, column, str(value))

"""The sheet 数据: every value that was weighed, one a row; and the rows of lists.

A number cell holds a float. Where that is not the exact value, the exact one stands beside it.
"""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.exact import plain
from steelyard.papers.workbook.book import HEAD_ROW, Book, Head, Stored
from steelyard.weighing.values import Day, Value


def add_values(book: Book) -> None:
    words = book.words
    heads = [
        Head(words("unit")), Head(words("input_title")), Head(words("period")),
        Head(words.marked(words("value")), is_figure=True), Head(words("status")),
        Head(words("source")), Head(words("code")), Head(words("input")),
        Head(words("exact"), is_soft=True),
    ]  # fmt: skip
    sheet = book.sheet(words("values"), words("values_title"), heads, frozen=1)
    rows = [*_cells(book), *_item_statuses(book)]
    book.rows(sheet, heads, rows, HEAD_ROW + 1)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(heads) - 1)


def _cells(book: Book) -> list[list[Stored]]:
    inputs, words = book.result.scheme.inputs, book.words
    rows: list[list[Stored]] = []
    for unit, code, period, cell in book.result.values.rows():
        title = words.name(inputs[code]) if code in inputs else code
        rows.append([
            _title(book, unit), title, period, stored(cell.value, book), _status(book, cell.status),
            cell.source.say(words.lang), unit, code, beside(cell.value),
        ])  # fmt: skip
    return rows


def _item_statuses(book: Book) -> list[list[Stored]]:
    """Statuses of whole items, which have no value."""
    items, words = book.result.scheme.item, book.words
    period = book.result.scheme.period_label
    return [
        [_title(book, unit), words.name(items[code]), period, None,
         _status(book, status), "", unit, code, None]
        for code, of_units in sorted(book.result.values.item_statuses.items())
        for unit, status in sorted(of_units.items())
    ]  # fmt: skip


def _title(book: Book, unit: str) -> str:
    found = book.result.scheme.unit.get(unit)
    return book.words.name(found) if found else unit


def _status(book: Book, status: str) -> str:
    return book.words(f"status_{status}") if status else ""


def stored(value: Value | None, book: Book) -> Stored:
    """The value as a cell holds it: a number, a date, a text; yes and no in words."""
    if isinstance(value, bool):
        return book.words("yes" if value else "no")
    return value.day if isinstance(value, Day) else value


def beside(value: Value | None) -> str | None:
    """The exact number, where a float is not it."""
    if isinstance(value, bool | str | Day) or value is None:
        return None
    return None if Fraction(repr(float(value))) == value else plain(value)


def add_lists(book: Book) -> None:
    """The rows of lists, one cell a row: lists differ in their columns."""
    words = book.words
    heads = [
        Head(words("list")), Head(words("unit")), Head(words("period")), Head(words("list_row"), is_figure=True),
        Head(words("list_column")), Head(words.marked(words("value")), is_figure=True),
        Head(words("code")),
    ]  # fmt: skip
    sheet = book.sheet(words("lists"), words("lists_title"), heads, frozen=1)
    rows: list[list[Stored]] = [
        [name, _title(book, unit), period, place, column, stored(value, book), unit]
        for (name, period), of_units in sorted(book.result.values.lists.items())
        for unit in sorted(of_units)
        for place, listed in enumerate(of_units[unit], 1)
        for column, value in listed.items()
    ]
    book.rows(sheet, heads, rows, HEAD_ROW + 1)

"""The sheet 分项得分: units × items, the tree from left to right, groups and total as sums.

A group's cell is a formula only where the scheme adds up just what stands in the row, and the sum
is the group's points exactly. Where children are rescaled, bounded, averaged or adjusted, the cell is
a number, in italics.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from steelyard.papers import numbers
from steelyard.papers.scores import Column, column
from steelyard.papers.workbook.book import HEAD_ROW, Book, Head, head_width, put, put_sum
from steelyard.scheme.model import ROOT, Item
from steelyard.weighing.result import Score

_FIRST = 2
_FULL_ROW = HEAD_ROW + 1
_WIDTH = 8.5
_SHEET_OF_PAPER = 200.0
"""How many characters one sheet of A4 holds across before the print gets too small."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its scores, the sheet column it stands in, and those of its children."""

    item: Item
    column: int
    children: tuple[int, ...]
    scores: Column
    places: int


def add_points(book: Book) -> None:
    words, result = book.words, book.result
    placed = _placed(book)
    first = [Head(words("rank"), is_figure=True), Head(words("unit"))]
    heads = [*first, *(_head(book, one) for one in placed)]
    sheet = book.sheet(words("item_points"), words("item_points_title"), heads, frozen=_FIRST)
    sheet.repeat_rows(HEAD_ROW, _FULL_ROW)
    sheet.freeze_panes(_FULL_ROW + 1, _FIRST)
    across = math.ceil(sum(map(head_width, heads)) / _SHEET_OF_PAPER)
    sheet.fit_to_pages(across, 0)
    sheet.repeat_columns(0, _FIRST - 1)
    _write_full(book, sheet, placed)
    for number, standing in enumerate(result.standings):
        row = _FULL_ROW + 1 + number
        rank, title = standing.rank, words.name(standing.unit)
        put(sheet, row, 0, words("not_ranked") if rank is None else rank, _plain(book, rank))
        put(sheet, row, 1, title, _plain(book, title))
        for one in placed:
            _write_cell(book, sheet, row, one, placed, standing.unit.code)
    titles = [words.name(unit) for unit in result.scheme.assessed]
    book.widen(sheet, heads[:2], [["", title] for title in titles])
    if result.scheme.family == "points":
        note = book.format(font_color="#4D5963", italic=True)
        sheet.write_string(_FULL_ROW + 2 + len(result.standings), 0, words("italics_say"), note)


def _placed(book: Book) -> list[Placed]:
    """Every item after its parent, and the root last of all."""
    scheme = book.result.scheme
    items = [item for item in scheme.in_order if item.code != ROOT] + [scheme.root]
    at = {item.code: _FIRST + place for place, item in enumerate(items)}
    found = []
    for item in items:
        scores = column(book.result, item)
        children = tuple(at[child.code] for child in scheme.children[item.code])
        places = numbers.places_for(scores.known, most=max(2, scheme.total.places))
        found.append(Placed(item, at[item.code], children, scores, places))
    return found


def _head(book: Book, one: Placed) -> Head:
    words = book.words
    named = f"{one.item.code} {words.name(one.item)}"
    title = words.marked(words("total")) if one.item.code == ROOT else named
    return Head(title, one.places, width=_WIDTH, is_figure=True)


def _plain(book: Book, value: Fraction | str | None) -> object:
    return book.cell_format(Head(""), value)


def _write_full(book: Book, sheet: object, placed: Sequence[Placed]) -> None:
    """The row of full points, where bonus and deduction do not count; of an index, a blank row."""
    words = book.words
    look = {"font_color": "#4D5963", "bottom": 1}
    put(sheet, _FULL_ROW, 0, "", book.format(**look))
    is_points = book.result.scheme.family == "points"
    put(sheet, _FULL_ROW, 1, words("full") if is_points else "", book.format(**look))
    full = {one.column: one.scores.full for one in placed}
    counting = {one.column for one in placed if one.item.kind == "item"}
    for one in placed:
        form = book.cell_format(Head(""), one.scores.full, **look, bold=bool(one.children))
        added = tuple(child for child in one.children if child in counting)
        _write_number(sheet, _FULL_ROW, replace(one, children=added), full, form, form)


def _write_cell(
    book: Book, sheet: object, row: int, one: Placed, placed: Sequence[Placed], unit: str
) -> None:
    score = one.scores.scores.get(unit)
    head = Head("", one.places)
    if score is None:
        said = book.words("missing_score" if one.scores.full is None else "does_not_apply")
        put(sheet, row, one.column, said, book.cell_format(head, said, align="right"))
        return
    bold = bool(one.children)
    fill = {"bg_color": "#F5F7F8"} if bold else {}
    form = book.cell_format(head, score, bold=bold, **fill)
    bare = book.cell_format(head, score, bold=bold, italic=bold, **fill)
    shown = {other.column: other.scores.scores.get(unit) for other in placed}
    _write_number(sheet, row, one, shown, form, bare)


def _write_number(
    sheet: object, row: int, one: Placed, shown: Mapping[int, Score | None],
    as_sum: object, as_number: object,
) -> None:  # fmt: skip
    value = shown[one.column]
    if value is not None and _is_plain_sum(one, value, shown):
        put_sum(sheet, row, one.column, one.children, value, as_sum)
    else:
        put(sheet, row, one.column, value, as_number)


def _is_plain_sum(one: Placed, value: Score, shown: Mapping[int, Score | None]) -> bool:
    """Whether the scheme adds the children up, and they make the value exactly."""
    item = one.item
    if not one.children or not isinstance(value, Fraction):
        return False
    if item.combine != "sum" or item.rule is not None or item.adjust:
        return False
    added = [shown[child] for child in one.children]
    return sum((Fraction(each) for each in added if each is not None), Fraction(0)) == value

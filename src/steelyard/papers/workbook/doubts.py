"""The sheets of how sure the ranking is: units, rank shares, pairs; and which choice matters."""

from __future__ import annotations

import math

from steelyard.papers import numbers
from steelyard.papers.doubts import at_its_rank, swap_said
from steelyard.papers.pictures import look
from steelyard.papers.pictures.choices import by_weight
from steelyard.papers.pictures.intervals import round_size
from steelyard.papers.pictures.rank_shares import STEPS
from steelyard.papers.workbook.book import HEAD_ROW, Book, Head, Stored, head_width, put
from steelyard.weighing.result import Standing
from steelyard.weighing.uncertainty.findings import HowSure, Index, Interval, Sensitivity, UnitDoubt

_FIRST = HEAD_ROW + 1
_RANK_WIDTH = 5.5
_SENTENCE = 80.0


def add_how_sure(book: Book, found: HowSure) -> None:
    """One row a unit: the ends of its interval, their errors, its shares."""
    heads = _heads(book, found)
    sheet = book.sheet(book.words("how_sure_sheet"), book.words("how_sure_table"), heads, frozen=2)
    of_unit = {one.unit: one for one in found.units}
    rows = [_row(book, one, of_unit[one.unit.code]) for one in book.result.standings]
    book.rows(sheet, heads, rows, _FIRST)
    below = _FIRST + len(rows) + 1
    for at, said in enumerate((found.covers, found.omits)):
        sheet.write_string(below + at, 0, said.say(book.words.lang), book.format())


def _heads(book: Book, found: HowSure) -> list[Head]:
    words = book.words
    confidence = numbers.share(found.confidence)
    places = book.result.scheme.total.places
    return [
        Head(words("rank"), is_figure=True), Head(words("unit")),
        Head(words.marked(words("interval_low", confidence=confidence)), is_figure=True),
        Head(words.marked(words("interval_high", confidence=confidence)), is_figure=True),
        Head(words("interval_low_error"), 2, is_figure=True),
        Head(words("interval_high_error"), 2, is_figure=True),
        Head(words("median_rank"), is_figure=True),
        Head(words("at_its_rank"), is_figure=True, is_share=True),
        Head(words("without_a_rank"), is_figure=True, is_share=True),
        *(Head(title, is_figure=True, is_share=True) for title in _grades(book).values()),
        Head(words("scores_low"), places, is_figure=True),
        Head(words("scores_high"), places, is_figure=True),
        Head(words("code")),
    ]  # fmt: skip


def _grades(book: Book) -> dict[str, str]:
    """Every grade, and none, by its code; nothing in a scheme without grades."""
    grades, words = book.result.scheme.grades, book.words
    if not grades:
        return {}
    return {grade.code: words.name(grade) for grade in grades} | {"": words("no_grade")}


def _row(book: Book, standing: Standing, one: UnitDoubt) -> list[Stored]:
    return [
        _rank(book, standing), book.words.name(standing.unit), *_ends(one.ranks), *_errors(one.ranks),
        one.median_rank, at_its_rank(one), one.unranked or None,
        *(one.grade_shares.get(code) or None for code in _grades(book)),
        *_ends(one.scores), standing.unit.code,
    ]  # fmt: skip


def _ends(interval: Interval | None) -> list[Stored]:
    return [None, None] if interval is None else [interval.low, interval.high]


def _errors(interval: Interval | None) -> list[Stored]:
    return [None, None] if interval is None else [interval.low_error, interval.high_error]


def _rank(book: Book, standing: Standing) -> Stored:
    return book.words("not_ranked") if standing.rank is None else standing.rank


def add_rank_shares(book: Book, found: HowSure) -> None:
    """Units × ranks: the share of replications at each; blank where it never occurred.

    Of very many ranks each column holds several, so that the sheet stays one that can be opened.
    """
    words, of_unit = book.words, {one.unit: one for one in found.units}
    last = max((place for one in found.units for place in one.rank_shares), default=0)
    size = 1 if last <= _MOST_RANKS else round_size(last, _MOST_RANKS)
    heads = [
        Head(words("rank"), is_figure=True),
        Head(words("unit")),
        *(Head(words("at_rank", place=said), is_figure=True, is_share=True, width=_RANK_WIDTH)
          for said in _bands(last, size)),
        Head(words("without_a_rank"), is_figure=True, is_share=True),
    ]  # fmt: skip
    sheet = book.sheet(words("rank_shares"), words("rank_shares_table"), heads, frozen=2)
    names: list[list[Stored]] = [
        [_rank(book, standing), words.name(standing.unit)] for standing in book.result.standings
    ]
    book.rows(sheet, heads[:2], names, _FIRST)
    for column, head in enumerate(heads[2:], 2):
        sheet.set_column(column, column, head_width(head))
    for number, standing in enumerate(book.result.standings):
        for column, share in _shares(of_unit[standing.unit.code], size, len(heads) - 1).items():
            look_ = book.cell_format(heads[column], share)
            put(sheet, _FIRST + number, column, share, look_)
    _shade(book, sheet, len(names), len(heads))
    across = math.ceil(sum(map(head_width, heads)) / _SHEET_OF_PAPER)
    sheet.fit_to_pages(across, 0)
    sheet.repeat_columns(0, 1)


_SHEET_OF_PAPER = 260.0
_MOST_RANKS = 300


def _bands(last: int, size: int) -> list[str]:
    """
    >>> _bands(3, 1), _bands(5, 2)
    (['1', '2', '3'], ['1–2', '3–4', '5'])
    """
    ends = ((first, min(first + size - 1, last)) for first in range(1, last + 1, size))
    return [str(first) if first == end else f"{first}–{end}" for first, end in ends]


def _shares(one: UnitDoubt, size: int, last_column: int) -> dict[int, float]:
    """What occurred, by the column that it belongs to."""
    found: dict[int, float] = {}
    for place, share in one.rank_shares.items():
        column = 2 + (place - 1) // size
        found[column] = found.get(column, 0.0) + share
    return found | ({last_column: one.unranked} if one.unranked else {})


def _shade(book: Book, sheet: object, rows: int, columns: int) -> None:
    """The shades of the heat map, as conditional formats of the numbers."""
    colours = look.light()
    for at, step in enumerate(reversed(STEPS), 1):
        look_ = {"bg_color": colours[f"shade-{at}"], "font_color": colours[f"on-shade-{at}"]}
        rule = {
            "type": "cell", "criteria": ">=" if step else ">", "value": step, "stop_if_true": True,
            "format": book.workbook.add_format(look_),
        }  # fmt: skip
        sheet.conditional_format(_FIRST, 2, HEAD_ROW + rows, columns - 1, rule)  # type: ignore[attr-defined]


def add_pairs(book: Book, found: HowSure) -> None:
    words, units = book.words, book.result.scheme.unit
    heads = [
        Head(words("ahead")), Head(words("behind")),
        Head(words.marked(words("order_holds")), is_figure=True, is_share=True),
        Head(words("standard_error"), 1, is_figure=True, is_share=True), Head(words("is_doubtful")),
        Head(words(f"moved_{book.result.scheme.family}"), 2, is_figure=True, is_share=True),
        Head(words("swap_column"), width=_SENTENCE),
    ]  # fmt: skip
    sheet = book.sheet(words("pairs"), words("pairs_table"), heads)
    rows: list[list[Stored]] = [
        [
            words.name(units[pair.ahead]), words.name(units[pair.behind]), pair.probability, pair.error,
            words("is_doubtful") if pair.is_doubtful else "", None if pair.swap is None else pair.swap.moved,
            swap_said(book.result.scheme, pair, words),
        ]
        for pair in found.pairs
    ]  # fmt: skip
    book.rows(sheet, heads, rows, _FIRST)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(heads) - 1)


def add_sensitivity(book: Book, found: Sensitivity) -> None:
    """Each choice for the whole ranking, then a sheet with each choice for every unit."""
    words = book.words
    heads = [Head(words.marked(words("choice"))), *_index_heads(book)]
    sheet = book.sheet(words("choices_sheet"), words("choices_table"), heads, frozen=1)
    rows: list[list[Stored]] = [
        [_title(book, found, name), *_indices(found.shift_first[name], found.shift_total[name])]
        for name in by_weight(found)
    ]
    book.rows(sheet, heads, rows, _FIRST)
    sheet.write_string(_FIRST + len(rows) + 1, 0, found.says.say(words.lang), book.format())
    _add_by_unit(book, found)


def _add_by_unit(book: Book, found: Sensitivity) -> None:
    words = book.words
    heads = [Head(words("unit")), Head(words.marked(words("choice"))), *_index_heads(book)]
    sheet = book.sheet(words("choices_by_unit"), words("choices_unit_table"), heads, frozen=1)
    rows: list[list[Stored]] = [
        [
            words.name(standing.unit), _title(book, found, name),
            *_indices(found.by_unit_first[code][name], found.by_unit_total[code][name]),
        ]
        for standing in book.result.standings
        if (code := standing.unit.code) in found.by_unit_first
        for name in by_weight(found)
    ]  # fmt: skip
    book.rows(sheet, heads, rows, _FIRST)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(heads) - 1)


def _title(book: Book, found: Sensitivity, name: str) -> str:
    return found.factors[name].say(book.words.lang) or name


def _index_heads(book: Book) -> list[Head]:
    words = book.words
    keys = ("first_order", "half_width", "total_effect", "half_width")
    return [Head(words(key), 2, is_figure=True) for key in keys]


def _indices(first: Index, whole: Index) -> list[Stored]:
    return [first.value, first.error, whole.value, whole.error]

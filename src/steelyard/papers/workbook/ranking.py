"""The sheet 排名: rank, unit, score, exact score, grade, vetoes."""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.exact import plain
from steelyard.papers.workbook.book import HEAD_ROW, Book, Head, Stored
from steelyard.weighing.result import Score, Standing


def add_ranking(book: Book) -> None:
    words, result = book.words, book.result
    heads = _heads(book)
    sheet = book.sheet(words("ranking"), words("ranking_table"), heads, frozen=2)
    rows = [_row(book, standing) for standing in result.standings]
    book.rows(sheet, heads, rows, HEAD_ROW + 1)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(rows), len(heads) - 1)


def _heads(book: Book) -> list[Head]:
    words, scheme = book.words, book.result.scheme
    places = scheme.total.places
    heads = [
        Head(words("rank"), is_figure=True),
        Head(words("unit")),
        Head(words.marked(words("score")), places, is_figure=True),
        Head(words("grade")),
        Head(words("group")),
        Head(words("group_rank"), is_figure=True),
        Head(words("vetoes")),
        Head(words("before_vetoes"), places, is_figure=True),
        Head(words("code")),
    ]
    exact = [Head(words("exact"), is_soft=True)] if scheme.family == "points" else []
    return [*heads, *exact]


def _row(book: Book, standing: Standing) -> list[Stored]:
    scheme, words = book.result.scheme, book.words
    grades = {grade.code: words.name(grade) for grade in scheme.grades}
    vetoes = {veto.code: words.name(veto) for veto in scheme.vetoes}
    group = scheme.groups.get(standing.unit.group)
    row: list[Stored] = [
        _place(standing.rank, book),
        words.name(standing.unit),
        standing.score,
        grades.get(standing.grade, ""),
        group.say(words.lang) if group else standing.unit.group,
        _place(standing.group_rank, book),
        words.join([vetoes[code] for code in standing.vetoes]),
        standing.before if standing.vetoes else None,
        standing.unit.code,
    ]
    return [*row, exact(standing.score)] if scheme.family == "points" else row


def _place(rank: Fraction | None, book: Book) -> Stored:
    return book.words("not_ranked") if rank is None else rank


def exact(score: Score | None) -> str | None:
    """The exact score as text: a decimal where one ends, else a fraction."""
    return plain(score) if isinstance(score, Fraction) else None

"""All sheets in their order, as the bytes of an .xlsx file: equal results give equal bytes."""

from __future__ import annotations

from steelyard.kernel.bilingual import Lang
from steelyard.papers.words import Words
from steelyard.papers.workbook.audit import add_audit
from steelyard.papers.workbook.book import Book, opened
from steelyard.papers.workbook.data import add_lists, add_values
from steelyard.papers.workbook.doubts import (
    add_how_sure,
    add_pairs,
    add_rank_shares,
    add_sensitivity,
)
from steelyard.papers.workbook.points import add_points
from steelyard.papers.workbook.ranking import add_ranking
from steelyard.papers.workbook.recipe import add_recipe, add_weights
from steelyard.weighing.result import Result


def workbook_bytes(result: Result, lang: Lang) -> bytes:
    """The workbook: ranking, points by indicator, values, recipe.

    Sums that a reader would check are formulas with their values beside them, wherever the scheme
    really adds up what is shown; other numbers are numbers.
    """
    with opened(result, Words.of(result, lang)) as book:
        add_ranking(book)
        _add_doubts(book)
        add_points(book)
        add_values(book)
        if result.values.lists:
            add_lists(book)
        if result.composed is not None:
            add_weights(book, result.composed)
        add_recipe(book)
    return book.content


def _add_doubts(book: Book) -> None:
    """The sheets of what was asked about the result."""
    result = book.result
    if result.how_sure is not None:
        add_how_sure(book, result.how_sure)
        add_rank_shares(book, result.how_sure)
        add_pairs(book, result.how_sure)
    if result.sensitivity is not None:
        add_sensitivity(book, result.sensitivity)
    if result.audit is not None:
        add_audit(book, result.audit)

"""The sheet 计算依据: the scheme, the versions and the hashes by which to weigh again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.papers.report.facts import origin
from steelyard.papers.report.recipe import recipe
from steelyard.papers.workbook.book import HEAD_ROW, Book, Head, Stored

if TYPE_CHECKING:
    from steelyard.weighing.index.compose import Composed


def add_recipe(book: Book) -> None:
    words, result = book.words, book.result
    heads = [Head(words("what"), width=18), Head(words("says"), width=90)]
    sheet = book.sheet(words("recipe"), words("method"), heads)
    facts = [*origin(result.scheme, words)[:-1], *recipe(result, words)]
    rows: list[list[Stored]] = [[fact.name, fact.value] for fact in facts]
    if result.scheme.note:
        rows.append([words("note"), result.scheme.note.say(words.lang)])
    rows.append([words("weigh_again"), "steelyard weigh result.json"])
    book.rows(sheet, heads, rows, HEAD_ROW + 1)


def add_weights(book: Book, composed: Composed) -> None:
    """The sheet 权重 of an index: the weights used in every group, and what was filled or changed."""
    words = book.words
    heads = [
        Head(words("group_of_items")),
        Head(words("item")),
        Head(words("weight"), is_figure=True),
    ]
    sheet = book.sheet(words("weight"), words("weights_used"), heads)
    titles = {item.code: words.name(item) for item in book.result.scheme.in_order}
    rows: list[list[Stored]] = [
        [titles[group] if group else words("whole_index"), titles[child], share]
        for group, used in reversed(list(composed.weights.items()))
        for child, share in used.items()
    ]
    book.rows(sheet, heads, rows, HEAD_ROW + 1)
    for number, note in enumerate(composed.notes):
        sheet.write_string(
            HEAD_ROW + 2 + len(rows) + number, 0, note.say(words.lang), book.format()
        )

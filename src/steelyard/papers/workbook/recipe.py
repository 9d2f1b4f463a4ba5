"""The sheet 计算依据: the scheme, the versions and the hashes by which to weigh again."""

from __future__ import annotations

from steelyard.papers.report.facts import origin
from steelyard.papers.report.recipe import recipe
from steelyard.papers.workbook.book import HEAD_ROW, Book, Head, Stored


def add_recipe(book: Book) -> None:
    words, result = book.words, book.result
    heads = [Head(words("what"), width=18), Head(words("says"), width=40)]
    sheet = book.sheet(words("recipe"), words("method"), heads)
    facts = [*origin(result.scheme, words)[:-1], *recipe(result, words)]
    rows: list[list[Stored]] = [[fact.name, fact.value] for fact in facts]
    if result.scheme.note:
        rows.append([words("note"), result.scheme.note.say(words.lang)])
    rows.append([words("weigh_again"), "steelyard weigh result.json"])
    book.rows(sheet, heads, rows, HEAD_ROW + 1)
    sheet.set_column(1, 1, 90)

"""The sheets of the index itself: every leaf, correlations to look at, consistency of groups."""

from __future__ import annotations

from steelyard.papers.doubts import item_said
from steelyard.papers.workbook.book import HEAD_ROW, Book, Head, Stored
from steelyard.weighing.uncertainty.findings import Audit

_FIRST = HEAD_ROW + 1


def add_audit(book: Book, found: Audit) -> None:
    _add_leaves(book, found)
    if found.flags:
        _add_flags(book, found)
    if found.groups:
        _add_groups(book, found)


def _add_leaves(book: Book, found: Audit) -> None:
    words, scheme = book.words, book.result.scheme
    heads = [
        Head(words("item")), Head(words("known"), is_figure=True, is_share=True),
        Head(words("skewness"), 2, is_figure=True), Head(words("kurtosis"), 2, is_figure=True),
        Head(words.marked(words("nominal")), 1, is_figure=True, is_share=True),
        Head(words.marked(words("effective")), 1, is_figure=True, is_share=True),
        Head(words("with_total"), 2, is_figure=True), Head(words("finding")),
        Head(words("outliers")), Head(words("code")),
    ]  # fmt: skip
    sheet = book.sheet(words("audit_sheet"), words("audit"), heads, frozen=1)
    rows: list[list[Stored]] = [
        [
            words.name(scheme.item[leaf.item]), leaf.known, leaf.skewness, leaf.kurtosis, leaf.nominal,
            leaf.effective, leaf.with_total, words("misleads") if leaf.misleads else "",
            words.join([words.name(scheme.unit[unit]) for unit in leaf.outliers]), leaf.item,
        ]
        for leaf in found.leaves
    ]  # fmt: skip
    book.rows(sheet, heads, rows, _FIRST)
    for at, note in enumerate(found.notes):
        sheet.write_string(_FIRST + len(rows) + 1 + at, 0, note.say(words.lang), book.format())


def _add_flags(book: Book, found: Audit) -> None:
    words, scheme = book.words, book.result.scheme
    heads = [
        Head(words("item")), Head(words("other_item")),
        Head(words.marked(words("correlation")), 2, is_figure=True), Head(words("finding")),
    ]  # fmt: skip
    sheet = book.sheet(words("flags_sheet"), words("flags"), heads)
    rows: list[list[Stored]] = [
        [item_said(scheme, flag.item, words), item_said(scheme, flag.other, words), flag.correlation,
         words(f"flag_{flag.kind}")]
        for flag in found.flags
    ]  # fmt: skip
    book.rows(sheet, heads, rows, _FIRST)


def _add_groups(book: Book, found: Audit) -> None:
    """Alpha of each group, then its principal components, the largest first."""
    words = book.words
    most = max(len(group.explained) for group in found.groups)
    heads = [
        Head(words("group_of_items")), Head(words("children"), is_figure=True),
        Head(words.marked(words("alpha")), 2, is_figure=True), Head(words("kept"), is_figure=True),
        *(Head(words("component", place=place), 1, is_figure=True, is_share=True)
          for place in range(1, most + 1)),
    ]  # fmt: skip
    sheet = book.sheet(words("consistency_sheet"), words("groups_of_items"), heads, frozen=1)
    rows: list[list[Stored]] = [
        [
            item_said(book.result.scheme, group.group, words), len(group.children), group.alpha,
            group.kept if group.explained else None, *group.explained,
            *[None] * (most - len(group.explained)),
        ]
        for group in found.groups
    ]  # fmt: skip
    book.rows(sheet, heads, rows, _FIRST)

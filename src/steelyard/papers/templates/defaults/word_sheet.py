"""A sheet as a Word template: title, facts in two columns, tables whose headings stand on every page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from steelyard.kernel.bilingual import Lang
from steelyard.papers.official.layout import (
    CHINESE,
    FACES,
    LATIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Type,
    mm,
)
from steelyard.papers.official.styles import set_settings, set_styles
from steelyard.papers.official.tables import cell, divided, row, ruled
from steelyard.papers.official.write import describe, only_ours, put, set_grid, twips
from steelyard.papers.official.xml import (
    aligned,
    element,
    page_number,
    paragraph,
    run,
    run_properties,
    spacing,
)
from steelyard.papers.packed import without_time
from steelyard.papers.templates.defaults.layout import Layout, Table, asked

TYPES: dict[Lang, Type] = {
    "zh": replace(
        CHINESE, body=21, title=36, page=21, pitch=360, char_space=None, condensed=0, indent=420
    ),
    "en": replace(LATIN, body=20, title=30, page=20, pitch=300, indent=400),
}
"""五号 for what is read on a table, 小二 for its title."""
WIDE: dict[Lang, Type] = {
    "zh": replace(TYPES["zh"], body=18, pitch=320, indent=360),
    "en": replace(TYPES["en"], body=18, pitch=280, indent=360),
}
"""小五 where a table has many columns."""
_MARGIN = mm(18)
_FOOT = mm(12)
_LABEL = 0.18
"""The share of the width that the labels of the facts have."""


def word_sheet(layout: Layout) -> bytes:
    """The template as .docx: the same layout gives the same bytes."""
    import docx

    document = docx.Document()
    type_ = (WIDE if layout.is_wide else TYPES)[layout.lang]
    set_styles(document.styles.element, type_, layout.lang)
    set_settings(document.settings.element, type_)
    width = _set_page(document.sections[0], layout, type_)
    section = document.element.body[-1]
    for one in _Sheet(layout, type_, width).all():
        section.addprevious(one)
    describe(document, asked(layout.title), "", layout.lang)
    only_ours(document)
    target = io.BytesIO()
    document.save(target)
    return without_time(target.getvalue())


def _set_page(section: Any, layout: Layout, type_: Type) -> int:
    """Returns how wide the text is, in twips."""
    from docx.enum.section import WD_ORIENT

    wide, high = (PAGE_HEIGHT, PAGE_WIDTH) if layout.is_wide else (PAGE_WIDTH, PAGE_HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = twips(wide), twips(high)
    section.top_margin = section.bottom_margin = twips(_MARGIN)
    section.left_margin = section.right_margin = twips(_MARGIN)
    section.header_distance = section.footer_distance = twips(_FOOT)
    set_grid(section._sectPr, replace(type_, char_space=None))
    put(section.footer, paragraph("Footer", page_number(), aligned("center")))
    return wide - 2 * _MARGIN


class _Sheet:
    """Writes the parts of one sheet, from the top."""

    def __init__(self, layout: Layout, type_: Type, width: int) -> None:
        self.layout, self.type, self.width = layout, type_, width
        self.faces = FACES[layout.lang]

    def all(self) -> Iterator[Any]:
        room = spacing(after=self.type.pitch // 2, line=self.type.title * 12)
        yield paragraph("Title", [run(asked(self.layout.title))], room)
        if self.layout.facts:
            yield self._facts()
        for table in self.layout.tables:
            yield self._above(table)
            yield self._table(table)
        yield from self._below()

    def _facts(self) -> Any:
        label = round(self.width * _LABEL)
        widths = [label, self.width - label]
        rows = [
            row([self._head(fact.label, widths[0]), self._cell(asked(fact.text), widths[1])])
            for fact in self.layout.facts
        ]
        return ruled(widths, rows)

    def _above(self, table: Table) -> Any:
        """The title of a table; without one the air between two tables, which Word would join."""
        looks = run_properties(self.faces["head"], self.type.body)
        room = spacing(before=self.type.pitch // 2, after=self.type.pitch // 4)
        keep = element("w:keepNext")
        return paragraph("", [run(asked(table.title), looks)], keep, room, aligned("left"))

    def _table(self, table: Table) -> Any:
        widths = divided(self.width, [column.width for column in table.columns])
        both = list(zip(table.columns, widths, strict=True))
        head = row([self._head(one.heading, at, stays=True) for one, at in both], is_head=True)
        asks = [self._cell(asked(column.text, "row"), at, column.how) for column, at in both]
        spare = [
            row(
                [self._cell("", at, stays=left == 0) for at in widths],
                height=max(table.height, 24) * 20,
            )
            for left in reversed(range(table.spare))
        ]
        return ruled(widths, [
            head,
            self._tag(f"{{%tr for row in {table.of} %}}", widths),
            row(asks, height=table.height * 20),
            self._tag("{%tr endfor %}", widths),
            *spare,
        ])  # fmt: skip

    def _below(self) -> Iterator[Any]:
        room = spacing(before=self.type.pitch // 2)
        for line in filter(None, (self.layout.note, *self.layout.signed)):
            yield paragraph("", [run(asked(line))], room, aligned("left"))
        if not (self.layout.note or self.layout.signed):
            yield paragraph("", [], spacing(line=20))

    def _tag(self, text: str, widths: list[int]) -> Any:
        return row([self._cell(text, sum(widths), columns=len(widths))])

    def _head(self, text: str, width: int, *, stays: bool = False) -> Any:
        return cell(text, width, self.faces["head"], self.type.body, "center", stays=stays)

    def _cell(
        self, text: str, width: int, how: str = "left", *, columns: int = 1, stays: bool = False
    ) -> Any:
        face, size = self.faces["body"], self.type.body
        return cell(text, width, face, size, how, columns=columns, stays=stays)

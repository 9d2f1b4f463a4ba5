"""A sheet as an Excel template: A4, as wide as the page, headings on every page, a row that is repeated."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from steelyard.papers.templates.defaults.layout import Column, Layout, Table, asked
from steelyard.papers.templates.sheet_heights import needed

_A4 = 9
_FONTS = {"zh": ("宋体", "黑体"), "en": ("Arial", "Arial")}
_SHEET = {"zh": "表", "en": "Sheet"}
_HEAD_FILL = "#EDF2F5"
_SPARE_HEIGHT = 36.0
_FACT_HEIGHT = 20.0
_SIZE = 10
_NUMBER = "General;-General;0"
"""Points: as many digits after the point as there are, and none of a whole number. The 0 of what is nothing
tells a cell for numbers from one that may hold anything."""


def excel_sheet(layout: Layout) -> bytes:
    """The template as .xlsx: the same layout gives the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    ) as book:  # fmt: skip
        book.set_properties({"created": datetime(2000, 1, 1)})
        _Page(book, layout).write()
    return target.getvalue()


class _Page:
    """The one sheet of a template, written from its first row."""

    def __init__(self, book: Any, layout: Layout) -> None:
        self.layout = layout
        self.page = book.add_worksheet(_SHEET[layout.lang])
        text, head = _FONTS[layout.lang]
        plain = {"font_name": text, "font_size": _SIZE, "text_wrap": True, "valign": "vcenter"}
        self.title = book.add_format(
            {**plain, "font_name": head, "font_size": 16, "bold": True, "align": "center"}
        )
        self.caption = book.add_format(
            {**plain, "font_name": head, "bold": True, "text_wrap": False}
        )
        self.head = book.add_format(
            {
                **plain,
                "font_name": head,
                "bold": True,
                "border": 1,
                "align": "center",
                "bg_color": _HEAD_FILL,
            }
        )
        self.cell = book.add_format({**plain, "border": 1})
        self.number = book.add_format(
            {**plain, "border": 1, "align": "right", "num_format": _NUMBER}
        )
        self.centred = book.add_format({**plain, "border": 1, "align": "center"})
        self.line = book.add_format(plain)
        self.row = 0
        self.width = max((len(table.columns) for table in layout.tables), default=2)

    def write(self) -> None:
        self._set_page()
        self._across(asked(self.layout.title), self.title, height=30)
        for fact in self.layout.facts:
            self._fact(fact.label, asked(fact.text))
        for table in self.layout.tables:
            self._table(table)
        self.row += 1
        for line in filter(None, (self.layout.note, *self.layout.signed)):
            self._across(asked(line), self.line, height=24)
        self.page.print_area(0, 0, self.row - 1, self.width - 1)

    def _set_page(self) -> None:
        if self.layout.is_wide:
            self.page.set_landscape()
        self.page.set_paper(_A4)
        self.page.set_margins(0.5, 0.5, 0.6, 0.6)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&C&P / &N")
        for table in self.layout.tables[:1]:
            for at, column in enumerate(table.columns):
                self.page.set_column(at, at, column.width)

    def _across(self, text: str, look: Any, *, height: float) -> None:
        if self.width > 1:
            self.page.merge_range(self.row, 0, self.row, self.width - 1, text, look)
        else:
            self.page.write_string(self.row, 0, text, look)
        self.page.set_row(self.row, height)
        self.row += 1

    def _fact(self, label: str, text: str) -> None:
        self.page.write_string(self.row, 0, label, self.head)
        height = max(_FACT_HEIGHT, needed(label, self._label_width(), _SIZE))
        if self.width > 2:
            self.page.merge_range(self.row, 1, self.row, self.width - 1, text, self.cell)
        else:
            self.page.write_string(self.row, 1, text, self.cell)
        self.page.set_row(self.row, height)
        self.row += 1

    def _label_width(self) -> int:
        """Bold type breaks sooner."""
        return self.layout.tables[0].columns[0].width - 1 if self.layout.tables else 8

    def _table(self, table: Table) -> None:
        self.row += 1
        if table.title:
            self.page.write_string(self.row, 0, asked(table.title), self.caption)
            self.row += 1
        for at, column in enumerate(table.columns):
            self.page.write_string(self.row, at, column.heading, self.head)
        self.page.set_row(self.row, _head_height(table))
        if len(self.layout.tables) == 1:
            self.page.repeat_rows(self.row)
            self.page.freeze_panes(self.row + 1, 0)
        self.row += 1
        first = self.row
        self._row([asked(column.text, table.of) for column in table.columns], table, table.height)
        for _ in range(table.spare):
            self._row([""] * len(table.columns), table, table.height or _SPARE_HEIGHT)
        self._choices(table, first)

    def _row(self, texts: list[str], table: Table, height: float) -> None:
        """Without a height Excel makes it as high as its text."""
        if height:
            self.page.set_row(self.row, height)
        for at, (text, column) in enumerate(zip(texts, table.columns, strict=True)):
            self.page.write_string(self.row, at, text, self._look(column))
        self.row += 1

    def _look(self, column: Column) -> Any:
        if column.is_number:
            return self.number
        return self.centred if column.is_centred else self.cell

    def _choices(self, table: Table, first: int) -> None:
        for at, column in enumerate(table.columns):
            if column.choices:
                rule = {"validate": "list", "source": list(column.choices), "show_error": False}
                self.page.data_validation(first, at, self.row - 1, at, rule)


def _head_height(table: Table) -> float:
    """As high as the heading that breaks most often, which bold type does sooner."""
    return max(needed(one.heading, one.width - 1, _SIZE) for one in table.columns)

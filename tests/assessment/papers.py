"""A year whose papers are taken away: what stands in a Word file and in an Excel file."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from openpyxl import load_workbook


def words_of(content: bytes) -> str:
    """Every text of a Word file or a workbook, a line each."""
    return "\n".join(_of_sheet(content) if b"xl/workbook.xml" in content else _of_word(content))


def _of_word(content: bytes) -> Iterator[str]:
    document = Document(io.BytesIO(content))
    for section in document.sections:
        for part in (section.first_page_header, section.header, section.footer):
            yield from (one.text for one in part.paragraphs)
    yield from (one.text for one in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def _of_sheet(content: bytes) -> Iterator[str]:
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from (str(cell) for cell in row if cell is not None)

"""Templates as an office would make them, small; and the files as the tests look at them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docx
import openpyxl
from openpyxl.utils.escape import unescape

from steelyard.kernel.bilingual import Text, same
from steelyard.papers.templates import Field

FIELDS = (
    Field("title", Text("标题", "Title")),
    Field("unit", Text("单位", "Unit")),
    Field("late", Text("是否逾期", "Whether it is late")),
    Field(
        "items",
        Text("项目", "Items"),
        (
            Field("code", same("code")),
            Field("points", Text("分值", "Points")),
            Field("facts", Text("数据", "Facts"), (Field("name", same("name")),)),
        ),
    ),
)


def item(code: str = "A1", points: str = "5", facts: Sequence[str] = ()) -> Mapping[str, Any]:
    return {"code": code, "points": points, "facts": [{"name": name} for name in facts]}


def values(**some: Any) -> dict[str, Any]:
    return {"title": "通知", "unit": "南山市", "late": False, "items": [item()]} | some


def word(
    *paragraphs: str,
    table: Sequence[Sequence[str]] = (),
    header: str = "",
    mend: Callable[[Any], None] | None = None,
) -> bytes:
    """A Word file of these paragraphs, then a table, under a header."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for row, texts in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if mend is not None:
        mend(document)
    return _saved(document)


def paragraphs(content: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


def cells(content: bytes) -> list[list[str]]:
    """The texts of the first table."""
    table = docx.Document(io.BytesIO(content)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def header(content: bytes) -> str:
    return docx.Document(io.BytesIO(content)).sections[0].header.paragraphs[0].text


def book(rows: Sequence[Sequence[Any]], *, mend: Callable[[Any], None] | None = None) -> bytes:
    """An Excel file of one sheet; ``mend`` has the sheet before it is saved."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表"
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            sheet.cell(row, column, text)
    if mend is not None:
        mend(sheet)
    return _saved(made)


def sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).active


def grid(content: bytes) -> list[list[Any]]:
    """What every cell holds, as Excel reads it."""
    return [
        [unescape(one) if isinstance(one, str) else one for one in row]
        for row in sheet(content).iter_rows(values_only=True)
    ]


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The package with one part more, or with another in its place."""
    return changed(content, {name: lambda _: part})


def changed(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The package with some parts changed; one that is not there begins empty."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts |= {name: change(parts.get(name, b"")) for name, change in changes.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return target.getvalue()


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """A change of a part that has to find what it replaces."""

    def change(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new)

    return change


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()

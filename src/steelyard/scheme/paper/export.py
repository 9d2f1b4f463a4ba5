"""The table as Excel and Word files, printable on A4, with the scheme itself beside the words."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.scheme.paper.layout import Layout, layout_of
from steelyard.scheme.paper.machine import SHEET, machine_lines

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_SHEET_NAME = Text("考核细则", "Scoring table")
_ROLES = ("points", "rule", "supplying_body", "scoring_body", "material", "note")
_WIDTHS = {"code": 8.0, "level": 16.0, "points": 7.0, "rule": 52.0, "supplying_body": 14.0,
           "scoring_body": 14.0, "material": 20.0, "note": 18.0}  # fmt: skip
_BODY, _HEAD, _TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_BODY_EN, _HEAD_EN = "Times New Roman", "Arial"


def spans(layout: Layout) -> Iterator[tuple[int, int, int, str]]:
    """The blocks of the level columns: (level, first row, last row, title), rows from 0."""
    for level in range(layout.depth):
        start = 0
        for row in range(1, len(layout.rows) + 1):
            if row == len(layout.rows) or _group(layout, row, level) != _group(
                layout, start, level
            ):
                title = _at(layout, start, level)
                if title:
                    yield level, start, row - 1, title
                start = row


def _group(layout: Layout, row: int, level: int) -> tuple[str, ...]:
    return tuple(code for code, _ in layout.rows[row].path[: level + 1]) + (
        (str(row),) if level >= len(layout.rows[row].path) else ()
    )


def _at(layout: Layout, row: int, level: int) -> str:
    path = layout.rows[row].path
    return path[level][1] if level < len(path) else ""


def _columns(layout: Layout) -> list[str]:
    return ["code", *["level"] * layout.depth, *_ROLES]


# --- Excel ------------------------------------------------------------------------------------


def export_xlsx(document: Mapping[str, object], lang: Lang) -> bytes:
    """The table as an Excel workbook."""
    import xlsxwriter

    layout, target = layout_of(document, lang), io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": _NO_TIME.replace(tzinfo=None), "title": layout.title})
    sheet = book.add_worksheet(_SHEET_NAME.say(lang))
    _set_up(sheet, layout)
    _fill_sheet(book, sheet, layout, lang)
    carried = book.add_worksheet(SHEET)
    carried.set_column(0, 0, 120)
    for row, line in enumerate(machine_lines(document, lang)):
        carried.write_string(row, 0, line)
    book.close()
    return target.getvalue()


def _set_up(sheet: Any, layout: Layout) -> None:
    """A4 across, one page wide, the headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 0)
    sheet.set_footer("&C&P / &N")
    for column, role in enumerate(_columns(layout)):
        sheet.set_column(column, column, _WIDTHS[role])


def _fill_sheet(book: Any, sheet: Any, layout: Layout, lang: Lang) -> None:
    body, head = (_BODY, _HEAD) if lang == "zh" else (_BODY_EN, _HEAD_EN)
    common = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 11}
    title = book.add_format(
        {"font_name": head, "font_size": 16, "align": "center", "valign": "vcenter"}
    )
    heading = book.add_format(
        common | {"font_name": head, "align": "center", "bg_color": "#E8EDF2"}
    )
    left = book.add_format(common | {"font_name": body})
    centre = book.add_format(common | {"font_name": body, "align": "center"})
    remark = book.add_format(
        {"font_name": body, "font_size": 11, "text_wrap": True, "valign": "top"}
    )
    columns = _columns(layout)
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, len(columns) - 1, layout.title, title)
    for column, text in enumerate(layout.headings):
        sheet.write_string(1, column, text, heading)
    for level, first, last, text in spans(layout):
        _block(sheet, first + 2, last + 2, level + 1, text, left)
    _blanks(sheet, layout, left)
    for row, one in enumerate(layout.rows, start=2):
        sheet.write_string(row, 0, one.code, centre)
        for column, role in enumerate(_ROLES, start=layout.depth + 1):
            _cell(sheet, row, column, role, one.cells[role], centre if role == "points" else left)
        sheet.set_row(row, _height(one.cells))
    for row, text in enumerate(layout.remarks, start=len(layout.rows) + 2):
        sheet.merge_range(row, 0, row, len(columns) - 1, text, remark)


def _height(cells: Mapping[str, str]) -> float:
    """A row is as high as its longest cell needs: Excel does not measure what a program writes."""
    lines = max(-(-_length(cells[role]) // int(_WIDTHS[role])) for role in _ROLES)
    return max(1, lines) * 15.5 + 6


def _length(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _block(sheet: Any, first: int, last: int, column: int, text: str, shape: Any) -> None:
    if first == last:
        sheet.write_string(first, column, text, shape)
    else:
        sheet.merge_range(first, column, last, column, text, shape)


def _blanks(sheet: Any, layout: Layout, shape: Any) -> None:
    for row, one in enumerate(layout.rows, start=2):
        for level in range(len(one.path), layout.depth):
            sheet.write_blank(row, level + 1, None, shape)


def _cell(sheet: Any, row: int, column: int, role: str, text: str, shape: Any) -> None:
    """Text stays text, whatever it begins with; points that a float holds exactly are a number."""
    if (
        role == "points"
        and text
        and repr(float(text) if "/" not in text else 0.5) in (text, f"{text}.0")
    ):
        sheet.write_number(row, column, float(text), shape)
    else:
        sheet.write_string(row, column, text, shape)


# --- Word -------------------------------------------------------------------------------------


def export_docx(document: Mapping[str, object], lang: Lang) -> bytes:
    """The table as a Word document."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    layout, target = layout_of(document, lang), io.BytesIO()
    paper = docx.Document()
    paper.core_properties.created = paper.core_properties.modified = _NO_TIME
    paper.core_properties.title = layout.title
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)
    _write(
        paper.add_paragraph(), layout.title, _TITLE if lang == "zh" else _HEAD_EN, 22, centred=True
    )
    _fill_table(paper, layout, lang)
    for text in layout.remarks:
        _write(paper.add_paragraph(), text, _BODY if lang == "zh" else _BODY_EN, 12)
    paper.add_page_break()  # type: ignore[no-untyped-call]
    _carry(paper, document, lang)
    paper.save(target)
    return target.getvalue()


def _fill_table(paper: Any, layout: Layout, lang: Lang) -> None:
    body, head = (_BODY, _HEAD) if lang == "zh" else (_BODY_EN, _HEAD_EN)
    columns = _columns(layout)
    table = paper.add_table(rows=len(layout.rows) + 1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    _widths(table, columns)
    cells = [list(row.cells) for row in table.rows]
    for column, text in enumerate(layout.headings):
        _write(cells[0][column].paragraphs[0], text, head, 10.5, centred=True)
    _repeat(table.rows[0])
    for level, first, last, text in spans(layout):
        block = cells[first + 1][level + 1].merge(cells[last + 1][level + 1])
        _write(block.paragraphs[0], text, body, 10.5)
    for row, one in enumerate(layout.rows, start=1):
        _write(cells[row][0].paragraphs[0], one.code, body, 10.5, centred=True)
        for column, role in enumerate(_ROLES, start=layout.depth + 1):
            _write(
                cells[row][column].paragraphs[0],
                one.cells[role],
                body,
                10.5,
                centred=role == "points",
            )


def _widths(table: Any, columns: list[str]) -> None:
    from docx.shared import Mm

    whole = sum(_WIDTHS[role] for role in columns)
    for column, role in zip(table.columns, columns, strict=True):
        width = Mm(267 * _WIDTHS[role] / whole)
        for cell in column.cells:
            cell.width = width


def _repeat(row: Any) -> None:
    """The headings stand again at the top of every page."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _write(paragraph: Any, text: str, font: str, size: float, *, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), _BODY_EN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _carry(paper: Any, document: Mapping[str, object], lang: Lang) -> None:
    _write(paper.add_paragraph(), SHEET, _HEAD if lang == "zh" else _HEAD_EN, 14)
    lines = machine_lines(document, lang)
    table = paper.add_table(rows=len(lines), cols=1)
    for row, line in zip(table.rows, lines, strict=True):
        _write(row.cells[0].paragraphs[0], line, _BODY_EN, 7)

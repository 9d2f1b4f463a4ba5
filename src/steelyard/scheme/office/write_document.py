"""The table as a Word document, laid out as official tables are, with the scheme on the last page.

The scheme travels in a table and not in a hidden part of the file: text survives being opened and saved
by Word, WPS and LibreOffice alike, and who looks can see that it is there. It is set as small as it can
be, on pages that the paper does not count as its own: nobody reads it on paper. The table is written as XML:
python-docx merges cells by walking all of them again.
Source: ECMA-376 (Office Open XML), Part 1, 17.4 (tables), 17.8.3 (fonts).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.scheme.office.layout import Layout, layout_of
from steelyard.scheme.office.machine import SHEET, machine_lines
from steelyard.scheme.office.paper import ALTERNATIVES, FONTS, Block, Fonts, blocks, widths

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_NO_TIME_IN_ZIP = (2000, 1, 1, 0, 0, 0)
_TWIPS = 56.69  # of a millimetre
_CENTRED = ("code", "points", "weight", "supplying_body", "scoring_body", "total", "group", "head")
_PAGES = Text("第{page}页，共{pages}页", "Page {page} of {pages}")
_END = "paper_end"
"""Marks the last page that the paper counts."""
_CARRIED_COLUMNS, _CARRIED_SIZE, _CARRIED_ROW = 4, 4.0, 40
"""Columns of a page, points of the type and lines of a row, of what only the program reads."""
_HEAD_FILL, _SECTION_FILL = "E7ECF1", "F4F6F8"


def export_docx(document: Mapping[str, object], lang: Lang) -> bytes:
    """The table as a Word document.

    Raises:
        Faulty: the items form no tree.
    """
    import docx

    layout, target = layout_of(document, lang), io.BytesIO()
    paper = docx.Document()
    writer = _Writer(paper, FONTS[lang])
    writer.set_up(layout)
    writer.paragraph(layout.title, writer.fonts.title, 18, centred=True, after=6)
    writer.table(layout)
    for text in layout.notes:
        writer.paragraph(text, writer.fonts.body, 10.5, before=4)
    writer.carry(machine_lines(document, layout, lang))
    paper.save(target)
    return _without_time(target.getvalue())


def _without_time(content: bytes) -> bytes:
    """The same package with one date on every part: equal schemes make equal files."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME_IN_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, source.read(name))
    return target.getvalue()


class _Writer:
    """Writes paragraphs and tables into a document."""

    def __init__(self, paper: Any, fonts: Fonts) -> None:
        self.paper, self.fonts = paper, fonts

    # --- the page

    def set_up(self, layout: Layout) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        properties = self.paper.core_properties
        properties.created = properties.modified = _NO_TIME
        properties.title, properties.author = layout.title[:255], ""
        section = self.paper.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(15)
        section.top_margin, section.bottom_margin = Mm(18), Mm(15)
        self._name_alternatives()
        self._number_pages(section, layout.lang)

    def _name_alternatives(self) -> None:
        """Fonts that stand in where the named ones are missing."""
        part = next(
            (p for p in self.paper.part.package.parts if p.partname.endswith("fontTable.xml")), None
        )
        if part is None:
            return
        entries = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
            for name, other in ALTERNATIVES.items()
        )
        part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")

    def _number_pages(self, section: Any, lang: Lang) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = 1
        before, _, rest = _PAGES.say(lang).partition("{page}")
        middle, _, after = rest.partition("{pages}")
        pieces = [
            ("text", before),
            ("field", "PAGE"),
            ("text", middle),
            ("field", f"PAGEREF {_END} \\h"),
            ("text", after),
        ]
        for kind, text in pieces:
            run = paragraph._p if kind == "field" else None
            if run is not None:
                field = _element("w:fldSimple", {"w:instr": text})
                field.append(self._run("1", self.fonts.body, 9))
                run.append(field)
            elif text:
                paragraph._p.append(self._run(text, self.fonts.body, 9))

    # --- paragraphs

    def paragraph(
        self,
        text: str,
        font: str,
        size: float,
        *,
        centred: bool = False,
        before: float = 0,
        after: float = 0,
    ) -> None:
        paragraph = self.paper.add_paragraph()
        paragraph._p.append(self._run(text, font, size))
        paragraph.paragraph_format.space_before = int(before * 12700)
        paragraph.paragraph_format.space_after = int(after * 12700)
        if centred:
            paragraph.alignment = 1

    def _run(self, text: str, font: str, size: float) -> Any:
        run = _element("w:r")
        properties = _element("w:rPr")
        western = self.fonts.western
        properties.append(
            _element(
                "w:rFonts",
                {"w:ascii": western, "w:hAnsi": western, "w:eastAsia": font, "w:cs": western},
            )
        )
        for tag in ("w:sz", "w:szCs"):
            properties.append(_element(tag, {"w:val": str(int(size * 2))}))
        run.append(properties)
        for place, line in enumerate(text.split("\n")):
            if place:
                run.append(_element("w:br"))
            piece = _element("w:t", {"xml:space": "preserve"})
            piece.text = line
            run.append(piece)
        return run

    # --- tables

    def table(self, layout: Layout) -> None:
        sizes = [int(width * _TWIPS) for width in widths(layout)]
        table = _table(sizes)
        heads = [
            Block(text, 0, place, 0, place, "head") for place, text in enumerate(layout.headings)
        ]
        table.append(self._row(heads, sizes, is_head=True))
        for row in _row_blocks(layout):
            table.append(self._row(row, sizes))
        self._append(table)

    def carry(self, lines: Sequence[str]) -> None:
        """The lines that the program reads, on pages of their own."""
        self._begin_carried()
        width = [int(267 * _TWIPS / _CARRIED_COLUMNS) - 120]
        table = _table(width)
        for begins in range(0, len(lines), _CARRIED_ROW):
            row = _element("w:tr")
            row.append(self._carried(lines[begins : begins + _CARRIED_ROW], width))
            table.append(row)
        self._append(table)

    def _begin_carried(self) -> None:
        """In narrow columns, and without a page number: the paper ended before."""
        from docx.enum.section import WD_SECTION
        from docx.oxml.ns import qn

        for tag, more in (("w:bookmarkStart", {"w:name": _END}), ("w:bookmarkEnd", {})):
            self.paper.paragraphs[-1]._p.append(_element(tag, {"w:id": "1", **more}))
        section = self.paper.add_section(WD_SECTION.NEW_PAGE)
        columns = section._sectPr.find(qn("w:cols"))
        columns.set(qn("w:num"), str(_CARRIED_COLUMNS))
        columns.set(qn("w:space"), "120")
        section.footer.is_linked_to_previous = False
        section.footer.paragraphs[0].alignment = 1
        section.footer.paragraphs[0]._p.append(self._run(SHEET, self.fonts.body, 9))
        self.paragraph(SHEET, self.fonts.head, 9, after=4)

    def _carried(self, lines: Sequence[str], width: Sequence[int]) -> Any:
        """A cell with a paragraph for each line."""
        cell = _element("w:tc")
        cell.append(_cell_properties(Block("", 0, 0, 0, 0, "machine"), width, ""))
        for line in lines:
            paragraph, properties = _element("w:p"), _element("w:pPr")
            spacing = {"w:before": "0", "w:after": "0", "w:line": "96", "w:lineRule": "exact"}
            properties.append(_element("w:spacing", spacing))
            paragraph.append(properties)
            paragraph.append(self._run(line, self.fonts.body, _CARRIED_SIZE))
            cell.append(paragraph)
        return cell

    def _append(self, table: Any) -> None:
        body = self.paper.element.body
        body.insert(len(body) - 1, table)  # the last element is the section's own

    def _row(
        self, row: Iterable[Block | _Goes], sizes: Sequence[int], *, is_head: bool = False
    ) -> Any:
        element = _element("w:tr")
        properties = _element("w:trPr")
        properties.append(_element("w:cantSplit"))
        if is_head:
            properties.append(_element("w:tblHeader"))
        element.append(properties)
        for block in row:
            if isinstance(block, _Goes):
                element.append(self._cell(block.block, sizes, "continue"))
            else:
                element.append(
                    self._cell(block, sizes, "restart" if block.bottom > block.top else "")
                )
        return element

    def _cell(self, block: Block, sizes: Sequence[int], merge: str) -> Any:
        cell = _element("w:tc")
        cell.append(_cell_properties(block, sizes, merge))
        paragraph = _element("w:p")
        properties = _element("w:pPr")
        properties.append(_element("w:spacing", {"w:before": "20", "w:after": "20"}))
        if block.role in _CENTRED:
            properties.append(_element("w:jc", {"w:val": "center"}))
        paragraph.append(properties)
        if block.text and merge != "continue":
            paragraph.append(self._run(block.text, self._font(block.role), 10.5))
        cell.append(paragraph)
        return cell

    def _font(self, role: str) -> str:
        return self.fonts.head if role in ("head", "section", "total") else self.fonts.body


class _Goes:
    """A merged cell that goes on in this row."""

    def __init__(self, block: Block) -> None:
        self.block = block


def _row_blocks(layout: Layout) -> list[list[Block | _Goes]]:
    """The cells of each row from the left, with those that go on from above."""
    rows: list[list[Block | _Goes]] = [[] for _ in layout.rows]
    for block in blocks(layout):
        rows[block.top].append(block)
        for row in range(block.top + 1, block.bottom + 1):
            rows[row].append(_Goes(block))
    return [
        sorted(row, key=lambda one: (one.block if isinstance(one, _Goes) else one).left)
        for row in rows
    ]


def _table(sizes: Sequence[int]) -> Any:
    table = _element("w:tbl")
    properties = _element("w:tblPr")
    properties.append(_element("w:tblW", {"w:w": str(sum(sizes)), "w:type": "dxa"}))
    properties.append(_element("w:jc", {"w:val": "center"}))
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(
            _element(
                f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "auto"}
            )
        )
    properties.append(borders)
    properties.append(_element("w:tblLayout", {"w:type": "fixed"}))
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", {"w:w": "70", "w:type": "dxa"}))
    properties.append(margins)
    table.append(properties)
    grid = _element("w:tblGrid")
    for size in sizes:
        grid.append(_element("w:gridCol", {"w:w": str(size)}))
    table.append(grid)
    return table


def _cell_properties(block: Block, sizes: Sequence[int], merge: str) -> Any:
    properties = _element("w:tcPr")
    width = sum(sizes[block.left : block.right + 1])
    properties.append(_element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if block.right > block.left:
        properties.append(_element("w:gridSpan", {"w:val": str(block.right - block.left + 1)}))
    if merge:
        properties.append(_element("w:vMerge", {"w:val": merge}))
    fill = {"head": _HEAD_FILL, "section": _SECTION_FILL, "total": _SECTION_FILL}.get(block.role)
    if fill:
        properties.append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}))
    properties.append(_element("w:vAlign", {"w:val": "center"}))
    return properties


def _element(tag: str, attributes: Mapping[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        element.set(qn(name), value)
    return element

"""A paper as a file: the same paper gives the same bytes, whoever writes it and when."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from steelyard.kernel.bilingual import Lang
from steelyard.papers.official.footnotes import Footnotes
from steelyard.papers.official.layout import (
    BOTTOM,
    FOOTER,
    LEFT,
    LETTER_FOOT,
    LETTER_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TOP,
    Type,
    type_of,
)
from steelyard.papers.official.paper import Paper
from steelyard.papers.official.parts import Parts
from steelyard.papers.official.styles import font_table, set_settings, set_styles
from steelyard.papers.official.xml import (
    aligned,
    element,
    indented,
    page_number,
    paragraph,
)
from steelyard.papers.packed import without_time

NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_NOT_OURS = ("thumbnail", "stylesWithEffects", "customXml", "numbering")


def paper_bytes(paper: Paper) -> bytes:
    """The paper as .docx, laid out to GB/T 9704-2012; no font is embedded."""
    import docx

    document = docx.Document()
    set_styles(document.styles.element, type_of(paper), paper.lang)
    set_settings(document.settings.element, type_of(paper))
    document.settings.odd_and_even_pages_header_footer = True
    footnotes = Footnotes(paper.notes)
    parts = Parts(paper, footnotes)
    _set_page(document.sections[0], paper, parts)
    _fill(document, parts)
    footnotes.attach(document)
    describe(document, paper.full_title, paper.signature, paper.lang)
    only_ours(document)
    target = io.BytesIO()
    document.save(target)
    return without_time(target.getvalue())


def _fill(document: Any, parts: Parts) -> None:
    section = document.element.body[-1]
    for one in parts.all():
        section.addprevious(one)


def _set_page(section: Any, paper: Paper, parts: Parts) -> None:
    is_letter = paper.form == "letter"
    section.page_width, section.page_height = twips(PAGE_WIDTH), twips(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = twips(TOP), twips(BOTTOM)
    section.left_margin, section.right_margin = twips(LEFT), twips(RIGHT)
    section.header_distance = twips(LETTER_TOP)
    section.footer_distance = twips(LETTER_FOOT if is_letter else FOOTER)
    set_grid(section._sectPr, type_of(paper))
    one = type_of(paper).page * 10
    put(section.footer, paragraph("Footer", page_number(), indented(right=one), aligned("right")))
    even = paragraph("Footer", page_number(), indented(left=one), aligned("left"))
    put(section.even_page_footer, even)
    if is_letter:
        section.different_first_page_header_footer = True
        put(section.first_page_header, parts.letter_mark())
        put(section.first_page_footer, parts.letter_foot())


def put(place: Any, content: Any) -> None:
    place.is_linked_to_previous = False
    for old in list(place._element):
        place._element.remove(old)
    place._element.append(content)


def set_grid(properties: Any, type_: Type) -> None:
    """22 lines of 28 characters; letters keep the lines alone."""
    from docx.oxml.ns import qn

    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    kind = {"type": "lines"} if type_.char_space is None else {"type": "linesAndChars"}
    space = {} if type_.char_space is None else {"charSpace": type_.char_space}
    properties.append(element("w:docGrid", {**kind, "linePitch": type_.pitch, **space}))


def describe(document: Any, title: str, author: str, lang: Lang) -> None:
    about = document.core_properties
    about.title, about.author = title.replace("\n", "")[:255], author[:255]
    about.comments = about.keywords = about.last_modified_by = ""
    about.created = about.modified = NO_TIME
    about.language = "zh-CN" if lang == "zh" else "en"


def only_ours(document: Any) -> None:
    """Nothing of python-docx's template but what every Word file needs; our fonts in its font table."""
    for holder in (document.part, document.part.package):
        strange = [key for key, one in holder.rels.items() if one.reltype.endswith(_NOT_OURS)]
        for key in strange:
            del holder.rels[key]
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = font_table()


def twips(length: int) -> Any:
    from docx.shared import Twips

    return Twips(length)

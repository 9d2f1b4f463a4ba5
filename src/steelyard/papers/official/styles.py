"""The styles, fonts and settings of the file: the standard's types under Word's own style names.

Word's names (Title, Heading 1 …) are kept, so that its outline and WPS's know the headings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from steelyard.kernel.bilingual import Lang
from steelyard.papers.official.layout import FACES, FALL_BACKS, ROLE_OF_LEVEL, Face, Type
from steelyard.papers.official.xml import (
    aligned,
    element,
    fonts,
    indented,
    off_grid,
    run_properties,
    spacing,
)

_LANGUAGE = {"val": "en-US", "eastAsia": "zh-CN"}


def set_styles(styles: Any, type_: Type, lang: Lang) -> None:
    """Put our styles in the place of those that the template brings."""
    for child in list(styles):
        styles.remove(child)
    styles.append(_defaults(type_, lang))
    for style in _styles(type_, lang):
        styles.append(style)


def _defaults(type_: Type, lang: Lang) -> Any:
    run = element(
        "w:rPr", None, fonts(FACES[lang]["body"]),
        element("w:spacing", {"val": type_.condensed}) if type_.condensed else None,
        element("w:sz", {"val": type_.body}), element("w:szCs", {"val": type_.body}),
        element("w:lang", _LANGUAGE),
    )  # fmt: skip
    return element(
        "w:docDefaults",
        None,
        element("w:rPrDefault", None, run),
        element("w:pPrDefault", None, element("w:pPr")),
    )


def _styles(type_: Type, lang: Lang) -> Iterator[Any]:
    faces = FACES[lang]
    line = spacing(line=type_.pitch)
    normal = [*_parted_anywhere(lang), off_grid(), line, aligned("both")]
    yield _style("Normal", "Normal", type_, normal, faces["body"], is_default=True)
    yield _style("Body", "Body Text", type_, [_first_line(type_, lang)], faces["body"])
    yield _style(
        "Title", "Title", type_, [aligned("center")], faces["title"], type_.title, outline=0
    )
    for level, role in ROLE_OF_LEVEL.items():
        properties = [element("w:keepNext"), _first_line(type_, lang)]
        yield _style(
            f"Heading{level}", f"heading {level}", type_, properties, faces[role], outline=level
        )
    yield _style("Footer", "footer", type_, [spacing()], faces["page"], type_.page)
    yield _style("Header", "header", type_, [spacing()], faces["title"])
    note = [spacing(line=type_.note_pitch), aligned("left")]
    yield _style("FootnoteText", "footnote text", type_, note, faces["body"], type_.note)
    yield element(
        "w:style", {"type": "character", "styleId": "FootnoteReference"},
        element("w:name", {"val": "footnote reference"}),
        element("w:rPr", None, element("w:vertAlign", {"val": "superscript"})),
    )  # fmt: skip


def _parted_anywhere(lang: Lang) -> list[Any]:
    """A Chinese paper fills its 22 lines: no line is taken to the next page for the company of another. Else
    a long list of addressees leaves the first page without a line of the text, which it must show (7.3.3)."""
    return [element("w:widowControl", {"val": 0})] if lang == "zh" else []


def _first_line(type_: Type, lang: Lang) -> Any:
    """Two characters: counted in characters where there is a grid."""
    if lang == "zh":
        return indented(firstLineChars=200, firstLine=type_.indent)
    return indented(firstLine=type_.indent)


def _style(
    code: str, name: str, type_: Type, properties: list[Any], face: Face,
    size: int | None = None, *, outline: int | None = None, is_default: bool = False,
) -> Any:  # fmt: skip
    attributes = {"type": "paragraph", "styleId": code} | ({"default": 1} if is_default else {})
    below = [] if is_default else [element("w:basedOn", {"val": "Normal"})]
    level = [] if not outline else [element("w:outlineLvl", {"val": outline - 1})]
    return element(
        "w:style", attributes,
        element("w:name", {"val": name}), *below, element("w:qFormat"),
        element("w:pPr", None, *properties, *level),
        run_properties(face, size or type_.body),
    )  # fmt: skip


def font_table() -> bytes:
    """The fonts that the styles name, each with what stands in for it."""
    from docx.opc.oxml import serialize_part_xml

    table = element("w:fonts")
    for name, others in FALL_BACKS.items():
        table.append(element("w:font", {"name": name}, element("w:altName", {"val": others})))
    made: bytes = serialize_part_xml(table)
    return made


def set_settings(settings: Any, type_: Type) -> None:
    """Even and odd pages differ; tabs go by two characters; nothing of the template's user is left."""
    from docx.oxml.ns import qn

    for tag in ("w:rsids", "w:proofState", "w:savePreviewPicture"):
        for found in settings.findall(qn(tag)):
            settings.remove(found)
    for tag, name, value in (
        ("w:defaultTabStop", "val", type_.indent),
        ("w:themeFontLang", "eastAsia", "zh-CN"),
    ):
        settings.find(qn(tag)).set(qn(f"w:{name}"), str(value))
    # A line that ends in a break keeps its spacing; else the text of a cell drawn from a form is torn apart.
    settings.find(qn("w:compat")).insert(0, element("w:doNotExpandShiftReturn"))
    for found in settings.iter(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), "15")

"""The few elements of WordprocessingML that a paper is made of.

Source: ECMA-376 (Office Open XML), Part 1, 17.3 (paragraphs, runs), 17.11 (footnotes), 17.16 (fields).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from steelyard.papers.official.layout import Face

_DASH_PAGE = ("— ", " —")


def element(tag: str, attributes: Mapping[str, object] | None = None, *children: Any) -> Any:
    """An element with its children. Attributes without a prefix take ``w:``.

    Characters that XML 1.0 does not know are left out of texts before they come here.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name if ":" in name else f"w:{name}"), str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


def fonts(face: Face) -> Any:
    return element(
        "w:rFonts",
        {"ascii": face.latin, "hAnsi": face.latin, "eastAsia": face.chinese, "cs": face.latin},
    )


def run_properties(
    face: Face | None = None, size: int | None = None, *, colour: str = "", style: str = ""
) -> Any:
    """How a run looks, in the order that the schema asks for; what is not said comes from its style."""
    properties = [element("w:rStyle", {"val": style})] if style else []
    if face is not None:
        properties += [fonts(face)]
        properties += [element("w:b"), element("w:bCs")] if face.bold else []
    properties += [element("w:color", {"val": colour})] if colour else []
    if size is not None:
        properties += [element(tag, {"val": size}) for tag in ("w:sz", "w:szCs")]
    return element("w:rPr", None, *properties)


def run(text: str, properties: Any = None) -> Any:
    """A run of text; a line break where the text has one.

    The properties are copied, since an element can stand in one place only.
    """
    pieces = []
    for place, line in enumerate(text.split("\n")):
        if place:
            pieces.append(element("w:br"))
        piece = element("w:t", {"xml:space": "preserve"})
        piece.text = _printable(line)
        pieces.append(piece)
    return element("w:r", None, deepcopy(properties), *pieces)


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter >= " " or letter == "\t")


def tab() -> Any:
    return element("w:r", None, element("w:tab"))


def paragraph(style: str, runs: Iterable[Any], *properties: Any) -> Any:
    """A paragraph of a style; ``properties`` differ from it, in the order of the schema."""
    return element("w:p", None, element("w:pPr", None, *_styled(style), *properties), *runs)


def _styled(style: str) -> list[Any]:
    return [element("w:pStyle", {"val": style})] if style else []


def spacing(*, before: int = 0, after: int = 0, line: int | None = None) -> Any:
    """Space around a paragraph; ``line`` is an exact pitch, without it lines are as high as their type."""
    rule = {"line": line, "lineRule": "exact"} if line else {"line": 240, "lineRule": "auto"}
    return element("w:spacing", {"before": before, "after": after, **rule})


def aligned(how: str) -> Any:
    return element("w:jc", {"val": how})


def indented(**lengths: int) -> Any:
    return element("w:ind", lengths)


def off_grid() -> Any:
    return element("w:snapToGrid", {"val": 0})


def rule_below(kind: str, eighths: int, space_pt: int, colour: str = "auto") -> Any:
    bottom = {"val": kind, "sz": eighths, "space": space_pt, "color": colour}
    return element("w:pBdr", None, element("w:bottom", bottom))


def field(instruction: str, shown: str, properties: Any = None) -> Any:
    """A field that Word computes anew, with what it shows until then."""
    return element("w:fldSimple", {"instr": f" {instruction} "}, run(shown, properties))


def page_number() -> list[Any]:
    before, after = _DASH_PAGE
    return [run(before), field("PAGE", "1"), run(after)]

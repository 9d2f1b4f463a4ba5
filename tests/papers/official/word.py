"""A Word file, as the tests look at it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn


def part(content: bytes, name: str) -> Any:
    """One part of the package, as an element."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return parse_xml(packed.read(f"word/{name}.xml"))


def texts(element: Any) -> list[str]:
    """The text of every paragraph; footnotes stand as [^n]."""
    return [_text(paragraph) for paragraph in element.iter(qn("w:p"))]


def _text(paragraph: Any) -> str:
    said = ""
    for node in paragraph.iter():
        if node.tag == qn("w:t"):
            said += node.text or ""
        elif node.tag in (qn("w:tab"), qn("w:br")) and node.getparent().tag == qn("w:r"):
            said += "\t" if node.tag == qn("w:tab") else "\n"
        elif node.tag == qn("w:footnoteReference"):
            said += f"[^{value(node, 'id')}]"
    return said


def value(element: Any, name: str = "val") -> str | None:
    found: str | None = element.get(qn(f"w:{name}"))
    return found


def style(content: bytes, code: str) -> Any:
    return next(
        one for one in part(content, "styles").iter(qn("w:style")) if value(one, "styleId") == code
    )


def order_of(element: Any, tags: list[str]) -> bool:
    """Whether the children stand in the order that the schema asks for."""
    places = [tags.index(re.sub(r"\{.*\}", "", child.tag)) for child in element]
    return places == sorted(places)

"""Where are the tags of a Word template? Every paragraph with its place, as a person would find it.

Word spreads a tag over several runs as it was typed; here its pieces are put together again, so that
what is checked is what is filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from steelyard.kernel.bilingual import Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P, T, R, TC, TR, TBL = (f"{_W}{tag}" for tag in ("p", "t", "r", "tc", "tr", "tbl"))
TEXT_BOX = f"{_W}txbxContent"
_THROUGH = tuple(f"{_W}{tag}" for tag in ("sdt", "sdtContent", "body", "footnote", "customXml"))
"""What may stand between a part and its paragraphs."""

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
BEGIN = re.compile(r"\{[{%#]")
SIGNS = ("{{", "}}", "{%", "%}", "{#", "#}")
FULL_WIDTH = re.compile(r"｛[｛{%％]|\{[｛％]|｝[｝}]|[%％}]｝|％\}")
"""Braces as a Chinese keyboard makes them."""
_STRAIGHT = str.maketrans("“”‘’\u3000\u00a0\n\t", "\"\"''    ")

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a template: the element, where it stands, and what it stands in."""

    element: Any
    place: Text
    holder: Any
    """The cell or part whose paragraph it is."""
    row: Any = None
    """The row of a table that it stands in, the innermost."""
    table: Any = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag of a paragraph: its text, and the element that held its pieces."""

    text: str
    start: int
    holder: Any


def spots(part: Any, named: Text) -> Iterator[Spot]:
    """The paragraphs of a part in the order in which they are read."""
    return _Walk(named).spots(part, part)


class _Walk:
    def __init__(self, named: Text) -> None:
        self.named = named
        self._paragraphs = self._tables = 0

    def spots(self, element: Any, holder: Any) -> Iterator[Spot]:
        for child in element:
            if child.tag == P:
                self._paragraphs += 1
                n = self._paragraphs
                yield Spot(child, self._place(child, f"第{n}段", f"paragraph {n}"), holder)
            elif child.tag == TBL:
                self._tables += 1
                yield from self._rows(child, f"表{self._tables}", f"table {self._tables}")
            elif child.tag in _THROUGH:
                inner = child if child.tag == f"{_W}footnote" else holder
                yield from self.spots(child, inner)

    def _rows(self, table: Any, zh: str, en: str) -> Iterator[Spot]:
        for r, row in enumerate(_below(table, TR), 1):
            for c, cell in enumerate(_below(row, TC), 1):
                yield from self._cell(
                    cell, row, table, f"{zh}第{r}行第{c}格", f"{en}, row {r}, cell {c}"
                )

    def _cell(self, cell: Any, row: Any, table: Any, zh: str, en: str) -> Iterator[Spot]:
        for child in _below(cell, P, TBL):
            if child.tag == P:
                yield Spot(child, self._place(child, zh, en), cell, row, table)
            else:
                yield from self._rows(child, f"{zh}内表", f"{en}, table within")

    def _place(self, paragraph: Any, zh: str, en: str) -> Text:
        text = text_of(paragraph).strip()
        cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        quoted = (f"“{cut}”", f" “{cut}”") if cut else ("", "")
        return Text(f"{self.named.zh}{zh}{quoted[0]}", f"{self.named.en}, {en}{quoted[1]}")


def _below(element: Any, *tags: str) -> Iterator[Any]:
    """Children of these kinds, through content controls."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in _THROUGH:
            yield from _below(child, *tags)


def texts_of(paragraph: Any) -> list[Any]:
    """The elements that hold the paragraph's own text, in their order; not those of a text box in it."""
    found = []
    for child in paragraph:
        if child.tag == T:
            found.append(child)
        elif child.tag not in (P, TEXT_BOX) and isinstance(child.tag, str):
            found += texts_of(child)
    return found


def text_of(paragraph: Any) -> str:
    return "".join(one.text or "" for one in texts_of(paragraph))


def tags_of(spot: Spot) -> list[Piece]:
    """The tags of a paragraph, each put into one run, in the look of its beginning."""
    texts = texts_of(spot.element)
    whole = "".join(one.text or "" for one in texts)
    found = []
    for match in TAG.finditer(whole):
        said = match[0].translate(_STRAIGHT)
        found.append(Piece(said, match.start(), _put(texts, match.start(), match.end(), said)))
    return found


def _put(texts: list[Any], start: int, end: int, said: str) -> Any:
    """Write a tag into the element where it begins; returns what that one's run stands in.

    ``said`` is as long as what it replaces, so that the places of the other tags stay.
    None if the tag is spread over runs that stand in different things (half of a link).
    """
    at, first, holders = 0, None, set()
    for one in texts:
        text = one.text or ""
        begins, ends = at, at + len(text)
        at = ends
        if ends <= start or begins >= end:
            continue
        holders.add(one.getparent().getparent())
        inner = text[max(start - begins, 0) : end - begins]
        if first is None:
            first = one
            one.text = text[: start - begins] + said + text[start - begins + len(inner) :]
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        else:
            one.text = text[end - begins :]
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return holders.pop() if len(holders) == 1 else None

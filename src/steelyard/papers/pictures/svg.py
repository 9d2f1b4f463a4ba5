"""SVG as text: elements, numbers, and how wide a text will be before any font is known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from html import escape

ELLIPSIS = "…"
_NARROW = frozenset("iljtfr.,:;'|!()[]1 -")
_WIDE = frozenset("mwMW%@—")


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """One element. ``content`` is markup; attribute values are escaped; None leaves one out.

    >>> element("rect", x=1.0, y=2.25, class_="bar")
    '<rect x="1" y="2.25" class="bar"/>'
    """
    written = "".join(
        f' {_name(name)}="{_value(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return escape(str(value))


def words(tag: str, said: str, **attributes: object) -> str:
    """An element that holds plain text."""
    return element(tag, escape(said), **attributes)


def text(x: float, y: float, said: str, **attributes: object) -> str:
    """A text whose base line starts at (x, y).

    >>> text(4, 12, "<b>")
    '<text x="4" y="12">&lt;b&gt;</text>'
    """
    return words("text", said, x=float(x), y=float(y), **attributes)


def rect(x: float, y: float, width: float, height: float, class_: str) -> str:
    sides = {"x": x, "y": y, "width": max(width, 0.0), "height": height}
    return element("rect", **{side: float(size) for side, size in sides.items()}, class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return element("line", **{end: float(at) for end, at in ends.items()}, class_=class_)


def text_width(said: str, size: float) -> float:
    """About how wide the text is, in the unit of ``size``: rather too much than too little.

    A Chinese character is as wide as it is high. Latin letters of the usual sans-serif fonts
    average a little over half of that.
    """
    return size * sum(map(_letter_width, said))


def _letter_width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _WIDE:
        return 0.92
    if letter in _NARROW:
        return 0.36
    return 0.7 if letter.isupper() else 0.57


def fitted(said: str, width: float, size: float) -> str:
    """The text, cut with an ellipsis if it is wider than ``width``."""
    if text_width(said, size) <= width:
        return said
    while said and text_width(said + ELLIPSIS, size) > width:
        said = said[:-1]
    return said.rstrip() + ELLIPSIS


def wrapped(said: str, width: float, size: float, lines: int) -> list[str]:
    """The text on at most ``lines`` lines, the last one cut if there is more.

    Latin breaks between words; Chinese anywhere, but not before a closing mark.
    """
    found = [""]
    for piece in pieces(said):
        if found[-1] and text_width(found[-1] + piece.rstrip(), size) > width:
            found.append("")
        found[-1] += piece
    if len(found) > lines:
        found = [*found[: lines - 1], "".join(found[lines - 1 :])]
    return [fitted(one.strip(), width, size) for one in found]


def pieces(said: str) -> Iterator[str]:
    """What may not be broken: a Latin word with its space, one Chinese character with its marks."""
    piece = ""
    for letter in said:
        if piece and _may_break(piece[-1], letter):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


_CLOSING = frozenset("，。、；：？！）》”’】％%,.;:?!)]")
_OPENING = frozenset("（《“‘【([")


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING:
        return False
    return before in " -/" or _is_chinese(before) or _is_chinese(after)


def _is_chinese(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def column_width(texts: Iterable[str], size: float, *, least: float, most: float) -> float:
    """How wide a column of texts must be; what is wider than ``most`` will be cut."""
    longest = max((text_width(said, size) for said in texts), default=0.0)
    return min(max(longest, least), most)

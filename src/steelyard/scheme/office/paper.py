"""What the Excel and the Word file share: fonts, widths, the blocks of merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.kernel.bilingual import Lang
from steelyard.scheme.office.layout import Band, Layout, Row

WIDTHS = {
    "code": 16.0, "level": 32.0, "points": 16.0, "weight": 16.0, "rule": 92.0, "supplying_body": 25.0,
    "scoring_body": 25.0, "material": 34.0, "source": 30.0, "note": 34.0,
}  # fmt: skip
"""Millimetres, before they are scaled to the page."""

PAGE = 267.0
"""Millimetres between the margins of A4 across."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Names that Office, WPS and LibreOffice have or replace by their like."""

    title: str
    head: str
    body: str
    western: str = "Times New Roman"


FONTS: dict[Lang, Fonts] = {
    "zh": Fonts("方正小标宋简体", "黑体", "仿宋_GB2312"),
    "en": Fonts("Arial", "Arial", "Times New Roman"),
}
ALTERNATIVES = {
    "方正小标宋简体": "宋体",
    "仿宋_GB2312": "仿宋",
    "黑体": "SimHei",
    "仿宋": "FangSong",
}
"""What stands in where a font is missing; Word looks it up in the document."""


@dataclass(frozen=True, slots=True)
class Block:
    """A cell or merged cells of the table's body: rows from 0, columns from 0, both ends belong."""

    text: str
    top: int
    left: int
    bottom: int
    right: int
    role: str


def widths(layout: Layout) -> tuple[float, ...]:
    """Millimetres of each column; together they fill the page."""
    wanted = [WIDTHS[role] for role in layout.columns]
    return tuple(width * PAGE / sum(wanted) for width in wanted)


def blocks(layout: Layout) -> Iterator[Block]:
    """Every cell of the body, empty ones too, from the top left."""
    for row, one in enumerate(layout.rows):
        if isinstance(one, Band):
            yield from _band(row, one, layout)
        else:
            yield Block(one.code, row, 0, row, 0, "code")
            yield from _titles(row, one, layout)
            for column, role in enumerate(layout.roles, layout.depth + 1):
                yield Block(one.cells.get(role, ""), row, column, row, column, role)


def _band(row: int, band: Band, layout: Layout) -> Iterator[Block]:
    last = layout.depth + len(layout.roles)
    if not band.points:
        yield Block(band.text, row, 0, row, last, "section")
        return
    yield Block(band.text, row, 0, row, layout.depth, "total")
    for column, role in enumerate(layout.roles, layout.depth + 1):
        yield Block(band.points if role == "points" else "", row, column, row, column, "total")


def _titles(row: int, one: Row, layout: Layout) -> Iterator[Block]:
    """The titles that begin in this row. That of a leaf goes on to the last column of titles."""
    for level, (_, title) in enumerate(one.path):
        is_leaf = level == len(one.path) - 1
        if row and not is_leaf and _group(layout, row - 1, level) == _group(layout, row, level):
            continue
        bottom = row if is_leaf else _last_of(layout, row, level)
        right = layout.depth if is_leaf else level + 1
        yield Block(title, row, level + 1, bottom, right, "leaf" if is_leaf else "group")


def _group(layout: Layout, row: int, level: int) -> tuple[str, ...] | None:
    one = layout.rows[row]
    if isinstance(one, Band) or level >= len(one.path) - 1:
        return None
    return tuple(code for code, _ in one.path[: level + 1])


def _last_of(layout: Layout, row: int, level: int) -> int:
    own = _group(layout, row, level)
    while row + 1 < len(layout.rows) and _group(layout, row + 1, level) == own:
        row += 1
    return row


def lines_needed(text: str, millimetres: float, size: float) -> int:
    """How many lines a text takes in a cell, about: a Chinese letter is as wide as its size."""
    letter = size * 0.353  # millimetres of a point
    room = max(millimetres - 4, letter)
    return sum(max(1, -int(-_width(line) * letter // room)) for line in text.split("\n"))


def _width(line: str) -> float:
    return sum(1.0 if ord(sign) > 0x2E7F else 0.55 for sign in line)

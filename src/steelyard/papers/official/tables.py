"""A table of a paper: ruled, its headings on every page, no row torn apart by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from steelyard.papers.official.layout import Face, Role, Type
from steelyard.papers.official.paper import Table
from steelyard.papers.official.xml import aligned, element, paragraph, run, run_properties, spacing

_RULE = {"val": "single", "sz": 4, "space": 0, "color": "auto"}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BESIDE, _ABOVE = 80, 30
"""Twips between a text and the rules around it."""

_PITCH = 1.3
"""Lines of a cell by the size of their type; programs differ in what they take for single."""


@dataclass(frozen=True, slots=True)
class Look:
    """In which type the headings and the cells of a table are set, in half points."""

    head: Face
    body: Face
    size: int


def table_look(type_: Type, faces: Mapping[Role, Face]) -> Look:
    """Smaller than the text around it: 小四 beside 三号."""
    return Look(faces["head"], faces["body"], type_.body * 3 // 4)


def official_table(table: Table, width: int, look: Look) -> Any:
    """``width`` in twips, which the columns divide among them by their shares."""
    widths = divided(width, [one.share for one in table.columns])
    head = [
        cell(one.heading, at, look.head, look.size, "center", stays=True)
        for one, at in zip(table.columns, widths, strict=True)
    ]
    rows = [
        row(
            [
                cell(text, at, look.body, look.size, column.how)
                for text, at, column in zip(texts, widths, table.columns, strict=True)
            ]
        )
        for texts in table.rows
    ]
    if table.each:
        rows = [
            _whole_row(f"{{%tr for {table.each} %}}", widths, look),
            *rows,
            _whole_row("{%tr endfor %}", widths, look),
        ]
    return ruled(widths, [row(head, is_head=True), *rows])


def divided(width: int, shares: list[int]) -> list[int]:
    """
    >>> divided(100, [1, 2])
    [33, 67]
    """
    whole, ends = sum(shares), [0]
    for share in shares:
        ends.append(ends[-1] + share)
    places = [round(width * end / whole) for end in ends]
    return [after - before for before, after in pairwise(places)]


def ruled(widths: list[int], rows: list[Any]) -> Any:
    margins = [("top", _ABOVE), ("left", _BESIDE), ("bottom", _ABOVE), ("right", _BESIDE)]
    properties = element(
        "w:tblPr", None,
        element("w:tblW", {"w": sum(widths), "type": "dxa"}),
        element("w:jc", {"val": "center"}),
        element("w:tblBorders", None, *(element(f"w:{side}", _RULE) for side in _SIDES)),
        element("w:tblLayout", {"type": "fixed"}),
        element("w:tblCellMar", None, *(
            element(f"w:{side}", {"w": room, "type": "dxa"}) for side, room in margins
        )),
    )  # fmt: skip
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w": one}) for one in widths))
    return element("w:tbl", None, properties, grid, *rows)


def row(cells: list[Any], *, is_head: bool = False, height: int = 0) -> Any:
    """``height`` in twips is the least; a row is as high as its text asks."""
    properties = [element("w:cantSplit")]
    properties += [element("w:trHeight", {"val": height, "hRule": "atLeast"})] if height else []
    properties += [element("w:tblHeader")] if is_head else []
    return element("w:tr", None, element("w:trPr", None, *properties), *cells)


def cell(
    text: str, width: int, face: Face, size: int, how: str = "left", *, columns: int = 1,
    stays: bool = False,
) -> Any:  # fmt: skip
    """``stays``: on one page with the row below, as headings do."""
    properties = element(
        "w:tcPr", None,
        element("w:tcW", {"w": width, "type": "dxa"}),
        element("w:gridSpan", {"val": columns}) if columns > 1 else None,
        element("w:vAlign", {"val": "center"}),
    )  # fmt: skip
    pitch = spacing(line=round(size * 10 * _PITCH))
    keep = [element("w:keepNext")] if stays else []
    said = paragraph("", [run(text, run_properties(face, size))], *keep, pitch, aligned(how))
    return element("w:tc", None, properties, said)


def _whole_row(text: str, widths: list[int], look: Look) -> Any:
    """A row of one cell, for what begins and ends the rows of a template."""
    return row([cell(text, sum(widths), look.body, look.size, columns=len(widths))])

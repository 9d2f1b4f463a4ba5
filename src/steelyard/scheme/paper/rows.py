"""The rows of the office's table with their place in the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.kernel.exact import exact
from steelyard.scheme.paper.boxes import Box, Boxes
from steelyard.scheme.paper.headings import Heading, heading_in

_TOTAL = re.compile(r"^(合\s*计|总\s*计|小\s*计|总\s*分|total|subtotal)", re.IGNORECASE)
_POINTS_IN_TITLE = re.compile(
    r"\s*[（(]\s*(?:满分|共|计)?\s*(\d+(?:\.\d+)?)\s*(?:分|points?)\s*[)）]\s*$"
)
_NUMBER = re.compile(r"^[+＋]?\s*(\d+(?:\.\d+)?)\s*分?$")


@dataclass
class Node:
    """One box of the level columns: a group or an indicator, with the cells beside it."""

    title: str
    row: int
    depth: int
    points: Fraction | None = None
    cells: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """What the table holds: the tops of its tree, totals that it states, and rows of plain text."""

    tops: tuple[Node, ...]
    totals: tuple[tuple[int, str, Fraction], ...]
    remarks: tuple[tuple[int, str], ...]


def read_tree(boxes: Boxes, heading: Heading) -> Tree:
    """The tree under a row of headings."""
    tops: list[Node] = []
    open_: dict[tuple[int, int], Node] = {}
    totals: list[tuple[int, str, Fraction]] = []
    remarks: list[tuple[int, str]] = []
    path: list[Node] = []
    for row in boxes.rows[heading.row + 1 :]:
        if heading_in(row) is not None or not any(box.text for box in row):
            continue
        spanning = _spanning_text(row)
        if spanning:
            remarks.append((row[0].row, spanning))
        elif _TOTAL.match(_first_text(row)):
            totals.extend(_total(row, heading))
        else:
            path = _take(row, heading, path, open_, tops)
    return Tree(tuple(tops), tuple(totals), tuple(remarks))


def _spanning_text(row: tuple[Box, ...]) -> str:
    """The text of a row that is one block from edge to edge, or has only its first cell filled."""
    texts = {(box.top, box.left): box.text for box in row if box.text}
    if len(texts) != 1:
        return ""
    ((_, left),) = texts
    text = next(iter(texts.values()))
    return text if left == 0 and (len({box.left for box in row}) == 1 or len(text) > 20) else ""


def _first_text(row: tuple[Box, ...]) -> str:
    return next((box.text for box in row if box.text and box.begins), "")


def _total(row: tuple[Box, ...], heading: Heading) -> Iterator[tuple[int, str, Fraction]]:
    points = _points(row, heading)
    if points is not None:
        yield row[0].row, _first_text(row), points


def _points(row: tuple[Box, ...], heading: Heading) -> Fraction | None:
    column = heading.columns.get("points")
    if column is None or column >= len(row):
        return None
    found = _NUMBER.match(row[column].text)
    return exact(found[1]) if found else None


def _take(
    row: tuple[Box, ...], heading: Heading, path: list[Node], open_: dict[tuple[int, int], Node],
    tops: list[Node],
) -> list[Node]:  # fmt: skip
    """Follow the level columns of one row down to its node, making what is new."""
    here: list[Node] = []
    is_new_above = False
    for depth, column in enumerate(heading.levels):
        box = row[column]
        if not box.text:
            if is_new_above or depth >= len(path):
                continue
            here.append(path[depth])  # left blank under a cell: it goes on
            continue
        node = open_.get((box.top, column))
        if node is None:
            node = _new(box, depth)
            open_[(box.top, column)] = node
            (here[-1].children if here else tops).append(node)
            is_new_above = True
        here.append(node)
    if here:
        _fill(here[-1], row, heading)
        _group_points(row, heading, here)
    return here


def _new(box: Box, depth: int) -> Node:
    found = _POINTS_IN_TITLE.search(box.text)
    title = box.text[: found.start()] if found else box.text
    return Node(" ".join(title.split()), box.row, depth, exact(found[1]) if found else None)


def _fill(node: Node, row: tuple[Box, ...], heading: Heading) -> None:
    """The cells beside a node. A second row of the same node becomes a further part of it."""
    cells = {
        role: row[column].text
        for role, column in heading.columns.items()
        if not role.startswith("level") and column < len(row) and row[column].begins
    }
    if node.cells.get("rule") and cells.get("rule"):
        node.children.append(_part(node, row, cells, heading))
        return
    node.cells |= {role: text for role, text in cells.items() if text}
    node.points = node.points if node.points is not None else _own_points(row, heading)


def _part(node: Node, row: tuple[Box, ...], cells: dict[str, str], heading: Heading) -> Node:
    part = Node(cells["rule"][:12], row[0].row, node.depth + 1, cells=dict(cells))
    part.points = _own_points(row, heading)
    return part


def _own_points(row: tuple[Box, ...], heading: Heading) -> Fraction | None:
    """The points of this row alone: a block of points over several rows is the group's."""
    column = heading.columns.get("points")
    if column is None or not row[column].begins:
        return None
    return _points(row, heading)


def _group_points(row: tuple[Box, ...], heading: Heading, path: list[Node]) -> None:
    """A block of points that spans as many rows as a group above belongs to that group."""
    column = heading.columns.get("points")
    if column is None or row[column].begins or len(path) < 2:
        return
    first = path[-1]
    if first.points is not None and row[column].top == first.row:
        return
    for node in path[:-1]:
        if node.row == row[column].top and node.points is None:
            node.points = _points(row, heading)
            _give_up_points(node, node.points)
            return


def _give_up_points(group: Node, points: Fraction | None) -> None:
    """The first row under the group had taken the block's points for its own."""
    node = group
    while node.children:
        node = node.children[0]
    if node is not group and node.points == points:
        node.points = None

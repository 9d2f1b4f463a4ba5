"""From the office's table to a scheme document, and what a person must still write.

A table of their own is read from its words alone. One that we exported carries the scheme as well:
what still stands as we wrote it is taken from there, and only what a person has changed is read from
its words. Nothing is guessed: a cell that is not understood is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.paper.boxes import Boxes, read_boxes
from steelyard.scheme.paper.builder import Builder, Document, Unread
from steelyard.scheme.paper.edits import merged
from steelyard.scheme.paper.headings import Heading, find_heading
from steelyard.scheme.paper.machine import carried_by
from steelyard.scheme.paper.rows import read_tree

__all__ = ["Imported", "Unread", "import_table"]


@dataclass(frozen=True)
class Imported:
    """The document as far as it could be read, the cells for a person to write, and the readings
    that a person should confirm because the words leave a choice."""

    document: Document
    unread: tuple[Unread, ...]
    readings: tuple[Text, ...] = ()


def import_table(path: Path) -> Imported:
    """Read a .xlsx or .docx file.

    Raises:
        Faulty: the file cannot be read, or holds no table with an indicator and a rule.
    """
    tables = read_boxes(path)
    carried = carried_by(tables)
    found = _scoring_table(tables)
    if found is None:
        raise Faulty([_no_heading(path)])
    boxes, heading = found
    tree = read_tree(boxes, heading)
    if carried is not None:
        document, builder = merged(carried, boxes, tree)
    else:
        builder = Builder(boxes)
        document = builder.document(tree, heading)
    return Imported(document, tuple(builder.unread), tuple(builder.readings))


def _scoring_table(tables: tuple[Boxes, ...]) -> tuple[Boxes, Heading] | None:
    for boxes in tables:
        heading = find_heading(boxes)
        if heading is not None:
            return boxes, heading
    return None


def _no_heading(path: Path) -> Fault:
    return Fault(
        "no-heading",
        Text("没有找到考核细则表：表头须有指标一列和评分标准一列",
             "no scoring table was found: its headings name an indicator and a scoring rule"),
        Text("请检查表头，例如：一级指标、二级指标、分值、评分标准",
             "check the headings, for instance: Level 1, Level 2, Points, Scoring rule"),
        Where(file=path.name),
    )  # fmt: skip

"""From the office's table to a scheme document, and what a person must still write.

A table of their own is read from its words alone. One that we exported carries the scheme as well: what
still stands as we wrote it is taken from there, and only what a person has changed is read from its
words. Nothing is guessed: a cell that is not understood is listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.office.fresh import KEPT, Fresh
from steelyard.scheme.office.headings import unread_columns
from steelyard.scheme.office.lateness import LATENESS_NOT_READ
from steelyard.scheme.office.lines import Table, find_table
from steelyard.scheme.office.machine import carried_by
from steelyard.scheme.office.outside import outside_of, says_of_a_scheme
from steelyard.scheme.office.reader import Document, Reader, Reading, Unread
from steelyard.scheme.office.restored import Restored
from steelyard.scheme.office.sheets import Sheet, read_sheets
from steelyard.scheme.office.tree import read_tree

__all__ = ["Imported", "Reading", "Unread", "import_table"]


@dataclass(frozen=True)
class Imported:
    """The document as far as it could be read, the cells for a person to write, and the readings
    that a person should confirm because the words leave a choice."""

    document: Document
    unread: tuple[Unread, ...]
    readings: tuple[Reading, ...] = ()
    is_ours: bool = False
    """Whether it was exported from a scheme, which says itself whether it is a sample."""

    @property
    def not_rules(self) -> int:
        """How much of the file was read, but into no rule: notes, and columns that are left out."""
        return sum(one.kind in _NO_RULES for one in self.readings if isinstance(one, Reading))


_COLUMN_LEFT_OUT = Text(
    "这一列没有读入细则；需要的内容请写到指标的佐证材料、依据或备注中",
    "this column is not read; write what is needed of it into the item's material, source or note",
)
_NO_RULES = (KEPT, LATENESS_NOT_READ, _COLUMN_LEFT_OUT)


def import_table(path: Path) -> Imported:
    """Read a .xlsx or .docx file.

    Raises:
        Faulty: the file cannot be read, or holds no table with an indicator and a rule.
    """
    sheets = read_sheets(path)
    carried = carried_by(sheets)
    table = find_table(sheets, carried.codes if carried else frozenset())
    if table is None:
        raise Faulty([_no_heading(path)])
    tree = read_tree(table)
    reader = Reader(table, lang=carried.lang if carried else "zh")
    if carried is None:
        document = Fresh(reader, tree, outside_of(table, sheets)).document()
        _list_tables_that_score_nothing(sheets, table, reader)
    else:
        document = Restored(reader, tree, carried).document()
    _list_other_tables(table, reader)
    _list_unread_columns(table, reader)
    return Imported(
        document, tuple(reader.unread), tuple(reader.readings), is_ours=carried is not None
    )


def _list_other_tables(table: Table, reader: Reader) -> None:
    for other in table.left_out:
        why = Text(
            "文件中另有一张考核表，没有读入；如需要，请存为单独的文件",
            "another scoring table in the file was not read; save it as a file of its own",
        )
        reader.unread.append(Unread(other.where(0), other.name, why))


def _list_tables_that_score_nothing(sheets: Sequence[Sheet], table: Table, reader: Reader) -> None:
    """Another table that says something of grades, vetoes or points, such as one of the grades alone."""
    for sheet in sheets:
        if any(sheet is one for one in (*table.parts, *table.left_out)):
            continue
        rows = ("：".join(cell.line for cell in cells) for cells in sheet.rows)
        told = next((one for one in enumerate(rows) if says_of_a_scheme(one[1])), None)
        if told is not None:
            why = Text(
                "文件中另有一张表，像是说到等次、否决或分值，没有读入；请在细则中填写",
                "another table seems to speak of grades, vetoes or points, and was not read: write it into the "
                "scheme",
            )
            reader.unread.append(Unread(sheet.where(told[0]), told[1][:80], why))


def _list_unread_columns(table: Table, reader: Reader) -> None:
    """Columns with something in them that nobody would miss until it is too late."""
    items = [line for line in table.lines if line.kind == "item"]
    for place, heading in unread_columns(table.heading, table.sheet):
        cells = [(line, line.sheet.at(line.row, place)) for line in items]
        filled = next(
            (line for line, cell in cells if cell is not None and cell.left == place), None
        )
        if filled is not None:
            where = filled.sheet.where(filled.row, heading)
            reader.confirm(where, heading, _COLUMN_LEFT_OUT)


def _no_heading(path: Path) -> Fault:
    return Fault(
        "no-heading",
        Text("没有找到考核细则表：表头须有指标一列和评分标准一列",
             "no scoring table was found: its headings name an indicator and a scoring rule"),
        Text("请检查表头，例如：一级指标、二级指标、分值、评分标准",
             "check the headings, for instance: Level 1, Level 2, Points, Scoring rule"),
        Where(file=path.name),
    )  # fmt: skip

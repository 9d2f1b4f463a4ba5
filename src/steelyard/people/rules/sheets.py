"""What do the columns of our sheets mean? Rows of organisations or people, or faults at the cells.

Headings are ours in either language, in any order; other columns are left alone. What is read is
not yet checked against what there is: see :mod:`organisation_sheets` and :mod:`people_sheets`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from steelyard.kernel.bilingual import LANGS, Lang, Text
from steelyard.kernel.faults import Fault, Where
from steelyard.kernel.names import said_of, unseen_letters
from steelyard.kernel.refusals import Refusal
from steelyard.tables import cells
from steelyard.tables.cells import Absent
from steelyard.tables.sheet import Cell, Row, Sheet, heading_key, trimmed

MOST_FAULTS = 500
MOST_ROWS = 5000

Read = Callable[[Cell], Any]
"""A cell → its value, :class:`Absent` or a :class:`Fault`."""


@dataclass(frozen=True, slots=True)
class Column:
    """``says``: what may stand in it, for the page beside the blank sheet."""

    key: str
    label: Text
    says: Text
    read: Read
    required: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as read: column → value, None where the cell is empty or the column is not there.

    ``wrong``: the columns whose cell has a fault already; their value is None too.
    """

    row: Row
    values: Mapping[str, Any]
    cells: Mapping[str, Cell]
    wrong: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def fault(self, key: str, code: str, what: Text, mend: Text) -> Fault:
        """At the cell of the column, or at the row if the sheet has no such column."""
        cell = self.cells.get(key)
        return Fault(code, what, mend, self.row.where if cell is None else cell.where)

    def refused(self, refusal: Refusal) -> Fault:
        return self.fault(refusal.field, refusal.code, refusal.text, _MEND)


_MEND = Text("请改正后重新上传", "put it right and upload the sheet again")


def entries(sheet: Sheet, columns: Sequence[Column]) -> tuple[list[Entry], list[Fault]]:
    """The rows, and the faults of their cells. What else is wrong with a row can still be said."""
    found, faults = _headings(sheet, columns)
    unread = [one for one in sheet.unread if _concerns(one, sheet, found)]
    if any(one.code == BELOW for one in faults):
        return [], faults
    if faults:
        return [], faults + unread
    if len(sheet.rows) > MOST_ROWS:
        return [], [_too_long(sheet)]
    read, faults = [], unread
    for row in sheet.rows:
        entry, wrong = _entry(row, columns, found, sheet.holes)
        faults += wrong
        read.append(entry)
    return read, faults


def unknown_headings(
    sheet: Sheet, columns: Sequence[Column], filled_in: Collection[str]
) -> list[Fault]:
    """Of a sheet that went out from here: filled columns that are not ours, while one is gone of
    those that people fill in.

    One that was given another heading would else be left out without a word.
    """
    found, faults = _headings(sheet, columns)
    if any(one.code == BELOW for one in faults):
        return []
    gone = [one.label for one in columns if one.key in filled_in and one.key not in found]
    ours = {heading_key(heading) for heading in found.values()}
    return [
        _unknown_heading(sheet, column.heading, gone)
        for column in sheet.head.columns
        if gone and heading_key(column.heading) not in ours
        and any(trimmed(cell.text) for cell in sheet.column(column.heading))
    ]  # fmt: skip


def _unknown_heading(sheet: Sheet, heading: str, gone: Sequence[Text]) -> Fault:
    place = str(sheet.head.columns[sheet.head.position(heading)])
    what = Text(
        f"没有“{heading[:40]}”这一列；表中缺少{'、'.join(f'“{one.zh}”' for one in gone)}",
        f"there is no column “{heading[:40]}”; the sheet lacks {', '.join(one.en for one in gone)}",
    )
    mend = Text(
        "请把列标题改回原样；若是自己加的列，请删去，或补上缺少的列",
        "give the column its heading back; one of your own must go, or the missing one come back",
    )
    return Fault("unknown-column", what, mend, replace(sheet.where, column=place))


def _concerns(fault: Fault, sheet: Sheet, found: Mapping[str, str]) -> bool:
    """Columns that are not ours are left alone, whatever became of their formulas."""
    ours = {str(sheet.head.columns[sheet.head.position(heading)]) for heading in found.values()}
    theirs = {str(column) for column in sheet.head.columns} - ours
    return fault.where.column not in theirs


def at_most(faults: Sequence[Fault]) -> list[Fault]:
    """As many as a person can use, in the order of the sheet."""
    return sorted(faults, key=lambda fault: fault.where.row or 0)[:MOST_FAULTS]


def few_of_each(faults: Sequence[Fault], most: int = 30) -> list[Fault]:
    """For a page: of each kind the first ones, and how many more there are of it.

    Hundreds that say the same thing would hide the one that says another.
    """
    shown: dict[str, list[Fault]] = {}
    for fault in faults:
        shown.setdefault(fault.code, []).append(fault)
    rest = [_and_more(alike, most) for alike in shown.values() if len(alike) > most]
    kept = {id(fault) for alike in shown.values() for fault in alike[:most]}
    return [fault for fault in faults if id(fault) in kept] + rest


def _and_more(alike: Sequence[Fault], most: int) -> Fault:
    more, like = len(alike) - most, alike[most]
    what = Text(f"还有{more}处同样的问题（{like.what.zh}）", f"{more} more places: {like.what.en}")
    return Fault(like.code, what, like.mend, replace(like.where, row=None, line=None, column=""))


def _headings(sheet: Sheet, columns: Sequence[Column]) -> tuple[dict[str, str], list[Fault]]:
    """Column → heading of the sheet, and which required ones are not there."""
    as_written = {heading_key(heading): heading for heading in sheet.headings}
    by_name = {name.casefold(): heading for name, heading in as_written.items()} | as_written
    found = {
        column.key: by_name[name]
        for column in columns
        for said in reversed([column.key, *(column.label.say(lang) for lang in LANGS)])
        for name in (said.casefold(), said)
        if name in by_name
    }
    missing = [column for column in columns if column.required and column.key not in found]
    below = _headings_below(sheet, missing)
    return found, [below] if below else [
        Fault(
            "no-column",
            Text(f"缺少“{column.label.zh}”列", f"there is no column “{column.label.en}”"),
            Text("请使用本页提供的表", "use the sheet that this page offers"),
            sheet.where,
        )
        for column in missing
    ]  # fmt: skip


BELOW = "headings-below"
TITLE_ROWS = 10
"""So many rows below the first are looked at for the headings."""


def _headings_below(sheet: Sheet, missing: Sequence[Column]) -> Fault | None:
    """The headings are there, below a title or a note."""
    names = {
        heading_key(said).casefold()
        for column in missing
        for said in (column.key, *(column.label.say(lang) for lang in LANGS))
    }
    for row in sheet.rows[:TITLE_ROWS]:
        if any(heading_key(cell.text).casefold() in names for cell in row.cells):
            what = Text(
                f"列标题在第{row.number}行，上面还有其他行",
                f"the headings stand in row {row.number}, below other rows",
            )
            mend = Text(
                "请删去列标题以上的各行", "delete the rows above the headings"
            )  # fmt: skip
            return Fault(BELOW, what, mend, row.where)
    return None


def _entry(
    row: Row, columns: Sequence[Column], found: Mapping[str, str], holes: Collection[Where]
) -> tuple[Entry, list[Fault]]:
    """``holes``: cells whose fault is known already."""
    at = {column.key: row[found[column.key]] for column in columns if column.key in found}
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    wrong: set[str] = set()
    for column in columns:
        cell = at.get(column.key)
        is_hole = cell is not None and cell.where in holes
        value = None if is_hole else _value(column, cell)
        if isinstance(value, Fault):
            faults.append(value)
        is_wrong = is_hole or isinstance(value, Fault)
        wrong |= {column.key} if is_wrong else set()
        values[column.key] = None if is_wrong else value
    return Entry(row, values, at, frozenset(wrong)), faults


def _value(column: Column, cell: Cell | None) -> Any:
    if cell is None:
        return None
    value = column.read(cell)
    if column.required:
        return cells.present(value, cell)
    return None if isinstance(value, Absent) else value


def _too_long(sheet: Sheet) -> Fault:
    what = Text(f"超过{MOST_ROWS}行", f"it has more than {MOST_ROWS} rows")
    return Fault("too-long", what, Text("请分成几个文件", "divide it"), sheet.where)


def short_text(longest: int) -> Read:
    """A name: a text of at most so many characters, all of them to be seen."""

    def read(cell: Cell) -> str | Absent | Fault:
        value = cells.text(cell)
        if isinstance(value, Absent):
            return value
        if letters := unseen_letters(value):
            return Fault("unseen_letters", said_of(letters), _MEND, cell.where)
        if len(value) <= longest:
            return value
        what = Text(f"超过{longest}个字", f"has more than {longest} characters")
        return Fault("too-long", what, Text("请缩短", "shorten it"), cell.where)

    return read


def any_text(cell: Cell) -> str | Absent:
    """Whatever was typed; a dash is a text as well."""
    return trimmed(cell.text) or Absent.MISSING


def headings_of(columns: Iterable[Column], lang: Lang) -> list[str]:
    return [column.label.say(lang) for column in columns]


def matching(pattern: str, what: Text, mend: Text, *, longest: int = 150) -> Read:
    """A code or name of a certain form."""

    def read(cell: Cell) -> str | Absent | Fault:
        value = cells.code(cell)
        if isinstance(value, Absent | Fault):
            return value
        if len(value) <= longest and re.fullmatch(pattern, value):
            return value
        return Fault("not-of-the-form", what, mend, cell.where)

    return read


def one_of(names: Mapping[str, Text]) -> Read:
    """One of these, by its code or its name in either language."""
    by_name = {
        heading_key(name).casefold(): code
        for code, text in names.items()
        for name in (code, text.zh, text.en)
    }
    known = Text(
        f"可填：{'、'.join(text.zh for text in names.values())}",
        f"it may be: {', '.join(text.en for text in names.values())}",
    )

    def read(cell: Cell) -> str | Absent | Fault:
        value = cells.text(cell)
        if isinstance(value, Absent):
            return value
        code = by_name.get(heading_key(value).casefold())
        what = Text(f"没有“{value[:40]}”", f"there is no “{value[:40]}”")
        return code or Fault("unknown", what, known, cell.where)

    return read


def day(cell: Cell) -> date | Absent | Fault:
    return cells.date(cell)

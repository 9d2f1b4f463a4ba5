"""What a body typed for each unit, or brought on a sheet: exact figures, or faults at the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.assessment.rules.figures import YES_NO, as_typed
from steelyard.assessment.rules.origin import ASSESSMENT, against_origin
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.faults import Fault
from steelyard.people.rules.sheets import (
    Column,
    Entry,
    at_most,
    entries,
    short_text,
    unknown_headings,
)
from steelyard.scheme.model import Input
from steelyard.tables import cells
from steelyard.tables.cells import Absent
from steelyard.tables.plain_workbook import DropDown
from steelyard.tables.sheet import Cell, Head, Row, Sheet, trimmed
from steelyard.tables.sheet import Column as Place
from steelyard.weighing.typed_cells import typed_cell
from steelyard.weighing.values import written

LONGEST_FIGURE, LONGEST_NOTE = 80, 400
MOST_DIGITS = 15
"""Of a number that Excel keeps; a longer one is written as text."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure and a note as somebody typed them; "" is nothing, and not zero."""

    value: str = ""
    note: str = ""


def of_draft(draft: Mapping[str, Any]) -> dict[str, Typed]:
    return {unit: Typed(one["value"], one["note"]) for unit, one in draft.items()}


def as_draft(typed: Mapping[str, Typed]) -> dict[str, Any]:
    return {
        unit: {"value": one.value.strip(), "note": one.note.strip()}
        for unit, one in sorted(typed.items())
        if one.value.strip() or one.note.strip()
    }


def read_one(text: str, wanted: Input) -> tuple[str, tuple[Fault, ...]]:
    """A typed figure in its exact writing, "" if there is none; and what is wrong with it.

    >>> read_one("92.3%", Input("a", type="share"))[0], read_one("", Input("a"))
    ('0.923', ('', ()))
    >>> [one.code for one in read_one("1/2", Input("a", type="count"))[1]]
    ['not-whole']
    """
    return _read(_cell(text), wanted)


def _read(cell: Cell, wanted: Input) -> tuple[str, tuple[Fault, ...]]:
    if len(cell.text) > LONGEST_FIGURE:
        return "", (_too_long(cell, LONGEST_FIGURE),)
    value, faults = typed_cell(cell, wanted)
    if faults:
        return "", faults
    said = written(value) or ""
    return (said, ()) if len(said) <= LONGEST_FIGURE else ("", (_too_long(cell, LONGEST_FIGURE),))


def _cell(text: str) -> Cell:
    place = Place("", "")
    head = Head("", "", 1, (place,), {"": 0})
    return Cell(text, place, Row(1, (text,), head))


def _too_long(cell: Cell, most: int) -> Fault:
    what = Text(f"超过{most}个字", f"has more than {most} characters")
    return Fault("too-long", what, Text("请缩短", "shorten it"), cell.where)


def checked(
    typed: Mapping[str, Typed], wanted: Input
) -> tuple[dict[str, str], dict[str, tuple[Fault, ...]]]:
    """Unit → exact figure, and unit → what is wrong with what was typed for it."""
    figures: dict[str, str] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    for unit, one in typed.items():
        figures[unit], wrong = read_one(one.value, wanted)
        if len(one.note) > LONGEST_NOTE:
            wrong = (*wrong, _too_long(_cell(one.note), LONGEST_NOTE))
        if wrong:
            faults[unit] = wrong
    return figures, faults


# --- as a sheet ------------------------------------------------------------------------------------


def _as_typed(cell: Cell) -> str | Absent:
    return trimmed(cell.text) or Absent.MISSING


COLUMNS: tuple[Column, ...] = (
    Column("unit", Text("单位代码", "unit"), Text("不要改动", "leave it"), cells.code),
    Column("name", Text("单位名称", "name"), Text("供查看", "to be read"), _as_typed, required=False),
    Column("input", Text("数据编号", "figure code"), Text("不要改动", "leave it"), _as_typed, required=False),
    Column("value", Text("数值", "figure"), Text("没有数据留空", "blank if missing"), _as_typed, required=False),
    Column("note", Text("备注", "note"), Text("文字", "text"), short_text(LONGEST_NOTE), required=False),
    ASSESSMENT,
)  # fmt: skip


def headings(lang: Lang) -> list[str]:
    return [column.label.say(lang) for column in COLUMNS]


def rows(
    units: Mapping[str, Text],
    wanted: Input,
    typed: Mapping[str, Typed],
    lang: Lang,
    assessment: str,
) -> Iterator[list[Any]]:
    """The sheet as it is taken out: a row for each unit."""
    for code, name in units.items():
        one = typed.get(code, Typed())
        yield [
            code, name.say(lang), wanted.code, _number_or_text(as_typed(one.value, wanted, lang)),
            one.note or None, assessment,
        ]  # fmt: skip


def drop_downs(units: Mapping[str, Text], wanted: Input, lang: Lang) -> Iterator[DropDown]:
    """What the cells of :func:`rows` offer: yes and no, where the figure is one of them."""
    if wanted.type != "yes_no":
        return
    at = next(at for at, column in enumerate(COLUMNS) if column.key == "value")
    for row, _unit in enumerate(units, 1):
        yield DropDown(row, at, tuple(word.say(lang) for word in YES_NO.values()))


def _number_or_text(text: str) -> Any:
    """A decimal as a number, anything else as it is typed."""
    try:
        number = exact(text)
    except ValueError:
        return text or None
    is_plain = plain(number) == text and len(text) <= MOST_DIGITS and "/" not in text
    if not is_plain:
        return text
    from decimal import Decimal

    return Decimal(text)


def plan(
    sheet: Sheet, units: Sequence[str], wanted: Input, assessment: str
) -> tuple[dict[str, Typed], list[Fault]]:
    """What a sheet says of every unit, or everything that is wrong with it."""
    read, faults = entries(sheet, COLUMNS)
    faults += unknown_headings(sheet, COLUMNS, ("value", "note"))
    if read and "value" not in read[0].cells:
        faults.append(_no_column(sheet))
    faults += against_origin(read, {"assessment": assessment})
    found: dict[str, Typed] = {}
    for entry in read:
        faults += _put(entry, frozenset(units), wanted, found)
    if read:
        faults += _without_rows(sheet, read, units)
    elif not faults:
        faults.append(_no_row(sheet, next(iter(units), "")))
    return ({}, at_most(faults)) if faults else (found, [])


def _put(
    entry: Entry, units: frozenset[str], wanted: Input, found: dict[str, Typed]
) -> list[Fault]:
    code = entry["unit"]
    faults = [] if code is None else _against_unit(entry, code, units, found)
    if entry["input"] not in (None, wanted.code):
        what = Text(
            f"这是“{entry['input']}”的数据表，不是“{wanted.code}”的",
            f"this is the sheet of {entry['input']!r}, not of {wanted.code!r}",
        )
        faults.append(entry.fault("input", "another_sheet", what, _RIGHT_SHEET))
    cell = entry.cells.get("value")
    if cell is not None and "value" not in entry.wrong:
        faults += _read(cell, wanted)[1]
    if code is not None:
        found.setdefault(code, Typed(entry["value"] or "", entry["note"] or ""))
    return faults


def _against_unit(
    entry: Entry, code: str, units: frozenset[str], found: Mapping[str, Typed]
) -> list[Fault]:
    if code not in units:
        what = Text(
            f"没有代码为“{code}”的被考核单位", f"no unit that is assessed has the code {code!r}"
        )
        return [entry.fault("unit", "no_such_unit", what, _TAKE_AWAY)]
    if code in found:
        what = Text(f"单位“{code}”出现两次", f"the unit {code!r} comes twice")
        return [entry.fault("unit", "twice", what, Text("请只留一行", "leave one row"))]
    return []


_TAKE_AWAY = Text("请删去这一行或者改正代码", "take this row away, or mend the code")
_RIGHT_SHEET = Text("请换成这一项的数据表", "bring the sheet of this figure")


def _without_rows(sheet: Sheet, read: Sequence[Entry], units: Sequence[str]) -> list[Fault]:
    """Units that are not on the sheet. A row whose code cannot be read may be that of any of them."""
    known = {entry["unit"] for entry in read}
    without = [code for code in units if code not in known]
    unread = sum("unit" in entry.wrong for entry in read)
    return [_no_row(sheet, code) for code in without] if len(without) > unread else []


def _no_row(sheet: Sheet, code: str) -> Fault:
    what = Text(f"缺少单位“{code}”的一行", f"there is no row for the unit {code!r}")
    mend = Text(
        "请补上这一行；没有数据的，数值留空", "add the row; leave its figure blank if there is none"
    )
    return Fault("no_row", what, mend, sheet.where)


def _no_column(sheet: Sheet) -> Fault:
    what = Text("缺少“数值”列", "there is no column “figure”")
    return Fault("no-column", what, Text("请使用空白模板", "use the blank sheet"), sheet.where)

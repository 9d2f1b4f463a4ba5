"""What a body typed for each unit, or brought on a sheet: exact figures, or faults at the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from steelyard.assessment.rules.figures import YES_NO, as_typed
from steelyard.assessment.rules.figures.asked import said_asked
from steelyard.assessment.rules.figures.lacks import LACKS, Lack, lack_of, said_lack
from steelyard.assessment.rules.supplied.origin import ASSESSMENT, against_name, against_origin
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.faults import Fault
from steelyard.people.rules.sheets import (
    Column,
    Entry,
    any_text,
    at_most,
    entries,
    headings_of,
    short_text,
    unknown_headings,
)
from steelyard.scheme.model import Input
from steelyard.tables import cells
from steelyard.tables.plain_workbook import DropDown
from steelyard.tables.sheet import Cell, Head, Row, Sheet, trimmed
from steelyard.tables.sheet import Column as Place
from steelyard.weighing.typed_cells import typed_by_hand
from steelyard.weighing.values import written

LONGEST_FIGURE, LONGEST_NOTE = 80, 400
MOST_DIGITS = 15
"""Of a number that Excel keeps; a longer one is written as text."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure and a note as somebody typed them; "" is nothing, and not zero. ``status``: why there is no
    figure, and then the note is the reason."""

    value: str = ""
    note: str = ""
    status: str = ""


def of_draft(draft: Mapping[str, Any]) -> dict[str, Typed]:
    return {
        unit: Typed(one["value"], one["note"], one.get("status", "")) for unit, one in draft.items()
    }


def as_draft(typed: Mapping[str, Typed]) -> dict[str, Any]:
    """Without the cells of which nothing is said."""
    return {unit: _kept(one) for unit, one in sorted(typed.items()) if _kept(one)}


def _kept(one: Typed) -> dict[str, str]:
    if not (one.value.strip() or one.note.strip() or one.status):
        return {}
    said = {"value": one.value.strip(), "note": one.note.strip()}
    return {**said, "status": one.status} if one.status else said


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
    value, faults = typed_by_hand(cell, wanted)
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
        wrong += against_status(one)
        if wrong:
            faults[unit] = wrong
    return figures, faults


def against_status(one: Typed) -> tuple[Fault, ...]:
    """A status is one of those that there are, and stands where there is no figure."""
    if not one.status:
        return ()
    if one.status not in set(Lack):
        listed = Text(
            "、".join(x.zh for x in LACKS.values()), ", ".join(x.en for x in LACKS.values())
        )
        what = Text(f"没有“{one.status[:40]}”这种情形", f"there is no status {one.status[:40]!r}")
        return (
            Fault("unknown_status", what, Text(f"可用：{listed.zh}", f"use one of: {listed.en}")),
        )
    if one.value.strip():
        what = Text("既有数值，又标明没有数值", "a figure is given, and said to be lacking as well")
        return (Fault("figure_and_status", what, Text("请二者取一", "leave one of the two")),)
    return ()


def unexplained(
    typed: Mapping[str, Typed], units: Mapping[str, Text]
) -> dict[str, tuple[Fault, ...]]:
    """Unit → what is wrong with its blank cell: nobody signs a sheet on which a figure is missing without
    saying how, and why.

    >>> found = unexplained({"a": Typed("1"), "b": Typed("", "no such record", "missing")},
    ...                     {"a": Text(), "b": Text(), "c": Text("丙", "C")})
    >>> [(unit, one.code) for unit, (one,) in found.items()]
    [('c', 'blank_without_reason')]
    """
    found = ((unit, name, typed.get(unit, Typed())) for unit, name in units.items())
    return {
        unit: (_blank(unit, name, one),)
        for unit, name, one in found
        if not one.value.strip() and not (one.status and one.note.strip())
    }


def _blank(unit: str, name: Text, one: Typed) -> Fault:
    zh, en = f"{name.say('zh')}（{unit}）", f"{name.say('en')} ({unit})"
    what = Text(f"{zh}没有数值，也没有写明原因", f"{en} has no figure, and no reason for that")
    if not one.status:
        mend = Text("请填写数值（0也是数值），或者选择缺数情形并在备注中写明原因",
                    "fill it in (0 is a figure), or say how it is lacking, and in the note why")  # fmt: skip
    else:
        mend = Text("请在备注中写明原因，例如“没有这项记录”“未统计”",
                    "say why in the note: “no such record”, “not collected”")  # fmt: skip
    return Fault("blank_without_reason", what, mend)


# --- as a sheet ------------------------------------------------------------------------------------


_BLANK = Text("没有数据留空，并写明情形和原因", "blank if missing, with how and why")
_HOW = Text(
    "、".join(one.zh for one in LACKS.values()), ", ".join(one.en for one in LACKS.values())
)
_WHY = Text("文字；没有数值的写明原因", "text; where there is no figure, why")

COLUMNS: tuple[Column, ...] = (
    Column("unit", Text("单位代码", "unit"), Text("不要改动", "leave it"), cells.code),
    Column("name", Text("单位名称", "name"), Text("供查看", "to be read"), any_text, required=False),
    Column("input", Text("数据编号", "figure code"), Text("不要改动", "leave it"), any_text, required=False),
    Column("value", Text("数值", "figure"), _BLANK, any_text, required=False),
    Column("asked", Text("填写要求", "what is asked"), Text("供查看", "to be read"), any_text, required=False),
    Column("status", Text("缺数情形", "if blank"), _HOW, any_text, required=False),
    Column("note", Text("备注", "note"), _WHY, short_text(LONGEST_NOTE), required=False),
    ASSESSMENT,
    Column("rule", Text("评分标准", "rule"), Text("供查看", "to be read"), any_text, required=False),
)  # fmt: skip


def headings(lang: Lang) -> list[str]:
    return headings_of(COLUMNS, lang)


def rows(
    units: Mapping[str, Text],
    wanted: Input,
    typed: Mapping[str, Typed],
    lang: Lang,
    assessment: str,
    rules: Sequence[Text] = (),
) -> Iterator[list[Any]]:
    """The sheet as it is taken out: a row for each unit, with what is asked of its figure; in the first the
    ``rules`` that use it."""
    asked, rule = said_asked(wanted).say(lang), "\n".join(one.say(lang) for one in rules) or None
    for place, (code, name) in enumerate(units.items()):
        one = typed.get(code, Typed())
        yield [
            code, name.say(lang), wanted.code, _number_or_text(as_typed(one.value, wanted, lang)),
            asked, said_lack(one.status).say(lang) or None, one.note or None, assessment,
            rule if place == 0 else None,
        ]  # fmt: skip


def drop_downs(units: Mapping[str, Text], wanted: Input, lang: Lang) -> Iterator[DropDown]:
    """What the cells of :func:`rows` offer: yes and no, where the figure is one of them; how it is lacking."""
    offered = {"status": tuple(word.say(lang) for word in LACKS.values())}
    if wanted.type == "yes_no":
        offered["value"] = tuple(word.say(lang) for word in YES_NO.values())
    for at, column in enumerate(COLUMNS):
        if column.key in offered:
            for row, _unit in enumerate(units, 1):
                yield DropDown(row, at, offered[column.key])


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
    sheet: Sheet, units: Mapping[str, Text], wanted: Input, assessment: str
) -> tuple[dict[str, Typed], list[Fault]]:
    """What a sheet says of every unit, or everything that is wrong with it. ``units``: code → name."""
    read, faults = entries(sheet, COLUMNS)
    faults += unknown_headings(sheet, COLUMNS, ("value", "note"))
    if read and "value" not in read[0].cells:
        faults.append(_no_column(sheet))
    faults += against_origin(read, {"assessment": assessment})
    found: dict[str, Typed] = {}
    for entry in read:
        faults += _put(entry, units, wanted, found)
    if read:
        faults += _without_rows(sheet, read, list(units))
    elif not faults:
        faults.append(_no_row(sheet, next(iter(units), "")))
    return ({}, at_most(faults)) if faults else (found, [])


def _put(
    entry: Entry, units: Mapping[str, Text], wanted: Input, found: dict[str, Typed]
) -> list[Fault]:
    code = entry["unit"]
    faults = [] if code is None else _against_unit(entry, code, units, found)
    faults += against_name(entry, "unit", "name", units)
    if entry["input"] not in (None, wanted.code):
        what = Text(
            f"这是“{entry['input']}”的数据表，不是“{wanted.code}”的",
            f"this is the sheet of {entry['input']!r}, not of {wanted.code!r}",
        )
        faults.append(entry.fault("input", "another_sheet", what, _RIGHT_SHEET))
    cell = entry.cells.get("value")
    if cell is not None and "value" not in entry.wrong:
        stored = trimmed(cell.stored) if isinstance(cell.stored, str) else cell.stored
        faults += _read(replace(cell, stored=stored), wanted)[1]
    said = entry["status"] or ""
    one = Typed(entry["value"] or "", entry["note"] or "", lack_of(said) or said)
    faults += [
        entry.fault("status", fault.code, fault.what, fault.mend) for fault in against_status(one)
    ]
    if code is not None:
        found.setdefault(code, one)
    return faults


def _against_unit(
    entry: Entry, code: str, units: Mapping[str, Text], found: Mapping[str, Typed]
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
        "请补上这一行；没有数据的，数值留空并写明情形和原因",
        "add the row; if there is no figure leave it blank, and say how and why",
    )
    return Fault("no_row", what, mend, sheet.where)


def _no_column(sheet: Sheet) -> Fault:
    what = Text("缺少“数值”列", "there is no column “figure”")
    return Fault(
        "no-column",
        what,
        Text("请使用本页提供的表", "use the sheet that this page offers"),
        sheet.where,
    )

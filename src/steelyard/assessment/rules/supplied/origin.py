"""Whose sheet is this? What every row of a sheet that goes out carries, so that another year's or
another city's is told when it comes back, and not taken for this one's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.people.rules.sheets import Column, Entry
from steelyard.tables import cells

_LEAVE = Text("不要改动", "leave it")
ASSESSMENT = Column(
    "assessment", Text("考核编号", "assessment"), _LEAVE, cells.code, required=False
)
UNIT = Column("unit", Text("单位代码", "unit"), _LEAVE, cells.code, required=False)


def against_origin(read: Sequence[Entry], ours: Mapping[str, str]) -> list[Fault]:
    """``ours``: column → what must stand in it. Each other origin is told once, at its first row.

    A sheet that somebody made by hand says nothing, and is taken.
    """
    told: dict[tuple[str, str], Fault] = {}
    for entry in read:
        for key, wanted in ours.items():
            found = entry[key]
            if found is not None and found != wanted and (key, found) not in told:
                told[key, found] = entry.fault(key, "another_sheet", _what(found, wanted), _MEND)
    return list(told.values())


def _what(found: str, wanted: str) -> Text:
    return Text(
        f"这是“{found[:40]}”的表格，不是“{wanted}”的",
        f"this is a sheet of {found[:40]!r}, not of {wanted!r}",
    )


def against_name(
    entry: Entry, code_at: str, name_at: str, names: Mapping[str, Text]
) -> list[Fault]:
    """A row whose code and name are of two different things: one column was sorted, or pasted, without the other.

    ``names``: code → name in both languages. A name that nothing has, or that somebody shortened, is taken.
    """
    code, said = entry[code_at], entry[name_at]
    meant = [one for one, name in names.items() if said and said in (name.zh, name.en)]
    if code not in names or not meant or code in meant:
        return []
    what = Text(
        f"编号“{code}”是“{names[code].say('zh')}”，这里写的却是“{said}”（{meant[0]}）",
        f"{code!r} is {names[code].say('en')}, and this says {said!r} ({meant[0]})",
    )
    return [entry.fault(name_at, "name_of_another", what, _TOGETHER)]


_TOGETHER = Text(
    "请核对整行是否错位：排序、粘贴须连同编号列一起",
    "see whether the rows have slipped: sort and paste the codes together with the rest",
)
_MEND = Text("请在本页重新取一份表格填写", "take the sheet out on this page, and fill that in")

"""A sheet of organisations: which are opened, which corrected, which stay; or every fault.

A code that is known is that organisation; one that is not is opened. Where it stands and its days
are not changed by a sheet: that is done on its page, one at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.people.rules.days import Days
from steelyard.people.rules.sheets import (
    Column,
    Entry,
    at_most,
    day,
    entries,
    matching,
    one_of,
    short_text,
)
from steelyard.tables.sheet import Sheet

KINDS: Mapping[str, Text] = {
    "province": Text("省", "province"),
    "city": Text("市", "city"),
    "district": Text("县（市、区）", "district"),
    "department": Text("部门", "department"),
    "court": Text("法院", "court"),
    "bank": Text("银行", "bank"),
    "association": Text("协会", "association"),
    "firm": Text("企业", "firm"),
    "experts": Text("专家库", "expert pool"),
}
_code = matching(
    r"[A-Za-z0-9._-]+",
    Text(
        "代码只能用字母、数字、点、连字符和下划线，不超过40个",
        "a code has letters, digits, dot, hyphen, underscore, 40 at most",
    ),
    Text("请改正代码", "mend the code"),
    longest=40,
)
_place = matching(
    r"\d{6}(\d{3}){0,2}",
    Text("行政区划代码为6位、9位或者12位数字", "a division code has 6, 9 or 12 digits"),
    Text("请填写如440100", "write for instance 440100"),
)
COLUMNS: tuple[Column, ...] = (
    Column("code", Text("代码", "Code"), Text("机构代码，设定后不再改变", "stays for ever"), _code),
    Column(
        "name_zh",
        Text("中文名称", "Name in Chinese"),
        Text("不超过100字", "100 characters at most"),
        short_text(100),
    ),
    Column(
        "name_en",
        Text("英文名称", "Name in English"),
        Text("可不填", "may be empty"),
        short_text(100),
        required=False,
    ),
    Column(
        "kind",
        Text("类别", "Kind"),
        Text("、".join(t.zh for t in KINDS.values()), ", ".join(t.en for t in KINDS.values())),
        one_of(KINDS),
    ),
    Column(
        "place",
        Text("行政区划代码", "Division code"),
        Text("可不填，例如440100", "may be empty; for instance 440100"),
        _place,
        required=False,
    ),
    Column(
        "parent",
        Text("上级机构代码", "Code of the organisation above"),
        Text("已有机构，或者本表中的机构", "an existing one, or one of this sheet"),
        _code,
        required=False,
    ),
    Column("starts", Text("起日", "From"), Text("例如2026-01-01", "for instance 2026-01-01"), day),
    Column(
        "ends",
        Text("止日", "Until"),
        Text("只用于导出，导入时不填", "in exports; leave it empty"),
        day,
        required=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation as it is; ``is_managed``: whether the sheet may say anything of it."""

    number: int
    values: Mapping[str, object]
    days: Days
    is_managed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a row does. ``changed``: of an existing one, the columns and what they were."""

    entry: Entry
    verb: str
    number: int | None = None
    changed: tuple[tuple[str, object], ...] = ()


Known = Mapping[str, Standing]
"""Code → organisation, of all there are."""

CORRECTED = ("name_zh", "name_en", "kind", "place")
FIXED = ("parent", "starts", "ends")


def plan(sheet: Sheet, known: Known) -> tuple[list[Change], list[Fault]]:
    """What the sheet would change, parents before those below them; or all its faults."""
    read, faults = entries(sheet, COLUMNS)
    by_code: dict[str, Entry] = {}
    for entry in read:
        if "code" in entry.wrong:
            continue
        first = by_code.setdefault(entry["code"], entry)
        if first is not entry:
            faults.append(_twice(entry, first))
    changes = []
    for entry in by_code.values():
        standing = known.get(entry["code"])
        wrong = (
            _against_opening(entry, by_code, known)
            if standing is None
            else _against_changing(entry, standing)
        )
        faults += wrong
        if not wrong and not entry.wrong:
            changes.append(_change(entry, standing))
    if faults:
        return [], at_most(faults)
    return _parents_first(changes, by_code), []


def _change(entry: Entry, standing: Standing | None) -> Change:
    if standing is None:
        return Change(entry, "open")
    changed = tuple(
        (key, standing.values[key])
        for key in CORRECTED
        if key in entry.cells and (entry[key] or "") != (standing.values[key] or "")
    )
    return Change(entry, "correct" if changed else "same", standing.number, changed)


def _against_opening(entry: Entry, sheet: Mapping[str, Entry], known: Known) -> list[Fault]:
    parent: str | None = entry["parent"]
    faults = []
    if entry["ends"] is not None:
        faults.append(entry.fault("ends", "ends", *_ON_ITS_PAGE))
    if "parent" in entry.wrong:
        return faults
    if parent is None:
        what = Text("没有填上级机构代码", "it says not whom it stands below")
        return [*faults, entry.fault("parent", "no-parent", what, Text("请填写", "fill it in"))]
    starts = _parent_days(parent, sheet, known)
    if starts is None:
        what = Text(f"没有代码为“{parent}”的机构", f"there is no organisation “{parent}”")
        mend = Text(
            "请填已有机构或者本表中机构的代码",
            "write the code of one that exists or is in this sheet",
        )
        return [*faults, entry.fault("parent", "unknown-parent", what, mend)]
    if entry["starts"] is not None and not starts.holds(Days(entry["starts"])):
        what = Text(
            f"上级机构的存续期为{starts.say()}", f"the one above exists {starts.say()} only"
        )
        faults.append(entry.fault("starts", "outside_days_of_parent", what, _DAY))
    if _is_below_itself(entry, sheet):
        what = Text("上下级形成循环", "it would stand below itself")
        faults.append(
            entry.fault(
                "parent",
                "circle",
                what,
                Text("请改正上级机构代码", "mend the code of the one above"),
            )
        )
    return faults


def _against_changing(entry: Entry, standing: Standing) -> list[Fault]:
    if not standing.is_managed:
        what = Text("这个代码已有机构使用", "another organisation has this code")
        return [entry.fault("code", "code_taken", what, Text("请换一个代码", "take another code"))]
    return [
        entry.fault(key, f"{key}-differs", *_ON_ITS_PAGE)
        for key in FIXED
        if key in entry.cells and entry[key] is not None and entry[key] != standing.values[key]
    ]


def _parent_days(code: str, sheet: Mapping[str, Entry], known: Known) -> Days | None:
    standing = known.get(code)
    if standing is not None:
        return standing.days if standing.is_managed else None
    return Days(sheet[code]["starts"] or date.min) if code in sheet else None


def _is_below_itself(entry: Entry, sheet: Mapping[str, Entry]) -> bool:
    own: str = entry["code"]
    at: str | None = entry["parent"]
    for _ in sheet:
        if at is None or at == own or at not in sheet:
            break
        at = sheet[at]["parent"]
    return at == own


def _parents_first(changes: Sequence[Change], sheet: Mapping[str, Entry]) -> list[Change]:
    def depth(code: str | None) -> int:
        steps = 0
        while code is not None and code in sheet:
            code, steps = sheet[code]["parent"], steps + 1
        return steps

    return sorted(changes, key=lambda change: depth(change.entry["code"]))


def _twice(entry: Entry, first: Entry) -> Fault:
    what = Text(f"代码与第{first.row.number}行相同", f"row {first.row.number} has the same code")
    return entry.fault("code", "twice", what, Text("请删去一行", "remove one of them"))


_ON_ITS_PAGE = (
    Text(
        "与系统中的不同，不能用表格更改",
        "differs from what is recorded, and is not changed by a sheet",
    ),
    Text("请留空，在该机构的页面上办理", "leave it empty and change it on the organisation's page"),
)
_DAY = Text("请改正起日", "mend the day")

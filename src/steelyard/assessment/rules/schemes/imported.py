"""The office's table as it was read: what a person must still write, and what should be confirmed.

Both are kept beside the draft as plain data. A cell that belongs to an item is mended with its rule;
any other is ticked off by a person. So is a reading, and one of an item's words falls away once its rule is
another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from steelyard.assessment.rules.drafting import Document, Row, as_text, listed
from steelyard.kernel.bilingual import Text
from steelyard.scheme.office import Imported, Reading, Unread

Plain = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that was not understood: where it stands, what it says, why; of which item, if one."""

    where: Text
    text: str
    why: Text
    item: str = ""


def of_an_assessment(read: Imported, file: str) -> Imported:
    """The table, without what the assessment says itself: its period, and its name where the table has no
    title and was called by its file. One that does not call itself a sample is the office's own, and official."""
    document = dict(read.document)
    named = as_text(document.get("title"))
    if named.zh == file.rsplit(".", 1)[0]:
        document.pop("title", None)
    readings = read.readings
    if not read.is_ours and not _A_SAMPLE.search(f"{named.zh} {named.en}"):
        document.pop("label", None)
        readings = (*readings, official(file))
    asked = tuple(one for one in read.unread if one.where.key != "period")
    return replace(read, document=document, unread=asked, readings=readings)


_A_SAMPLE = re.compile("样本|样表|样例|示例|示范文本|sample", re.IGNORECASE)


def official(file: str) -> Reading:
    """That a table which does not say so is read as no sample."""
    return Reading(
        f"{file} 表中没有说是样本，按正式细则读（请确认）",
        f"{file}: the table does not call itself a sample, and is read as the official scheme (please confirm)",
    )


def of_another_year(document: Document, file: str, starts: date, ends: date) -> tuple[Reading, ...]:
    """That a file names another year than the assessment has, whose period counts; nothing if it does not.

    >>> told = {"title": "2026年度考核细则", "period": {"starts": "2026-01-01", "ends": "2027-01-01"}}
    >>> len(of_another_year(told, "a.xlsx", date(2025, 1, 1), date(2026, 1, 1)))
    1
    >>> of_another_year(told, "a.xlsx", date(2026, 1, 1), date(2027, 1, 1))
    ()
    """
    period = document.get("period")
    year = str(period.get("starts", ""))[:4] if isinstance(period, Mapping) else ""
    last = ends - timedelta(days=1)
    if not year.isdigit() or starts.year <= int(year) <= last.year:
        return ()
    title = as_text(document.get("title"))
    return (
        Reading(
            f"{file} “{title.zh or title.en}”写的是{year}年，本次考核的期间是{starts.isoformat()}至"
            f"{last.isoformat()}：请确认没有取错文件，期间以本次考核为准，标题请改（请确认）",
            f"{file}, {title.en or title.zh!r} is of {year}, but this assessment is of {starts.isoformat()} to "
            f"{last.isoformat()}: make sure that it is the right file; the period is that of the assessment, and "
            "the title is to be changed (please confirm)",
        ),
    )


def as_plain(unread: Iterable[Unread]) -> list[dict[str, str]]:
    return [
        {
            "where_zh": one.where.say("zh"), "where_en": one.where.say("en"), "text": one.text,
            "why_zh": one.why.zh, "why_en": one.why.en, "item": one.item,
        }
        for one in unread
    ]  # fmt: skip


def cells(plain: Iterable[Plain]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            Text(one.get("where_zh", ""), one.get("where_en", "")),
            one.get("text", ""),
            Text(one.get("why_zh", ""), one.get("why_en", "")),
            one.get("item", ""),
        )
        for one in plain
        if isinstance(one, Mapping)
    )


def readings_as_plain(readings: Iterable[Text]) -> list[dict[str, str]]:
    return [
        {"zh": one.zh, "en": one.en, "item": getattr(one, "item", ""), **_kind(getattr(one, "kind", None))}
        for one in readings
    ]  # fmt: skip


def _kind(kind: Text | None) -> dict[str, str]:
    return {"kind_zh": kind.zh, "kind_en": kind.en} if kind else {}


@dataclass(frozen=True, slots=True)
class Alike:
    """Readings of one kind, each by its place in the list; with no ``kind`` those that are like no other."""

    kind: Text
    readings: tuple[tuple[int, Text], ...]


def by_kind(readings: Sequence[Plain]) -> list[Alike]:
    """The readings by what was read, the commonest first; last those that are like no other."""
    found: dict[tuple[str, str], list[tuple[int, Text]]] = {}
    for at, one in enumerate(readings):
        found.setdefault(_kind_of(one), []).append((at, as_text(one)))
    several = [
        Alike(Text(*kind), tuple(those)) for kind, those in found.items() if _are_alike(kind, those)
    ]
    alone = sorted(
        one for kind, those in found.items() if not _are_alike(kind, those) for one in those
    )
    several.sort(key=lambda one: -len(one.readings))
    return [*several, *([Alike(Text(), tuple(alone))] if alone else [])]


def _are_alike(kind: tuple[str, str], those: Sequence[object]) -> bool:
    return any(kind) and len(those) > 1


def alike(readings: Sequence[Plain], at: int) -> list[int]:
    """The places of those of the same kind as the one at a place, which is among them.

    >>> alike([{"zh": "1 甲", "kind_zh": "甲"}, {"zh": "2"}, {"zh": "3 甲", "kind_zh": "甲"}, {"zh": "4"}], 2)
    [0, 2]
    >>> alike([{"zh": "1"}, {"zh": "2"}], 0)
    [0]
    """
    kind = _kind_of(readings[at])
    return [
        place
        for place, one in enumerate(readings)
        if place == at or (any(kind) and _kind_of(one) == kind)
    ]


def _kind_of(one: Plain) -> tuple[str, str]:
    return one.get("kind_zh", ""), one.get("kind_en", "")


def of_words(item: str, title: Text, readings: Iterable[Text]) -> list[dict[str, str]]:
    """What was read into the words that a person wrote for an item."""
    named = Text(f"{item} {title.zh or title.en}", f"{item} {title.en or title.zh}")
    return [
        {"zh": f"{named.zh}：{one.zh}（请确认）", "en": f"{named.en}: {one.en} (please confirm)", "item": item,
         **_kind(one)}
        for one in readings
    ]  # fmt: skip


def still_to_confirm(
    readings: Sequence[Plain], new: Sequence[Plain], before: Document, after: Document
) -> list[Plain]:
    """What is left of the readings once the draft is changed, in their order: but for those of items that are
    gone or have another rule, of which there may be new ones. One of no item of the draft (a row of vetoes
    has a code too) stays."""
    old, now = (
        {row.code: _rule_of(row) for row in listed(one, "items") if row.code}
        for one in (before, after)
    )
    names = {code: code for code in old if code in now} | _renamed(old, now)
    kept = {code: name for code, name in names.items() if old[code] == now[name]}
    left = [
        {**one, "item": kept[item]} if item in kept else one
        for one in readings
        if (item := one.get("item", "")) in kept or item not in old
    ]
    return [*left, *(one for one in new if one.get("item") not in kept.values())]


_RULE = (
    "rule", "points", "kind", "zero_if", "full_if", "not_applicable_if", "cap", "floor", "on",
)  # fmt: skip


def _rule_of(row: Row) -> str:
    told = {name: row.told[name] for name in _RULE if name in row.told}
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def _renamed(old: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """The one item that has another code, and the rule that it had."""
    gone, come = (
        [code for code in old if code not in now],
        [code for code in now if code not in old],
    )
    return {gone[0]: come[0]} if len(gone) == len(come) == 1 else {}

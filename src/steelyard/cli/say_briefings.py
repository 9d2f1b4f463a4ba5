"""``publish check``: which figures of the briefings on a shelf a newer snapshot would say otherwise."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.publication.briefing_check import Differs, check_briefing
from steelyard.publication.briefings import BRIEFING, Briefing, read_briefing
from steelyard.publication.shelf import read_shelf
from steelyard.publication.signing import read_trusted
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.weighing.document import read_result

MOST_KEYS = 5
"""Keys of rows that are named; of more it is said how many there are."""


def check(asked: argparse.Namespace, now: datetime) -> int:
    """Status 1 if any figure would be another, or rests on other rows; nothing is altered."""
    if not asked.shelf.is_dir():
        raise Faulty([_no_folder(asked)])
    shelf = read_shelf(asked.shelf, read_trusted(asked.trusted))
    snapshot = Snapshot.open(asked.snapshot)
    before = Snapshot.open(asked.before) if asked.before else None
    result = read_result(asked.result) if asked.result else None
    found: dict[str, Sequence[Differs]] = {}
    others: dict[str, Briefing] = {}
    for package in shelf.current(now, "briefing"):
        briefing = read_briefing(package.document(BRIEFING))
        if briefing.period != snapshot.period:
            others[package.head.series] = briefing
            continue
        mine = before if before and before.identifier == briefing.snapshot else None
        found[package.head.series] = check_briefing(briefing, snapshot, result, before=mine)
    if asked.json:
        told = {series: [_data(one) for one in some] for series, some in found.items()}
        document = {
            "snapshot": snapshot.identifier,
            "checked": told,
            "of_other_periods": list(others),
        }
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        for line in [*_lines(found, asked.lang), *_not_checked(others, asked.lang)]:
            print(line)
    return 1 if any(found.values()) else 0


def _data(one: Differs) -> dict[str, object]:
    return {**asdict(one), "why": asdict(one.why)}


def _lines(found: Mapping[str, Sequence[Differs]], lang: Lang) -> Iterator[str]:
    for series, some in found.items():
        if not some:
            yield f"{series}  {Text('与新记录一致', 'agrees with the newer records').say(lang)}"
            continue
        count = Text(f"{len(some)}个数字须核对", f"{len(some)} figures to look at").say(lang)
        yield f"{series}  {count}"
        for one in some:
            now = f" → {one.after.say(lang)}" if one.is_another else ""
            yield f"  {one.title.say(lang)}  {one.before.say(lang)}{now}  ({one.why.say(lang)})"
            yield from _rows(one, lang)
    if not found:
        yield Text("没有可核对的简报。", "There is no briefing to check.").say(lang)


def _rows(one: Differs, lang: Lang) -> Iterator[str]:
    for keys, word in (
        (one.added, Text("新增", "added")),
        (one.changed, Text("改动", "changed")),
        (one.withdrawn, Text("撤回", "withdrawn")),
    ):
        if keys:
            more = f" … ({len(keys)})" if len(keys) > MOST_KEYS else ""
            yield f"    {word.say(lang)}: {', '.join(keys[:MOST_KEYS])}{more}"


def _not_checked(others: Mapping[str, Briefing], lang: Lang) -> Iterator[str]:
    for series, one in others.items():
        yield Text(
            f"{series}  未核对：它写的是{one.period}",
            f"{series}  not checked: it is of {one.period}",
        ).say(lang)


def _no_folder(asked: argparse.Namespace) -> Fault:
    return Fault(
        "no-such-folder",
        Text("没有这个文件夹", "there is no such folder"),
        Text("请给出发布文件夹", "name the folder of packages"),
        Where(file=str(asked.shelf)),
    )

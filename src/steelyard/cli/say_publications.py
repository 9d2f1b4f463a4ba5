"""``publish verify`` and ``publish difference``: what stands on a shelf, and what a correction changed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from steelyard.cli.publish_packages import shown_minute
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.publication.differences import WHAT, difference_of
from steelyard.publication.package import Package
from steelyard.publication.shelf import Shelf, read_shelf
from steelyard.publication.signing import read_trusted


def verify(asked: argparse.Namespace, now: datetime) -> int:
    """Read every byte of every package; status 1 if any is refused."""
    if not asked.shelf.is_dir():
        raise Faulty([_no_folder(asked)])
    shelf = read_shelf(asked.shelf, read_trusted(asked.trusted))
    for line in _told(shelf, now, asked.lang):
        print(line)
    return 1 if shelf.faults else 0


def _told(shelf: Shelf, now: datetime, lang: Lang) -> Iterator[str]:
    shown = shelf.shown_at(now)
    for one in shelf.packages:
        newest = shown.get(one.head.series, (None,))[0]
        yield f"{one.path.name}  {one.head.title.say(lang)}"
        yield f"  {_standing(one, newest, now).say(lang)}"
        yield f"  {Text(f'签名 {one.key}', f'signed by {one.key}').say(lang)}"
    for fault in shelf.faults:
        refused = Text("不予显示", "refused").say(lang)
        yield f"{refused} {fault.say(lang)}"
    counts = Text(
        f"{len(shelf.packages)}个完整无误，{len(shelf.faults)}处问题",
        f"{len(shelf.packages)} intact, {len(shelf.faults)} refused",
    )
    yield counts.say(lang)


def _standing(one: Package, newest: Package | None, now: datetime) -> Text:
    minute = shown_minute(one.head.shown_from)
    if one.head.shown_from > now:
        return Text(f"{minute.zh}之前不公开", f"under embargo until {minute.en}")
    if one == newest:
        return Text(f"自{minute.zh}起公开", f"shown since {minute.en}")
    return Text("已被更正", "was corrected since")


def say_difference(asked: argparse.Namespace) -> int:
    """What B changes of A, within what both publish."""
    trusted = read_trusted(asked.trusted) if asked.trusted else None
    before, after = Package.open(asked.before, trusted), Package.open(asked.after, trusted)
    if (before.head.kind, before.head.series) != (after.head.kind, after.head.series):
        raise Faulty([_not_of_one_series(asked)])
    document = difference_of(before, after)
    if asked.json:
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    lines = list(_lines(document, asked.lang))
    for line in lines:
        print(line)
    if not lines:
        print(
            Text("在两次都公布的范围内没有差别。", "No difference in what both publish.").say(
                asked.lang
            )
        )
    return 0


def _lines(document: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    for change in [*document.get("scope", ()), *document.get("texts", ())]:
        yield _change(change, lang)
    for item in document.get("items", ()):
        for change in item["changes"]:
            yield f"{item['code']} {_change(change, lang)}"
    for unit in document.get("units", ()):
        yield from _unit(unit, lang)
    for register in document.get("documents", ()):
        yield from _register(register, lang)
    for file in document.get("files", ()):
        yield f"{file['path']}  {_IS[file['is']].say(lang)}"


_IS = {
    "added": Text("新增", "added"), "removed": Text("撤下", "taken away"),
    "changed": Text("有改动", "changed"),
}  # fmt: skip


def _unit(unit: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    title = Text(**unit["title"]).say(lang)
    if "is" in unit:
        yield f"{title}  {_IS[unit['is']].say(lang)}"
    for change in unit["changes"]:
        if change["what"] != "score":
            yield f"{title}  {_change(change, lang)}"
    for change in unit["items"]:
        yield f"{title}  {change['code']} {_change(change, lang)}"


def _register(one: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    title = Text(**one["title"]).say(lang)
    if "is" in one:
        yield f"{title}  {_IS[one['is']].say(lang)}"
        return
    added, removed, changed = (one[name]["count"] for name in ("added", "removed", "changed"))
    yield Text(
        f"{title}  新增{added}行，撤下{removed}行，改动{changed}行",
        f"{title}  {added} rows added, {removed} taken away, {changed} changed",
    ).say(lang)
    for row in one["changed"]["rows"]:
        for change in row["columns"]:
            yield f"  {' '.join(map(str, row['key']))}  {_change(change, lang)}"


def _change(change: Mapping[str, Any], lang: Lang) -> str:
    what = WHAT.get(change["what"], Text(change["what"], change["what"])).say(lang)
    return f"{what} {_value(change['before'], lang)} → {_value(change['after'], lang)}"


def _value(value: object, lang: Lang) -> str:
    if isinstance(value, dict):
        return Text(**value).say(lang)
    if isinstance(value, list):
        return "–".join(map(str, value))
    return "—" if value in (None, "") else str(value)


def _no_folder(asked: argparse.Namespace) -> Fault:
    return Fault(
        "no-such-folder",
        Text("没有这个文件夹", "there is no such folder"),
        Text("请给出发布文件夹", "name the folder of packages"),
        Where(file=str(asked.shelf)),
    )


def _not_of_one_series(asked: argparse.Namespace) -> Fault:
    return Fault(
        "not-of-one-series",
        Text("两个发布包不是同一系列", "the two packages are not of one series"),
        Text("请给出同一系列的两次发布", "name two publications of one series"),
        Where(file=asked.after.name),
    )

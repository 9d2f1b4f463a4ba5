"""``steelyard records SCHEME SNAPSHOT UNIT INDICATOR``: the very rows behind a figure."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from steelyard.cli.say import table
from steelyard.cli.snapshots import in_scheme
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import shown
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.add_up import come_to
from steelyard.records.listing import Listing, listing
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.scheme.model import Scheme
from steelyard.weighing.points.board import Board
from steelyard.weighing.points.tree import inputs_of
from steelyard.weighing.values import Values
from steelyard.weighing.what_if import find_unit

_MOST_SHOWN = 20
_MOST_EXCEL_ROWS = 1_048_575


def run(asked: argparse.Namespace) -> int:
    scheme = Scheme.read(asked.scheme, within=asked.within)
    snapshot = Snapshot.open(asked.snapshot)
    unit = find_unit(scheme, asked.unit)
    wanted = [name.strip() for name in asked.columns.split(",") if name.strip()]
    codes = _inputs(scheme, asked.indicator)
    if asked.out is not None and len(codes) > 1:
        raise Faulty([_several(asked.indicator, codes)])
    for code in codes:
        with in_scheme(asked.scheme):
            found = listing(scheme, snapshot, unit, code, columns=wanted)
        for line in _told(found, scheme, asked.lang):
            print(line)
        if asked.out is not None:
            _write(found, asked.out)
            print(asked.out)
    return 0


def _inputs(scheme: Scheme, name: str) -> tuple[str, ...]:
    """The computed inputs that an item's rule names, through quantities too; an input is itself."""
    if name not in scheme.item or name in scheme.inputs:
        return (name,)
    used = inputs_of(Board(scheme, Values()), scheme.item[name])
    return tuple(code for code in used if scheme.inputs[code].tally) or (name,)


def _several(indicator: str, codes: Sequence[str]) -> Fault:
    listed = ", ".join(codes)
    what = Text(f"“{indicator}”用到几个数据项", f"{indicator!r} uses several inputs")
    mend = Text(f"写文件时请指明一个：{listed}", f"name one of them to write a file: {listed}")
    return Fault("several-inputs", what, mend, Where(file="--out"))


def _told(found: Listing, scheme: Scheme, lang: Lang) -> Iterator[str]:
    one = found.indicator
    title = one.input.title.say(lang) or one.code
    unit = scheme.unit[found.unit].title.say(lang)
    yield Text(
        f"{unit} · {title}（{one.code}）：{len(found.rows)}条记录",
        f"{unit} · {title} ({one.code}): {len(found.rows)} records",
    ).say(lang)
    yield f"SQL: {' '.join(found.query.split())}"
    rows = [[_shown(value) for value in row] for row in found.rows[:_MOST_SHOWN]]
    yield table(found.headings, rows)
    if len(found.rows) > len(rows):
        rest = len(found.rows) - len(rows)
        yield Text(f"…另有{rest}行，用--out写出全部", f"… {rest} more rows: --out writes all").say(
            lang
        )
    yield _sum(found, lang)
    if found.hidden:
        listed = ", ".join(found.hidden)
        yield Text(f"未列出的个人信息列：{listed}", f"Personal columns left out: {listed}").say(
            lang
        )


def _sum(found: Listing, lang: Lang) -> str:
    if found.lacking:
        listed = ", ".join(found.lacking)
        return Text(
            f"未报送（缺失，不作0）：{listed}", f"not delivered (missing, not nought): {listed}"
        ).say(lang)
    value = come_to(found)
    tally = found.indicator.tally
    what = tally.of + (" growth" if tally.growth else "")
    if value is None:
        return Text(f"{what}：无从计算", f"{what}: no figure comes of these").say(lang)
    per = Text("（除以", " (to be told per ").say(lang) if tally.per else ""
    ending = f"{per}{tally.per}{'）' if lang == 'zh' else ')'}" if tally.per else ""
    return f"{what} = {shown(value)}{ending}"


def _shown(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _write(found: Listing, out: Path) -> None:
    """All rows, as CSV or Excel; text that a spreadsheet would run is neutralised."""
    from steelyard.tables.write import csv_bytes, write_whole

    headings = ["period", *found.headings] if found.earlier else list(found.headings)
    rows: list[Sequence[Any]] = list(found.rows)
    if found.earlier:
        rows = [("now", *row) for row in found.rows] + [("before", *row) for row in found.earlier]
    if out.suffix.lower() == ".csv":
        write_whole(out, csv_bytes(headings, rows))
    elif out.suffix.lower() == ".xlsx" and len(rows) <= _MOST_EXCEL_ROWS:
        write_whole(out, _workbook(headings, rows))
    else:
        what = Text(f"不能写成“{out.name}”", f"{out.name!r} cannot be written")
        mend = Text(
            "请写.csv，或行数不多时写.xlsx", "write .csv, or .xlsx if the rows are not too many"
        )
        raise Faulty([Fault("wrong-option", what, mend, Where(file="--out"))])


def _workbook(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    from steelyard.tables.plain_workbook import plain_workbook

    return plain_workbook("records", headings, rows)

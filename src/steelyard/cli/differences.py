"""``steelyard differences SCHEME SNAPSHOT``: every gap between self-reported and supplied figures.

Status 1 while any is open. ``--out`` writes the sheet in which they are settled: filled in, it is itself
a delivery of the table ``settlements``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from steelyard.cli.say import table
from steelyard.cli.snapshots import in_scheme
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import shown
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.differences import Difference, differences
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import Values

_HEADINGS = Text(
    "单位 数据项 期间 自报 来源单位 差 记录数 处理",
    "Unit Input Period Self-reported Supplied Gap Records Settled",
)
_SHEET = ("place", "indicator", "period", "accepted", "reason", "settled_on", "settled_by")


def run(asked: argparse.Namespace) -> int:
    scheme = Scheme.read(asked.scheme, within=asked.within)
    typed = None if asked.data is None else Values.read(scheme, asked.data)
    with in_scheme(asked.scheme):
        found = differences(scheme, Snapshot.open(asked.snapshot), typed)
    waiting = [one for one in found if one.settlement is None]
    print(table(_HEADINGS.say(asked.lang).split(), [_row(one, scheme, asked.lang) for one in found],
                right=(3, 4, 5, 6)))  # fmt: skip
    print(
        Text(
            f"{len(found)}处不一致，其中{len(waiting)}处未处理。",
            f"{len(found)} differences, {len(waiting)} of them open.",
        ).say(asked.lang)
    )
    if asked.out is not None:
        _write(waiting, asked.out)
        print(asked.out)
    return 1 if waiting else 0


def _row(one: Difference, scheme: Scheme, lang: Lang) -> list[str]:
    return [
        scheme.unit[one.unit].title.say(lang),
        _input(one.indicator, scheme, lang),
        one.period,
        shown(one.reported),
        "—" if one.supplied is None else shown(one.supplied),
        "—" if one.gap is None else shown(one.gap),
        str(one.records),
        _settled(one, lang),
    ]


def _input(code: str, scheme: Scheme, lang: Lang) -> str:
    title = scheme.inputs[code].title.say(lang) if code in scheme.inputs else ""
    named = f"{title}（{code}）" if lang == "zh" else f"{title} ({code})"
    return named if title else code


_ACCEPTED = {
    "supplied": Text("采用来源单位", "supplied"),
    "self_reported": Text("采用自报", "self-reported"),
}


def _settled(one: Difference, lang: Lang) -> str:
    if one.settlement is None:
        return Text("未处理", "open").say(lang)
    accepted = _ACCEPTED[one.settlement.accepted].say(lang)
    return f"{accepted}{'：' if lang == 'zh' else ': '}{one.settlement.reason}"


def _write(waiting: Sequence[Difference], out: Path) -> None:
    """The open ones, to be filled in: which figure is accepted, why, when, by whom."""
    from steelyard.tables.plain_workbook import plain_workbook
    from steelyard.tables.write import csv_bytes, write_whole

    rows = [(one.unit, one.indicator, one.period, "", "", "", "") for one in waiting]
    if out.suffix.lower() == ".csv":
        write_whole(out, csv_bytes(_SHEET, rows))
    elif out.suffix.lower() == ".xlsx":
        write_whole(out, plain_workbook("settlements", _SHEET, rows))
    else:
        what = Text(f"不能写成“{out.name}”", f"{out.name!r} cannot be written")
        raise Faulty(
            [Fault("wrong-option", what, Text("请写.csv或.xlsx", "write .csv or .xlsx"),
                   Where(file="--out"))]
        )  # fmt: skip

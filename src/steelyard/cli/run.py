"""``steelyard run``: weigh the bundled regions, say how sure their ranks are, write their reports.

First the provinces, from real statistics; then the cities of Guangdong, from frozen sample records,
which the public site of ``--serve`` shows.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.cli import weigh
from steelyard.cli.region_snapshot import region_snapshot
from steelyard.cli.sample_year import REPLICATIONS, weighed
from steelyard.cli.say import headline, progress, progress_done, show_rank, table
from steelyard.kernel.bilingual import Lang, Text
from steelyard.regions import bundled, sampled
from steelyard.weighing.document import show_score
from steelyard.weighing.result import Result

if TYPE_CHECKING:
    from steelyard.records.snapshot.snapshot import Snapshot


def run(asked: argparse.Namespace) -> int:
    out = asked.out
    _weigh_provinces(asked)
    print()
    result, snapshot = _weigh_from_records(asked, out)
    if not asked.serve:
        return 0
    _publish(result, snapshot, asked.lang)
    return _serve(asked.lang)


def _publish(result: Result, snapshot: Snapshot, lang: Lang) -> None:
    """The sample, on the shelf of the office that is started next."""
    from steelyard.cli.publish_sample import publish_sample

    progress(Text("正在发布样本…", "publishing the sample…"), lang)
    home = Path(os.environ.get("STEELYARD_HOME") or "out/office").resolve()
    found = publish_sample(sampled("guangdong"), result, snapshot, home, datetime.now(UTC))
    progress_done()
    for one in found:
        print(Text(f"已发布样本 {one.path}", f"Sample published: {one.path}").say(lang))


def _serve(lang: Lang) -> int:
    """Become ``steelyard serve``: a new Python, without the threads and memory of weighing."""
    print(flush=True)
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "steelyard", "serve", "--lang", lang])


def _weigh_provinces(asked: argparse.Namespace) -> None:
    region = bundled()
    asked.scheme, asked.data, asked.snapshot = region.scheme, region.data, None
    asked.within, asked.stage = None, "final"
    asked.uncertainty, asked.audit = str(REPLICATIONS), False
    asked.sensitivity = asked.seed = asked.threads = None
    asked.out = asked.out / region.folder
    weigh.run(asked)


def _weigh_from_records(asked: argparse.Namespace, out: Path) -> tuple[Result, Snapshot]:
    """The sample region: its deliveries frozen, tallied, weighed; each step kept in its folder."""
    from steelyard.cli.snapshots import say_tallying
    from steelyard.records.behind import records_behind
    from steelyard.records.tally.tally import tallied
    from steelyard.scheme.model import Scheme

    region = sampled("guangdong")
    home = out / region.folder
    snapshot = region_snapshot(region, home, asked.lang)
    scheme = Scheme.read(region.scheme)
    values = tallied(scheme, snapshot, progress=say_tallying(asked.lang)).values
    progress(Text("正在反复计算名次有多稳…", "asking how sure the ranks are…"), asked.lang)
    result = weighed(scheme, values)
    progress_done()
    print(headline(result, asked.lang))
    print(_ranking(result, records_behind(scheme, snapshot), asked.lang))
    for line in _announced(result, snapshot, asked.lang):
        print(line)
    print(
        Text(f"数据快照 {snapshot.identifier}", f"Snapshot {snapshot.identifier}").say(asked.lang)
    )
    asked.out = home
    weigh.write(result, asked)
    return result, snapshot


_HEADINGS = Text(
    "名次 单位 得分（样本） 等次 名次区间 记录数", "Rank Unit Score(sample) Grade Ranks Records"
)


def _ranking(result: Result, behind: Mapping[str, int], lang: Lang) -> str:
    """Rank, unit, score, grade, the interval of the rank, and how many records stand behind it."""
    titles = {grade.code: grade.title.say(lang) for grade in result.scheme.grades}
    ranks = _intervals(result)
    rows = [
        [
            show_rank(one),
            one.unit.title.say(lang),
            show_score(one.score, result.scheme.total.places) or "—",
            titles.get(one.grade, ""),
            ranks.get(one.unit.code, "—"),
            f"{behind.get(one.unit.code, 0):,}",
        ]
        for one in result.standings
    ]
    return table(_HEADINGS.say(lang).split(), rows, right=(0, 2, 5))


def _intervals(result: Result) -> dict[str, str]:
    assert result.how_sure is not None
    return {
        one.unit: f"{one.ranks.low:g}–{one.ranks.high:g}"
        for one in result.how_sure.units
        if one.ranks is not None
    }


def _announced(result: Result, snapshot: Snapshot, lang: Lang) -> Iterator[str]:
    """What was announced of the same period, with its source: beside the sample, not of it."""
    from steelyard.records.announced import announced

    grades = {grade.title.zh: grade.title for grade in result.scheme.grades}
    for one in announced(snapshot, result.scheme.period_label):
        standing = result.standing.get(one.place)
        if standing is None:
            continue
        ranked = Text(f"第{one.rank}名", f"rank {one.rank}") if one.rank else Text()
        grade = grades.get(one.grade, Text(one.grade))
        zh = "，".join(filter(None, [grade.say("zh"), ranked.zh]))
        en = ", ".join(filter(None, [grade.say("en").lower(), ranked.en]))
        yield Text(
            f"公布的结果（真实）：{standing.unit.title.zh}，{zh}。来源：{one.source}。上表为样本，与此无关。",
            f"As announced (real): {standing.unit.title.say('en')}, {en}. Source: {one.source}."
            " The table above is a sample and says nothing about it.",
        ).say(lang)

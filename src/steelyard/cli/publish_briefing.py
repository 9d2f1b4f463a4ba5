"""``publish briefing``: a brief in both languages, put on the shelf under its series."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime

from steelyard.cli.publish_packages import Common, Gathering, published
from steelyard.cli.say import progress
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.papers.brief.reads import AskedOnce
from steelyard.publication.briefings import briefing_files, briefs_of
from steelyard.publication.package import SERIES, Head
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.weighing.document import read_result


def publish_briefing(asked: argparse.Namespace, now: datetime) -> int:
    """Put a briefing on the shelf."""
    gathering = Gathering()
    snapshot = gathering.read(lambda: Snapshot.open(asked.snapshot))
    result = gathering.read(lambda: read_result(asked.result)) if asked.result else None
    common = Common.read(asked, gathering, now)
    gathering.faults += _no_series(asked.series)
    gathering.end()
    assert snapshot is not None
    progress(Text("正在写出发布包…", "making the package…"), asked.lang)
    reads = AskedOnce(snapshot)
    briefs = briefs_of(asked.template, reads, result, asked.unit)
    head = Head(
        kind="briefing", series=asked.series, title=Text(briefs["zh"].title, briefs["en"].title),
        published_at=now, embargo_until=common.embargo, sample=briefs["zh"].is_sample,
        licence=asked.licence,
    )  # fmt: skip
    files = briefing_files(briefs, reads, result)
    return published(asked, head, files, common)


def _no_series(series: str) -> Iterator[Fault]:
    if not SERIES.fullmatch(series):
        yield Fault(
            "no-series",
            Text(f"“{series}”不能作地址", f"{series!r} cannot be an address"),
            Text("只用小写字母、数字和连字符，例如 jiangmen-2021-news",
                 "use small letters, digits and hyphens, such as jiangmen-2021-news"),
            Where(file="--series"),
        )  # fmt: skip

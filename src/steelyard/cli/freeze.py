"""``steelyard freeze DELIVERIES… --period 2021 --out snapshot/``"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from steelyard.cli.snapshots import freezing, reported, whole_number
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Faulty
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.catalogue.read import with_region
from steelyard.records.snapshot.snapshot import Snapshot


def run(asked: argparse.Namespace) -> int:
    from steelyard.records.query.engine import Limits
    from steelyard.records.snapshot.freeze import freeze

    catalogue = with_region(asked.tables)
    limits = Limits(memory=asked.memory, threads=whole_number(asked.threads, "--threads", 0))
    with reported(asked, _files(asked.covers, catalogue)):
        snapshot = freeze(
            asked.covers,
            asked.out,
            period=asked.period,
            catalogue=catalogue,
            title=Text(asked.title, asked.title) if asked.title else None,
            limits=limits,
            progress=freezing(asked.lang),
        )
    for line in told(snapshot, asked.lang):
        print(line)
    return 0


def _files(covers: list[Path], catalogue: Catalogue) -> list[Path]:
    """Every file that faults may stand in: the cover lists and what they name, as far as they can be read."""
    from steelyard.records.intake.cover import cover_at, read_covers

    found: list[Path] = []
    for path in covers:
        try:
            found.append(cover_at(path))
            found += [one.path for one in read_covers([path], catalogue)]
        except Faulty:
            continue
    return [path for path in dict.fromkeys(found) if path.suffix.lower() != ".toml"]


def told(snapshot: Snapshot, lang: Lang) -> Iterator[str]:
    """What was frozen: the identifier, then each table with its rows."""
    titles = snapshot.catalogue.tables
    rows = sum(one.rows for one in snapshot.manifest.frozen)
    count = len(snapshot.manifest.frozen)
    deliveries = len(snapshot.standing)
    sample = Text("（含样本）", " (sample)").say(lang) if snapshot.sample else ""
    yield Text(
        f"数据快照 {snapshot.identifier}{sample}", f"Snapshot {snapshot.identifier}{sample}"
    ).say(lang)
    yield Text(
        f"{deliveries}次报送，{count}张表，{rows:,}行，写在 {snapshot.folder}",
        f"{deliveries} deliveries, {count} tables, {rows:,} rows, in {snapshot.folder}",
    ).say(lang)
    for one in snapshot.manifest.frozen:
        yield f"  {one.rows:>11,}  {one.table}  {titles[one.table].title.say(lang)}"

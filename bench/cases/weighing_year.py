"""How long does the office wait for a frozen year? 21 cities, 60 items, 10 000 replications.

The whole way of the worker after the snapshot is frozen: read what was collected, weigh, replicate,
write ``result.json``.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from bench.cases.uncertainty_points import province
from bench.measure import Case
from steelyard.kernel.bilingual import same
from steelyard.kernel.exact import plain
from steelyard.kernel.hashes import tagged
from steelyard.kernel.periods import Period
from steelyard.records.catalogue.read import shipped
from steelyard.records.intake.delivery import Delivery
from steelyard.records.intake.send import cover_bytes
from steelyard.records.snapshot.freeze import freeze
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.tally import tally
from steelyard.scheme.model import Scheme
from steelyard.tables.write import csv_bytes
from steelyard.weighing.document import result_bytes, result_document
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.how_sure import how_sure
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh

YEAR = Period(date(2021, 1, 1), date(2022, 1, 1))
DAY = date(2022, 1, 10)


def cases() -> Iterator[Case]:
    result = _named_as_places(province())
    with tempfile.TemporaryDirectory(prefix="steelyard-bench-") as kept:
        snapshot = frozen(result, Path(kept))
        yield Case(
            name="weighing a frozen year, 21 cities × 60 items, with 10,000 replications",
            ours=lambda: weighed(result, snapshot),
            limit_seconds=10.0,
            runs=5,
        )


def weighed(result: Result, snapshot: Snapshot) -> bytes:
    found = weigh(result.scheme, tally(result.scheme, snapshot))
    return result_bytes(
        replace(found, how_sure=how_sure(found, 10_000, seed=1, threads=os.cpu_count() or 1))
    )


def _named_as_places(result: Result) -> Result:
    """The same, its units under codes that a table of places takes."""
    text = json.dumps(result_document(result), ensure_ascii=False)
    document = json.loads(re.sub(r'"u(\d+)"', lambda found: f'"44{int(found[1]):02}00"', text))
    scheme = Scheme.from_document(document["scheme"])
    return weigh(scheme, Values.from_document(scheme, document["values"]))


def frozen(result: Result, folder: Path) -> Snapshot:
    """The values of a result as figures that a body supplied, frozen with the places."""
    places = [[one.code, one.title.zh, one.title.en, "", "city"] for one in result.scheme.assessed]
    figures = [
        [unit, code, period, plain(cell.value), "body", str(DAY)]
        for unit, code, period, cell in result.values.rows()
        if isinstance(cell.value, Fraction)
    ]
    tables = {
        "places": (["code", "title_zh", "title_en", "parent", "level"], places),
        "supplied_figures": (
            ["place", "indicator", "period", "value", "supplying_body", "signed_on"], figures,
        ),
    }  # fmt: skip
    listed = []
    for table, (headings, rows) in tables.items():
        content = csv_bytes(headings, rows)
        (folder / f"{table}.csv").write_bytes(content)
        listed.append(
            Delivery(
                id=table, body=same("bench"), table=table, period=YEAR, cut_off=DAY, signer="bench",
                signed_on=DAY, file=f"{table}.csv", rows=len(rows), hash=tagged(content), sample=True,
                source=same("made up"),
            )
        )  # fmt: skip
    cover = folder / "deliveries.toml"
    cover.write_bytes(cover_bytes(listed))
    return freeze([cover], folder / "snapshot", period="2021", catalogue=shipped())

"""How long does routing a million cases take, how much memory, and is it linear?"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.court_cases import make
from bench.measure import Case, Command

ROWS = 1_000_000


def cases() -> Iterator[Case]:
    whole, tenth = _source(ROWS), _source(ROWS // 10)
    yield Case(
        name=f"route {ROWS:,} cases of the mix of 2021, with articles and reasons",
        ours=_act("route", whole),
        peer=_act("copy", whole),
        peer_name="DuckDB copying the same Parquet file",
        limit_ratio=12,
        limit_megabytes=500,
        runs=3,
        note=(
            "The peer decides nothing: it reads and writes the same rows, less our columns. Ours decides each of"
            " some 20,000 combinations of cause, place, eras, band of amounts and parties once."
        ),
    )
    yield Case(
        name=f"route {ROWS:,} cases, against a tenth of them",
        ours=_act("route", whole),
        peer=_act("route", tenth),
        peer_name="the same of a tenth (linear is 10)",
        limit_ratio=12,
        runs=3,
    )


def _source(rows: int) -> Path:
    path = Path(tempfile.gettempdir()) / f"steelyard_bench_court_cases_{rows}.parquet"
    if not path.exists():
        make(rows, path)
    return path


def _act(act: str, source: Path) -> Command:
    target = source.with_suffix(f".{act}.parquet")
    return Command(sys.executable, "-m", "bench.court_cases", act, str(source), str(target))

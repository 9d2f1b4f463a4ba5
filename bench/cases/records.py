"""How long do freezing and tallying take beside bare DuckDB, how much memory, and is it linear?

``STEELYARD_BENCH_ROWS`` sets the number of case records (a million unless it says otherwise; 100000000
is the size that the product promises). The records are made once a size, below the folder for
temporary files.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Case, Command
from bench.synthetic_cases import frozen, hash_it, make

ROWS = int(float(os.environ.get("STEELYARD_BENCH_ROWS", "1e6")))
_MEMORY = 4096
_ROWS_THAT_TELL = 10_000_000
_IS_LARGE = ROWS > 10_000_000
_RUNS = 1 if _IS_LARGE else 3


def cases() -> Iterator[Case]:
    whole, tenth = _folder(ROWS), _folder(ROWS // 10)
    yield Case(
        name=f"freeze {ROWS:,} case records, read, checked, sorted, hashed, located",
        ours=_act("freeze", whole),
        peer=_act("copy", whole),
        peer_name="a bare sorted COPY to Parquet",
        limit_megabytes=_MEMORY,
        runs=_RUNS,
        warm_up=not _IS_LARGE,
        note=(
            "Beyond sorting and writing, freezing hashes the delivered file and the frozen one, reads every"
            " row once for types, codes and constraints, once for references, and reads what it wrote"
            " twice: for keys that stand twice, and to digest every row for the locator."
        ),
    )
    yield Case(
        name=f"freeze {ROWS:,} case records, against a tenth of them",
        ours=_act("freeze", whole),
        peer=_act("freeze", tenth),
        peer_name="the same of a tenth (linear is 10)",
        limit_ratio=12,
        runs=_RUNS,
        warm_up=not _IS_LARGE,
    )
    yield Case(
        name=f"hash the files of {ROWS:,} case records, as delivered and as frozen",
        ours=_Hash(whole),
        peer=_act("freeze", whole),
        peer_name="all of freezing",
        limit_ratio=0.1,
        runs=_RUNS,
        warm_up=not _IS_LARGE,
    )
    yield Case(
        name=f"tally ten indicators of {ROWS:,} case records",
        ours=_act("tally", whole),
        peer=_act("bare", whole),
        peer_name="the same ten questions in DuckDB alone",
        limit_ratio=1.3 if ROWS >= _ROWS_THAT_TELL else None,
        limit_megabytes=_MEMORY,
        runs=2 * _RUNS + 1,
        warm_up=not _IS_LARGE,
        note=(
            "Both start a process; ours also reads and checks the scheme and the hash of the table, about"
            " 0.3 s. The limit of 1.3 is held to from ten million records on, where the rows outweigh that."
        ),
    )
    yield Case(
        name=f"tally ten indicators of {ROWS:,} case records, against a tenth of them",
        ours=_act("tally", whole),
        peer=_act("tally", tenth),
        peer_name="the same of a tenth (linear is 10)",
        limit_ratio=12,
        runs=_RUNS,
        warm_up=not _IS_LARGE,
    )


class _Act(Command):
    """One act of :mod:`bench.synthetic_cases` in a process of its own, its records made when first asked."""

    def __init__(self, act: str, folder: Path, rows: int) -> None:
        super().__init__(sys.executable, "-m", "bench.synthetic_cases", act, str(folder))
        self.act, self.folder, self.rows = act, folder, rows

    def __call__(self) -> None:
        if not (self.folder / "deliveries.toml").exists():
            make(self.folder, self.rows)
        if self.act in ("tally", "bare") and not frozen(self.folder).exists():
            _Act("freeze", self.folder, self.rows)()
        super().__call__()


class _Hash:
    """Hashing alone, in this process: a process of its own would be timed mostly starting."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self) -> None:
        if not frozen(self.folder).exists():
            _act("freeze", self.folder)()
        hash_it(self.folder)


def _act(act: str, folder: Path) -> _Act:
    rows = int(folder.name)
    return _Act(act, folder, rows)


def _folder(rows: int) -> Path:
    return Path(tempfile.gettempdir()) / "steelyard-bench" / str(rows)

"""Measure every case, print the table, and with ``--write`` keep it as a page of the docs.

    python -m bench.run [--write] [part of a case's name]

Ends with status 1 if a limit was broken.
"""

from __future__ import annotations

import argparse
import pkgutil
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import bench.cases
from bench.measure import Case, Measured, measure
from bench.report import page, table

PAGE = Path(__file__).resolve().parent.parent / "docs/reference/benchmarks.md"


def all_cases() -> Iterator[Case]:
    for module in pkgutil.iter_modules(bench.cases.__path__):
        yield from import_module(f"bench.cases.{module.name}").cases()


def measured(wanted: str) -> list[Measured]:
    """The cases whose name contains ``wanted``, one after the other, with progress for people."""
    results = []
    for case in all_cases():
        if wanted in case.name:
            print(f"measuring: {case.name}", file=sys.stderr)
            results.append(measure(case))
    return results


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    words.add_argument("wanted", nargs="?", default="", help="only cases whose name contains this")
    words.add_argument("--write", action="store_true", help=f"write {PAGE.name} (all cases only)")
    asked = words.parse_args()
    if asked.write and asked.wanted:
        words.error("--write keeps the whole table: leave out the name")
    # What a case has started ends with it, also when the whole run is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    results = measured(asked.wanted)
    if not results:
        words.error(f"no case is named like {asked.wanted!r}")
    print(table(results))
    if asked.write:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(results), encoding="utf-8")
    return 0 if all(one.is_within_limits for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())

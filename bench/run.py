"""Measure every case, print the table, and with ``--write`` keep it as a page of the docs.

    python -m bench.run [--write] [part of a case's name]

Ends with status 1 if a limit was broken or a case could not be measured; the page is not written then.
"""

from __future__ import annotations

import argparse
import pkgutil
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import bench.cases
from bench.measure import Case, Measured, measure
from bench.report import page, table

PAGE = Path(__file__).resolve().parent.parent / "docs/reference/benchmarks.md"


def all_cases() -> Iterator[Case]:
    for module in pkgutil.iter_modules(bench.cases.__path__):
        yield from import_module(f"bench.cases.{module.name}").cases()


@dataclass(frozen=True, slots=True)
class Failed:
    """A case that could not be measured, and why: the last line of what Python said."""

    name: str
    why: str


def measured(cases: Iterable[Case]) -> tuple[list[Measured], list[Failed]]:
    """One case after the other, with progress for people. One that fails does not lose the others."""
    results, failures = [], []
    for case in cases:
        print(f"measuring: {case.name}", file=sys.stderr)
        try:
            results.append(measure(case))
        except Exception as error:
            traceback.print_exc()
            failures.append(Failed(case.name, traceback.format_exception_only(error)[-1].strip()))
    return results, failures


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    words.add_argument("wanted", nargs="?", default="", help="only cases whose name contains this")
    words.add_argument("--write", action="store_true", help=f"write {PAGE.name} (all cases only)")
    asked = words.parse_args()
    if asked.write and asked.wanted:
        words.error("--write keeps the whole table: leave out the name")
    # What a case has started ends with it, also when the whole run is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    results, failures = measured(case for case in all_cases() if asked.wanted in case.name)
    if not results and not failures:
        words.error(f"no case is named like {asked.wanted!r}")
    return reported(results, failures, PAGE if asked.write else None)


def reported(results: Sequence[Measured], failures: Sequence[Failed], kept: Path | None) -> int:
    """Print what was measured and what was not; keep the page if nothing failed. The status to end with."""
    if results:
        print(table(results))
    for one in failures:
        print(f"NOT MEASURED: {one.name}: {one.why}", file=sys.stderr)
    if failures and kept:
        print(f"{kept.name} is left as it was: mend what failed, then run again", file=sys.stderr)
    elif kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(page(results), encoding="utf-8")
    return 0 if not failures and all(one.is_within_limits for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())

"""What the worker computes: as ``steelyard weigh`` does it, and on all processors."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from typing import TYPE_CHECKING

from steelyard.assessment.models import SchemeVersion
from steelyard.records.snapshot.snapshot import Snapshot as Frozen
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.scheme.write import scheme_toml
from steelyard.weighing.result import Result

if TYPE_CHECKING:
    from steelyard.weighing.uncertainty.findings import HowSure

_LOOK_SECONDS = 0.5
Tell = Callable[[int], None]
"""Told how many percent are done."""


def as_written(version: SchemeVersion) -> Scheme:
    """The scheme as one reads it from its file: the database keeps no order of keys, the file does."""
    return scheme_from_document(tomllib.loads(scheme_toml(version.document), parse_float=str))


def weighed(
    scheme: Scheme, snapshot: Frozen, replications: int, seed: int, tell: Tell = lambda _: None
) -> Result:
    """What ``steelyard weigh`` gives, with the replications that were asked for.

    Raises:
        Faulty: with every value that the scheme refuses.
    """
    from steelyard.records.tally.tally import tally
    from steelyard.weighing.weigh import weigh

    result = weigh(scheme, tally(scheme, snapshot))
    tell(30)
    if not replications:
        return result
    return replace(result, how_sure=_replicated(result, replications, seed, tell))


def _replicated(result: Result, replications: int, seed: int, tell: Tell) -> HowSure:
    """On all processors, while this thread, which has the database, tells how far it is."""
    from steelyard.weighing.uncertainty.how_sure import how_sure

    done = 0

    def note(so_far: int, _: int) -> None:
        nonlocal done
        done = so_far

    with ThreadPoolExecutor(1) as beside:
        work = beside.submit(
            how_sure, result, replications, seed=seed, threads=os.cpu_count() or 1, progress=note
        )
        while wait([work], timeout=_LOOK_SECONDS).not_done:
            tell(30 + 50 * done // replications)
        return work.result()

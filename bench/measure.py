"""How long does one thing take, beside another? Runs alternate, so that both meet the same machine.

A figure in seconds says as much about the machine as about us; a ratio to a peer timed in the same
minutes travels better. So every case names a peer, a limit, or both.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to time.

    ``peer`` does comparable work and ``peer_name`` says what it is. ``limit_seconds`` bounds our
    median, ``limit_ratio`` bounds our median divided by the peer's.

    Raises:
        ValueError: there is neither a peer nor a limit, or a ratio is asked for without a peer.
    """

    name: str
    ours: Act
    peer: Act | None = None
    peer_name: str = ""
    limit_seconds: float | None = None
    limit_ratio: float | None = None
    runs: int = 15

    def __post_init__(self) -> None:
        if not self.peer and self.limit_seconds is None:
            raise ValueError(f"{self.name}: a figure says nothing without a peer or a limit")
        if not self.peer and self.limit_ratio is not None:
            raise ValueError(f"{self.name}: a ratio needs a peer")


@dataclass(frozen=True, slots=True)
class Times:
    """The middle and the quartiles of repeated timings, in seconds."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    case: Case
    ours: Times
    peer: Times | None

    @property
    def ratio(self) -> float | None:
        """Our median divided by the peer's: below 1 we are quicker."""
        return self.ours.median / self.peer.median if self.peer else None

    @property
    def is_within_limits(self) -> bool:
        case = self.case
        in_time = case.limit_seconds is None or self.ours.median <= case.limit_seconds
        in_ratio = case.limit_ratio is None or (self.ratio or 0) <= case.limit_ratio
        return in_time and in_ratio


def measure(case: Case, clock: Callable[[], float] = time.perf_counter) -> Measured:
    """Run ``case`` once to warm up, then ``case.runs`` times, ours and the peer in turn."""
    acts = [act for act in (case.ours, case.peer) if act]
    for act in acts:
        act()
    rounds = [[_seconds(act, clock) for act in acts] for _ in range(case.runs)]
    times = [_times(column) for column in zip(*rounds, strict=True)]
    return Measured(case, times[0], times[1] if case.peer else None)


def _seconds(act: Act, clock: Callable[[], float]) -> float:
    started = clock()
    act()
    return clock() - started


def _times(seconds: tuple[float, ...]) -> Times:
    low, median, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return Times(median, low, high)


def python(code: str) -> Act:
    """An act: run ``code`` in a new Python process."""
    return command(sys.executable, "-c", code)


def command(*words: str) -> Act:
    """An act: run a command to its end, its output thrown away."""
    return lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL)

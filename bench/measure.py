"""How long does one thing take, beside another? Runs alternate, so that both meet the same machine.

A figure in seconds says as much about the machine as about us; a ratio to a peer timed in the same
minutes travels better. So every case names a peer, a limit, or both.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

Act = Callable[[], object]
_KILOBYTES = 1024 * (1024 if sys.platform == "darwin" else 1)  # macOS counts bytes


class Seconds(float):
    """What an act returns that timed itself: a percentile of many requests, say."""


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to time: how long its act takes, or the :class:`Seconds` that the act returns.

    ``peer`` does comparable work and ``peer_name`` says what it is. ``limit_seconds`` bounds our
    median, ``limit_ratio`` bounds our median divided by the peer's, ``limit_megabytes`` the most memory
    that our process held (of an act that is a :class:`Command`). ``warm_up`` is left out where one
    run takes so long that a first one costs more than it tells. ``note`` explains a ratio.

    Raises:
        ValueError: there is neither a peer nor a limit, or a ratio is asked for without a peer.
    """

    name: str
    ours: Act
    peer: Act | None = None
    peer_name: str = ""
    limit_seconds: float | None = None
    limit_ratio: float | None = None
    limit_megabytes: float | None = None
    runs: int = 15
    warm_up: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        if not self.peer and self.limit_seconds is None:
            raise ValueError(f"{self.name}: a figure says nothing without a peer or a limit")
        if not self.peer and self.limit_ratio is not None:
            raise ValueError(f"{self.name}: a ratio needs a peer")
        if self.limit_megabytes is not None and not isinstance(self.ours, Command):
            raise ValueError(f"{self.name}: memory is told of a process of its own")


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
    megabytes: float | None = None

    @property
    def ratio(self) -> float | None:
        """Our median divided by the peer's: below 1 we are quicker."""
        return self.ours.median / self.peer.median if self.peer else None

    @property
    def is_within_limits(self) -> bool:
        case = self.case
        in_time = case.limit_seconds is None or self.ours.median <= case.limit_seconds
        in_ratio = case.limit_ratio is None or (self.ratio or 0) <= case.limit_ratio
        in_memory = case.limit_megabytes is None or (self.megabytes or 0) <= case.limit_megabytes
        return in_time and in_ratio and in_memory


def measure(case: Case, clock: Callable[[], float] = time.perf_counter) -> Measured:
    """Run ``case`` once to warm up, then ``case.runs`` times, ours and the peer in turn.

    What the cases before it left in memory is out of the garbage collector's way.
    """
    gc.collect()
    gc.freeze()
    acts = [act for act in (case.ours, case.peer) if act]
    for act in acts if case.warm_up else ():
        act()
    rounds = [[_seconds(act, clock) for act in acts] for _ in range(case.runs)]
    times = [_times(column) for column in zip(*rounds, strict=True)]
    megabytes = case.ours.megabytes if isinstance(case.ours, Command) else None
    return Measured(case, times[0], times[1] if case.peer else None, megabytes)


def _seconds(act: Act, clock: Callable[[], float]) -> float:
    started = clock()
    returned = act()
    return returned if isinstance(returned, Seconds) else clock() - started


def _times(seconds: tuple[float, ...]) -> Times:
    if len(seconds) == 1:
        return Times(*seconds * 3)
    low, median, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return Times(median, low, high)


class Command:
    """An act: run a command to its end, its output thrown away, and note the most memory it held."""

    def __init__(self, *words: str) -> None:
        self.words, self.megabytes = words, 0.0

    def __call__(self) -> None:
        process = subprocess.Popen(self.words, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, self.words)
        self.megabytes = max(self.megabytes, used.ru_maxrss / _KILOBYTES)


def command(*words: str) -> Command:
    return Command(*words)


def python(code: str) -> Command:
    """An act: run ``code`` in a new Python process."""
    return Command(sys.executable, "-c", code)

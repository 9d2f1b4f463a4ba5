"""The measurements as a table, and as the page ``docs/reference/benchmarks.md``."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence

from bench.measure import Case, Measured, Times

HEAD = ("what", "ours", "against", "its time", "ratio", "memory", "limit", "")
INTRODUCTION = """\
# Benchmarks

Each row was timed in one run, ours and the peer in turn. Times are medians with quartiles in
brackets. The ratio is our median divided by the peer's: below 1 we are quicker. Memory is the most
that our process held.
"""


def rows(measured: Sequence[Measured]) -> list[tuple[str, ...]]:
    return [_row(one) for one in measured]


def _row(one: Measured) -> tuple[str, ...]:
    return (
        one.case.name,
        _said(one.ours),
        one.case.peer_name,
        _said(one.peer) if one.peer else "",
        f"{one.ratio:.2f}" if one.ratio is not None else "",
        f"{one.megabytes:.0f} MB" if one.case.limit_megabytes is not None else "",
        _limits(one.case),
        _verdict(one),
    )


def _verdict(one: Measured) -> str:
    if not _limits(one.case):
        return ""
    return "within" if one.is_within_limits else "OVER"


def _said(times: Times) -> str:
    return f"{_time(times.median)} ({_time(times.low)} to {_time(times.high)})"


def _time(seconds: float) -> str:
    """
    >>> _time(0.0123), _time(1.5)
    ('12.3 ms', '1.50 s')
    """
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def _limits(case: Case) -> str:
    seconds = _time(case.limit_seconds) if case.limit_seconds is not None else ""
    ratio = f"ratio {case.limit_ratio:g}" if case.limit_ratio is not None else ""
    memory = f"{case.limit_megabytes:g} MB" if case.limit_megabytes is not None else ""
    return ", ".join(filter(None, (seconds, ratio, memory)))


def table(measured: Sequence[Measured]) -> str:
    """A table in Markdown that reads as well in a terminal."""
    lines = [HEAD, *rows(measured)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = tuple("-" * width for width in widths)
    return "\n".join(_line(cells, widths) for cells in (lines[0], rule, *lines[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def page(measured: Sequence[Measured]) -> str:
    notes = "".join(
        f"\n**{one.case.name}.** {one.case.note}\n" for one in measured if one.case.note
    )
    return f"{INTRODUCTION}\n{machine()}\n\n{table(measured)}\n{notes}"


def machine() -> str:
    """What the figures were measured on, and with which command."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured with `make bench` on {os.cpu_count()} cores ({platform.machine()}), "
        f"{memory:.0f} GiB of memory, {platform.system()}, Python {platform.python_version()}."
    )

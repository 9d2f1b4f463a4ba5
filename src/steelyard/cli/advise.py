"""``steelyard advise SCHEME --data DIR UNIT --rank 1``: what to do next, and what it costs.

Exit status: 0 the target is reached, or was already; 1 it cannot be, or no plan was found in time.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from steelyard.cli.say import progress, progress_done
from steelyard.cli.say_advice import paragraphs
from steelyard.cli.weighing import scheme_and_values
from steelyard.cli.what_if import changes_written
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.findings import Advice
from steelyard.weighing.advice.levers import Cost
from steelyard.weighing.advice.targets import refuse_a_percentage, target_of


def run(asked: argparse.Namespace) -> int:
    advice = _advised(asked)
    if asked.json:
        from steelyard.weighing.advice.document import advice_document

        print(json.dumps(advice_document(advice), ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(paragraphs(advice, asked.lang)))
    return 0 if advice.outcome in ("nothing_to_do", "reached") else 1


def _advised(asked: argparse.Namespace) -> Advice:
    target = target_of(asked.rank, asked.grade, asked.points)
    seconds, changes = _seconds(asked.time_limit), changes_written(asked.values)
    scheme, values = scheme_and_values(asked)
    refuse_a_percentage(asked.points, scheme)
    costs = _costs(scheme, asked.costs)
    from steelyard.weighing.advice.advise import advise
    from steelyard.weighing.advice.rivals import with_scenario
    from steelyard.weighing.advice.search import Limits

    values, rivals = with_scenario(scheme, values, asked.unit, asked.rivals, changes)
    progress(Text("正在求最省的改进方案…", "looking for the cheapest improvements…"), asked.lang)
    limits = Limits(seconds=seconds, clock=time.monotonic)
    with _solver_silenced():
        advice = _interruptibly(
            lambda: advise(
                scheme, values, asked.unit, target, costs=costs, rivals=rivals, limits=limits
            )
        )
    progress_done()
    return advice


@contextmanager
def _solver_silenced() -> Iterator[None]:
    """HiGHS now and then writes a line of its own to the standard output, amid our JSON."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # there is no standard output to keep clean
        yield
        return
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.close(silence)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _interruptibly(ask: Callable[[], Advice]) -> Advice:
    """The solver hears no Ctrl-C while it works: it works on a thread that can be left behind."""
    found: list[Advice] = []
    raised: list[BaseException] = []

    def work() -> None:
        try:
            found.append(ask())
        except BaseException as error:
            raised.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    atexit.register(_leave_behind, lambda: bool(found or raised))
    while thread.is_alive():
        thread.join(0.1)
    if raised:
        raise raised[0]
    return found[0]


def _leave_behind(is_done: Callable[[], bool]) -> None:
    """Ends the process without tearing down a solver at work, which would abort it (SIGABRT).

    The thread cannot be asked: one whose join was interrupted may pass for ended.
    """
    if not is_done():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(130)


def _costs(scheme: Scheme, table: Path | None) -> tuple[Cost, ...] | None:
    if table is None:
        return None
    from steelyard.weighing.advice.read_costs import read_costs

    return read_costs(scheme, table)


def _seconds(written: str) -> float:
    try:
        seconds = float(written)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 1e6:
        raise Faulty([_no_seconds(written)])
    return seconds


def _no_seconds(written: str) -> Fault:
    what = Text(f"“{written}”不能用作--time-limit", f"{written!r} is no number for --time-limit")
    mend = Text("请写秒数，例如 --time-limit 60", "write seconds, for instance --time-limit 60")
    return Fault("wrong-option", what, mend, Where(file="--time-limit"))

"""The processes that the office is made of: started, watched, started again, stopped in order.

A child dies with its parent, whatever kills the parent, and is in a session of its own, so that
Ctrl-C reaches the parent alone, which then stops them one after the other.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from steelyard.notices.parent import PARENT

IS_LINUX = sys.platform == "linux"
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36

RESTARTS = 5
WITHIN = 60.0
"""A child that ends more often than ``RESTARTS`` times in so many seconds is not started again."""


@dataclass(frozen=True, slots=True)
class Command:
    """One process of the office: Python's arguments, and how long it may take to finish."""

    name: str
    arguments: tuple[str, ...]
    grace: float = 30.0


class EndedTooOften(Exception):
    """A child ends as soon as it is started."""

    def __init__(self, command: Command, status: int) -> None:
        self.command = command
        self.status = status
        super().__init__(command.name)


@dataclass(slots=True)
class Child:
    """A command that runs, and is started again when it ends by itself."""

    command: Command
    environment: Mapping[str, str]
    files: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    ends: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.process = spawn(self.command.arguments, self.environment, self.files)

    def restart_if_ended(self, clock: Callable[[], float] = time.monotonic) -> int | None:
        """Start it again if it has ended; its status then, else None.

        Raises:
            EndedTooOften: it has done so again and again.
        """
        assert self.process is not None
        status = self.process.poll()
        if status is None:
            return None
        now = clock()
        self.ends = [end for end in self.ends if now - end < WITHIN] + [now]
        if len(self.ends) > RESTARTS:
            raise EndedTooOften(self.command, status)
        self.start()
        return status

    def stop(self) -> None:
        """Ask it to finish; kill it, and what it started, if it does not in its time."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.command.grace)
        except subprocess.TimeoutExpired:
            _kill_session(self.process.pid)
            self.process.wait()


def spawn(
    arguments: Sequence[str], environment: Mapping[str, str], files: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start Python in a session of its own, to be told to finish when we die."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        env={**environment, PARENT: str(os.getpid())},
        stdin=subprocess.DEVNULL,
        pass_fds=tuple(files),
        start_new_session=True,
        preexec_fn=_dying_with(os.getpid()),
    )


def die_with_parent() -> None:
    """From now on this process is told to finish when its parent dies. Linux alone can do that."""
    if IS_LINUX:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def adopt_orphans() -> None:
    """What our children leave behind becomes ours, so that we bury it. Linux alone can do that."""
    if IS_LINUX:
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def bury_orphans(known: Sequence[Child]) -> None:
    """Take note of the end of adopted processes; those that we started are asked elsewhere."""
    if not IS_LINUX:
        return
    ours = {child.process.pid for child in known if child.process}
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if ended is None or ended.si_pid in ours:
            return
        os.waitpid(ended.si_pid, 0)


def _dying_with(parent: int) -> Callable[[], None] | None:
    if not IS_LINUX:
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return ask


def _kill_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return

"""Which office runs on this home? One at a time; what a killed one left behind is stopped.

The lock says whether one runs: the system gives it up when its holder dies, however it dies.
``running.json`` beside it says who, since when, and at which address. Every process of the office
carries the name of its run in its environment, so that survivors are found without a doubt.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

RUN = "STEELYARD_RUN"
"""The variable that names the run a process belongs to."""

_GRACE = 20
"""Seconds in which a survivor may finish what it has begun."""


@dataclass(frozen=True, slots=True)
class Running:
    """An office that runs, or was killed: its first process, when that started, its name."""

    pid: int
    started: float
    run: str
    address: str = ""


class RunsAlready(Exception):
    """Another process serves this home; ``running`` is None while it has not said where."""

    def __init__(self, running: Running | None) -> None:
        self.running = running
        super().__init__(running.address if running else "")


@contextmanager
def claimed(home: Path) -> Iterator[None]:
    """The home is ours alone, and nothing of an office that was killed is alive any more.

    Raises:
        RunsAlready: an office runs on this home.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "office.lock").open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunsAlready(read_note(home)) from None
        before = read_note(home)
        if before:
            stop_survivors(before.run)
        _note_of(home).unlink(missing_ok=True)
        yield
        _note_of(home).unlink(missing_ok=True)


def is_served(home: Path) -> bool:
    """Whether an office has said that it serves this home, and is alive."""
    note = read_note(home)
    try:
        return note is not None and psutil.Process(note.pid).create_time() == note.started
    except psutil.NoSuchProcess:
        return False


def write_note(home: Path, run: str, address: str) -> None:
    """Say that this process serves this home."""
    me = psutil.Process()
    note = Running(me.pid, me.create_time(), run, address)
    half = home / "running.json.half"
    half.write_text(json.dumps(asdict(note)), encoding="utf-8")
    half.replace(_note_of(home))


def read_note(home: Path) -> Running | None:
    try:
        return Running(**json.loads(_note_of(home).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _note_of(home: Path) -> Path:
    return home / "running.json"


def survivors(run: str) -> list[psutil.Process]:
    """All processes of a run but this one. The database is none of them: it carries no name."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and process.environ().get(RUN) == run:
                found.append(process)
    return found


def stop_survivors(run: str) -> None:
    """Ask the processes of a run to finish, wait, and end those that do not."""
    left = survivors(run)
    for process in left:
        with suppress(psutil.Error):
            process.terminate()
    _, left = psutil.wait_procs(left, timeout=_GRACE)
    left += survivors(run)  # what one of them has started meanwhile
    for process in left:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(left, timeout=5)

"""An office of real processes, for tests that start, kill and stop it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from steelyard.config.database import embedded
from steelyard.config.serving import running

PATIENCE = 600
"""Seconds after which a test gives up; a start takes two, the first one a minute, on a busy machine much more."""

_TOLD_ELSEWHERE = (
    "DATABASE_URL", "STEELYARD_SECRET_KEY", "STEELYARD_HOSTS", "STEELYARD_PRODUCTION",
    "STEELYARD_METRICS_TOKEN",
)  # fmt: skip


class Office:
    """A home, and the offices that are started on it."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="steelyard-office-"))
        self.started: list[subprocess.Popen[str]] = []
        self.logs: list[Path] = []

    def going_on(self) -> Office:
        """Another office, whose home is a copy of this one's, which is not to run meanwhile."""
        found = Office()
        # With its owners and modes: as root the database has a user of its own.
        subprocess.run(["cp", "-a", f"{self.home}/.", str(found.home)], check=True)
        return found

    def run(self, *words: str, **told: str) -> subprocess.CompletedProcess[str]:
        """A command to its end."""
        return subprocess.run(
            self._words(*words), env=self._environment(**told), capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip

    def start(self, *words: str, **told: str) -> str:
        """Start it; its address once it answers."""
        log = self.home.with_name(f"{self.home.name}.log{len(self.logs)}")
        self.logs.append(log)
        with log.open("w", encoding="utf-8") as out:
            process = subprocess.Popen(
                self._words("serve", *words), env=self._environment(**told), stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        self.started.append(process)
        wait_for(lambda: "Steelyard serves at" in self.said() or process.poll() is not None)
        assert process.poll() is None, self.said()
        note = running.read_note(self.home)
        assert note is not None
        return note.address

    def said(self) -> str:
        return self.logs[-1].read_text(encoding="utf-8")

    def interrupt(self, number: int = signal.SIGINT) -> int:
        self.started[-1].send_signal(number)
        return self.started[-1].wait(PATIENCE)

    def kill(self) -> None:
        self.started[-1].kill()
        self.started[-1].wait(PATIENCE)

    def web(self) -> psutil.Process:
        """The master of the web server."""
        return self._child("gunicorn")

    def worker(self) -> psutil.Process:
        return self._child("work")

    def _child(self, word: str) -> psutil.Process:
        """The child that was started with this word: it leads its session."""
        for one in psutil.Process(self.started[-1].pid).children():
            with suppress(psutil.Error, OSError):
                if word in one.cmdline() and os.getsid(one.pid) == one.pid:
                    return one
        raise AssertionError(f"no {word} runs")

    def postmaster(self) -> psutil.Process:
        mark = self.home / "database" / "postmaster.pid"
        return psutil.Process(int(mark.read_text(encoding="utf-8").splitlines()[0]))

    def alive(self) -> list[str]:
        """The processes that belong to this home: of any run of it, and of its database."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.status() == psutil.STATUS_ZOMBIE:
                    continue
                told = process.environ().get("STEELYARD_HOME", "")
                if str(self.home) in (told, str(process.cwd()).removesuffix("/database")):
                    found.append(" ".join(process.cmdline()))
            except (psutil.Error, OSError):
                continue
        return found

    def end(self) -> None:
        """Whatever the test did: nothing lives on, nothing stays."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.wait(PATIENCE)
        note = running.read_note(self.home)
        if note:
            running.stop_survivors(note.run)
        embedded.stop(self.home)
        for path in (self.home, *self.logs):
            subprocess.run(["rm", "-rf", str(path)], check=False)

    def _words(self, *words: str) -> list[str]:
        verb, *rest = words
        asked = [sys.executable, "-m", "steelyard", verb, "--home", str(self.home), *rest]
        return [*asked, "--lang", "en"]

    def _environment(self, **told: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _TOLD_ELSEWHERE}
        return kept | {"STEELYARD_HOME": ""} | told


@contextmanager
def own_home() -> Iterator[Path]:
    """Not pytest's folder: as root the database has a user of its own, whom pytest locks out."""
    home = Path(tempfile.mkdtemp(prefix="steelyard-home-"))
    try:
        yield home
    finally:
        embedded.stop(home)
        shutil.rmtree(home)


def wait_for(happened: Callable[[], object], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.05)

"""An office of its own for measurements, and a bare site beside it on the same database.

Started when first asked for, in a home that goes with it; ended whatever happens.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.office_load import Question, ask
from steelyard.config.database import embedded
from steelyard.config.serving import running
from steelyard.config.serving.listening import listen

_PATIENCE = 90
_TOLD_ELSEWHERE = (
    "DATABASE_URL", "STEELYARD_SECRET_KEY", "STEELYARD_HOSTS", "STEELYARD_PRODUCTION",
    "STEELYARD_METRICS_TOKEN", "DJANGO_SETTINGS_MODULE",
)  # fmt: skip


class OfficeRunning:
    """``address`` is the office's, ``bare`` that of the bare site; ``told`` is what the filling said.

    ``fill``: the module that fills it, told two numbers.
    """

    def __init__(self, officers: int, rows: int, fill: str = "bench.office_fill") -> None:
        self._officers, self._rows, self._filler = officers, rows, fill
        self._processes: list[subprocess.Popen[bytes]] = []
        self.home: Path | None = None
        self.address, self.bare, self.database = "", "", ""
        self.told: dict[str, Any] = {}

    def __enter__(self) -> OfficeRunning:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def ready(self) -> OfficeRunning:
        if not self.home:
            atexit.register(self.end)
            self.home = Path(tempfile.mkdtemp(prefix="steelyard-bench-office-"))
            self.address = self._start()
            self.database = embedded.address(self.home)
            self.told = json.loads(self._fill())
            self.bare = self._start_bare()
        return self

    def end(self) -> None:
        """Nothing lives on, nothing stays."""
        if self.home is None:
            return
        for process in reversed(self._processes):
            stop(process)
        note = running.read_note(self.home)
        if note:
            running.stop_survivors(note.run)
        embedded.stop(self.home)
        shutil.rmtree(self.home, ignore_errors=True)
        self.home = None
        atexit.unregister(self.end)

    def _environment(self, **told: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _TOLD_ELSEWHERE}
        return kept | {"STEELYARD_HOME": str(self.home)} | told

    def _start(self) -> str:
        words = (sys.executable, "-m", "steelyard", "serve", "--home", str(self.home))
        process = subprocess.Popen(
            words, env=self._environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        self._processes.append(process)
        wait_for(lambda: answers(self._noted()), process)
        return self._noted()

    def _noted(self) -> str:
        assert self.home
        note = running.read_note(self.home)
        return note.address if note else ""

    def _fill(self) -> bytes:
        words = (sys.executable, "-m", self._filler, str(self._officers), str(self._rows))
        told = self._bare_environment()
        return subprocess.run(
            words, env=told, stdout=subprocess.PIPE, timeout=_PATIENCE, check=True
        ).stdout

    def _start_bare(self) -> str:
        """Under the very settings of the office's web server."""
        words = (
            sys.executable, "-m", "gunicorn", "--config", "python:steelyard.config.serving.web_server",
            "bench.bare_office.site:application",
        )  # fmt: skip
        with listen("127.0.0.1", 0) as socket:
            address = f"http://127.0.0.1:{socket.getsockname()[1]}"
            told = self._bare_environment() | {"STEELYARD_SOCKET": str(socket.fileno())}
            process = subprocess.Popen(
                words, env=told, pass_fds=(socket.fileno(),), stdin=subprocess.DEVNULL
            )
        self._processes.append(process)
        wait_for(lambda: answers(address), process)
        return address

    def _bare_environment(self) -> dict[str, str]:
        return self._environment(
            DATABASE_URL=self.database, DJANGO_SETTINGS_MODULE="bench.bare_office.settings"
        )


def answers(address: str) -> bool:
    """Whether a web server answers there."""
    with suppress(OSError, TimeoutError, IndexError, ValueError):
        return bool(address) and ask(address, Question("/", "")).status > 0
    return False


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Until it happened; the process must not end before."""
    end = time.monotonic() + _PATIENCE
    while not happened():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{process.args!r} did not start")
        time.sleep(0.1)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to finish; kill it if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

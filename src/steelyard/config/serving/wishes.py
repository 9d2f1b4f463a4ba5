"""Does somebody wish the office to stop? Ctrl-C and the system's wish are noted, and asked of here."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from steelyard.config.serving.children import spawn
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty

_WITHIN = 600.0


class Stopped(Exception):
    """Somebody asked the office to stop."""


@dataclass(slots=True)
class Wish:
    """Whether somebody wishes the office to stop."""

    stop: bool = False

    def ask(self) -> None:
        """
        Raises:
            Stopped: somebody does.
        """
        if self.stop:
            raise Stopped


@contextmanager
def listening_for_stop() -> Iterator[Wish]:
    """The signals are noted, and acted upon in order."""
    wish = Wish()

    def note(*_: object) -> None:
        wish.stop = True

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {one: signal.signal(one, note) for one in signals}
    try:
        yield wish
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def finish(arguments: tuple[str, ...], environment: Mapping[str, str], wish: Wish) -> None:
    """Run Python to its end, or until somebody wishes to stop.

    Raises:
        Faulty: it failed; what it said stands above.
        Stopped: somebody wished to stop.
    """
    process = spawn(arguments, environment)
    end = time.monotonic() + _WITHIN
    while process.poll() is None:
        if wish.stop or time.monotonic() > end:
            process.terminate()
            process.wait()
            raise Stopped
        time.sleep(0.02)
    if process.returncode:
        raise Faulty([_failed(" ".join(arguments))])
    wish.ask()


def _failed(what: str) -> Fault:
    return Fault(
        "start-failed",
        Text(f"启动时 {what} 失败，原因见上", f"{what} failed; the reason is above"),
        Text("请排除后重新启动", "mend it and start again"),
    )

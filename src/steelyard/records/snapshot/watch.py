"""How far is a statement? A watcher asks the engine while it works, and tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EVERY_SECONDS = 0.5


@contextmanager
def watched(connection: DuckDBPyConnection, told: Callable[[float], None]) -> Iterator[None]:
    """Tell, now and then, which share of the running statement is done, from 0 to 1."""
    ended = Event()

    def watch() -> None:
        while not ended.wait(_EVERY_SECONDS):
            done = connection.query_progress()
            if 0 <= done <= 100:
                told(done / 100)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()

"""One run of tests in a home at a time: a second would empty the databases of the first, which have the same names.

The process that begins the run holds the home; those that pytest-xdist starts belong to it. The system lets go
of it with the process, however that ends.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

HELD = "tests.lock"
TAKEN = (
    "another run of tests, of process {holder}, has the home {home} and its databases; wait until it has"
    " ended, or give this one a home of its own: STEELYARD_HOME=/somewhere/else python -m pytest …"
)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Before anything is collected, and before any other process is started.

    Raises:
        pytest.UsageError: another run has the home.
    """
    if hasattr(session.config, "workerinput"):
        return
    home = Path(os.environ["STEELYARD_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    lock = (home / HELD).open("a+", encoding="utf-8")
    session.config.add_cleanup(lock.close)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        told = TAKEN.format(holder=lock.read().strip() or "unknown", home=home)
        raise pytest.UsageError(told) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()

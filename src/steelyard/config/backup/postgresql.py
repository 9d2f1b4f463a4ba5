"""The database of a backup: where it is, what is in it, dumped and exchanged by PostgreSQL's programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from steelyard.config.backup.faults import in_use, no_programs, not_empty, program_failed
from steelyard.config.database import embedded
from steelyard.config.database.address import connect
from steelyard.config.kept import Promise, promised
from steelyard.config.serving import running
from steelyard.kernel.faults import Faulty

if TYPE_CHECKING:
    import psycopg


@contextmanager
def database(home: Path, url: str) -> Iterator[str]:
    """The address of the database; the embedded one is left as it was found: running or not.

    An office that was started meanwhile keeps it.
    """
    if url:
        yield url
        return
    was_running = bool(embedded.address(home))
    try:
        yield embedded.start(home)
    finally:
        if not was_running and not running.is_served(home):
            embedded.stop(home)


def dump(address: str, file: Path) -> None:
    run("pg_dump", address, "--format=custom", "--no-owner", "--no-acl", f"--file={file}")


def exchange(dumped: Path, folder: Path, address: str) -> None:
    """One transaction: what is there goes, what the dump holds comes."""
    script = folder / "restore.sql"
    run("pg_restore", "", "--no-owner", "--no-acl", f"--file={script}", str(dumped))
    begin = folder / "begin.sql"
    begin.write_text("DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n", encoding="utf-8")
    run(
        "psql", address, "--single-transaction", "--quiet", "--no-psqlrc",
        "--set=ON_ERROR_STOP=1", "--output=/dev/null", f"--file={begin}", f"--file={script}",
    )  # fmt: skip


def holds_anything(address: str) -> bool:
    with connect(address) as connection:
        return _tables(connection) > 0


def promises(address: str) -> tuple[Promise, ...]:
    """What the database tells of in the home."""
    with connect(address) as connection:
        return promised(lambda query: connection.execute(query).fetchall())


def refuse_unless_free(address: str, *, replace: bool) -> None:
    with connect(address) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND COALESCE(backend_type, 'client backend') = 'client backend'"
        ).fetchone()
        tables = _tables(connection)
    if others and others[0]:
        raise Faulty([in_use(others[0])])
    if tables and not replace:
        raise Faulty([not_empty(tables)])


def _tables(connection: psycopg.Connection[tuple[Any, ...]]) -> int:
    found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    return found.fetchone()[0]


def run(program: str, address: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs. The password goes by the environment, which none can read."""
    environment = dict(os.environ)
    words = [str(_folder_of_programs() / program), *arguments]
    if address:
        environment["PGPASSWORD"] = urlsplit(address).password or ""
        words.append(f"--dbname={_without_password(address)}")
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Faulty([program_failed(program, done.stderr.strip())])


def _without_password(address: str) -> str:
    """
    >>> _without_password("postgresql://li:geheim@db.example.org:5432/office?sslmode=require")
    'postgresql://li@db.example.org:5432/office?sslmode=require'
    """
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=re.sub(r":[^:@]*@", "@", parts.netloc, count=1)))


def _folder_of_programs() -> Path:
    """Those of the wheel, which understand every server up to their own version; else PATH's."""
    try:
        return embedded.programs()
    except ImportError:
        found = shutil.which("pg_dump")
        if not found:
            raise Faulty([no_programs()]) from None
        return Path(found).parent

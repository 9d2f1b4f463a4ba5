"""A test database is copied from a template, which is migrated once and not once a test session.

The template's name says of which migrations it is. On the copy Django migrates as ever: there is nothing left
to apply, and what follows migrating (permissions, triggers) is as the models of this checkout want it. That
an office comes from nothing by its migrations is tested where offices are started (tests/config/test_serve.py).
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from steelyard.config.serving.stamp import SOURCE

PREFIX = "test_template_"
LOCK = 20_220_502
"""PostgreSQL's advisory lock of making a template; any number that nobody else takes."""
KEPT = timedelta(days=7)
"""A template that no session asked for as long as this goes: its checkout has other migrations by now."""


def template_of_the_migrations() -> str:
    """The name of the template; made now if no session before, nor one beside us, has made it."""
    name = PREFIX + stamp(what_makes_the_tables())
    with _server() as server, _lock(server):
        if name not in _templates(server):
            _make(server, name)
        _note_used(server, name)
        _drop_forgotten(server)
    return name


def what_makes_the_tables() -> Iterator[Path]:
    """Every migration of every app, the rules that they take words from, and what the trail installs."""
    for migration in MigrationLoader(None).disk_migrations.values():
        yield Path(inspect.getfile(type(migration)))
    yield from SOURCE.glob("*/rules/*.py")
    yield from (SOURCE / "trail").glob("*.*")


def stamp(files: Iterable[Path]) -> str:
    """A hash of the files by their content: two checkouts of one commit share their template."""
    told = sorted((path.parts[-3:], hashlib.sha256(path.read_bytes()).digest()) for path in files)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    """The server of the tests' database, where none of its databases is meant."""
    told = connections["default"].get_connection_params() | {"dbname": "postgres"}
    names = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(
        **{name: told[name] for name in names if told.get(name)}, autocommit=True
    ) as server:
        yield server


@contextmanager
def _lock(server: psycopg.Connection[Any]) -> Iterator[None]:
    server.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
    yield
    server.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))


def _templates(server: psycopg.Connection[Any]) -> dict[str, datetime]:
    """Those that are finished, and when each was asked for last."""
    rows = server.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE starts_with(datname, %s)", (PREFIX,),
    )  # fmt: skip
    return {name: datetime.fromisoformat(used) for name, used in rows if used}


def _make(server: psycopg.Connection[Any], name: str) -> None:
    """Migrated from nothing; whoever is killed half-way leaves one without a date, which is made anew."""
    _drop(server, name)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    default = connections["default"]
    before = default.settings_dict["NAME"]
    default.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    finally:
        default.close()
        default.settings_dict["NAME"] = before


def _note_used(server: psycopg.Connection[Any], name: str) -> None:
    now = datetime.now(UTC).isoformat()
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), now))


def _drop_forgotten(server: psycopg.Connection[Any]) -> None:
    for name, used in _templates(server).items():
        if datetime.now(UTC) - used > KEPT:
            _drop(server, name)


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))

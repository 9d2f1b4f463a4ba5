"""Which database does the office speak to? PostgreSQL always: one given, or one embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from steelyard.config.environment import Environment
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty

if TYPE_CHECKING:
    import psycopg

POOL = {"min_size": 1, "max_size": 8, "timeout": 10}
"""Connections of one web process, as many as it has threads; PostgreSQL allows a hundred in all."""


def database_settings(environment: Environment) -> dict[str, Any]:
    """Django's settings of the database.

    Without an address it is the embedded one in the home, if that runs.
    """
    from steelyard.config.database import embedded

    return settings_of(environment.database_url or embedded.address(environment.home))


def settings_of(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "steelyard",
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        # Before it is given out a connection is tried: the database may have been started again.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": dict(POOL)},
    }


def connect(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection without Django.

    Raises:
        Faulty: the database does not answer, or does not let us in.
    """
    import psycopg

    try:
        return psycopg.connect(url, connect_timeout=10)
    except psycopg.Error as error:
        raise Faulty([_not_reached(str(error).strip())]) from error


def _not_reached(said: str) -> Fault:
    return Fault(
        "database-not-reached",
        Text(f"数据库连不上：{said}", f"the database is not reached: {said}"),
        Text("请核对 DATABASE_URL", "check DATABASE_URL"),
    )

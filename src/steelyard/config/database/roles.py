"""Two roles in the database: one owns the tables and migrates, the other is the office's.

The office's role reads and writes rows. It owns nothing and creates nothing, so it cannot take a
trigger off a table, and the trail holds against whoever speaks SQL in its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from steelyard.config.database.address import connect
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty

if TYPE_CHECKING:
    import psycopg

OWNER = "DATABASE_OWNER_URL"
"""The owner's address, for migrations and restores; without it the office's own role does both."""

_GRANTS = (
    "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",  # its own table could have its own trigger
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
)


def owners_address(told: Mapping[str, str]) -> str:
    """Where whoever owns the tables connects: as told, else as the office does; "" if embedded."""
    url = told.get("DATABASE_URL", "")
    return told.get(OWNER, "") or url if url else ""


def let_in(owner: str, url: str) -> None:
    """Let the role of ``url`` work on all tables that there are; it is made if it is not there.

    Done after each preparing: it is quick, and a restore brings no rights with it.

    Raises:
        Faulty: the owner may not do that.
    """
    import psycopg
    from psycopg import sql

    parts = urlsplit(url)
    role, password = unquote(parts.username or ""), unquote(parts.password or "")
    with connect(owner) as connection:
        try:
            _make_role(connection, role, password)
            named = {
                "role": sql.Identifier(role),
                "database": sql.Identifier(connection.info.dbname),
            }
            for grant in _GRANTS:
                connection.execute(sql.SQL(grant).format(**named))
        except psycopg.Error as error:
            raise Faulty([_not_let_in(role, str(error).strip())]) from error


def _make_role(connection: psycopg.Connection[tuple[Any, ...]], role: str, password: str) -> None:
    from psycopg import sql

    if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
        made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        connection.execute(made.format(sql.Identifier(role), sql.Literal(password)))


def _not_let_in(role: str, said: str) -> Fault:
    return Fault(
        "role-not-let-in",
        Text(
            f"未能给数据库角色 {role} 授权：{said}", f"the role {role} could not be let in: {said}"
        ),
        Text(
            "DATABASE_OWNER_URL 应为表的所有者；角色不存在时还须有权新建角色",
            "DATABASE_OWNER_URL must be the tables' owner, and may make roles unless it is there",
        ),
    )

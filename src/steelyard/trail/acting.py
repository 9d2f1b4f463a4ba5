"""Who acts, and what do they do? Told to the database, which writes it into the trail.

``acting`` tells it for one transaction. A write of a request that is not inside ``acting`` (a
library's, say) still carries the account: before the first word of it, the database is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS, connections, transaction

A_CLICK = timedelta(minutes=1)
"""Whoever does just the same again in this time has clicked twice, or lost the answer."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a request comes from; ``account`` None for the system. ``action``: what they do now."""

    account: int | None = None
    request: str = ""
    action: str = ""


SYSTEM = Actor()
_actor: ContextVar[Actor] = ContextVar("actor", default=SYSTEM)


def act_as(account: int | None) -> None:
    """From now on, in this request, the trail names this account. Outside a request: nothing."""
    if _actor.get() is not SYSTEM:
        _actor.set(replace(_actor.get(), account=account))


@contextmanager
def request_of(account: int | None, number: str = "") -> Iterator[None]:
    """One request: all it writes is tied together, and nothing of it is left to the next."""
    before = _actor.set(Actor(account, number or str(uuid4())))
    try:
        yield
    finally:
        _actor.reset(before)


@contextmanager
def acting(action: str, *, by: int | None = None, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """One transaction whose writes are in the trail under ``action``, by ``by`` if given.

    Inside another ``acting`` it names its own writes, and the outer one goes on after it.
    """
    outer = _actor.get()
    inner = Actor(outer.account if by is None else by, outer.request or str(uuid4()), action)
    token = _actor.set(inner)
    try:
        with transaction.atomic(using=using):
            _tell(inner, using)
            yield
            if len(connections[using].atomic_blocks) > 1:
                _tell(outer, using)
    finally:
        _actor.reset(token)


TELL = (
    "SELECT set_config('steelyard.actor', %s, true), set_config('steelyard.action', %s, true),"
    " set_config('steelyard.request', %s, true)"
)
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET", "SHOW", "EXPLAIN")
"""Statements that write nothing into a table of ours."""


def _tell(actor: Actor, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(TELL, _told(actor))
    connections[using].names_someone = True


def _told(actor: Actor) -> tuple[str, str, str]:
    return str(actor.account or ""), actor.action, actor.request


def name_the_actor(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Around every statement: one that may write, outside ``acting``, is told who acts.

    What is told holds for a transaction, so a pooled connection carries nobody's name to the next
    request; a statement without a transaction is given one.
    """
    actor, connection = _actor.get(), context["connection"]
    if actor.action or str(sql).lstrip(" (\n").upper().startswith(READS):
        return execute(sql, params, many, context)
    if actor == SYSTEM and not _may_name_someone(connection):
        return execute(sql, params, many, context)
    with transaction.atomic(using=connection.alias, savepoint=False):
        connection.names_someone = True
        context["cursor"].cursor.execute(TELL, _told(actor))
        return execute(sql, params, many, context)


def _may_name_someone(connection: Any) -> bool:
    """Whether somebody was told earlier in this transaction, whose request has ended since."""
    if not connection.in_atomic_block:
        connection.names_someone = False
    return getattr(connection, "names_someone", False)


def on_every_connection(connection: Any, **_: Any) -> None:
    if name_the_actor not in connection.execute_wrappers:
        connection.execute_wrappers.append(name_the_actor)

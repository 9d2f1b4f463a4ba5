"""Who acts, and what do they do? Told to the database, which writes it into the trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection, transaction


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a request comes from; ``account`` None for the system."""

    account: int | None
    request: str


_actor: ContextVar[Actor] = ContextVar("actor", default=Actor(None, ""))


def act_as(account: int | None) -> None:
    """From now on, in this request, the trail names this account."""
    _actor.set(Actor(account, str(uuid4())))


@contextmanager
def acting(action: str, *, by: int | None = None) -> Iterator[None]:
    """One transaction whose writes are in the trail under ``action``, by ``by`` if given."""
    actor = Actor(by, _actor.get().request) if by is not None else _actor.get()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('steelyard.actor', %s, true),"
                " set_config('steelyard.action', %s, true),"
                " set_config('steelyard.request', %s, true)",
                (str(actor.account or ""), action, actor.request),
            )
        yield

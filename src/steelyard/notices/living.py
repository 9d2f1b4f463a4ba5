"""Does another worker live? Each holds a lock of the database as long as it does, and no longer.

A worker that is killed tells nobody; but its connection ends with it, and so does its lock. Whoever
begins and finds the lock free knows at once, without waiting for a sign of life to fail, that nobody
works on what the queue calls begun.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from django.db import DEFAULT_DB_ALIAS
from procrastinate.contrib.django.utils import connector_params
from psycopg import AsyncConnection

_LOCK = 5_470_331_902
"""PostgreSQL's advisory lock of workers; any number that nobody else takes."""


@asynccontextmanager
async def living(if_alone: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Hold the lock of the living. ``if_alone``: done before, if no other worker lives; while it runs,
    none begins.

    The lock is lost with its connection: then one that begins later takes itself to be alone, and runs
    what this one runs a second time, as every task may be.
    """
    held = await AsyncConnection.connect(**connector_params(DEFAULT_DB_ALIAS), autocommit=True)
    try:
        alone = await _alone(held)
        if alone:
            await if_alone()
        await held.execute("SELECT pg_advisory_lock_shared(%s)", (_LOCK,))
        if alone:
            await held.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))
        yield
    finally:
        await held.close()


async def _alone(held: AsyncConnection) -> bool:
    found = await held.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,))
    row = await found.fetchone()
    return bool(row and row[0])

"""Reads: the tree of organisations on a day, and the roles that an account holds."""

from __future__ import annotations

from datetime import date

from django.db import connection

from steelyard.people.rules.reach import Held
from steelyard.people.rules.roles import Role

HELD = """
WITH RECURSIVE below (top, organisation) AS (
    SELECT DISTINCT organisation_id, organisation_id
    FROM people_holding WHERE account_id = %(account)s AND daterange(starts, ends) @> %(day)s::date
  UNION
    SELECT below.top, placement.organisation_id
    FROM below JOIN people_placement placement ON placement.parent_id = below.organisation
    WHERE daterange(placement.starts, placement.ends) @> %(day)s::date
)
SELECT holding.role, holding.organisation_id, holding.starts, holding.ends, holding.stands_in,
    ARRAY(
        SELECT organisation FROM below
        WHERE top = holding.organisation_id AND organisation <> holding.organisation_id
    )
FROM people_holding holding
WHERE account_id = %(account)s AND daterange(starts, ends) @> %(day)s::date
ORDER BY holding.id
"""
"""One question of the database: the holdings of an account on a day, each with whom it is above."""


def load_held(account: int, on: date) -> tuple[Held, ...]:
    """The roles that an account holds on a day."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"account": account, "day": on})
        return tuple(
            Held(Role(role), organisation, starts, ends, frozenset(below), stands_in)
            for role, organisation, starts, ends, stands_in, below in cursor.fetchall()
        )

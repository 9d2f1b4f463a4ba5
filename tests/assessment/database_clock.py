"""The clock of the database, set by a test: it stands before the built-in one on the search path."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

CLOCK = """
CREATE SCHEMA IF NOT EXISTS a_clock;
CREATE OR REPLACE FUNCTION a_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT current_setting('a_clock.now')::timestamptz $$;
SET LOCAL search_path = a_clock, public, pg_catalog;
"""


def set_clock(moment: datetime) -> None:
    """Until the end of the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK)
        cursor.execute("SELECT set_config('a_clock.now', %s, true)", [moment.isoformat()])


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(1)

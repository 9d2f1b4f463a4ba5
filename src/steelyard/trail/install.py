"""Around every ``migrate``: the function that triggers call, our triggers on tables of others.

The function is put there before the first migration, so that one that writes rows finds it. Tables
of others have no migrations of ours; they get their triggers after the last. And none can be
switched off by a session.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connections, models
from pgtrigger.core import INSTALLED

from steelyard.trail.traced import LeavesATrace, never_truncated
from steelyard.trail.untraced import TRACED_TOO

NOTE = Path(__file__).parent / "note.sql"

IGNORES_NOTHING = """
    CREATE OR REPLACE FUNCTION "public"._pgtrigger_should_ignore(trigger_name NAME)
    RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""
"""pgtrigger lets a session switch triggers off by a setting of its own; ours stay on."""


def make_note(using: str, **_: Any) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(NOTE.read_text(encoding="utf-8"))


def others() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in TRACED_TOO:
            yield model


def triggers_of_others() -> tuple[pgtrigger.Trigger, ...]:
    return (LeavesATrace(), never_truncated())


def trace_others(using: str, **_: Any) -> None:
    """A table that has its triggers as they should be is not touched."""
    for model in others():
        for trigger in triggers_of_others():
            if trigger.get_installation_status(model, database=using) != (INSTALLED, True):
                trigger.install(model, database=using)
    with connections[using].cursor() as cursor:
        cursor.execute(IGNORES_NOTHING)

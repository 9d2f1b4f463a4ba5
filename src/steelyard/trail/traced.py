"""What makes a table leave a trace: a trigger that sees every write, bulk and raw SQL too.

The triggers are thin and call ``trail_note`` (``note.sql``, put there before every ``migrate``): a
better trail is a better function, and no migration in any area.
"""

from __future__ import annotations

import pgtrigger
from django.db import models

from steelyard.trail.secret_columns import SECRET


class LeavesATrace(pgtrigger.Trigger):
    """After every row that is written, one entry of the trail, without the table's secrets."""

    def __init__(self) -> None:
        super().__init__(
            name="trail",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        )

    def get_func(self, model: type[models.Model]) -> str:
        secret = ",".join(SECRET.get(model._meta.db_table, ()))
        return (
            "PERFORM trail_note(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW),"
            f" '{{{secret}}}'); RETURN NULL;"
        )


def counts_versions() -> pgtrigger.Trigger:
    """Each change of a row raises its version, whoever writes it and whatever they wrote there."""
    return pgtrigger.Trigger(
        name="version",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="NEW.version := OLD.version + 1; RETURN NEW;",
    )


def never_truncated() -> pgtrigger.Trigger:
    """TRUNCATE empties a table without a row being seen, so it is refused."""
    return pgtrigger.Trigger(
        name="never_truncated",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'table % leaves a trace and is not truncated', TG_TABLE_NAME;",
    )


def written_by_triggers() -> pgtrigger.Trigger:
    """A row comes from a trigger that saw a write, never from a statement of its own.

    This trigger is the first level, the one that saw the write the second. A restore loads rows
    before the table has triggers.
    """
    return pgtrigger.Trigger(
        name="written_by_triggers",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=(
            "IF pg_trigger_depth() < 2 THEN"
            " RAISE EXCEPTION 'table % is written by triggers alone', TG_TABLE_NAME;"
            " END IF; RETURN NEW;"
        ),
    )


class Traced(models.Model):
    """A table whose every write is in the trail, with a version that tells two savers apart."""

    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [LeavesATrace(), counts_versions(), never_truncated()]

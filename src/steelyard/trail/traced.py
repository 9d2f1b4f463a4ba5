"""What makes a table leave a trace: a trigger that sees every write, bulk and raw SQL too."""

from __future__ import annotations

import pgtrigger
from django.db import models

INTO_THE_TRAIL = """
    INSERT INTO trail_entry (table_name, row_id, verb, before, after, actor, action, request, at)
    VALUES (
        TG_TABLE_NAME,
        CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,
        lower(TG_OP),
        CASE TG_OP WHEN 'INSERT' THEN NULL ELSE to_jsonb(OLD) - 'password' END,
        CASE TG_OP WHEN 'DELETE' THEN NULL ELSE to_jsonb(NEW) - 'password' END,
        NULLIF(current_setting('steelyard.actor', true), '')::bigint,
        COALESCE(current_setting('steelyard.action', true), ''),
        COALESCE(current_setting('steelyard.request', true), ''),
        clock_timestamp()
    );
    RETURN NULL;
"""
"""Hashes of passwords stay out; that a password changed is seen by the row's own version."""


def leaves_a_trace() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="trail",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=INTO_THE_TRAIL,
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


class Traced(models.Model):
    """A table whose every write is in the trail, with a version that tells two savers apart."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [leaves_a_trace(), never_truncated()]

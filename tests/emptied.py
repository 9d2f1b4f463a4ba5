"""A database as a test of several connections is to find it: no row in any table of a model."""

from __future__ import annotations

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = {"django_content_type", "auth_permission"}
"""What Django writes after migrating, by the models alone."""


def empty(connection: BaseDatabaseWrapper) -> None:
    """Only a superuser can say ``session_replication_role``: no trigger refuses, no key is asked, for this
    one transaction. Whoever still writes, a thread of the test's, is waited for."""
    models = apps.get_models(
        include_auto_created=True
    )  # the worker's queue too, which Django leaves
    tables = sorted({one._meta.db_table for one in models if not one._meta.proxy} - KEPT)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        quoted = ", ".join(f'"{one}"' for one in tables)
        cursor.execute(f"LOCK TABLE {quoted} IN EXCLUSIVE MODE")
        cursor.execute(_which_hold_rows(tables))
        for (table,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{table}"')


def _which_hold_rows(tables: list[str]) -> str:
    """A question whose answer are those of the tables with a row in them."""
    asked = (f"SELECT '{one}' WHERE EXISTS (SELECT FROM \"{one}\")" for one in tables)
    return " UNION ALL ".join(asked)

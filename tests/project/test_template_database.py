"""Tests may copy their database only as long as the copy is what migrating from nothing would give."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from steelyard.config.serving.stamp import SOURCE
from tests.template_database import PREFIX, stamp, what_makes_the_tables


@pytest.mark.django_db
def test_every_migration_is_applied_in_the_copy() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert connection.settings_dict["TEST"]["TEMPLATE"].startswith(PREFIX)


def test_template_hangs_on_our_migrations_and_on_those_of_others() -> None:
    files = set(what_makes_the_tables())
    assert {SOURCE / "supply/migrations/0001_initial.py", SOURCE / "trail/note.sql"} <= files
    assert any("wagtail" in path.parts for path in files)


def test_a_letter_in_a_migration_is_another_template(tmp_path: Path) -> None:
    one, two = tmp_path / "0001_initial.py", tmp_path / "0002_more.py"
    one.write_text("before")
    before = stamp([one])
    assert stamp(iter([one])) == before
    one.write_text("beforE")
    assert stamp([one]) != before
    two.write_text("")
    assert stamp([one, two]) != stamp([one])

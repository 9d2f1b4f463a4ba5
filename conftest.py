"""What every test may lean on: a home for the office, and a database that is started when asked for."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import django
import pytest
from pytest_django import DjangoDbBlocker

from tests import one_run

HOME = Path(tempfile.gettempdir()) / f"steelyard-tests-{os.getuid()}"
"""One for all runs of a user, one at a time: the database server in it is started once and found again."""

os.environ.setdefault("STEELYARD_HOME", str(HOME))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steelyard.config.settings")

gc.disable()  # until all is collected
django.setup()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(one_run, "one_run")


def pytest_collection_finish() -> None:
    """What is imported and collected by now stays until the end: the collector of garbage is not to look
    through its millions of objects again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """The tests' database: at ``DATABASE_URL``, else the embedded one, started now; copied from a template."""
    from django.db import connections

    from steelyard.config.database.address import settings_of
    from tests.template_database import template_of_the_migrations

    url = os.environ.get("DATABASE_URL") or _embedded(Path(os.environ["STEELYARD_HOME"]))
    told = settings_of(url)
    told["OPTIONS"].pop("pool")
    default = connections["default"].settings_dict
    default.update(told)
    with django_db_blocker.unblock():
        default["TEST"]["TEMPLATE"] = template_of_the_migrations()


def _embedded(home: Path) -> str:
    """The address of the server in a home; that of :data:`HOME`, which is the tests' own, waits for no disk."""
    import psycopg

    from steelyard.config.database import embedded

    address = embedded.start(home)
    if home != HOME:
        return address
    with psycopg.connect(address, autocommit=True) as server:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            server.execute(f"ALTER SYSTEM SET {name} = off")
        server.execute("SELECT pg_reload_conf()")
    return address


@pytest.fixture(scope="session", autouse=True)
def tables_are_emptied_between_tests() -> Iterator[None]:
    """Tests of several connections commit, and are cleared up after.

    Django would TRUNCATE every table, which the office refuses where it leaves a trace, and then do again
    all that follows migrating. Nearly all tables are empty, and few rows are in the others.
    """
    from django.db import connections
    from django.test import TransactionTestCase

    from tests.emptied import empty

    def emptied(case: TransactionTestCase) -> None:
        for name in case._databases_names(include_mirrors=False):
            empty(connections[name])

    before = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = emptied
    yield
    TransactionTestCase._fixture_teardown = before


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_for_once() -> Iterator[None]:
    """Every client of a test has a handler of its own, which would look through all static files again."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look_for_them = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[tuple[object, ...], dict[str, object]] = {}

    def once(middleware: WhiteNoiseMiddleware) -> None:
        served = middleware.static_prefix, middleware.static_root, middleware.max_age
        if served not in found:
            look_for_them(middleware)
            found[served] = dict(middleware.files)
        middleware.files.update(found[served])

    WhiteNoiseMiddleware.add_files_from_finders = once
    yield
    WhiteNoiseMiddleware.add_files_from_finders = look_for_them


@pytest.fixture(scope="session", autouse=True)
def files_lie_in_a_home_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Each process of a run has a database of its own, and files beside it: the sweep of one deletes what its
    database does not know, and would take away what another's promises."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        patch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=home))
        yield


@pytest.fixture(scope="session", autouse=True)
def files_wait_for_no_disk() -> Iterator[None]:
    """As the tests' own database does: what a test writes need not outlive a loss of power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        yield

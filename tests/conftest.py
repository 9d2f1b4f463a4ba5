"""How every test runs: what a skip means, how Hypothesis searches, what a browser test needs."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests import browser, budget, once, skips

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if skips.fail() else "dev")


def pytest_configure(config: pytest.Config) -> None:
    # Registered as a plugin because hooks of this file itself see no doctest of src/ or docs/.
    config.pluginmanager.register(skips, "skips")
    config.pluginmanager.register(budget, "budget")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    once.put_together(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    _let_go_of_the_database(item)
    once.make_way(item)
    if item.get_closest_marker("browser") and not browser.chromium():
        pytest.skip(browser.MISSING)


def _let_go_of_the_database(item: pytest.Item) -> None:
    """A test that asks no database is not to meet the connection that another left open: at the end of a request
    Django would ask whether it still serves, and is refused."""
    from django.db import connections

    if item.get_closest_marker("django_db"):
        return
    for one in connections.all(initialized_only=True):
        if one.connection is not None and not one.in_atomic_block:
            one.close()

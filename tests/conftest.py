"""How every test runs: what a skip means, how Hypothesis searches, what a browser test needs."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests import browser, budget, skips

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if skips.fail() else "dev")


def pytest_configure(config: pytest.Config) -> None:
    # Registered as a plugin because hooks of this file itself see no doctest of src/ or docs/.
    config.pluginmanager.register(skips, "skips")
    config.pluginmanager.register(budget, "budget")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not browser.chromium():
        pytest.skip(browser.MISSING)

"""How long may all tests take? Ten minutes, with those in a browser twenty-five. Every run says what it took.

It only says so: a machine that does other things too would otherwise fail what is right.
"""

from __future__ import annotations

import os
import time

import pytest

from tests import browser

WITHOUT_BROWSER, WITH_BROWSER = 10 * 60, 25 * 60
BEGUN = pytest.StashKey[float]()


def seconds_allowed(config: pytest.Config) -> float:
    """``STEELYARD_TESTS_WITHIN`` says otherwise, for a machine known to be slow."""
    told = os.environ.get("STEELYARD_TESTS_WITHIN")
    if told:
        return float(told)
    is_without = "not browser" in config.option.markexpr or not browser.chromium()
    return WITHOUT_BROWSER if is_without else WITH_BROWSER


def pytest_configure(config: pytest.Config) -> None:
    config.stash[BEGUN] = time.monotonic()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    allowed = seconds_allowed(config)
    late = ": too long" if _is_late(config) else ""
    said = f"the tests took {_taken(config):.0f} of {allowed:.0f} seconds{late}"
    terminalreporter.write_line(said)


def _taken(config: pytest.Config) -> float:
    return time.monotonic() - config.stash[BEGUN]


def _is_late(config: pytest.Config) -> bool:
    """Asked of the run as a whole, not of one of its workers."""
    return not hasattr(config, "workerinput") and _taken(config) > seconds_allowed(config)

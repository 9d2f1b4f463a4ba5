"""What a skipped test means: on a developer's machine a line at the end, in CI a failure.

A CI machine has everything that a test may ask for, so a skip there hides something.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = pytest.TestReport | pytest.CollectReport
R = TypeVar("R", bound=Report)


def fail() -> bool:
    """Whether this is CI, where a skip is a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


# Outermost, so that the report already knows an expected failure (xfail) from a skip.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _failed_if_skipped((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _failed_if_skipped((yield))


def _failed_if_skipped(report: R) -> R:
    if fail() and report.skipped and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI counts as a failure: {reason}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("not run on this machine")
        for reason, count in Counter(map(_reason, skipped)).most_common():
            tests = "1 test was" if count == 1 else f"{count} tests were"
            terminalreporter.write_line(f"{tests} skipped because: {reason}")


def _reason(report: Report) -> str:
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return words.removeprefix("Skipped: ")

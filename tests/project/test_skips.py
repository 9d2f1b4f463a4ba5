"""A skipped test is told at the end, and in CI it is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BARE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""Of the plugins of other hands none is loaded: a run of one line needs none, and loading them takes seconds."""
SKIPS = 'import pytest\ndef test_a(): pytest.skip("no printer here")\n'
SKIPS_MODULE = 'import pytest\npytest.skip("no printer here", allow_module_level=True)\n'
XFAILS = "import pytest\n@pytest.mark.xfail\ndef test_a(): assert False\n"


def run(folder: Path, test: str, *, ci: bool) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(test, encoding="utf-8")
    words = ["-m", "pytest", "-q", "-p", "tests.skips", "-c", os.devnull, "--rootdir", str(folder)]
    return subprocess.run(
        [sys.executable, *words, "-p", "no:cacheprovider", str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **BARE, "CI": "true" if ci else "", "COLUMNS": "80"},
        check=False,
    )


def test_skip_is_told_with_its_reason(tmp_path: Path) -> None:
    ran = run(tmp_path, SKIPS, ci=False)
    assert ran.returncode == 0
    assert "1 test was skipped because: no printer here" in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("1 skipped in ")


@pytest.mark.parametrize("test", [SKIPS, SKIPS_MODULE])
def test_skip_fails_in_ci_with_its_reason(tmp_path: Path, test: str) -> None:
    ran = run(tmp_path, test, ci=True)
    assert ran.returncode != 0
    assert "skipped, which CI counts as a failure: no printer here" in ran.stdout


def test_expected_failure_is_no_skip(tmp_path: Path) -> None:
    ran = run(tmp_path, XFAILS, ci=True)
    assert (ran.returncode, "1 xfailed" in ran.stdout) == (0, True)

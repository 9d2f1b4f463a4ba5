"""A run of tests says how long it took, and whether that is longer than was agreed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.project.test_skips import BARE

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *words: str, **told: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text("def test_a(): pass\n", encoding="utf-8")
    asked = ["-m", "pytest", "-q", "-p", "tests.budget", "-c", os.devnull, "-o", "markers=browser:"]
    return subprocess.run(
        [sys.executable, *asked, "--rootdir", str(folder), "-p", "no:cacheprovider", *words, str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **BARE, "STEELYARD_TESTS_WITHIN": "", **told},
        check=False,
    )  # fmt: skip


def test_a_run_says_how_long_it_took(tmp_path: Path) -> None:
    ran = run(tmp_path, "-m", "not browser")
    assert ran.returncode == 0
    assert " of 600 seconds\n" in ran.stdout


def test_a_run_that_takes_too_long_says_so_and_fails_nothing(tmp_path: Path) -> None:
    ran = run(tmp_path, STEELYARD_TESTS_WITHIN="0.001")
    assert ran.returncode == 0
    assert "seconds: too long" in ran.stdout

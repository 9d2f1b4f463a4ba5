"""``make test`` asks what failed once more, says so, and is deceived by nothing that fails twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.test_skips import BARE

ROOT = Path(__file__).resolve().parents[2]
UNSTEADY = """
from pathlib import Path
BEEN = Path(__file__).with_name("been")
def test_steady(): pass
def test_of_the_hour():
    if not BEEN.exists():
        BEEN.touch()
        raise AssertionError("not yet")
"""
FAILS = "def test_steady(): pass\ndef test_wrong(): assert 1 == 2\n"
MANY = "from pathlib import Path\nimport pytest\n" + (
    "@pytest.mark.parametrize('n', range(4))\n"
    "def test_each(n, request):\n"
    "    been = Path(__file__).with_name(f'been{n}')\n"
    "    assert been.exists() or been.touch()\n"
)
BROKEN = "import nothing_of_that_name\n"
OF_A_FIXTURE = """
import pytest
from pathlib import Path
@pytest.fixture
def ground():
    been = Path(__file__).with_name("been")
    assert been.exists() or been.touch()
def test_on_it(ground): pass
"""


def run(folder: Path, test: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(test, encoding="utf-8")
    ours = f"-p xdist -p no:cacheprovider -c {os.devnull} --rootdir={folder}"
    return subprocess.run(
        [sys.executable, "-m", "tools.run_tests", "test_it.py"],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **BARE, "PYTEST_ADDOPTS": ours, "PYTHONPATH": str(ROOT)},
        check=False,
    )


@pytest.mark.parametrize(
    ("test", "name"), [(UNSTEADY, "test_of_the_hour"), (OF_A_FIXTURE, "test_on_it")]
)
def test_what_passes_the_second_time_is_named(tmp_path: Path, test: str, name: str) -> None:
    ran = run(tmp_path, test)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "once more, alone:" in ran.stdout
    last = ran.stdout.rstrip().splitlines()[-2:]
    assert last[0].startswith("UNSTEADY")
    assert last[1].strip().endswith(f"test_it.py::{name}")
    assert ran.stdout.count("test_steady") == 0  # what passed is not asked again


def test_what_fails_twice_fails(tmp_path: Path) -> None:
    ran = run(tmp_path, FAILS)
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED
    assert "UNSTEADY" not in ran.stdout
    assert ran.stdout.count("assert 1 == 2") >= 2


@pytest.mark.parametrize("test", [MANY, BROKEN])
def test_many_failures_and_broken_files_get_no_second_go(tmp_path: Path, test: str) -> None:
    ran = run(tmp_path, test)
    assert ran.returncode != 0
    assert "UNSTEADY" not in ran.stdout

"""A run of tests beside another one of the same home says so at once, and touches nothing."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.one_run import HELD
from tests.project.test_run_tests import FAILS, ROOT
from tests.project.test_skips import BARE

PASSES = "def test_it(): pass\n"
LEAVES_A_MARK = """
from pathlib import Path
Path(__file__).with_name("collected").touch()
def test_it(): pass
"""


@contextmanager
def held(home: Path) -> Iterator[None]:
    home.mkdir()
    with (home / HELD).open("a+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711\n")
        lock.flush()
        yield


def run(folder: Path, test: str, *words: str) -> subprocess.CompletedProcess[str]:
    """``words`` name the module and what it is told; the home lies beside the test."""
    (folder / "test_it.py").write_text(test, encoding="utf-8")
    ours = f"-p xdist -p tests.one_run -p no:cacheprovider -c {os.devnull} --rootdir={folder}"
    told = {"PYTEST_ADDOPTS": ours, "STEELYARD_HOME": str(folder / "home")}
    return subprocess.run(
        [sys.executable, "-m", *words, "test_it.py"],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **BARE, **told, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
        check=False,
    )


@pytest.mark.parametrize("words", [(), ("-n", "2")])
def test_it_says_who_has_the_home_and_what_to_do_and_collects_nothing(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    with held(tmp_path / "home"):
        ran = run(tmp_path, LEAVES_A_MARK, "pytest", *words)
    said = ran.stdout + ran.stderr
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR, said
    assert f"of process 4711, has the home {tmp_path / 'home'}" in said
    assert "STEELYARD_HOME=" in said
    assert not (tmp_path / "collected").exists()
    assert (tmp_path / "home" / HELD).read_text("utf-8") == "4711\n"


@pytest.mark.parametrize("words", [(), ("-n", "2")])
def test_a_run_and_the_processes_that_belong_to_it_share_the_home(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    for _ in range(2):
        ran = run(tmp_path, PASSES, "pytest", *words)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_what_failed_is_asked_once_more_when_the_first_run_has_let_go(tmp_path: Path) -> None:
    ran = run(tmp_path, FAILS, "tools.run_tests")
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED, ran.stdout + ran.stderr
    assert ran.stdout.count("assert 1 == 2") >= 2


def test_this_run_has_its_home() -> None:
    lock = Path(os.environ["STEELYARD_HOME"]) / HELD
    with lock.open(encoding="utf-8") as asked, pytest.raises(BlockingIOError):
        fcntl.flock(asked, fcntl.LOCK_EX | fcntl.LOCK_NB)

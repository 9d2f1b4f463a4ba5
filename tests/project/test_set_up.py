"""Set-up says in plain words what the machine lacks, and does nothing twice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "cat", "cksum", "dirname", "head", "rm", "tail")
OLD = 'case "$2" in *print*) echo 3.9;; *) exit 1;; esac'
WITHOUT_VENV = 'case "$2" in *print*) echo 3.12;; *ensurepip*) exit 1;; esac'


def checkout(tmp_path: Path) -> Path:
    """Just enough of this project for its set-up, in a folder with a space in its name."""
    folder = tmp_path / "a checkout"
    for name in ("tools/set_up", "requirements/run.txt", "requirements/dev.txt", "pyproject.toml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def machine(tmp_path: Path, python3: str) -> Path:
    """A folder of programs, all that this machine has; ``python3`` is a script of ours."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in TOOLS:
        (programs / name).symlink_to(str(shutil.which(name)))
    if python3:
        (programs / "python3").write_text(f"#!/bin/sh\n{python3}\n", encoding="utf-8")
        (programs / "python3").chmod(0o755)
    return programs


def set_up(folder: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "tools/set_up", "run"],
        cwd=folder,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    ran = set_up(checkout(tmp_path), machine(tmp_path, python3=""))
    assert ran.returncode == 1
    assert "needs Python 3.11 or newer. No Python was found;" in ran.stderr


def test_old_python_is_named_with_its_version(tmp_path: Path) -> None:
    ran = set_up(checkout(tmp_path), machine(tmp_path, OLD))
    assert ran.returncode == 1
    assert "needs Python 3.11 or newer. python3 is 3.9;" in ran.stderr


def test_python_without_venv_is_told_the_package_to_install(tmp_path: Path) -> None:
    ran = set_up(checkout(tmp_path), machine(tmp_path, WITHOUT_VENV))
    assert ran.returncode == 1
    assert "apt install python3-venv" in ran.stderr


def test_ready_checkout_is_left_alone(tmp_path: Path) -> None:
    folder, programs = checkout(tmp_path), machine(tmp_path, python3="")
    make_ready(folder)
    ran = set_up(folder, programs)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_changed_requirements_are_installed_again(tmp_path: Path) -> None:
    folder, programs = checkout(tmp_path), machine(tmp_path, python3="")
    make_ready(folder)
    with (folder / "requirements/run.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert set_up(folder, programs).returncode == 1


def make_ready(folder: Path) -> None:
    """What a finished set-up leaves behind: a Python, and a stamp that says for what."""
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").symlink_to(str(shutil.which("true")))
    asked = 'here=$(pwd -P); eval "$(sed -n "/^stamp()/,/^}/p" tools/set_up)"; stamp run'
    stamp = subprocess.check_output(["sh", "-c", asked], cwd=folder, text=True)
    (folder / ".venv/ready-run").write_text(stamp, encoding="utf-8")

"""What is installed is pinned, hashed, the same for use and for tests, and what pyproject asks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = PYPROJECT["project"]["dependencies"] + PYPROJECT["build-system"]["requires"]
DEV = RUN + PYPROJECT["project"]["optional-dependencies"]["dev"]


def entries(kind: str) -> dict[str, str]:
    """Each pinned requirement of ``requirements/<kind>.txt`` with the lines that belong to it."""
    text = (ROOT / f"requirements/{kind}.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([^\s#].*?) \\\n((?:^\s.*\n)+)", text, flags=re.MULTILINE)
    return dict(found)


@pytest.mark.parametrize("kind", ["run", "dev"])
def test_every_line_is_an_exact_version_with_hashes(kind: str) -> None:
    text = (ROOT / f"requirements/{kind}.txt").read_text(encoding="utf-8")
    starts = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert len(starts) == len(entries(kind)) > 0
    for requirement, lines in entries(kind).items():
        assert re.match(r"[\w.-]+==[\w.!+]+", requirement), requirement
        assert "--hash=sha256:" in lines, requirement


@pytest.mark.parametrize(("kind", "asked"), [("run", RUN), ("dev", DEV)])
def test_what_pyproject_asks_is_pinned_within_its_range(kind: str, asked: list[str]) -> None:
    pinned = {}
    for entry in entries(kind):
        name, version = entry.split(" ;")[0].split("==")
        pinned.setdefault(canonicalize_name(name), []).append(version.strip())
    for requirement in map(Requirement, asked):
        versions = pinned.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement} is not in requirements/{kind}.txt; run: make lock"
        assert all(version in requirement.specifier for version in versions), requirement


def test_tests_run_with_the_versions_that_ship() -> None:
    assert entries("run").keys() <= entries("dev").keys()


@pytest.mark.parametrize("kind", ["run", "dev"])
def test_requirements_leave_the_index_to_the_machine(kind: str) -> None:
    text = (ROOT / f"requirements/{kind}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|^-", text, flags=re.MULTILINE)

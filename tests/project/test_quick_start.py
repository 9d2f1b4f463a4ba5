"""A light command pays for no heavy package (docs/decisions/0003-quick-start.md)."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "django",
    "docx",
    "jinja2",
    "lxml",
    "numpy",
    "psutil",
    "psycopg",
    "openpyxl",
    "pyarrow",
    "python_calamine",
    "scipy",
    "tree_sitter",
    "xlsxwriter",
}


def loaded_by(code: str) -> set[str]:
    """The top-level packages that a new Python holds after running ``code``."""
    listing = "\nimport sys; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code + listing], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in ran.stdout.split()}


@pytest.mark.parametrize("module", ["steelyard", "steelyard.cli"])
def test_import_loads_no_heavy_package(module: str) -> None:
    assert loaded_by(f"import {module}") & HEAVY == set()


def test_to_start_the_office_loads_django_in_its_parts_alone() -> None:
    assert "django" not in loaded_by("import steelyard.cli.serve, steelyard.config.serving.office")


def test_heavy_package_would_be_noticed() -> None:
    assert loaded_by("import steelyard, jinja2") & HEAVY == {"jinja2"}


def test_every_heavy_package_is_one_we_install() -> None:
    """A misspelt name in HEAVY would never be found loaded."""
    code = "from importlib.util import find_spec\nassert not [n for n in %r if not find_spec(n)]"
    loaded_by(code % sorted(HEAVY))

"""Pure code asks nothing but its arguments: no clock, no environment, no unseeded chance.

Which modules it may import is the import contracts' business (pyproject.toml, ``make check``).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURE = ("kernel", "scheme", "records", "weighing", "papers", "tables")
CLOCK = {"now", "today", "utcnow", "fromtimestamp", "monotonic", "perf_counter"}
ENVIRONMENT = {"environ", "getenv", "getcwd", "gethostname"}
CHANCE = {"default_rng", "RandomState", "Generator"}


def impurities(source: str) -> Iterator[str]:
    """Where ``source`` reaches for something that was not handed to it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in CLOCK:
            yield f"line {node.lineno} asks the clock: {ast.unparse(node)}"
        if isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT:
            yield f"line {node.lineno} asks the environment: {ast.unparse(node)}"
        if isinstance(node, ast.Call) and _name(node.func) in CHANCE and not _is_seeded(node):
            yield f"line {node.lineno} rolls dice without a seed: {ast.unparse(node)}"


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_seeded(call: ast.Call) -> bool:
    return bool(call.args or call.keywords)


def pure_modules() -> list[Path]:
    folders = (ROOT / "src/steelyard" / name for name in PURE)
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_module_asks_only_its_arguments(path: Path) -> None:
    assert list(impurities(path.read_text(encoding="utf-8"))) == []


def test_pure_code_exists() -> None:
    assert len(pure_modules()) > 5


@pytest.mark.parametrize(
    "planted",
    [
        "from datetime import datetime\ndatetime.now()",
        "from datetime import date\nday = date.today()",
        "import os\nos.environ['LANG']",
        "import numpy\nnumpy.random.default_rng()",
    ],
)
def test_planted_impurity_is_found(planted: str) -> None:
    assert len(list(impurities(planted))) == 1


def test_seeded_generator_is_pure() -> None:
    assert list(impurities("numpy.random.default_rng(seed)")) == []

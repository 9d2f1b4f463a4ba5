"""Pure code asks nothing but its arguments: no clock, no environment, no unseeded chance. So do the rules,
the questions and the actions of every area of the office, but for those that are named here.

Which modules it may import is the import contracts' business (pyproject.toml, ``make check``).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OFFICE = ROOT / "src/steelyard"
PURE = ("kernel", "scheme", "records", "weighing", "papers", "tables")
CLOCK = {"now", "today", "utcnow", "fromtimestamp", "monotonic", "perf_counter"}
TODAY = {"localdate", "localtime"}
"""Of today, where nobody tells them the moment."""
ENVIRONMENT = {"environ", "getenv", "getcwd", "gethostname"}
CHANCE = {"default_rng", "RandomState", "Generator"}
LAYERS = ("rules", "queries", "actions")
"""Of an area: what is told the moment, taken once at the edge, and never asks for it."""
ALLOWED = {
    "assessment/actions/leads/handling.py": "a receipt that nobody can guess",
}
"""Modules of these layers that roll dice, and for what."""


def impurities(source: str) -> Iterator[str]:
    """Where ``source`` reaches for something that was not handed to it."""
    tree = ast.parse(source)
    imported = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _asks_the_clock(node, imported):
            yield f"line {node.lineno} asks the clock: {ast.unparse(node)}"
        if isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT:
            yield f"line {node.lineno} asks the environment: {ast.unparse(node)}"
        if isinstance(node, ast.Call) and _rolls_dice(node):
            yield f"line {node.lineno} rolls dice without a seed: {ast.unparse(node)}"


def _imported(tree: ast.Module) -> set[str]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {one.asname or one.name for node in found for one in node.names}


def _asks_the_clock(call: ast.Call, imported: set[str]) -> bool:
    """A bare ``now()`` that was not imported is an argument: whoever calls hands the clock over."""
    is_handed = isinstance(call.func, ast.Name) and call.func.id not in imported
    name = _name(call.func)
    return (name in CLOCK and not is_handed) or (name in TODAY and not call.args)


def _rolls_dice(call: ast.Call) -> bool:
    name, module = _name(call.func), _module(call.func)
    if name in CHANCE or (module, name) == ("random", "Random"):
        return not (call.args or call.keywords)
    return module in {"random", "secrets"} or name in {"uuid1", "uuid4", "urandom"}


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _module(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.value.id
    return ""


def pure_modules() -> list[Path]:
    folders = (OFFICE / name for name in PURE)
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def modules_of_layers() -> list[Path]:
    """Those of every area, whether a layer is a folder or a file."""
    of = [OFFICE.glob(f"*/{layer}{rest}") for layer in LAYERS for rest in (".py", "/**/*.py")]
    found = {path for paths in of for path in paths}
    return sorted(found - {OFFICE / name for name in ALLOWED})


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_module_asks_only_its_arguments(path: Path) -> None:
    assert list(impurities(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "path", modules_of_layers(), ids=lambda path: str(path.relative_to(OFFICE))
)
def test_a_layer_of_an_area_is_told_the_moment(path: Path) -> None:
    assert list(impurities(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_rolls_dice_still(name: str) -> None:
    found = list(impurities((OFFICE / name).read_text(encoding="utf-8")))
    assert found != []
    assert [one for one in found if "rolls dice" not in one] == []


def test_pure_code_exists() -> None:
    assert len(pure_modules()) > 5
    assert {path.relative_to(OFFICE).parts[:2] for path in modules_of_layers()} >= {
        ("assessment", "queries"), ("assessment", "rules"), ("supply", "actions"),
        ("files", "actions.py"), ("courts", "rules"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "planted",
    [
        "from datetime import datetime\ndatetime.now()",
        "from datetime import date\nday = date.today()",
        "import os\nos.environ['LANG']",
        "import numpy\nnumpy.random.default_rng()",
        "from django.utils import timezone\nbefore(timezone.now())",
        "from django.utils.timezone import now\nbefore(now())",
        "from django.utils import timezone\ntimezone.localdate()",
        "import random\nrandom.random()",
        "import random\nrandom.Random()",
        "import secrets\nsecrets.choice(letters)",
        "from uuid import uuid4\nuuid4()",
    ],
)
def test_planted_impurity_is_found(planted: str) -> None:
    assert len(list(impurities(planted))) == 1


@pytest.mark.parametrize(
    "pure",
    [
        "numpy.random.default_rng(seed)",
        "random.Random(seed)",
        "timezone.localdate(moment)",
        "def carry_out(*, now):\n    end(now())",
    ],
)
def test_what_was_handed_over_is_pure(pure: str) -> None:
    assert list(impurities(pure)) == []

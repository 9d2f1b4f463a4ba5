"""`replay.py` as a reader runs it, and what it is made of."""

import ast
import json
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from steelyard.weighing import replay
from tests.weighing.replay.packages import LAST, fixed, leaf, points, write_csv

REPLAY = Path(replay.__file__)


def test_a_byte_order_mark_is_no_part_of_the_heading(package):
    weighed = package([leaf({"points": "a"})], {("U", "a"): "3"}, encoding="utf-8-sig")
    assert points(weighed, "A") == 3


@pytest.fixture
def run(package, tmp_path):
    """Runs the copy of `replay.py` beside a package of two units."""
    items = [
        {"code": "A", "points": 90, "title": {"zh": "办案", "en": "Cases"}},
        leaf({"points": "a / 3"}, "A1", 90, parent="A"),
        fixed("B", 10, 5, title="Work", not_applicable_if="a < 10"),
    ]
    units = [{"code": "U", "title": {"zh": "广州", "en": "Guangzhou"}}, {"code": "V"}]
    given = [{"code": "good", "at_least": 30}, LAST]
    package(items, {("U", "a"): "100", ("V", "a"): "9"}, units=units, grades=given)
    shutil.copy(REPLAY, tmp_path / "replay.py")

    def ask(*arguments, published=None):
        if published is not None:
            write_csv(tmp_path / "ranking.csv", ["rank", "unit", "score", "grade"], published)
        command = [sys.executable, "-I", "replay.py", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return ask


def test_the_ranking_is_printed_under_headings_in_two_languages(run):
    code, printed, wrong = run()
    assert (code, wrong) == (0, "")
    heading, first, second = printed.splitlines()
    assert heading.split("\t") == [
        "名次 rank",
        "单位 unit",
        "得分 score",
        "精确值 exact",
        "等级 grade",
    ]
    # 100/3 + 5 = 115/3; of 90 possible points 3, scaled to 100: 10/3
    assert first.split("\t") == ["1", "U 广州 Guangzhou", "38.33", "115/3", "good"]
    assert second.split("\t")[2:] == ["3.33", "10/3", "fail"]


def test_check_finds_the_published_ranking_the_same(run):
    same = [["1", "U", "115/3", "good"], ["2", "V", "10/3", "fail"]]
    code, printed, _ = run("--check", published=same)
    assert code == 0
    assert "一致" in printed


@pytest.mark.parametrize(
    "change",
    [
        ["2", "U", "115/3", "good"],
        ["1", "U", "38.33", "good"],
        ["1", "U", "115/3", "fail"],
        ["", "X"],
    ],
)
def test_check_lists_what_differs_and_exits_with_1(run, change):
    published = [([*change, "", ""])[:4], ["2", "V", "10/3", "fail"]]
    code, printed, wrong = run("--check", published=published)
    assert code == 1
    assert any(line.startswith("U ") for line in printed.splitlines())
    assert not any(line.startswith("V ") for line in printed.splitlines())
    assert "不一致" in wrong


def test_the_points_of_every_item_of_one_unit_are_printed(run):
    code, printed, _ = run("--unit", "V")
    lines = [line.strip() for line in printed.splitlines()]
    assert code == 0
    assert any(line.startswith("A 办案 Cases") and line.endswith("3 / 90") for line in lines)
    assert any(line.startswith("A1") and line.endswith("3 / 90") for line in lines)
    assert any(line.startswith("B Work") and "不适用" in line for line in lines)


@pytest.mark.parametrize("arguments", [["--help"], ["--unit", "nobody"], ["--chek"]])
def test_what_it_does_not_understand_is_answered_with_how_to_run_it(run, arguments):
    code, printed, wrong = run(*arguments)
    assert code != 0
    assert printed == ""
    assert "--check" in wrong


def test_it_keeps_to_300_lines_of_100_columns():
    lines = REPLAY.read_text(encoding="utf-8").splitlines()
    wide = {"W": 2, "F": 2}
    columns = [sum(wide.get(unicodedata.east_asian_width(c), 1) for c in line) for line in lines]
    assert len(lines) <= 300
    assert max(columns) <= 100


def test_it_imports_the_standard_library_alone_and_never_evaluates_text():
    tree = ast.parse(REPLAY.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    plain = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in plain | named} <= sys.stdlib_module_names
    called = {
        n.func.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert not called & {"eval", "exec", "compile", "__import__"}


def test_21_units_of_60_items_take_a_few_seconds(package):
    rule = {"ladder": "n{0}", "steps": [[">= all_mean(n{0})", 10], ["< all_mean(n{0})", "x / 2"]]}
    items = [leaf(json.loads(json.dumps(rule).replace("{0}", str(n))), f"I{n}") for n in range(60)]
    units = [f"U{n}" for n in range(21)]
    values = {(u, f"n{n}"): str((7 * i + n) % 13) for i, u in enumerate(units) for n in range(60)}
    weighed = package(items, values, units=units)
    began = time.perf_counter()
    replay.weigh(weighed)
    assert time.perf_counter() - began < 10

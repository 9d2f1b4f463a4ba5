"""What the check says stands on the pages of a draft in their words, not in those of a scheme file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from steelyard.assessment.rules.drafting import in_page_words, names_of, place_in_words
from steelyard.assessment.rules.drafting.naming import NAMES
from steelyard.kernel.bilingual import Text
from steelyard.scheme import checks, reading

SAMPLE = re.compile(r"[a-z_]+ = \S+|\{[^}]*\}|改为[a-z]+")


def sentences() -> Iterator[str]:
    """The Chinese of everything that the reader and the check of a scheme can say."""
    for package in (reading, checks):
        for path in Path(next(iter(package.__path__))).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "id", "") == "Text"
                    and node.args
                ):
                    yield _written(node.args[0])


def _written(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else "甲" for one in node.values
        )
    return str(node.value) if isinstance(node, ast.Constant) else ""


def test_no_sentence_of_the_check_keeps_the_name_of_a_field() -> None:
    every = list(sentences())
    assert len(every) > 100
    left = {
        (name, said)
        for said in every
        for name in re.findall("[a-z_]+", SAMPLE.sub("", in_page_words(Text(said, "")).zh))
        if name in NAMES
    }
    assert {name for name, _ in left} <= {"count", "growth"}, (
        left
    )  # types and functions of formulas


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("items[3].rule.steps[0]", "评分标准 各档 第1项", "rule steps no. 1"),
        ("grades[1].at_least", "等次 第2项 分数线", "grades no. 2 cut-off"),
        ("period", "考核期", "period"), ("items[0].never_heard", "never_heard", "never_heard"),
        ("items[0]", "", ""),
    ],
)  # fmt: skip
def test_the_place_of_a_fault_is_said_in_words(key: str, zh: str, en: str) -> None:
    assert place_in_words(key) == Text(zh, en)


def test_an_example_of_the_notation_stays_as_it_is() -> None:
    said = in_page_words(Text('请写rule，例如 rule = { points = "15 * rate" }', "write a rule"))
    assert said == Text('请写“评分标准”，例如 rule = { points = "15 * rate" }', "write a rule")


def test_names_are_listed_in_both_languages() -> None:
    assert names_of(["points", "rule"]) == Text("分值、评分标准", "points, rule")

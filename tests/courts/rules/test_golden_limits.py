"""The cases of ``tests/courts/cases/time_limits``, which a jurist reads without Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.courts.rules.counting import Excluded
from steelyard.courts.rules.time_limits import ForAPerson, Limit
from steelyard.kernel.bilingual import same
from tests.courts.china import days_off, limits

CASES = [
    (file.stem, case)
    for file in sorted((Path(__file__).parent.parent / "cases" / "time_limits").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
SHORT = {
    "最高人民法院关于适用〈民事诉讼法〉的解释": "民诉法解释",
    "最高人民法院关于适用〈行政诉讼法〉的解释": "行诉法解释",
    "最高人民法院关于技术调查官参与知识产权案件诉讼活动的若干规定": "技术调查官规定",
    "人民法院在线诉讼规则": "在线诉讼规则",
}


def named(case: Any) -> str:
    return f"{case[0]}-{case[1]['limit']}-{case[1]['start']}"


def short(article: str) -> str:
    for whole, part in SHORT.items():
        article = article.replace(whole, part)
    return article.replace("《", "").replace("》", "")


def answer(case: dict[str, Any]) -> Limit | ForAPerson:
    excluded = tuple(
        Excluded(one["from"], one["to"], same(one["why"])) for one in case.get("excluded", ())
    )
    return limits().limit(
        case["limit"],
        case["start"],
        days_off(),
        extended=case.get("extended", False),
        excluded=excluded,
    )


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_case_is_answered_as_the_jurist_wrote(case: tuple[str, dict[str, Any]]) -> None:
    _, written = case
    given = answer(written)
    assert short(given.article.zh) == written["article"]
    assert isinstance(given, ForAPerson) == written.get("person", False)
    if isinstance(given, Limit):
        assert given.last_day == written.get("last_day")
        assert given.provisional == written.get("provisional", False)


def test_every_case_names_its_limit_as_the_table_does() -> None:
    for _, case in CASES:
        assert case["name"] in {rule.title.zh for rule in limits().rules if rule.code == case["limit"]}


def test_there_are_many_cases_and_each_has_its_reason() -> None:
    assert len(CASES) >= 100
    assert all(case["reason"] and case["facts"] for _, case in CASES)


def test_every_limit_has_a_case() -> None:
    assert set(limits().codes()) == {case["limit"] for _, case in CASES}


def test_every_limit_that_changed_has_cases_on_both_sides() -> None:
    for code in limits().codes():
        rows = [rule for rule in limits().rules if rule.code == code]
        for rule in rows[1:]:
            starts = [case["start"] for _, case in CASES if case["limit"] == code]
            assert any(start < rule.starts for start in starts), code
            assert any(start >= rule.starts for start in starts), code

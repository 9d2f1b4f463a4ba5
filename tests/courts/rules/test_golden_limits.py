"""The cases of ``tests/courts/cases/time_limits``, which a jurist reads without Python."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.courts.rules.counting import Excluded, Length, Suspended
from steelyard.courts.rules.extensions import Granted
from steelyard.courts.rules.time_limits import ForAPerson, Limit
from steelyard.kernel.bilingual import same
from tests.courts.china import days_off, limits

CASES = [
    (file.stem, case)
    for file in sorted((Path(__file__).parent.parent / "cases" / "time_limits").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
ARTICLES = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "limit_articles" / "articles.yaml").read_text("utf-8")
)
SHORT = {
    "适用〈民事诉讼法〉的解释": "民诉法解释",
    "适用〈行政诉讼法〉的解释": "行诉法解释",
    "适用〈行政诉讼法〉若干问题的解释": "2015年行诉法解释",
    "适用〈民事诉讼法〉执行程序若干问题的解释": "执行程序解释",
    "适用〈民法总则〉诉讼时效制度若干问题的解释": "民法总则时效解释",
    "技术调查官参与知识产权案件诉讼活动的若干规定": "技术调查官规定",
    "人民法院在线诉讼规则": "在线诉讼规则",
    "严格执行案件审理期限制度的若干规定": "审限规定",
    "严格规范民商事案件延长审限和延期开庭问题的规定": "延长审限规定",
    "民事诉讼证据的若干规定": "民事证据规定",
    "以法院专递方式邮寄送达民事诉讼文书的若干规定": "法院专递规定",
    "涉港澳民商事案件司法文书送达问题若干规定": "涉港澳送达规定",
    "涉台民事诉讼文书送达的若干规定": "涉台送达规定",
    "人民法院办理执行异议和复议案件若干问题的规定": "执行异议复议规定",
    "人民法院办理财产保全案件若干问题的规定": "财产保全规定",
    "审查知识产权纠纷行为保全案件适用法律若干问题的规定": "行为保全规定",
    "人民法院对注册商标权进行财产保全的解释": "商标权保全解释",
    "审理专利纠纷案件适用法律问题的若干规定": "专利纠纷规定",
    "审理商标民事纠纷案件适用法律若干问题的解释": "商标民事解释",
    "审理著作权民事纠纷案件适用法律若干问题的解释": "著作权解释",
}


def named(case: Any) -> str:
    return f"{case[0]}-{case[1]['limit']}-{case[1]['start']}"


def short(article: str) -> str:
    article = article.removeprefix("《最高人民法院关于").removeprefix("《")
    for whole, part in SHORT.items():
        article = article.replace(whole, part)
    return article.replace("》", "")


def answer(case: dict[str, Any]) -> Limit | ForAPerson:
    stop = case.get("suspended")
    return limits().limit(
        case["limit"],
        case["start"],
        days_off(),
        granted=tuple(granted(one) for one in case.get("extended", ())),
        excluded=tuple(left_out(case["limit"], one) for one in case.get("excluded", ())),
        suspended=Suspended(stop["from"], same(stop["why"])) if stop else None,
    )


def granted(written: str) -> Granted:
    if written == "全部":
        return Granted()
    number, unit = written.split(" ")
    return Granted(Length(int(number), unit))  # type: ignore[arg-type]


def left_out(limit: str, written: dict[str, Any]) -> Excluded:
    """The ground as the jurist names it, found among those that the law lists for the limit."""
    rule = next(rule for rule in limits().rules if rule.code == limit)
    ground = next(
        key for key, said in rule.left_out.items() if said.title.zh.startswith(written["why"])
    )
    return limits().leave_out(limit, ground, written["from"], written["to"])


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
        assert case["name"] in {
            rule.title.zh for rule in limits().rules if rule.code == case["limit"]
        }


def test_there_are_many_cases_and_each_has_its_reason() -> None:
    assert len(CASES) >= 300
    assert all(case["reason"] and case["facts"] for _, case in CASES)


@pytest.mark.parametrize("written", ARTICLES, ids=lambda written: written["limit"])
def test_the_article_has_its_number_on_both_sides_of_every_renumbering(
    written: dict[str, Any],
) -> None:
    for day, number in written["articles"].items():
        rule = limits().rule_on(written["limit"], day)
        assert rule is not None
        assert short(rule.article_on(day).zh) == f"{written['law']}第{number}条"


def test_every_renumbering_is_written() -> None:
    written = {(one["limit"], day) for one in ARTICLES for day in one["articles"]}
    renumbered = {
        (rule.code, since)
        for rule in limits().rules
        for since, _ in rule.articles[1:]
        if rule.holds_on(since)
    }
    assert renumbered <= written


def test_every_limit_has_a_case() -> None:
    assert set(limits().codes()) == {case["limit"] for _, case in CASES}


def test_every_row_that_follows_another_has_cases_on_its_first_day_and_on_the_day_before() -> None:
    written = {(case["limit"], case["start"]) for _, case in CASES}
    changes = [
        (code, day)
        for code in limits().codes()
        for rule in [rule for rule in limits().rules if rule.code == code][1:]
        for day in (rule.starts, rule.starts - timedelta(days=1))
    ]
    assert [change for change in changes if change not in written] == []

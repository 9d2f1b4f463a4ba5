"""Every part and modifier of a rule, as a sentence in Chinese and in English."""

from __future__ import annotations

import re
from typing import Any

import pytest

from steelyard.kernel.bilingual import LANGS, Text
from steelyard.scheme.wording import item_in_words, rule_in_words, veto_in_words
from steelyard.scheme.wording.say_formula import formula_in_words
from steelyard.scheme.wording.say_grades import grade_in_words, grades_in_words
from steelyard.scheme.wording.say_item import group_in_words
from steelyard.scheme.wording.speech import Speech

NAMES = {
    "rate": Text("结案率", "Closing rate"),
    "closed": Text("结案数", "Cases closed"),
    "due": Text("受理数", "Cases due"),
    "late": Text("迟报", "Late reports"),
    "done": Text("按期完成", "Done in time"),
    "ledger": Text("有台账", "Ledger kept"),
    "shown": Text("制度已公示", "Rules shown"),
    "level": Text("级别", "Level"),
    "praise": Text("表扬", "Praise"),
    "A1": Text("办案", "Case work"),
}
UNITS = {"late": Text("次", "report"), "rate": Text("%", "%")}

RULES: list[tuple[Any, str, str]] = [
    ({"points": "full"}, "得满分。", "Full points."),
    ({"points": 1}, "得1分。", "1 point."),
    (
        {"points": "closed / due * full"},
        "得分＝结案数÷受理数×分值。",
        "Points = Cases closed ÷ Cases due × full points.",
    ),
    (
        {"points": "full", "when": "done"},
        "按期完成的得满分，否则不得分。",
        "Full points if Done in time, else no points.",
    ),
    (
        {"points": 5, "when": "not ledger", "otherwise": 2},
        "没有台账的得5分，否则得2分。",
        "5 points if not Ledger kept, else 2 points.",
    ),
    (
        {"ladder": "rate", "steps": [[">= 90%", 10], ["[80%, 90%)", "full"]], "otherwise": 0},
        "结案率≥90%得10分；80%≤结案率＜90%得满分；其余不得分。",
        "Closing rate at least 90%: 10 points; at least 80% and below 90%: full points; otherwise no points.",
    ),
    (
        {"ladder": "closed / due", "steps": [["(0, 5]", "x * 2"], ["= 0", 1]], "otherwise": 3},
        "按结案数÷受理数计分：＞0且≤5的，得分＝该值×2；＝0得1分；其余得3分。",
        "By Cases closed ÷ Cases due: above 0 and at most 5: points = the value × 2; exactly 0: 1 point; otherwise 3 points.",
    ),
    (
        {"ladder": "rate", "steps": [["> 5", 1], ["<= 5", 0]], "when": "ledger"},
        "有台账的，结案率＞5得1分；结案率≤5不得分；其余不得分。",
        "If Ledger kept: Closing rate above 5: 1 point; at most 5: no points; otherwise no points.",
    ),
    (
        {"table": "level", "rows": {"省级": 5, "市级": 3}, "otherwise": 0},
        "按级别计分：“省级”得5分，“市级”得3分；其余不得分。",
        "By Level: “省级” 5 points, “市级” 3 points; otherwise no points.",
    ),
    (
        {
            "matrix": ["rate", "late == 0"],
            "rows": [">= 80%", "< 80%"],
            "columns": ["= yes", "= no"],
            "cells": [[10, 5], [8, 0]],
        },
        "结案率≥80%且迟报为0得10分；结案率≥80%且迟报不为0得5分；结案率＜80%且迟报为0得8分；结案率＜80%且迟报不为0不得分。",
        "Closing rate at least 80% and Late reports is 0: 10 points; Closing rate at least 80% and Late reports is not 0: 5 points; Closing rate below 80% and Late reports is 0: 8 points; Closing rate below 80% and Late reports is not 0: no points.",
    ),
    (
        {"add": "late", "each": 3},
        "迟报每1次得3分。",
        "3 points for each report of Late reports.",
    ),
    (
        {"add": "praise", "each": 1, "per": 2, "at_most": 5},
        "表扬每2个得1分（不足2个的按比例计），最高得5分。",
        "1 point for each 2 of Praise (parts of a step in proportion), at most 5 points.",
    ),
    (
        {"add": "growth(closed, base_if_zero=1)", "each": 1, "per": "10%", "count": "full"},
        "结案数比上年每增长10个百分点得1分（上年为0的，以1计）（不足10个百分点的不计）。",
        "1 point for each 10 percentage points of growth of Cases closed on last year (a base of 0 counts as 1) (whole steps only).",
    ),
    (
        [{"points": "full"}, {"deduct": "late", "each": "0.5"}],
        "迟报每1次扣0.5分，扣完为止。",
        "0.5 points off for each report of Late reports, down to 0.",
    ),
    (
        [
            {"points": "full"},
            {"deduct": "90% - rate", "each": "0.5", "per": "1%", "count": "started"},
            {"deduct": "4 - late", "each": 1, "at_most": 2},
            {"deduct": 1, "each": 2, "when": "not shown"},
        ],
        "结案率低于90%的，每低1个百分点扣0.5分（不足1个百分点的按1个百分点计）；迟报少于4次的，每少1次扣1分，最多扣2分；制度未公示的扣2分，扣完为止。",
        "0.5 points off for each percentage point of Closing rate below 90% (a step begun counts whole); 1 point off for each report of Late reports below 4, at most 2 points off; 2 points off if not Rules shown, down to 0.",
    ),
    (
        [{"points": "full"}, {"deduct": "late", "each": 1}, {"add": "late - 6", "each": "0.2"}],
        "以满分为基础，迟报每1次扣1分；迟报超过6次的，每多1次加0.2分，扣完为止。",
        "From full points, 1 point off for each report of Late reports; plus 0.2 points for each report of Late reports above 6, down to 0.",
    ),
    (
        {"proportion": "closed", "target": "due"},
        "结案数达到受理数得满分，不足的按比例得分。",
        "Full points at Cases closed of Cases due, in proportion below.",
    ),
    (
        {"best": [{"points": 5, "when": "done"}, {"points": "rate * 10"}], "at_most": 8},
        "以下各项取最高者：①按期完成的得5分；②得分＝结案率×10，最高得8分。",
        "The best of: ①5 points if Done in time; ②points = Closing rate × 10, at most 8 points.",
    ),
    (
        {
            "first": [
                {"points": 5, "when": "done"},
                {"worst": [{"points": 1}, {"sum": [{"points": 2}]}]},
            ]
        },
        "依次适用，取第一个符合的：①按期完成的得5分；②以下各项取最低者：①得1分；②以下各项相加：①得2分。",
        "The first that holds of: ①5 points if Done in time; ②the lowest of: ①1 point; ②the sum of: ①2 points.",
    ),
    (
        {
            "for_each": "praise",
            "score": {"table": "level", "rows": {"省级": 5}},
            "once_per": "project",
            "where": "done",
            "keep": "highest",
        },
        "对“表扬”清单逐条计分，取最高的一条：按级别计分：“省级”得5分（仅计按期完成的）；同一project就高不重复计分。",
        "For each row of “Praise”, the highest: By Level: “省级” 5 points (only where Done in time); of rows alike in project only the best counts.",
    ),
    (
        {"for_each": "praise", "score": {"points": "mark"}, "keep": "trimmed_mean", "trim": 1},
        "对“表扬”清单逐条计分，去掉最高、最低各1个后取平均：得分＝mark。",
        "For each row of “Praise”, the mean without the 1 highest and lowest: points = mark.",
    ),
    (
        {
            "add": "late",
            "each": 1,
            "times": "1/2",
            "at_least": 1,
            "say": {"zh": "报送", "en": "Reporting"},
        },
        "报送：迟报每1次得1分，再乘以1/2，最低得1分。",
        "Reporting: 1 point for each report of Late reports, times 1/2, at least 1 point.",
    ),
]


@pytest.mark.parametrize(("rule", "chinese", "english"), RULES)
def test_a_rule_is_said_in_both_languages(rule: Any, chinese: str, english: str) -> None:
    assert rule_in_words(rule, NAMES, lang="zh", units=UNITS) == chinese
    assert rule_in_words(rule, NAMES, lang="en", units=UNITS) == english


FORMULAS = [
    ("(closed - late) / due", "（结案数－迟报）÷受理数", "(Cases closed − Late reports) ÷ Cases due"),
    ("80% <= rate < 90%", "80%≤结案率＜90%", "80% ≤ Closing rate < 90%"),
    ('level in ("a", "b") or not done', "级别为“a”或“b”或未按期完成", "Level is “a” or “b” or not Done in time"),
    ("done and (ledger or shown)", "按期完成且（有台账或制度已公示）", "Done in time and (Ledger kept or Rules shown)"),
    ("min(rate, 100%) if done else 0", "按期完成时为结案率、100%中的较小者，否则为0", "the lesser of Closing rate, 100% if Done in time, else 0"),
    ("all_max(rate)", "各单位结案率的最高值", "the highest Closing rate of all units"),
    ("group_mean(rate)", "同组单位结案率的平均值", "the mean of Closing rate of the group"),
    ("all_rank(-late)", "迟报由低到高的名次", "the rank by Late reports, lowest first"),
    ("last(rate)", "上年结案率", "last year's Closing rate"),
    ("last(rate, back=2)", "前2年结案率", "Closing rate 2 years before"),
    ("mean_of_last(rate, 3)", "前3年结案率的平均值", "the mean of Closing rate over the 3 years before"),
    ("count_of(praise, done)", "“表扬”的条数（仅计按期完成的）", "the number of “Praise” (only where Done in time)"),
    ("sum_of(praise, late, where=done)", "“表扬”中迟报的合计（仅计按期完成的）", "the sum of Late reports in “Praise” (only where Done in time)"),
    ('score("A1") + possible("A1")', "“办案”的得分＋“办案”的可得分", "the points of “Case work” + the possible points of “Case work”"),
    ('not known(rate) or not applies("A1")', "结案率无数据或“办案”不适用", "Closing rate is not known or “Case work” does not apply"),
    ('late <= date("2021-07-31")', "迟报≤2021年7月31日", "Late reports ≤ 2021-07-31"),
    ("round(rate, 2)", "结案率四舍五入（保留2位小数）", "Closing rate rounded (to 2 decimals)"),
    ("-rate * 2", "（－结案率）×2", "(−Closing rate) × 2"),
    ("at_least(2, done, ledger)", "下列至少2项成立：按期完成、有台账", "at least 2 of these hold: Done in time, Ledger kept"),
    ("not (a > 1)", "a≤1", "a ≤ 1"),
    ("what is this", "“what is this”", "“what is this”"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "chinese", "english"), FORMULAS)
def test_a_formula_is_said_in_both_languages(formula: str, chinese: str, english: str) -> None:
    assert formula_in_words(formula, Speech("zh", NAMES)) == chinese
    assert formula_in_words(formula, Speech("en", NAMES)) == english


def test_full_points_are_said_as_their_number_if_it_is_given() -> None:
    rule = {"points": "full", "when": "done"}
    assert rule_in_words(rule, NAMES, 5, "zh") == "按期完成的得5分，否则不得分。"


DOCUMENT = {
    "groups": {"core": {"zh": "珠三角", "en": "Core"}},
    "inputs": [
        {"code": "late", "title": {"zh": "月报：迟报", "en": "Monthly report: late"}},
        {"code": "cases", "title": {"zh": "案件数", "en": "Cases"}, "type": "count"},
    ],
    "grades": [
        {"code": "good", "title": {"zh": "优秀", "en": "Excellent"}, "at_least": 90, "quota": {"share": "15%"}},
        {"code": "fair", "title": {"zh": "合格", "en": "Pass"}, "above": 60, "requires": "cases > 0"},
        {"code": "fail", "title": {"zh": "不合格", "en": "Fail"}},
    ],
}  # fmt: skip
ITEM = {
    "code": "A",
    "title": {"zh": "月报", "en": "Monthly report"},
    "points": 5,
    "rule": [{"points": "full"}, {"deduct": "late", "each": 1}],
    "applies_to": ["core"],
    "not_applicable_if": "cases == 0",
    "zero_if": "cases > 100",
    "full_if": "late == 0",
    "cap": "none",
    "floor": 1,
    "on": {"no_base": "zero", "late": "ignore"},
}


def test_all_that_a_row_says_about_scoring_is_in_its_cell() -> None:
    assert item_in_words(ITEM, DOCUMENT, "zh") == (
        "迟报每1个扣1分。仅适用于珠三角。案件数为0的，不参与本项考核。案件数＞100的，本项不得分。"
        "迟报为0的，本项得满分。不设上限。本项最低得1分。无可比基数的不得分。逾期报送的，照常计分。"
    )
    assert item_in_words(ITEM, DOCUMENT, "en") == (
        "1 point off for each one of late. Only for Core. Not applicable if Cases is 0. "
        "The item gets no points if Cases > 100. The item gets full points if late is 0. "
        "No upper limit. The item gets at least 1 point. If there is no base to divide by: no points. "
        "If it is filed late: scored all the same."
    )


def test_how_a_group_joins_its_items_is_said_where_it_is_no_sum() -> None:
    group = {
        "code": "A",
        "title": "办案",
        "combine": "lowest",
        "not_applicable": "drop",
        "adjust": [{"deduct": "late", "each": 1}],
        "gap": {"points": 2, "note": "来源只列出8分"},
    }
    assert group_in_words(group, DOCUMENT, "zh") == (
        "取下级指标中最低的得分。下级指标不适用的，不计入得分和可得分。"
        "汇总后另计：月报：迟报每1个扣1分。来源分值与分项合计相差2分：来源只列出8分。"
    )
    assert group_in_words({"code": "A", "title": "办案"}, DOCUMENT, "zh") == ""


def test_grades_and_vetoes_are_said() -> None:
    assert grades_in_words(DOCUMENT, "zh") == (
        "90分（含）以上为“优秀”（名额不超过15%）；60分（不含）以上为“合格”（须案件数＞0）；其余为“不合格”。"
    )
    assert grades_in_words(DOCUMENT, "en") == (
        "“Excellent”: from 90 points (for at most 15% of the units); “Pass”: above 60 points "
        "(requires Cases > 0); “Fail”: all the rest."
    )
    veto = {"code": "v", "when": "cases == 0", "then": {"grade": "fail", "rank": "last"}}
    assert veto_in_words(veto, DOCUMENT, "zh") == (
        "案件数为0的，一票否决，评为“不合格”，排在末位。"
    )
    assert veto_in_words(veto, DOCUMENT, "en") == (
        "If Cases is 0: veto: graded “Fail”, ranked last."
    )


def test_a_sentence_of_grades_says_all_that_a_page_says_of_each() -> None:
    best = {
        "code": "a", "title": "优秀", "at_least": 90, "floors": {"*": "60%"}, "requires": "cases > 0",
        "quota": {"share": "15%", "ties": "in", "within": "group", "round": "up"},
    }  # fmt: skip
    for lang in LANGS:
        whole = grades_in_words({**DOCUMENT, "grades": [best]}, lang)
        for words in re.split("[；;] ?", grade_in_words(best, DOCUMENT, lang)):
            assert words in whole


def test_a_broken_rule_is_still_said_so_that_a_person_can_mend_it() -> None:
    assert rule_in_words({"what": 1}, {}) == "“{'what': 1}”。"
    assert rule_in_words({"ladder": "a b", "steps": "none"}, {}) == "按“a b”计分：。"

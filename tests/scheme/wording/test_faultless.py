"""One thing said twice is one figure: all points where nothing is amiss, so much off for each fault."""

from __future__ import annotations

import pytest

from steelyard.scheme.wording import rule_from_words

# words, the figure that is counted, its unit, how much each costs, what is listed
ALL_UNLESS = [
    ("材料齐全得10分，每缺1份扣1分。", "缺少数", "份", 1, "材料齐全"),
    ("资料完整的得10分，每少1项扣2分。", "缺少数", "项", 2, "资料完整"),
    ("案件办结率100%得10分，每有1件未办结扣1分。", "未办结", "件", 1, "案件办结率100%"),
    ("出警率100%得10分，每发生1次未出警扣2分。", "发生未出警", "次", 2, "出警率100%"),
    ("公示率100%得10分，每有1件未公示的扣0.5分", "未公示", "件", "0.5", "公示率100%"),
    ("行政复议纠错率为零得10分，每发生1件扣2分。", "行政复议纠错", "件", 2, "行政复议纠错率为零"),
    ("零投诉得10分，每有1起投诉扣2分。", "投诉", "起", 2, "零投诉"),
    ("数据准确无误得10分，每错1项扣1分。", "错", "项", 1, "数据准确无误"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "figure", "unit", "each", "base"), ALL_UNLESS)
def test_the_first_fault_costs_what_it_costs_and_not_all(
    words: str, figure: str, unit: str, each: object, base: str
) -> None:
    read = rule_from_words(words, 10, title="项目")
    (asked,) = read.inputs
    assert (asked.title, asked.unit) == (f"项目：{figure}", unit)
    assert read.rule == [{"points": "full"}, {"deduct": asked.code, "each": each}]
    assert f"“{base}”按一次也没有扣分的情形读" in read.readings[0].zh


def test_a_share_that_falls_is_counted_from_the_number() -> None:
    read = rule_from_words("罚没款到位率达95%得10分，每降5个百分点扣1分。", 10, title="项目")
    (asked,) = read.inputs
    assert asked.title == "项目：罚没款到位率"
    deducted = {"deduct": f"95% - {asked.code}", "each": 1, "per": "5%"}
    assert read.rule == [{"points": "full"}, deducted]


@pytest.mark.parametrize(
    "words",
    [
        "结案率100%得10分，每发生1起投诉扣1分",
        "按时足额拨付经费得10分，每少1个百分点扣1分",
        "罚没款到位率达95%得10分，每压减5个百分点扣1分。",
        "案件办结率100%得5分，每有1件未办结扣1分。",
        "案件办结率100%得10分，每有1件未办结扣1分，低于80%不得分。",
        "未发生舆情的得10分，发生的扣5分。",
        "建立机制得5分，建立台账得5分，发生的不得分。",
        "每发生1起扣2分，及时处置的扣1分。",
        "没有制度、没有台账的不得分，有的得10分。",
        "有投诉的不得分，没有的得10分。",
        "每报送1篇得1分，未被采用的不得分。",
    ],
)
def test_how_two_clauses_of_one_thing_join_is_left_to_a_person(words: str) -> None:
    read = rule_from_words(words, 10, title="项目")
    assert read.leftovers
    assert read.rule is None


# words, the one figure, its type, the rule
SAID_SHORT = [
    (
        "无重大侵权案件的得10分，发生的不得分。", "有重大侵权案件", "yes_no",
        {"points": 0, "when": "项目_有重大侵权案件", "otherwise": 10},
    ),
    (
        "未发生的得10分，发生1起及以上的不得分。", "发生", "count",
        {"ladder": "项目_发生", "steps": [["= 0", 10], [">= 1", 0]]},
    ),
    (
        "未发生侵权案件的得10分，发生1起的得5分，发生2起及以上的不得分。", "发生侵权案件", "count",
        {"ladder": "项目_发生侵权案件", "steps": [["= 0", 10], ["= 1", 5], [">= 2", 0]]},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("words", "figure", "kind", "rule"), SAID_SHORT)
def test_what_is_said_in_short_is_the_thing_named(
    words: str, figure: str, kind: str, rule: object
) -> None:
    read = rule_from_words(words, 10, title="项目")
    assert [(one.title, one.type) for one in read.inputs] == [(f"项目：{figure}", kind)]
    assert read.rule == rule
    assert "不另报" in read.readings[0].zh


@pytest.mark.parametrize(
    "words",
    [
        "结案率达到90%（不含上年旧存案件）得10分，否则不得分。",
        "开展培训得10分，未开展（含只开展线上培训）的不得分。",
        "非因客观原因未完成的不得分，完成的得10分。",
        "原则上每缺1次扣2分。",
        "按期完成得10分，逾期未完成的不得分",
        "每有1项未达标扣2分，全部未达标不得分。",
        "结案率90%以上得10分，其余每低1个百分点扣1分。",
        "结案率90%以上得10分，剩余案件每件扣1分。",
    ],
)
def test_an_exception_that_is_not_understood_is_for_a_person(words: str) -> None:
    assert rule_from_words(words, 10, title="项目").leftovers


@pytest.mark.parametrize(
    "words",
    ["结案率不低于90%得10分，不满足的不得分。", "每开展1次得2分，没有开展的不得分。"],
)
def test_what_the_number_says_already_is_not_asked_as_a_yes_or_no(words: str) -> None:
    read = rule_from_words(words, 10, title="项目")
    assert [one.type for one in read.inputs if one.type == "yes_no"] == []
    assert not read.beside
    assert any("由同一个数值说明" in one.zh for one in read.readings)


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("结案率达到90%（不含本数）的得10分，否则不得分。", "项目_结案率 > 90%"),
        ("结案率90%（含）以上的得10分，否则不得分。", "项目_结案率 >= 90%"),
        ("结案率90%（含90%）以上的得10分，否则不得分。", "项目_结案率 >= 90%"),
    ],
)
def test_whether_an_edge_belongs_is_still_read(words: str, condition: str) -> None:
    read = rule_from_words(words, 10, title="项目")
    assert read.rule == {"points": 10, "when": condition}


@pytest.mark.parametrize(
    "condition",
    ["没有建立台账或台账不完整", "未建立制度且未开展", "未建立台账或台账不完善"],
)
def test_a_denial_is_not_that_of_what_is_joined_to_it(condition: str) -> None:
    read = rule_from_words(f"{condition}的扣2分。", 10, title="项目")
    (asked,) = read.inputs
    assert asked.title == f"项目：{condition}"
    assert read.rule == [{"points": "full"}, {"deduct": 1, "each": 2, "when": asked.code}]

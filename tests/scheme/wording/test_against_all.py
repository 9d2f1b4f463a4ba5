"""A unit against all others: its rank, the mean, the best; in words, and back from our own words."""

from __future__ import annotations

from typing import Any

import pytest

from steelyard.kernel.bilingual import LANGS, Text
from steelyard.scheme.wording import rule_from_words, rule_in_words

NAMES = {
    "cases": Text("行政案件数", "Cases"),
    "in_time": Text("审限内结案率", "Closed in time"),
    "settled": Text("服判息诉率", "Settled"),
}
BY_RANK = {
    "ladder": "all_rank(cases)", "steps": [["<= 5", 6], ["(5, 10]", 4], ["(10, 15]", 2]], "otherwise": 1,
}  # fmt: skip
BELOW_THE_MEAN = [
    {"points": "full"}, {"deduct": "all_mean(in_time) - in_time", "each": "0.5", "per": "1%"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("行政案件数，全省排名第1—5名的得6分，第6—10名的得4分，第11—15名的得2分，其余得1分。", BY_RANK),
        ("按行政案件数在全省排名计分：第1至5名得6分，第6至10名得4分，第11至15名得2分，其余得1分", BY_RANK),
        ("行政案件数在各市排名前5名的得6分，第6至第10名的得4分，第11至第15名的得2分，其余得1分", BY_RANK),
        ("以全省平均值为基准，审限内结案率达到或者超过全省平均值的得6分；低于平均值的，每低1个百分点扣0.5分，扣完为止。", BELOW_THE_MEAN),
        ("审限内结案率达到全省平均值的得满分，每低1个百分点扣0.5分，扣完为止", BELOW_THE_MEAN),
        ("审限内结案率低于各市平均值的，每低1个百分点扣0.5分，扣完为止", BELOW_THE_MEAN),
        ("得分=（本市服判息诉率÷全省最高值）×6。", {"points": "(settled / all_max(settled)) * 6"}),
        ("得分=服判息诉率÷各市服判息诉率最高值×分值", {"points": "settled / all_max(settled) * full"}),
        ("得分=服判息诉率÷全省平均值×5", {"points": "settled / all_mean(settled) * 5"}),
    ],
)  # fmt: skip
def test_what_compares_all_units_is_computed(words: str, rule: Any) -> None:
    read = rule_from_words(words, 6, title="某项工作", names=NAMES)
    assert (read.leftovers, read.rule, read.inputs) == ((), rule, ())
    if "all_max" not in str(rule):
        assert [one for one in read.readings if "由系统" in one.zh]


def test_a_table_s_own_words_need_one_figure_and_no_rank_or_mean_of_it() -> None:
    words = "每百万人口查处案件数，全省排名第1—5名的得6分，第6—10名的得4分，其余得1分"
    read = rule_from_words(words, 6, title="每百万人口查处案件数")
    assert [one.title for one in read.inputs] == ["每百万人口查处案件数"]
    assert read.rule == {
        "ladder": "all_rank(每百万人口查处案件数)", "steps": [["<= 5", 6], ["(5, 10]", 4]], "otherwise": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "行政案件数，全国排名第1—5名的得6分，第6—10名的得4分",
        "平均办理天数，全省排名第1—5名的得6分，第6—10名的得4分",
        "投诉数，全省排名第1—5名的得6分，第6—10名的得4分",
        "行政案件数，全省排名第1—5名的得6分，第7—10名的得4分，其余不得分",
        "行政案件数，全省排名第1—5名的得6分，第5—10名的得4分，其余不得分",
        "审限内结案率达到全省平均值的得3分，每低1个百分点扣0.5分",
        "审限内结案率达到全省平均值的得6分，每高1个百分点加0.5分",
        "达到全省平均值的得6分",
        "审限内结案率低于全省平均值的得3分",
        "得分=服判息诉率÷全国最高值×5",
    ],
)
def test_what_is_of_others_or_half_said_is_left_to_a_person(words: str) -> None:
    """The mean of the country is not that of the units; of days the fewest may be the first."""
    read = rule_from_words(words, 6, title="某项工作", names=NAMES)
    assert (read.rule, bool(read.leftovers)) == (None, True)


def test_a_mean_of_others_is_never_taken_for_that_of_the_units() -> None:
    words = "审限内结案率低于全国平均值的，每低1个百分点扣0.5分"
    read = rule_from_words(words, 6, title="某项工作", names=NAMES)
    assert "all_mean" not in str(read.rule)


@pytest.mark.parametrize("rule", [
    BY_RANK,
    {"ladder": "all_rank(cases)", "steps": [["<= 1", 6], ["(1, 3]", 4], ["> 3", 1]]},
    BELOW_THE_MEAN,
    {"points": "5 * settled / all_max(settled)"},
])  # fmt: skip
def test_our_own_words_are_read_as_that_rule(rule: Any) -> None:
    words = rule_in_words(rule, NAMES, lang="zh")
    read = rule_from_words(words, 6, title="某项工作", names=NAMES)
    assert (read.leftovers, read.rule, read.inputs) == ((), rule, ())


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (
            BY_RANK,
            "按行政案件数在各单位中的名次计分：第1—5名得6分；第6—10名得4分；第11—15名得2分；其余得1分。",
            "By the rank by Cases of all units: places 1–5: 6 points; places 6–10: 4 points; places 11–15: 2 points; "
            "otherwise 1 point.",
        ),
        (
            BELOW_THE_MEAN,
            "审限内结案率低于各单位平均值的，每低1个百分点扣0.5分，扣完为止。",
            "0.5 points off for each percentage point of Closed in time below the mean of all units, down to 0.",
        ),
    ],
)  # fmt: skip
def test_they_are_said_as_an_office_says_them(rule: Any, zh: str, en: str) -> None:
    assert [rule_in_words(rule, NAMES, lang=lang) for lang in LANGS] == [zh, en]

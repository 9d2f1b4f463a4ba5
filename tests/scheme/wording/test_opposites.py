"""A thing and its opposite are one yes or no: asked as two, they could contradict each other."""

from __future__ import annotations

import pytest

from steelyard.kernel.bilingual import Text
from steelyard.scheme.wording import rule_from_words

# title, words, the one thing that is asked, a part of what is listed
ONE_THING = [
    ("方案", "制定方案得5分，未制定的不得分", "制定方案", "“未制定”按未“制定方案”读"),
    ("机制", "建立工作机制的得5分，未建立不得分", "建立工作机制", "“未建立”按未“建立工作机制”读"),
    ("方案", "制定方案得5分，未制定的，本项不得分", "制定方案", "“未制定”按未“制定方案”读"),
    ("处置", "及时处置的得5分，处置不及时的不得分", "及时处置", "不“处置及时”按未“及时处置”读"),
    ("专利", "较上年增长的得5分，下降的不得分", "专利：较上年增长", "“下降”按“较上年增长”为“否”读"),
    ("专利", "较上年增长的得5分；下降的，本项不得分", "专利：较上年增长", "持平没有写，按不得分"),
    (
        "满意度",
        "同比上升得5分，同比下降不得分",
        "满意度：同比上升",
        "“同比下降”按“同比上升”为“否”读",
    ),
]


@pytest.mark.parametrize(("title", "words", "asked", "listed"), ONE_THING)
def test_a_thing_and_its_opposite_are_one_figure_and_listed(
    title: str, words: str, asked: str, listed: str
) -> None:
    read = rule_from_words(words, 5, title=title)
    assert [(one.title, one.type) for one in read.inputs] == [(asked, "yes_no")]
    (said,) = read.readings
    assert listed in said.zh


@pytest.mark.parametrize(
    "words",
    [
        "按时报送得5分，未报送的不得分", "召开会议的得5分，未召开的扣3分",
        "建立机制得3分，建立台账得2分，未建立的不得分",
    ],
)  # fmt: skip
def test_what_may_be_one_thing_or_two_is_listed(words: str) -> None:
    read = rule_from_words(words, 5, title="工作")
    assert len(read.inputs) > 1
    assert any("如是一件事，请写成一样的" in one.zh for one in read.readings)


def test_a_decline_that_takes_all_from_an_item_of_several_things_stays() -> None:
    read = rule_from_words(
        "专利较上年增长得3分，完成培训得2分；下降的，本项不得分", 5, title="专利"
    )
    assert len(read.inputs) == 3
    assert "zero_if" in read.beside
    assert "不能都为“是”" in read.readings[0].zh


def test_points_off_for_a_decline_beside_points_for_growth_are_listed() -> None:
    words = "案件数较上年增长的得5分，案件数下降的扣2分"
    read = rule_from_words(words, 5, title="案件")
    assert "“案件数下降”与“案件数较上年增长”分别报送，不能都为“是”" in [
        one.zh for one in read.readings
    ]


def test_the_opposite_of_a_figure_that_is_there_is_that_figure() -> None:
    names = {"plan": Text("制定方案", "a plan")}
    read = rule_from_words("制定方案得5分，未制定的不得分", 5, title="方案", names=names)
    assert (read.rule, read.inputs) == ({"points": 5, "when": "plan"}, ())
    assert "“制定方案”" in read.readings[0].zh

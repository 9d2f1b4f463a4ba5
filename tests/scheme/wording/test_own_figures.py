"""A rule that is worded anew goes on reading the item's own figure, or it is said that it does not."""

from __future__ import annotations

from typing import Any

import pytest

from steelyard.scheme.wording import rule_from_words
from steelyard.scheme.wording.own_figures import own_figures

SCHEME: dict[str, Any] = {
    "inputs": [
        {
            "code": "disputes", "title": {"zh": "专利纠纷受理数", "en": "disputes taken on"}, "type": "count",
            "unit_of_measure": {"zh": "件", "en": "cases"}, "records": "SELECT …", "tally": "count",
        },
        {"code": "closed", "title": {"zh": "结案数", "en": "closed"}, "type": "count", "records": "SELECT …"},
        {"code": "days", "title": {"zh": "办理天数", "en": "days"}, "unit_of_measure": {"zh": "天", "en": "days"}},
        {"code": "rate", "title": {"zh": "按期结案率", "en": "closed in time"}, "type": "share", "records": "SELECT …"},
    ],
    "quantities": [{"code": "share", "title": {"zh": "结案比", "en": "share closed"}, "formula": "closed / disputes"}],
}  # fmt: skip

# rule so far, title, words, the name that the new rule reads
MEANT = [
    ({"points": "disputes"}, "专利纠纷", "达到4次得满分，每少1次扣2分", "disputes"),
    ({"points": "disputes"}, "专利纠纷", "每件得2分", "disputes"),
    (
        {"points": "disputes"},
        "专利纠纷",
        "受理4件以上得10分，1件以上不足4件得5分，不足1件不得分",
        "disputes",
    ),
    ({"points": "rate * 10"}, "结案", "90%以上得10分，80%以上不足90%得5分，不足80%不得分", "rate"),
    ({"points": "share * 10"}, "结案率", "90%以上得满分，每低1个百分点扣1分", "share"),
    ({"points": "days"}, "办理时限", "不超过90天得满分，每超过10天扣1分，不足10天的不计", "days"),
]


@pytest.mark.parametrize(("rule", "title", "words", "code"), MEANT)
def test_words_that_name_no_figure_mean_the_items_own_and_that_is_listed(
    rule: object, title: str, words: str, code: str
) -> None:
    read = rule_from_words(words, 10, title=title, own=own_figures(rule, SCHEME))
    assert (read.leftovers, read.inputs) == ((), ())
    assert code in str(read.rule)
    assert any("按本项原来使用的数据项" in one.zh for one in read.readings)


def test_points_that_a_person_gives_stay_those_of_the_item_and_are_no_number_of_things() -> None:
    judged = {"code": "marks", "title": {"zh": "方案评定分", "en": "marks"}, "judged": True}
    own = own_figures({"points": "marks"}, {"inputs": [judged]})
    read = rule_from_words("由评审组评分，最高10分", 10, title="方案", own=own)
    assert (read.inputs, "marks" in str(read.rule)) == ((), True)
    counted = rule_from_words("达到4次得满分，每少1次扣2分", 10, title="方案", own=own)
    assert [one.is_judged for one in counted.inputs] == [False]
    assert any("“方案评定分”不再使用" in one.zh for one in counted.readings)


# rule so far, words, what they are about instead
INSTEAD = [
    ({"points": "disputes"}, "平均办理期限不超过90天得满分，每超过10天扣1分，不足10天的不计", "平均办理期限"),
    ({"points": "disputes"}, "90%以上得10分，80%以上不足90%得5分，不足80%不得分", "专利纠纷"),
    ({"points": "disputes"}, "第1名得10分，第2名得8分，其余不得分", "专利纠纷"),
    ({"points": "closed / disputes * 10"}, "90%以上得10分，80%以上不足90%得5分，不足80%不得分", "专利纠纷"),
    ({"points": "disputes - closed"}, "达到4件得满分，每少1件扣2分", "专利纠纷"),
    ({"points": "disputes"}, "按时报送得10分，未按时报送的不得分", "按时报送"),
    ({"points": "disputes"}, "由评审组评分", "评定分"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "words", "about"), INSTEAD)
def test_a_figure_that_takes_the_place_of_the_items_own_is_listed(
    rule: object, words: str, about: str
) -> None:
    own = own_figures(rule, SCHEME)
    read = rule_from_words(words, 10, title="专利纠纷", own=own)
    (made,) = read.inputs
    assert about in made.title
    (said,) = [one for one in read.readings if "不再使用" in one.zh]
    assert f"“{made.title}”" in said.zh
    assert "由记录计算" in said.zh
    assert own[0].title.zh in said.zh
    assert own[0].title.en in said.en


def test_a_figure_that_the_words_name_is_meant_and_nothing_is_to_be_confirmed() -> None:
    names = {"disputes": own_figures({"points": "disputes"}, SCHEME)[0].title}
    own = own_figures({"points": "closed"}, SCHEME)
    read = rule_from_words(
        "专利纠纷受理数达到4件得满分，每少1件扣2分", 10, title="专利纠纷", names=names, own=own
    )
    assert "disputes" in str(read.rule)
    assert read.readings == ()

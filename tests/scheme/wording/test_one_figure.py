"""A number that earns the points, and what is taken for each step away from it, are one figure.

Asked as two, 办理天数 and 超出数 could contradict each other, and a unit that misses the number by a
little would lose everything. Each line is worded as an office words it, with the points that it means.
"""

from __future__ import annotations

from typing import Any

import pytest

from steelyard.kernel.exact import exact
from steelyard.scheme.wording import rule_from_words
from tests.builders import JIANGMEN, item, weighed

# title, full points, words, the points of several values
ONE_FIGURE: list[tuple[str, int, str, dict[str, str]]] = [
    # what is over, in whole steps
    *(
        ("平均办理天数", 10, words, {"80": "10", "90": "10", "99": "10", "100": "9", "115": "8", "200": "0"})
        for words in (
            "平均办理天数不超过90天的得满分，每超过10天扣1分，不足10天的不扣分，扣完为止。",
            "平均办理天数不超过90天的得满分，每超过10天扣1分，不足10天的不扣，扣完为止。",
            "不超过90天的得满分，每超10天扣1分（不足10天的不计），扣完为止。",
            "90天以内的得满分，每超过10天扣1分；不足10天的不扣分。",
            "90天（含）以内得满分，每超出10天扣1分。不足10天的部分不计算。",
            "90天以内得10分，每多10天扣1分，不足十天的不计。",
            "90天以下得满分，超出部分每10天扣1分，不足10天的不扣分。",
            "不高于90天得满分，超过的每10天扣1分，不足10日的不扣分。",
            "九十天以内得满分，超过90天的，每超10天扣1分，不足10天不扣分。",
            "90天以内得满分，每逾期10天扣1分，不足10天的不扣分。",
            "90天以内得满分，每延长10天扣1分，不足10天的不扣分。",
        )
    ),
    # the last begun step counts whole
    *(
        ("平均办理天数", 10, words, {"90": "10", "91": "9", "100": "9", "101": "8"})
        for words in (
            "不超过90天的得满分，每超过10天扣1分，不足10天的按10天计。",
            "90天以内得满分，每超出10天扣1分（不足10天按10天计算），扣完为止。",
            "90天以内得满分，超出部分每10天扣1分，不足10天的按10天计。",
            "90天以内得满分，每超过10天扣1分；不满10天的以10天计。",
        )
    ),
    # in proportion
    *(
        ("平均办理天数", 10, words, {"90": "10", "95": "9.5", "110": "8"})
        for words in (
            "不超过90天的得满分，每超过10天扣1分，不足10天的按比例扣分。",
            "90天以内得满分，每超10天扣1分（不足10天的按比例计）。",
        )
    ),
    ("平均办理天数", 10, "90天以内得满分，每超1天扣0.1分，扣完为止。", {"90": "10", "95": "9.5", "190": "0"}),
    ("平均办理天数", 10, "不超过90天得满分，每超过10天扣1分，超过180天不得分。", {"90": "10", "180": "1", "181": "0"}),
    ("投诉", 10, "不超过3件不扣分，每超1件扣2分。", {"3": "10", "4": "8", "8": "0", "9": "0"}),
    ("投诉", 10, "投诉3件以内得满分，每多1件扣2分，6件以上不得分。", {"3": "10", "5": "6", "6": "0"}),
    # what is short, in things that come whole
    *(
        ("信息报送", 10, words, {"12": "10", "10": "10", "8": "8", "0": "0"})
        for words in (
            "不少于10次得满分，每少报1次扣1分。",
            "全年报送不少于10次的得满分，每少报1次扣1分，扣完为止。",
            "报送10次得满分，少报1次扣1分。",
            "10次以上得满分，每缺报1次扣1分。",
            "达到10次得满分，每缺少1次扣1分。",
            "达到10次得满分，每差一次扣1分。",
            "不少于10次得满分，少于10次的，每少1次扣1分。",
            "不少于10次得满分，不足10次的，每少1次扣1分。",
            "不少于10次得满分，不足的每少1次扣1分。",
            "不少于10次得满分，未达到的每少1次扣1分。",
            "不少于10次得满分，否则每少1次扣1分。",
            "不少于10次得满分，缺1次扣1分。",
            "每年报送不少于10次，每少报1次扣1分。",
            "全年报送10次，每少1次扣1分，扣完为止。",
            "全年报送10次，每少报1次扣1分，扣完为止。",
        )
    ),
    *(
        ("联席会议", 8, words, {"5": "8", "4": "8", "3": "6", "2": "4", "0": "0"})
        for words in (
            "达到4次得满分，少1次扣2分，扣完为止。",
            "达到4次得满分，每少1次扣2分。",
            "达到4次得满分，每少开1次扣2分，扣完为止。",
            "召开4次以上得8分，每少开一次扣两分。",
            "达到4次得满分，每少召开一次会议扣2分，扣完为止。",
            "召开会议4次得满分，每少1次扣2分。",
            "召开会议4次，每少1次扣2分，扣完为止。",
            "全年召开4次，每少1次扣2分，扣完为止。",
            "全年应召开会议4次，每少召开1次扣2分。",
            "每年至少召开会议4次，每少1次扣2分。",
        )
    ),
    ("联席会议", 6, "全年召开4次，每少1次扣1.5分，扣完为止", {"4": "6", "3": "4.5", "0": "0"}),
    ("培训", 5, "全年开展培训4次，培训每少1次扣1分。", {"4": "5", "2": "3"}),
    ("通报", 6, "全年发生2次，每多1次扣1分。", {"1": "6", "2": "6", "4": "4"}),
    ("信息报送不少于10次", 10, "每少报1次扣1分", {"10": "10", "7": "7"}),
    ("联席会议", 4, "召开3次以上得4分，每少1次扣1分，不足1次不得分", {"3": "4", "1": "2", "0": "0"}),
    # shares
    *(
        ("结案率", 10, words, {"95%": "10", "90%": "10", "89.5%": "10", "89%": "9.5", "87.2%": "9"})
        for words in (
            "达到90%得满分，每低1个百分点扣0.5分，不足1个百分点的不扣分。",
            "达到90%以上得满分，每降低1个百分点扣0.5分（不足1个百分点的不计）。",
            "不低于90%得满分，低1个百分点扣0.5分，不足1%的不计。",
            "≥90%得10分，每低于1个百分点扣0.5分；不足1个百分点的不扣分。",
        )
    ),
    ("结案率", 10, "达到90%得满分，每低5个百分点扣1分，不足5个百分点的按5个百分点计", {"90%": "10", "89%": "9", "84%": "8"}),
    ("结案率", 10, "达到90%得满分，每低1个百分点扣0.5分，不足60%不得分", {"80%": "5", "60%": "0", "59%": "0"}),
    ("结案率", 10, "不低于90%不扣分，每低1个百分点扣0.5分", {"91%": "10", "88%": "9"}),
    # what is over adds, and what is short earns nothing unless it is said
    ("信息报送", 10, "不少于10次得8分，每多1次加0.5分，最多加2分", {"9": "0", "10": "8", "12": "9", "20": "10"}),
    # the number says its opposite, too
    *(
        ("专利", 5, words, {"12%": "5", "10%": "5", "3%": "3", "0%": "3", "-5%": "0"})
        for words in (
            "较上年增长10%以上得5分，0以上不足10%得3分，下降的不得分",
            "同比增长10%以上得5分，0以上不足10%得3分，同比下降的不得分。",
            "较上年增长10%以上得5分；0以上不足10%得3分；较上年下降的，本项不得分。",
            "增长10%及以上得5分，0（含）至10%得3分，出现下降的不得分",
        )
    ),
    *(
        ("专利", 5, words, {"10%": "5", "3%": "3", "0%": "0", "-5%": "0"})
        for words in (
            "增长10%以上得5分，大于0不足10%得3分，持平或下降的不得分",
            "增长10%以上得5分，大于0不足10%得3分，未增长的不得分",
        )
    ),
    ("专利", 5, "增长10%以上得5分，大于0不足10%得3分，持平得1分，下降不得分", {"3%": "3", "0%": "1", "-1%": "0"}),
    *(
        ("报送", 5, words, {"0": "5", "1": "4", "3": "2", "9": "0"})
        for words in (
            "按时报送得5分，每迟报1次扣1分",
            "按时报送得满分，迟报1次扣1分，扣完为止",
            "按时报送的得满分，逾期报送的每次扣1分",
            "按期报送得5分；每有1次未按期报送扣1分",
            "无迟报的得5分，每迟报1次扣1分",
            "全部报送得5分，每有1次未报送扣1分",
        )
    ),
    *(
        ("投诉", 5, words, {"0": "5", "1": "3", "2": "1", "3": "0"})
        for words in (
            "无投诉的得满分，每发生1起投诉扣2分",
            "全年无投诉的得5分，每有1起投诉扣2分",
            "未发生投诉得5分，每发生1起扣2分",
            "全年无投诉事件的得满分，每发生1起投诉事件扣2分",
        )
    ),
    # steps that only take points
    ("报送", 5, "逾期不足3天的不扣分，3天以上扣1分", {"2": "5", "3": "4"}),
    ("报送", 5, "逾期3天以内不扣分，超过3天扣2分", {"3": "5", "4": "3"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "full", "words", "points"), ONE_FIGURE)
def test_a_number_and_the_steps_from_it_are_one_figure(
    title: str, full: int, words: str, points: dict[str, str]
) -> None:
    read = rule_from_words(words, full, title=title)
    assert read.leftovers == ()
    (figure,) = read.inputs
    got = {value: _points(read.rule, read.beside, full, figure.code, value) for value in points}
    assert got == {value: exact(expected) for value, expected in points.items()}


def _points(rule: Any, beside: Any, full: int, code: str, value: str) -> object:
    gap = {"points": full, "note": "-"}
    result = weighed(
        {"jm": {code: exact(value)}}, units=[JIANGMEN], items=[item("A", full, rule, gap=gap, **beside)]
    )  # fmt: skip
    return result.items["A"]["jm"].points


JOINED, PARTS, UNITS = "分档得分与按差额扣分怎样合用", "怎样合用", "计量单位"

# title, words, a part of the reason
LEFT_TO_A_PERSON = [
    ("平均办理天数", "不超过90天的得满分，每超过10天扣1分，不足5天的不扣分", PARTS),
    ("平均办理天数", "不超过90天的得满分，每超过10天扣1分，不足10天的按5天计", PARTS),
    ("平均办理天数", "不超过90天的得满分，每超过10天扣1分，不足10天的扣0.5分", JOINED),
    ("平均办理天数", "不超过90天的得满分，每超过10天扣1分，不足10天不得分", PARTS),
    ("平均办理天数", "不超过3个月得满分，每超过10天扣1分", UNITS),
    ("平均办理天数", "90天以内的得满分，每超过1个工作日扣1分", UNITS),
    ("平均办理天数", "90天以内得满分，每少1天扣1分", JOINED),
    ("平均办理天数", "60天至90天得满分，每超过10天扣1分，每少10天扣1分", "哪一个数"),
    ("投诉", "不超过3件得满分，每发生1件扣2分", JOINED),
    ("信息报送", "不少于10次得满分，每多1次扣1分", JOINED),
    ("信息报送", "不少于10次得满分，每少1篇扣1分", UNITS),
    ("信息报送", "不少于10次得满分，每少报1篇扣1分", "怎样合用"),
    ("信息报送", "报送10次得满分，每少1篇扣1分", UNITS),
    ("信息报送", "10次以上得10分，5次以上得5分，每少1次扣1分", JOINED),
    ("联席会议", "召开会议不少于4次得满分，每少报1次扣1分", "是不是一件事"),
    ("联席会议", "4次得满分，3次得4分，每少1次扣1分", JOINED),
    ("联席会议", "会议达到4次得6分，每少1次扣1分；培训达到2次得4分，每少1次扣1分", JOINED),
    ("联席会议", "会议不少于4次，培训不少于2次，每少1次扣1分", "从哪一个数算起"),
    ("联席会议", "召开会议4次，开展培训2次，每少1次扣1分", "从哪一个数算起"),
    ("培训", "开展培训4次，每迟到1次扣1分", "合用"),
    ("结案率", "达到90%得满分，每低5个百分点扣1分，不足5个百分点的按1个百分点计", PARTS),
    ("结案率", "达到90%得满分，每低1个百分点扣0.5分，低于90%不得分", JOINED),
    ("结案率", "达到90%得满分，低于80%的每低1个百分点扣0.5分", JOINED),
    ("结案率", "≥90%得10分，80%（含）—90%得8分，低于80%的每低1个百分点扣1分", JOINED),
    ("结案率", "≥90%得10分，低于90%扣2分", "从多少分扣起"),
    ("专利", "同比增长10%以上得10分，下降的不得分", "0%与10%之间没有说"),
    ("专利", "增长10%以上得10分，0以上不足10%得3分，下降的扣2分", "从多少分扣起"),
    ("联席会议", "每年至少召开1次，每多1次加1分", "达到所写的数得多少分"),
    ("联席会议", "会议不少于4次，每多1次加1分", "达到所写的数得多少分"),
    ("报送", "按时报送得4分，内容完整得6分，每迟报1次扣1分", "说的是一件事"),
]


@pytest.mark.parametrize(("title", "words", "why"), LEFT_TO_A_PERSON)
def test_clauses_that_do_not_fit_together_are_left_to_a_person(
    title: str, words: str, why: str
) -> None:
    read = rule_from_words(words, 10, title=title)
    assert (read.rule, read.inputs) == (None, ())
    assert why in read.leftovers[0].why.zh


def test_what_is_read_as_a_difference_is_listed() -> None:
    read = rule_from_words("不少于10次得满分，每少报1次扣1分", 10, title="信息报送")
    assert [one.zh for one in read.readings] == ["“少报”按与前面所写数的差额读：只报实际数"]
    late = rule_from_words("按时报送得5分，每迟报1次扣1分", 5, title="报送")
    assert [one.zh for one in late.readings] == ["“按时报送”按一次也没有扣分的情形读，只报次数"]
    bare = rule_from_words("全年召开4次，每少1次扣1.5分", 6, title="联席会议")
    assert [one.zh for one in bare.readings] == [
        "“全年召开4次”按“达到4次”读：只报实际数，与4次相比"
    ]


def test_what_lacks_of_another_thing_stays_a_figure_of_its_own() -> None:
    read = rule_from_words("会议不少于4次得10分，每少报1份材料扣1分", 10, title="机制")
    assert len(read.inputs) == 2


def test_a_thing_to_do_and_what_lacks_in_it_stay_two_figures() -> None:
    read = rule_from_words("建立台账得5分，每缺1项扣1分", 5, title="台账")
    assert [one.type for one in read.inputs] == ["yes_no", "count"]


def test_each_step_counts_from_the_number_in_its_own_sentence() -> None:
    words = "会议不少于4次，每少1次扣1分；培训不少于2次，每少1次扣0.5分"
    read = rule_from_words(words, 10, title="联席会议")
    assert [part.get("deduct") for part in read.rule] == [
        None, "4 - 联席会议", "2 - 联席会议_培训",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "title", "steps"),
    [
        ("党委常委会专题研究工作2次及以上的，得4分；1次的，得2分；没有研究的，不得分。", "专题研究", [[">= 2", 4], ["= 1", 2]]),
        ("召开2次及以上的得4分；1次的得2分；未召开的不得分", "会议", [[">= 2", 4], ["= 1", 2]]),
        ("查办案件3件以上的得4分，没有查办的不得分", "办案", [[">= 3", 4]]),
        ("未超过60天的得4分，超过的不得分", "办理天数", [["<= 60", 4]]),
        ("达到80%的得4分，未达到的不得分", "结案率", [[">= 80%", 4]]),
    ],
)  # fmt: skip
def test_what_was_never_done_is_said_by_its_number(
    words: str, title: str, steps: list[object]
) -> None:
    """A yes or no besides could contradict it: three times, and never."""
    read = rule_from_words(words, 4, title=title)
    assert read.leftovers == ()
    assert isinstance(read.rule, dict)
    assert (read.rule["steps"], read.rule["otherwise"], dict(read.beside)) == (steps, 0, {})
    assert len(read.inputs) == 1
    assert [one for one in read.readings if "同一个数值" in one.zh]


def test_another_thing_that_was_not_done_is_asked_besides() -> None:
    read = rule_from_words("召开2次以上的得4分；没有方案的不得分", 4, title="会议")
    assert [one.type for one in read.inputs] == ["yes_no", "count"]
    assert list(read.beside) == ["zero_if"]


def test_nothing_for_what_was_not_done_is_never_points_of_a_low_step() -> None:
    """不足3次的得2分 holds 0 too: which of the two is meant, a person says."""
    read = rule_from_words("召开3次以上的得4分，不足3次的得2分；未召开的不得分", 4, title="会议")
    assert (read.rule, bool(read.leftovers)) == (None, True)

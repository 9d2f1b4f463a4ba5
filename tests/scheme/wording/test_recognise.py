"""The usual wordings of scoring tables, and the rule that each of them says."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.scheme.wording import NeededInput, rule_from_words
from tests.builders import points_of
from tests.scheme.wording.usual_wordings import FORGED, NOT_UNDERSTOOD, UNDERSTOOD


def kind_of(points: Any) -> str:
    return "bonus" if points is None else "item"


@pytest.mark.parametrize(("words", "points", "title", "rule", "beside"), UNDERSTOOD)
def test_a_usual_wording_is_understood(
    words: str, points: Any, title: str, rule: Any, beside: dict[str, Any]
) -> None:
    read = rule_from_words(words, points, title=title, kind=kind_of(points))
    assert (read.rule, dict(read.beside), read.leftovers) == (rule, beside, ())


@pytest.mark.parametrize(("words", "points", "title", "left", "why"), NOT_UNDERSTOOD)
def test_what_the_words_leave_open_is_not_guessed(
    words: str, points: Any, title: str, left: str, why: str
) -> None:
    read = rule_from_words(words, points, title=title, kind=kind_of(points))
    assert (read.rule, read.inputs, dict(read.beside)) == (None, (), {})
    assert (read.leftovers[0].text, read.leftovers[0].why.zh) == (left, why)


def test_half_an_understood_cell_is_no_rule() -> None:
    read = rule_from_words("每缺1次扣0.5分；情节严重的另行研究处理", 5, title="月报")
    assert read.rule is None
    assert [one.text for one in read.leftovers] == ["情节严重的另行研究处理"]


@pytest.mark.parametrize(
    "words",
    [
        "每缺1次扣0.5分，扣完为止",
        "每缺一次扣零点五分,扣完为止。",
        "每缺１次扣０．５分；扣完为止",
        "（1）每缺1次 扣0.5分，\n扣完为止",
        "每少一次，扣0.5分，直至扣完本项分值为止",
    ],
)
def test_one_rule_in_many_writings(words: str) -> None:
    read = rule_from_words(words, 5, title="月报")
    assert read.rule == [{"points": "full"}, {"deduct": "月报_缺少数", "each": "0.5"}]


def test_the_inputs_that_a_rule_needs_are_named_after_the_item() -> None:
    read = rule_from_words(
        "未报送的不得分；每迟报1次扣0.5分；每低1个百分点扣1分", 5, title="合格率"
    )
    assert read.inputs == (
        NeededInput("合格率_报送", "合格率：报送", "yes_no"),
        NeededInput("合格率_迟报", "合格率：迟报", "count", "次"),
        NeededInput("合格率_差距", "合格率：差距", "share", "个百分点"),
    )


def test_two_things_in_one_cell_are_two_inputs() -> None:
    read = rule_from_words("会议每少1次扣1分；培训每少1次扣1分", 5, title="会议及培训")
    assert [one.code for one in read.inputs] == ["会议及培训_会议缺少数", "会议及培训_培训缺少数"]


def test_a_known_title_means_what_it_names() -> None:
    names = {"late": Text("迟报", "Late"), "done": Text("按期完成", "Done in time")}
    read = rule_from_words("未按期完成的不得分，迟报每次扣0.5分", 5, title="月报", names=names)
    assert read.rule == [{"points": "full"}, {"deduct": "late", "each": "0.5"}]
    assert (dict(read.beside), read.inputs) == ({"zero_if": "not done"}, ())


def test_a_target_in_the_requirement_column_is_where_counting_starts() -> None:
    read = rule_from_words("每少1次扣1分", 4, title="站点检查", requirement="全年检查不少于4次")
    assert read.rule == [{"points": "full"}, {"deduct": "4 - 站点检查", "each": 1}]


def test_two_targets_in_the_requirement_are_none() -> None:
    read = rule_from_words(
        "每少1次扣1分", 4, title="检查", requirement="检查不少于4次，培训不少于2次"
    )
    assert read.rule == [{"points": "full"}, {"deduct": "检查_缺少数", "each": 1}]


def test_readings_that_a_person_should_confirm_are_said() -> None:
    read = rule_from_words("90%以上得10分，80%以上得8分", 10, title="结案率")
    assert [one.zh for one in read.readings] == ["各档之外没有写，按不得分"]


@pytest.mark.parametrize(
    ("words", "readings"),
    [
        ("由评审组评分，最高10分", ["由评分单位评定，不由数据来源单位报送"]),
        (
            "全年召开4次得满分，每少1次扣1.5分",
            ["“全年召开4次”按“达到4次”读：只报实际数，与4次相比"],
        ),
        (
            "全年发生2次得满分，每多1次扣1分",
            ["“全年发生2次”按“不超过2次”读：只报实际数，与2次相比"],
        ),
        (
            "不超过90天得8分，每超过10天扣1分",
            ["不足10天的部分没有写，按比例计；如不计，请写明“不足10天的不计”"],
        ),
        ("每满10件得1分", []),
        ("每办理1件得1分", []),
    ],
)
def test_a_choice_that_the_words_leave_is_listed(words: str, readings: list[str]) -> None:
    assert [one.zh for one in rule_from_words(words, 10, title="某项").readings] == readings


def test_points_that_a_person_gives_are_told_from_figures() -> None:
    read = rule_from_words("由评审组评分，最高10分；每迟报1次扣1分", 10, title="案卷质量")
    assert {one.code: one.is_judged for one in read.inputs} == {
        "案卷质量_评定分": True, "案卷质量_迟报": False,
    }  # fmt: skip


edges = st.lists(st.integers(1, 99), min_size=2, max_size=5, unique=True)
"""Where the steps of a ladder begin."""


@given(
    edges=edges, low=st.sampled_from(["{}次以上", "{}次及以上", "不少于{}次", "达到{}次"]),
    high=st.sampled_from(["不足{}次", "不满{}次", "未达到{}次", "少于{}次"]),
)  # fmt: skip
def test_steps_from_one_number_to_the_next_have_the_edges_that_the_words_say(
    edges: list[int], low: str, high: str
) -> None:
    """以上 includes its number; 不足, 不满 and 未达到 do not (Civil Code, Art. 1259)."""
    row = sorted(edges, reverse=True)
    words = [f"{low.format(row[0])}得{len(row)}分"]
    for better, edge in pairwise(row):
        words.append(f"{low.format(edge)}{high.format(better)}得{len(row) - len(words)}分")
    words.append(f"{high.format(row[-1])}不得分")
    read = rule_from_words("，".join(words), len(row), title="会议")
    assert read.leftovers == (), words
    for value in {number + by for number in row for by in (-1, 0, 1)}:
        at_least = [place for place, edge in enumerate(row) if value >= edge]
        points = len(row) - at_least[0] if at_least else 0
        assert points_of(read.rule, {"会议": Fraction(value)}, len(row)) == points, (words, value)


@pytest.mark.parametrize(
    ("words", "when", "then"),
    [
        ("发生一起重大侵权假冒事件的，一票否决", "发生重大侵权假冒事件 >= 1", (("", ""),)),
        ("弄虚作假的，取消评优资格", "弄虚作假", (("best_grade", ""),)),
        ("伪造材料的，一票否决，评为“不合格”等次。", FORGED, (("", ""), ("grade", "不合格"))),
        ("提供虚假材料的，该项不得分，并降低一个等次", FORGED, (("lower", "1"),)),
        ("经查实提供虚假佐证材料的，本项计0分，等次降低两级", FORGED, (("lower", "2"),)),
        ("佐证材料弄虚作假的，该项不得分，并取消评优资格", FORGED, (("best_grade", ""),)),
        ("伪造注册商标标识的，降低一个等次", "伪造注册商标标识", (("lower", "1"),)),
        ("拒不执行的，考核总分计0分", "拒不执行", (("score", "0"),)),
    ],
)
def test_a_veto_is_understood(words: str, when: str, then: Any) -> None:
    read = rule_from_words(words, None)
    assert (read.rule, read.leftovers) == (None, ())
    assert [(one.when, one.then) for one in read.vetoes] == [(when, then)]


def test_what_forged_material_costs_is_asked_of_nobody() -> None:
    read = rule_from_words("提供虚假材料的，该项不得分，并降低一个等次", None)
    assert read.inputs == (NeededInput("forged_items", "经认定造假的指标数", "count", "项"),)
    assert ["forged_items" in one.zh for one in read.readings] == [True]


def test_an_item_of_forged_material_gets_what_its_words_say() -> None:
    read = rule_from_words("每缺1次扣1分；提供虚假材料的，该项不得分", 5, title="月报")
    assert dict(read.beside) == {"on": {"forged": "zero"}}
    assert [one.code for one in read.inputs] == ["月报_缺少数"]


def test_what_zeroes_an_item_and_vetoes_besides_is_not_read_as_half_of_it() -> None:
    read = rule_from_words(
        "每缺1次扣1分；发生重大事故的，该项不得分，并降低一个等次", 5, title="月报"
    )
    assert (read.rule, read.vetoes) == (None, ())


@pytest.mark.parametrize(
    ("words", "values", "points"),
    [
        ("达到90%以上得满分，每降低1个百分点扣0.5分，扣完为止", {"结案率": "87%"}, "8.5"),
        (
            "达到90%以上得满分，每降低1个百分点扣0.5分（不足1个百分点的不计）",
            {"结案率": "87.5%"},
            "9",
        ),
        ("≥90%得10分，80%—90%得8分，低于80%不得分", {"结案率": "80%"}, "8"),
        ("≥90%得10分，80%—90%得8分，低于80%不得分", {"结案率": "90%"}, "10"),
        ("未建立的不得分", {"结案率_建立": "no"}, "0"),
        ("每缺1次扣0.5分，最多扣2分", {"结案率_缺少数": "9"}, "8"),
        ("得分＝结案率×15", {"结案率": "80%"}, "12"),
        ("按完成比例得分", {"结案率": "120%"}, "10"),
    ],
)
def test_the_rule_gives_the_points_that_the_words_mean(
    words: str, values: dict[str, str], points: str
) -> None:
    read = rule_from_words(words, 10, title="结案率")
    given_values = {name: _value(text) for name, text in values.items()}
    assert points_of(read.rule, given_values, 10) == Fraction(points)


def _value(text: str) -> object:
    return text == "yes" if text in ("yes", "no") else exact(text)


@given(
    st.text(
        st.sampled_from(
            "≥90%得分扣每缺1次一两，；。（含）不足以上未建立满其余省市级第名×÷—~ a.=\n"
        ),
        max_size=40,
    )
)
def test_no_words_break_the_reader(words: str) -> None:
    read = rule_from_words(words, 10, title="某项")
    assert read.is_whole == (read.rule is not None or bool(read.vetoes))


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(words: str) -> None:
    rule_from_words(words, 10, title=words)


# --- a number of things is whole, what is measured is not


@pytest.mark.parametrize(
    ("words", "title", "kind"),
    [
        ("每缺1次扣0.5分，扣完为止", "月报", "count"),
        ("每办结1件得1分，最高5分", "案件", "count"),
        ("达到4次得满分，每少1次扣2分，扣完为止", "培训", "count"),
        ("不少于10人得满分，其余不得分", "执法人员", "count"),
        ("平均办理天数不超过90天的得满分，每超过10天扣1分，扣完为止。", "案件平均办理天数", "number"),
        ("每超过1天扣1分，扣完为止", "办理期限", "number"),
        ("每超期1个工作日扣0.5分", "办结", "number"),
        ("60天以内得5分，90天以内得3分，其余不得分", "办理时长", "number"),
        ("每增加1万元得1分，最高5分", "质押融资额", "number"),
        ("每少1件扣1分，扣完为止", "人均办案量", "number"),
        ("达到10件得满分，其余不得分", "平均办案量", "number"),
        ("1 point for each meeting of Meetings held", "Meetings", "count"),
        ("1 point for each day of Delay", "Handling", "number"),
    ],
)  # fmt: skip
def test_only_a_number_of_things_is_held_to_whole_numbers(words, title, kind):
    read = rule_from_words(words, 5, title=title)
    assert [one.type for one in read.inputs] == [kind], read
    assert not [one for one in read.readings if "按数值读" in one.zh]


@pytest.mark.parametrize(
    ("words", "title", "of"),
    [
        ("每少1件扣1分，扣完为止", "结案率", "结案率：缺少数"),
        ("每低1点扣1分，扣完为止", "满意度", "满意度：缺少数"),
        ("达到10件得满分，其余不得分", "各区均有案件", "各区均有案件"),
    ],
)
def test_where_it_is_open_whether_a_figure_is_whole_it_is_a_number_and_listed(words, title, of):
    read = rule_from_words(words, 5, title=title)
    assert [(one.title, one.type) for one in read.inputs] == [(of, "number")]
    assert len([one for one in read.readings if f"“{of}”" in one.zh and "按数值读" in one.zh]) == 1


def test_a_title_that_exists_already_keeps_its_type():
    names = {"held": Text("召开次数", "Meetings held")}
    read = rule_from_words("召开次数达到4点得满分，其余不得分", 5, title="满意度", names=names)
    assert (read.is_whole, read.inputs) == (True, ())
    assert not [one for one in read.readings if "按数值读" in one.zh]


@pytest.mark.parametrize(
    "words",
    [
        "得满分；因不可抗力迟报的不扣2分",
        "每迟报1次扣1分，因不可抗力的不扣1分",
        "每件加1分，同一项目不再加1分",
        "完成的不得5分",
        "每件不加1分",
        "每缺1次扣1分，除不可抗力外",
        "建立制度的得5分，除试点外未建立的不得分",
        "每起扣1分，但主动整改的除外",
        "未建立制度且未开展培训的不得分",
        "未建立制度或未开展培训的不得分",
        "结案率达到90%的不得分",
        "结案率不达到90%的得5分",
        "每少1次扣1分，最低不低于2分",
    ],
)
def test_a_denial_or_an_exception_is_never_passed_over(words: str) -> None:
    read = rule_from_words(words, 5, title="某项工作")
    assert (read.rule, dict(read.beside), bool(read.leftovers)) == (None, {}, True)


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("无故不报送的扣2分", "无故不报送"),
        ("无正当理由未报送的扣2分", "无正当理由未报送"),
        ("未报送的扣2分", "报送"),
    ],
)
def test_what_is_taken_is_taken_of_whom_the_words_name(words: str, figure: str) -> None:
    """Of nobody else: who had no reason for being late is not everybody who had none."""
    read = rule_from_words(words, 5, title="月报")
    denied = "not " if figure == "报送" else ""
    assert [one.title for one in read.inputs] == [f"月报：{figure}"]
    assert read.rule == [
        {"points": "full"},
        {"deduct": 1, "each": 2, "when": f"{denied}月报_{figure}"},
    ]


@pytest.mark.parametrize(
    ("words", "figure", "rule"),
    [
        (
            "公众满意度90分以上得8分，80分以上不足90分得6分，80分以下（不含）不得分",
            "公众满意度",
            {"ladder": "公众满意度", "steps": [[">= 90", 8], ["[80, 90)", 6], ["< 80", 0]]},
        ),
        (
            "满意度测评得分达到90分的得满分，每低1分扣0.5分",
            "公众满意度：满意度测评得分",
            [{"points": "full"}, {"deduct": "90 - 公众满意度_满意度测评得分", "each": "0.5"}],
        ),
    ],
)  # fmt: skip
def test_points_are_the_unit_of_a_figure_too(words: str, figure: str, rule: Any) -> None:
    read = rule_from_words(words, 8, title="公众满意度")
    assert read.leftovers == ()
    assert [(one.title, one.unit, one.type) for one in read.inputs] == [(figure, "分", "number")]
    assert read.rule == rule


def test_of_steps_in_points_it_is_told_what_is_missing() -> None:
    read = rule_from_words(
        "公众满意度90分以上得8分，80—90分得6分，80分以下得0分", 8, title="公众满意度"
    )
    assert ["80" in one.why.zh and "没有读懂" not in one.why.zh for one in read.leftovers] == [True]


@pytest.mark.parametrize(
    "words", ["每件得1分，不少于5分", "得分90分以上得满分", "总分不低于60分的得5分"]
)
def test_points_that_are_given_are_no_figure(words: str) -> None:
    read = rule_from_words(words, 5, title="某项工作")
    assert (read.rule, bool(read.leftovers)) == (None, True)

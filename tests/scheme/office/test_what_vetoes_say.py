"""No wording of a veto is read as more than it says: none raises a unit, and a head is read whole or not at all.

Each outcome below is what its words do to a unit of each grade, from the best down; None is one that no
veto of a scheme can say, or that a person must decide. Whatever the shape of the row, it is read so, or
listed for a person; never as anything else, and never lost.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from steelyard.scheme.office import Imported, import_table

GRADES = "等次：90分以上为优秀，80分以上为良好，60分以上为合格，60分以下为不合格。"
CODES = ["excellent", "good", "pass", "fail"]
Positions = list[int]


def at_best(best: int) -> Positions:
    return [max(best, place) for place in range(4)]


def lowered(by: int) -> Positions:
    return [min(place + by, 3) for place in range(4)]


FAIL = [3, 3, 3, 3]
OUTCOMES: dict[str, Positions | None] = {
    "不得评为优秀": at_best(1),
    "不得评为优秀等次": at_best(1),
    "不得评为“优秀”等次": at_best(1),
    "不能评为优秀": at_best(1),
    "不能评为优秀等次": at_best(1),
    "不可评定为优秀": at_best(1),
    "不予评为优秀": at_best(1),
    "不应评定为优秀等次": at_best(1),
    "不得确定为优秀等次": at_best(1),
    "不得被评为优秀": at_best(1),
    "一律不得评为优秀": at_best(1),
    "当年考核结果不得评为优秀": at_best(1),
    "考核等次不得评定为优秀": at_best(1),
    "取消评优资格": at_best(1),
    "取消当年评优资格": at_best(1),
    "取消评优评先资格": at_best(1),
    "不予评优": at_best(1),
    "不得评优": at_best(1),
    "不参与评优": at_best(1),
    "不得参与评优": at_best(1),
    "不参加年度评优": at_best(1),
    "最高只能评为良好": at_best(1),
    "最高评定为合格": at_best(2),
    "不得评为优秀、良好": at_best(2),
    "不得评为优秀和良好等次": at_best(2),
    "不得评为良好及以上等次": at_best(2),
    "不得评定为良好以上等次": at_best(2),
    "不得评为合格以上等次": at_best(3),
    "一票否决": FAIL,
    "实行一票否决": FAIL,
    "评为不合格": FAIL,
    "直接评定为不合格等次": FAIL,
    "考核结果直接评定为不合格": FAIL,
    "一律确定为不合格等次": FAIL,
    "一票否决，评为不合格": FAIL,
    "降低一个等次": lowered(1),
    "等次降低两级": lowered(2),
    "直接降低二个等次": lowered(2),
    "直接评为优秀": None,
    "可评为优秀": None,
    "优先评为优秀": None,
    "不影响评优": None,
    "不得评为良好": None,
    "不得评为合格": None,
    "不得评为不合格": None,
    "不评为不合格": None,
    "不直接评为不合格": None,
    "可以不评为不合格": None,
    "不得直接评为不合格": None,
    "不得评为合格以下等次": None,
    "原则上不得评为优秀": None,
    "视情节不得评为优秀": None,
    "酌情降低一个等次": None,
    "视情降低等次": None,
    "不降低等次": None,
    "不降低一个等次": None,
    "不实行一票否决": None,
    "不予一票否决": None,
    "可不一票否决": None,
    "免予一票否决": None,
    "暂不评定等次": None,
    "不评定等次": None,
    "取消评先资格": None,
    "不得评为先进": None,
    "取消表彰资格": None,
    "考核总分扣5分": None,
    "从总分中扣5分": None,
    "总分不计0分": None,
    "不得评为优秀，情节严重的评为不合格": None,
    "不得评为优秀，整改到位的除外": None,
}


def of_its_own(number: int, outcome: str) -> list[str]:
    return [f"指标{number}率低于60%的，{outcome}。"]


def without_a_comma(number: int, outcome: str) -> list[str]:
    return [f"指标{number}率低于60%的{outcome}；"]


def below_a_head(number: int, outcome: str) -> list[str]:
    return [
        f"存在下列情形之一的，{outcome}：（一）指标{number}率低于60%；（二）拒报第{number}季数据。"
    ]


def below_a_short_head(number: int, outcome: str) -> list[str]:
    return [f"{outcome}：1.指标{number}率低于60%的；2.拒报第{number}季数据的。"]


def below_a_label_and_a_head(number: int, outcome: str) -> list[str]:
    return [
        f"一票否决：年度内有以下情况之一的{outcome}：1、指标{number}率低于60%；2、拒报第{number}季数据"
    ]


def below_a_title(number: int, outcome: str) -> list[str]:
    return [f"一票否决项（{outcome}）", f"指标{number}率低于60%"]


def below_a_long_title(number: int, outcome: str) -> list[str]:
    return [f"一票否决项（有下列情形之一的，{outcome}）", f"指标{number}率低于60%的"]


def below_a_row(number: int, outcome: str) -> list[str]:
    return [
        f"有下列情形之一的，{outcome}：",
        f"1.指标{number}率低于60%；",
        f"2.拒报第{number}季数据。",
    ]


SHAPES = [
    of_its_own, without_a_comma, below_a_head, below_a_short_head, below_a_label_and_a_head, below_a_title,
    below_a_long_title, below_a_row,
]  # fmt: skip


def read(folder: Path, rows: list[str]) -> Imported:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["2026年度考核细则"], ["指标", "分值", "评分标准"], ["联席会议", 100, "召开的得100分，未召开的不得分"]):  # fmt: skip
        sheet.append(row)
    for text in (*rows, GRADES):
        sheet.append([text])
        sheet.merge_cells(
            start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=3
        )
    book.save(folder / "t.xlsx")
    return import_table(folder / "t.xlsx")


def what_it_does(then: dict[str, Any]) -> Positions:
    """The grade that a unit of each grade ends with, as the engine gives it."""
    best = CODES.index(then.get("best_grade", "excellent"))
    fixed = CODES.index(then["grade"]) if "grade" in then else None
    return [
        min((max(place, best) if fixed is None else fixed) + then.get("lower_by", 0), 3)
        for place in range(4)
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_veto_is_read_as_its_words_say_or_listed(
    tmp_path: Path, shape: Callable[[int, str], list[str]]
) -> None:
    numbered = dict(enumerate(OUTCOMES, 1))
    back = read(tmp_path, ["一票否决", *(row for n, o in numbered.items() for row in shape(n, o))])
    vetoes = back.document.get("vetoes", [])
    assert isinstance(vetoes, list)
    for number, outcome in numbered.items():
        names = (f"指标{number}率", f"第{number}季")
        done = [one for one in vetoes if any(name in one["when"] for name in names)]
        listed = [one for one in back.unread if any(name in one.text for name in names)]
        expected = OUTCOMES[outcome]
        assert done or listed, (outcome, "is lost")
        for one in done:
            assert expected is not None, (outcome, "is a person's to write", one)
            assert "score" not in one["then"]
            does = what_it_does(one["then"])
            assert does == expected, (outcome, one)
            assert all(after >= before for before, after in enumerate(does)), (outcome, "raises")
            assert one["when"] in (f"指标{number}率 < 60%", f"拒报第{number}季数据"), one
    assert len(vetoes) == len({one["when"] for one in vetoes})


@pytest.mark.parametrize("shape", SHAPES)
def test_the_usual_wordings_are_read(
    tmp_path: Path, shape: Callable[[int, str], list[str]]
) -> None:
    usual = [
        "不得评为优秀", "不能评为优秀等次", "不予评优", "取消评优资格", "直接评定为不合格等次", "降低一个等次", "一票否决",
    ]  # fmt: skip
    for outcome in usual:
        back = read(tmp_path, ["一票否决", *shape(1, outcome)])
        assert back.unread == (), outcome
        does = [what_it_does(one["then"]) for one in back.document["vetoes"]]
        assert does
        assert all(one == OUTCOMES[outcome] for one in does), outcome


@pytest.mark.parametrize(
    "words",
    [
        "结案率低于60%的（不可抗力除外），一票否决",
        "除不可抗力外，结案率低于60%的，一票否决",
        "结案率低于60%的，一票否决，但整改到位的除外",
        "结案率低于60%且未整改的，一票否决，情节轻微的不予一票否决",
        "发生3起以下事故的，一票否决",
        "发生3起以内事故的，一票否决",
        "未发生事故的不一票否决",
        "以上情形由考核办认定的，一票否决",
    ],
)
def test_an_exception_or_a_denial_is_never_passed_over(tmp_path: Path, words: str) -> None:
    back = read(tmp_path, ["一票否决", words])
    assert "vetoes" not in back.document
    assert [one.text for one in back.unread] == [words]


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("结案率不低于60%的", "结案率 >= 60%"),
        ("结案率未低于60%的", "结案率 >= 60%"),
        ("结案率未达到60%的", "结案率 < 60%"),
        ("办理天数未超过30天的", "办理天数 <= 30"),
        ("办理天数超过30天的", "办理天数 > 30"),
        ("拒不整改的", "拒不整改"),
    ],
)
def test_a_denied_comparison_is_that_comparison(tmp_path: Path, words: str, when: str) -> None:
    back = read(tmp_path, ["一票否决", f"{words}，一票否决"])
    assert [one["when"] for one in back.document["vetoes"]] == [when]


def test_vetoes_with_outcomes_of_their_own_in_one_cell_are_read_one_by_one(tmp_path: Path) -> None:
    words = (
        "一票否决：1.发生系统性侵权重大案件，造成恶劣社会影响的，考核结果直接评定为不合格；"
        "2.提供虚假材料的，该项不得分，并降低一个等次；3.结案率低于60%的，不得评为优秀。"
    )
    back = read(tmp_path, [words])
    assert [(one["when"], one["then"]) for one in back.document["vetoes"]] == [
        ("known(forged_items) and forged_items > 0", {"lower_by": 1}),
        ("结案率 < 60%", {"best_grade": "good"}),
    ]
    assert [one.text for one in back.unread] == [
        "发生系统性侵权重大案件，造成恶劣社会影响的，考核结果直接评定为不合格"
    ]


def test_a_numbered_condition_means_the_figure_of_its_name(tmp_path: Path) -> None:
    back = read(tmp_path, ["有下列情形之一的，直接评定为不合格：（一）结案率低于60%的；（二）提供虚假材料的。"])  # fmt: skip
    assert [one["when"] for one in back.document["vetoes"]] == [
        "结案率 < 60%", "known(forged_items) and forged_items > 0",
    ]  # fmt: skip


def test_what_no_grade_says_asks_nobody_for_a_figure(tmp_path: Path) -> None:
    back = read(tmp_path, ["一票否决", "拒报数据的，直接评为优秀"])
    assert [one["code"] for one in back.document["inputs"]] == ["联席会议_召开"]
    assert [one.text for one in back.unread] == ["拒报数据的，直接评为优秀"]

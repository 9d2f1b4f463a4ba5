"""The grades of a draft: every gap and overlap at once, and nothing lost that no form asks for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from steelyard.assessment.rules.drafting import added
from steelyard.assessment.rules.schemes.grades import Line, against, lines_of, told
from steelyard.kernel.bilingual import Text

GRADES: list[dict[str, Any]] = [
    {"code": "excellent", "title": {"zh": "优秀", "en": "Excellent"}, "at_least": 90,
     "quota": {"share": "15%", "ties": "in"}, "requires": "a > 1"},
    {"code": "good", "title": {"zh": "良好"}, "above": "79.5"},
    {"code": "pass", "title": {"zh": "合格"}},
]  # fmt: skip


def line(at: int, zh: str, points: str = "", **more: Any) -> Line:
    return Line(at, more.pop("place", at + 1), Text(zh), points=points, **more)


def said(*lines: Line, full: int | None = 100) -> list[tuple[str, str]]:
    refused = against(lines, None if full is None else Fraction(full))
    return [(one.code, one.field) for one in refused]


def test_what_a_draft_has_comes_back_as_it_was() -> None:
    document = {"grades": GRADES}
    assert told(lines_of(document), document) == GRADES


def test_whole_rows_are_free_of_faults() -> None:
    assert said(line(0, "优秀", "90"), line(1, "良好", "80"), line(2, "合格")) == []
    assert said(line(0, "优秀", quota="3", quota_of="count"), line(1, "合格")) == []
    assert said() == []


def test_every_gap_and_overlap_is_named_at_once() -> None:
    lines = (
        line(0, "优秀", "90"), line(1, "良好", "95"), line(2, "中等"), line(3, "合格", "60"),
        line(4, "合格", "101"), line(5, "", "50"),
    )  # fmt: skip
    assert said(*lines) == [
        ("cut_off_beyond_full", "points_4"), ("grade_without_name", "title_zh_5"),
        ("grade_twice", "title_zh_4"), ("grades_overlap", "points_1"), ("grades_overlap", "points_4"),
        ("grade_takes_all", "points_2"), ("grades_leave_out", "points_5"),
    ]  # fmt: skip
    overlap = next(one for one in against(lines) if one.code == "grades_overlap")
    assert overlap.text == Text(
        "重叠：“良好”排在“优秀”之后，分数线95却不低于90；请改低，或调换次序",
        "overlap: “良好” stands after “优秀”, but its cut-off 95 is not below 90; lower it or change the order",
    )


def test_the_same_line_is_an_overlap_but_for_one_that_is_only_above_it() -> None:
    assert said(line(0, "优秀", "90", above=True), line(1, "良好", "90"), line(2, "合格")) == []
    assert said(line(0, "优秀", "90"), line(1, "良好", "90"), line(2, "合格")) == [
        ("grades_overlap", "points_1")
    ]


def test_grades_of_one_line_may_differ_by_their_quota() -> None:
    best = line(0, "优秀", "80", quota="15")
    assert said(best, line(1, "良好", "80"), line(2, "合格")) == []


def test_a_quota_excuses_no_line_that_is_higher_than_that_of_a_better_grade() -> None:
    best = line(0, "优秀", "85", quota="30")
    assert said(best, line(1, "良好", "95"), line(2, "合格")) == [("grades_overlap", "points_1")]


def test_quotas_are_percentages_or_whole_numbers() -> None:
    for quota, of in (("0", "share"), ("101", "share"), ("0", "count"), ("1.5", "count")):
        assert said(line(0, "优秀", quota=quota, quota_of=of), line(1, "合格")) == [
            ("wrong_quota", "quota_0")
        ]


def test_the_order_is_that_of_the_places_and_no_place_is_given_twice() -> None:
    lines = (line(0, "合格", place=2), line(1, "优秀", "90", place=1))
    assert [one["title"]["zh"] for one in told(lines, {})] == ["优秀", "合格"]
    assert ("place_twice", "place_1") in said(line(0, "优秀", "90"), line(1, "合格", place=1))


def test_above_without_a_number_is_told() -> None:
    assert said(line(0, "优秀", above=True, quota="10"), line(1, "合格")) == [
        ("no_cut_off", "points_0")
    ]


def test_new_grades_have_codes_that_no_other_has() -> None:
    made = told((line(0, "优秀", "90"), line(1, "甲", "80"), line(2, "乙")), {"grades": GRADES[:1]})
    assert [one["code"] for one in made] == ["grade_1", "grade_2", "grade_3"]
    fresh = told((line(0, "优秀", "90"), line(1, "合格")), {})
    assert fresh == [
        {"code": "excellent", "title": {"zh": "优秀"}, "at_least": 90},
        {"code": "pass", "title": {"zh": "合格"}},
    ]


def test_a_grade_that_is_added_stands_before_those_of_a_lower_line() -> None:
    new = {"code": "fair", "title": {"zh": "中等"}, "at_least": 85}
    made = added({"grades": GRADES}, "grades", new)
    assert [one["code"] for one in made["grades"]] == ["excellent", "fair", "good", "pass"]
    last = added({"grades": GRADES}, "grades", {"code": "rest"})
    assert [one["code"] for one in last["grades"]][-1] == "rest"

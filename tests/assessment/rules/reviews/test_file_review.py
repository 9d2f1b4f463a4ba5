"""What a case file loses, who settles it, and what that says of a unit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.queries.reviews import TYPES
from steelyard.assessment.rules.reviews.checklists import read_type, read_types
from steelyard.assessment.rules.reviews.marks import (
    Outcome,
    Review,
    Standing,
    found_in_bounds,
    missing,
    outcome,
    points_lost,
    standing,
)
from steelyard.assessment.rules.reviews.results import (
    COLUMNS,
    Reviewed,
    counts,
    judged,
    record_of,
    result,
)
from steelyard.assessment.rules.reviews.reviewers import Reviewer, may_not_review, shared_out
from steelyard.assessment.rules.states import FileState
from steelyard.records.catalogue.read import shipped

DOCUMENT: dict[str, Any] = {
    "code": "trademark", "title": {"zh": "商标案卷"}, "table": "administrative_decisions",
    "case_type": "trademark", "records": "SELECT …", "possible": 100, "defective_above": 10,
    "defects": [
        {"code": "wrong_party", "title": {"zh": "处罚对象错误"}, "fatal": True},
        {"code": "service", "title": {"zh": "送达不规范"}, "points": "2.5", "cap": 10},
        {"code": "late", "title": {"zh": "超期"}, "points": 60, "cap": 60},
        {"code": "evidence", "title": {"zh": "证据不完整"}, "points": 25, "cap": 50},
    ],
}  # fmt: skip
TYPE = read_type(DOCUMENT)
found = st.dictionaries(st.sampled_from(TYPE.codes), st.integers(1, 9))


@pytest.mark.parametrize(
    ("marked", "lost"),
    [
        ({}, "0"),
        ({"service": 1}, "2.5"),
        ({"service": 4}, "10"),
        ({"service": 5}, "10"),
        ({"late": 1, "evidence": 1}, "85"),
        ({"late": 1, "evidence": 2}, "100"),
        ({"wrong_party": 1}, "100"),
    ],
)
def test_each_defect_costs_up_to_its_cap_and_all_together_what_the_file_has(
    marked: Mapping[str, int], lost: str
) -> None:
    assert points_lost(TYPE, marked) == Fraction(lost)


@given(found, found)
def test_more_defects_never_give_points_back(one: dict[str, int], other: dict[str, int]) -> None:
    both = {code: one.get(code, 0) + other.get(code, 0) for code in {*one, *other}}
    assert max(points_lost(TYPE, one), points_lost(TYPE, other)) <= points_lost(TYPE, both) <= 100


def test_a_file_is_defective_if_it_lost_more_than_the_checklist_allows() -> None:
    assert outcome(TYPE, {"service": 4}) == Outcome(Fraction(10), Fraction(100), False, "service")
    assert outcome(TYPE, {"late": 1, "service": 1}).main == "late"
    assert outcome(TYPE, {"evidence": 1}).is_defective
    assert outcome(TYPE, {}) == Outcome(Fraction(0), Fraction(100), False, "")


def test_a_missing_file_loses_everything() -> None:
    assert missing(TYPE) == Outcome(Fraction(100), Fraction(100), True, is_missing=True)


SAME, OTHER = {"service": 1}, {"service": 2}


@pytest.mark.parametrize(
    ("reviews", "stands", "settled"),
    [
        ([], Standing.UNASSIGNED, {}),
        ([Review(SAME, True)], Standing.UNASSIGNED, {}),
        ([Review(SAME, True), Review(SAME, False)], Standing.WAITING, {}),
        ([Review(SAME, True), Review(SAME, True)], Standing.SETTLED, SAME),
        ([Review(SAME, True), Review({**SAME, "late": 0}, True)], Standing.SETTLED, SAME),
        ([Review(SAME, True), Review(OTHER, True)], Standing.DIFFER, {}),
        ([Review(SAME, True), Review(OTHER, True), Review({}, False, True)], Standing.DIFFER, {}),
        ([Review(SAME, True), Review(OTHER, True), Review({}, True, True)], Standing.SETTLED, {}),
    ],
)
def test_two_who_agree_settle_a_file_else_a_third(
    reviews: list[Review], stands: Standing, settled: Mapping[str, int]
) -> None:
    assert standing(reviews) == (stands, settled)


@given(found, found)
def test_who_of_two_came_first_says_nothing(one: dict[str, int], other: dict[str, int]) -> None:
    first, second = Review(one, True), Review(other, True)
    assert standing([first, second]) == standing([second, first])


def test_marks_beyond_the_checklist_are_refused() -> None:
    told = found_in_bounds(TYPE, {"other": 1, "late": 0, "service": 100, "evidence": 99})
    assert [(one.code, one.field) for one in told] == [
        ("unknown_defect", "other"), ("bad_times", "late"), ("bad_times", "service"),
    ]  # fmt: skip


def test_nobody_reviews_a_file_of_an_organisation_they_hold_a_role_in() -> None:
    expert = Reviewer(1, frozenset({5}))
    assert may_not_review(expert, {7, 8}, ()) == ()
    codes = [one.code for one in may_not_review(replace(expert, may_review=False), {5, 7}, {1})]
    assert codes == ["not_a_reviewer", "own_organisation", "reviews_already"]


@given(st.integers(1, 5), st.lists(st.sampled_from([1, 2, 3]), max_size=30))
def test_files_are_shared_out_evenly_and_never_to_ones_own(many: int, units: list[int]) -> None:
    reviewers = [Reviewer(at, frozenset({at})) for at in range(1, many + 1)]
    given_to = shared_out([(n, {unit}, ()) for n, unit in enumerate(units)], reviewers)
    for number, unit in enumerate(units):
        assert unit not in given_to[number]
        assert len(set(given_to[number])) == min(2, many - (unit <= many))
    if many > 3:
        loads = [sum(at in to for to in given_to.values()) for at in range(4, many + 1)]
        assert max(loads) - min(loads) <= 1


def test_a_units_result_counts_missing_files_and_says_what_is_open() -> None:
    good, bad = outcome(TYPE, {}), outcome(TYPE, {"evidence": 1})
    of = result([good, bad, missing(TYPE), None])
    assert (of.drawn, of.open, of.defective, of.missing) == (4, 1, 2, 1)
    assert of.mean == Fraction(175, 3)
    assert of.rate is not None
    assert of.rate.value == Fraction(2, 3)
    assert of.rate.low is not None
    assert of.rate.high is not None
    assert of.rate.low < of.rate.value < of.rate.high
    assert judged(of, "mean_points") is None
    done = result([good, bad, missing(TYPE)])
    assert judged(done, "mean_points") == "175/3"
    assert judged(done, "defect_rate") == "2/3"
    assert judged(result([good]), "defect_rate") == "0"
    assert judged(result([]), "mean_points") is None


def test_a_file_in_reserve_and_one_excused_do_not_count() -> None:
    does = {
        (state, reserve)
        for state, reserve in product(FileState, (False, True))
        if counts(state, is_reserve=reserve)
    }
    assert does == {(state, False) for state in FileState if state is not FileState.EXCUSED}


def test_a_settled_file_becomes_a_row_of_the_records() -> None:
    of = Reviewed(7, "江1号", "440703", date(2022, 2, 1), TYPE, outcome(TYPE, {"service": 1}))
    row = record_of("2021", of)
    assert row == {
        "id": "2021-7", "case_number": "江1号", "case_type": "trademark", "place": "440703",
        "reviewed_on": date(2022, 2, 1), "points_possible": "100", "points_lost": "2.5",
        "is_defective": False, "main_defect": "送达不规范",
    }  # fmt: skip
    table = shipped().tables["file_reviews"]
    assert set(COLUMNS) == set(row)
    assert {one.code for one in table.fields} - set(row) == {"reviewer"}
    assert record_of("2021", replace(of, outcome=missing(TYPE)))["main_defect"] == "缺卷"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"possible": 99.5}, "whole numbers or as text"),
        ({"defective_above": 100}, "defective_above"),
        ({"defects": [{"code": "a", "title": {"zh": "甲"}, "points": 5, "cap": 4}]}, "cap"),
        ({"defects": DOCUMENT["defects"][:1] * 2}, "twice"),
    ],
)
def test_a_checklist_that_does_not_add_up_is_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_type(DOCUMENT | change)


def test_the_sample_of_guangdong_is_sound_and_says_what_it_is() -> None:
    types = read_types(tomllib.loads(TYPES.read_text("utf-8")))
    kinds = shipped().tables
    for one in types.values():
        assert one.sample
        assert one.table in kinds
        assert one.title.zh
        assert one.title.en

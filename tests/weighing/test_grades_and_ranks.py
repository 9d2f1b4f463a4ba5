from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.weighing.ranks import equals, places
from tests.builders import item, weighed


def assess(scores, **changes):
    """Units u0, u1, … with these totals out of 100."""
    units = [{"code": f"u{i}", "title": f"U{i}", "group": "ab"[i % 2]} for i in range(len(scores))]
    values = {f"u{i}": {"a": score, "bad": 0, "b": i} for i, score in enumerate(scores)}
    for unit, more in changes.pop("more", {}).items():
        values[unit] |= more
    return weighed(values, units=units, items=[item("A", 100, {"points": "a"})], **changes).standing


def grades(scores, listed, **changes):
    found = assess(scores, grades=listed, **changes)
    return [found[f"u{i}"].grade for i in range(len(scores))]


def ranks(scores, **changes):
    found = assess(scores, **changes)
    return [found[f"u{i}"].rank for i in range(len(scores))]


GOOD, PASS, FAIL = (
    {"code": "good", "at_least": 90},
    {"code": "pass", "at_least": 60},
    {"code": "fail"},
)


def test_an_edge_belongs_to_at_least_and_not_to_above():
    assert grades([90, "89.999", 60], [GOOD, PASS, FAIL]) == ["good", "pass", "pass"]
    above = [{"code": "good", "above": 90}, PASS, FAIL]
    assert grades([90, "90.001", "59.99"], above) == ["pass", "good", "fail"]


def test_grades_come_from_unrounded_totals():
    assert grades(["89.9999999999999999999"], [GOOD, FAIL]) == ["fail"]


def test_a_rule_that_rounds_itself_is_obeyed():
    assert grades(["89.5"], [GOOD, FAIL], total={"rounded_to": 0}) == ["good"]


QUOTA = {"share": "40%"}


@pytest.mark.parametrize(
    ("scores", "quota", "best"),
    [
        ([90, 80, 70, 60, 50], {"share": "40%"}, 2),
        ([90, 80, 70, 60, 50], {"share": "30%"}, 1),
        ([90, 80, 70, 60, 50], {"share": "30%", "round": "up"}, 2),
        ([90, 80, 70, 60, 50], {"share": "30%", "round": "half_up"}, 2),
        ([90, 80, 80, 60, 50], {"count": 2}, 1),
        ([90, 80, 80, 60, 50], {"count": 2, "ties": "in"}, 3),
        ([90, 80, 70, 60, 50], {"count": 1, "within": "group"}, 2),
        ([90, 80], {"count": 5}, 2),
        ([90, 80], {"count": 0}, 0),
    ],
)
def test_a_quota_holds(scores, quota, best):
    assert grades(scores, [{"code": "good", "quota": quota}, FAIL]).count("good") == best


def test_who_finds_no_room_falls_to_the_next_grade():
    assert grades([95, 94, 93], [GOOD | {"quota": {"count": 1}}, PASS, FAIL]) == [
        "good",
        "pass",
        "pass",
    ]


def test_a_floor_on_an_item_bars_a_grade():
    listed = [GOOD | {"floors": {"A": "95%"}}, FAIL]
    assert grades([94, 95], listed) == ["fail", "good"]
    assert grades([94, 95], [GOOD | {"floors": {"*": 95}}, FAIL]) == ["fail", "good"]


def test_a_requirement_can_ask_an_earlier_year():
    listed = [GOOD | {"requires": "last(a) >= 60"}, FAIL]
    earlier = {"2020": {"u0": {"a": 59}, "u1": {"a": 60}}}
    units = [{"code": "u0"}, {"code": "u1"}]
    result = weighed({"u0": {"a": 95}, "u1": {"a": 95}}, units=units, grades=listed, earlier=earlier,
                     items=[item("A", 100, {"points": "a"})])  # fmt: skip
    assert [result.standing[code].grade for code in ("u0", "u1")] == ["fail", "good"]


@pytest.mark.parametrize(
    ("then", "grade", "rank", "score"),
    [
        ({"grade": "fail"}, "fail", 1, 95),
        ({"grade": "fail", "rank": "last"}, "fail", 3, 95),
        ({"grade": "fail", "rank": "none"}, "fail", None, 95),
        ({"best_grade": "pass"}, "pass", 1, 95),
        ({"lower_by": 1}, "pass", 1, 95),
        ({"score": 59}, "fail", 3, 59),
        ({"score": 96}, "good", 1, 96),
    ],
)
def test_a_veto_overrules(then, grade, rank, score):
    vetoes = [{"code": "v", "when": "bad > 0", "then": then}]
    found = assess([95, 90, 80], vetoes=vetoes, grades=[GOOD, PASS, FAIL], more={"u0": {"bad": 1}})[
        "u0"
    ]
    assert (found.grade, found.rank, found.score, found.vetoes) == (grade, rank, score, ("v",))
    assert found.before == 95


def test_a_vetoed_unit_takes_no_place_of_a_quota():
    vetoes = [{"code": "v", "when": "bad > 0", "then": {"best_grade": "pass"}}]
    listed = [{"code": "good", "quota": {"count": 1}}, PASS, FAIL]
    assert grades([95, 90], listed, vetoes=vetoes, more={"u0": {"bad": 1}}) == ["pass", "good"]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("shared", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3]), ("mean", [1, F(5, 2), F(5, 2), 4])],
)
def test_equals_share_as_the_scheme_says(ties, expected):
    assert ranks([90, 80, 80, 70], ranking={"ties": ties}) == expected


def test_a_tie_break_is_asked_of_equals_only():
    assert ranks([80, 80, 90], ranking={"tie_break": ["-b"]}) == [2, 3, 1]
    assert ranks([80, 80, 90], ranking={"tie_break": ["b"]}) == [3, 2, 1]


def test_ranks_in_the_peer_group_stand_beside_the_overall_ones():
    found = assess([90, 80, 70, 60])
    assert [found[f"u{i}"].group_rank for i in range(4)] == [1, 1, 2, 2]


@given(st.lists(st.fractions(min_value=0, max_value=100), min_size=1, max_size=12))
def test_the_order_of_the_units_in_the_file_changes_nothing(scores):
    forward, backward = ranks(scores), ranks(scores[::-1])
    assert forward == backward[::-1]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_mean_places_always_sum_to_the_same(scores):
    groups = equals(sorted(scores), lambda a, b: a == b)
    taken = zip(places(groups, "mean"), groups, strict=True)
    assert sum(place * len(group) for place, group in taken) == F(
        len(scores) * (len(scores) + 1), 2
    )

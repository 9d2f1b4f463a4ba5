"""`replay.py` alone: ranks, grades and vetoes."""

from fractions import Fraction as F

import pytest

from steelyard.weighing import replay
from tests.weighing.replay.packages import LAST, fixed, grades, leaf, ranking


def ranks(package):
    return {row.here.unit: row.rank for row in replay.weigh(package)}


# ---- ranks ----


def scores(package, totals, **more):
    """Units that got these points."""
    values = {(unit, "a"): str(total) for unit, total in totals.items()}
    groups = more.pop("groups", {})
    units = [{"code": unit, "group": groups.get(unit, "g")} for unit in totals]
    return package([leaf({"points": "a"}, points=100)], values, units=units, **more)


TIES = {"shared": [1, 2, 2, 4], "dense": [1, 2, 2, 3], "mean": [1, F(5, 2), F(5, 2), 4]}


@pytest.mark.parametrize("ties", TIES)
def test_equals_are_ranked_by_the_tie_policy(package, ties):
    weighed = scores(package, {"W": 7, "U": 8, "V": 8, "T": 9}, ranking={"ties": ties})
    assert [row[0] for row in ranking(weighed)] == TIES[ties]
    assert [row[1] for row in ranking(weighed)] == ["T", "U", "V", "W"]


def test_ranks_come_from_unrounded_totals(package):
    assert ranks(scores(package, {"U": "10/3", "V": "3.3333333333"})) == {"U": 1, "V": 2}


def test_tie_breaks_are_asked_in_turn_of_equals_alone(package):
    totals = {"T": 9, "U": 8, "V": 8, "W": 8}
    values = {(unit, "b"): "1" for unit in "TUVW"} | {("T", "c"): "", ("W", "b"): "3"}
    values |= {("U", "c"): "5", ("V", "c"): "4", ("W", "c"): "9"}
    values |= {(unit, "a"): str(total) for unit, total in totals.items()}
    weighed = package([leaf({"points": "a"})], values, units="TUVW",
                      ranking={"tie_break": ["-b", "-c"]})  # fmt: skip
    assert ranks(weighed) == {"T": 1, "V": 2, "U": 3, "W": 4}


def test_a_tie_break_that_is_missing_counts_least(package):
    weighed = scores(package, {"U": 8, "V": 8}, ranking={"tie_break": ["b"]})
    assert ranks(weighed) == {"U": 1, "V": 1}
    values = {("U", "a"): "8", ("V", "a"): "8", ("V", "b"): "-5"}
    weighed = package([leaf({"points": "a"})], values, units="UV", ranking={"tie_break": ["b"]})
    assert ranks(weighed) == {"V": 1, "U": 2}


def test_a_cut_off_holds_its_edge_or_not(package):
    given = [{"code": "excellent", "at_least": 90}, {"code": "good", "above": "80%"}, LAST]
    given[1]["above"] = 80
    weighed = scores(package, {"T": 90, "U": "89.999", "V": "80.001", "W": 80}, grades=given)
    assert grades(weighed) == {"T": "excellent", "U": "good", "V": "good", "W": "fail"}


def test_a_third_of_ten_three_times_reaches_a_cut_off_of_ten(package):
    items = [leaf({"points": "10 / 3 * 3"})]
    assert grades(package(items, grades=[{"code": "good", "at_least": 10}, LAST])) == {"U": "good"}


def test_requires_is_a_condition_on_scores_total_or_an_earlier_year(package):
    given = [{"code": "good", "requires": 'score("A") >= 8 and total > 7 and last(a) > 0'}, LAST]
    values = {("U", "a"): "8", ("V", "a"): "8", ("W", "a"): "7"}
    values |= {("U", "a", "2020"): "1", ("V", "a", "2020"): "0", ("W", "a", "2020"): "1"}
    weighed = package([leaf({"points": "a"})], values, units="UVW", grades=given)
    assert grades(weighed) == {"U": "good", "V": "fail", "W": "fail"}


def floors(package, floors, **got):
    items = [
        fixed("A", 10, got.get("a", 10)),
        fixed("B", 10, got.get("b", 10)),
        fixed("C", 10, not_applicable_if="yes"),
        fixed("D", 2, kind="bonus"),
    ]
    return grades(package(items, grades=[{"code": "good", "floors": floors}, LAST]))["U"]


def test_floors_are_points_or_shares_of_what_is_possible(package):
    assert floors(package, {"A": "60%"}, a=6) == "good"
    assert floors(package, {"A": "60%"}, a="5.9") == "fail"
    assert floors(package, {"A": 7}, a=7) == "good"
    assert floors(package, {"A": 7}, a=6) == "fail"


def test_a_star_is_the_floor_of_every_other_top_item(package):
    assert floors(package, {"A": "60%", "*": 5}, a=6, b=5) == "good"
    assert floors(package, {"A": "60%", "*": 5}, a=6, b=4) == "fail"
    assert floors(package, {"A": 1, "*": 5}, a=1, b=5) == "good"


def quota(package, totals, tie="shared", **more):
    given = [{"code": "excellent", "at_least": 5, "quota": more}, {"code": "good", "at_least": 3}]
    return grades(scores(package, totals, grades=[*given, LAST], ranking={"ties": tie}))


SEVEN = {"A": 9, "B": 8, "C": 7, "D": 6, "E": 5, "F": 4, "G": 2}


@pytest.mark.parametrize(
    ("share", "rounding", "places"),
    [("20%", None, 1), ("20%", "up", 2), ("20%", "half_up", 1), ("3/14", "half_up", 2)],
)
def test_a_quotas_share_is_rounded_as_it_says(package, share, rounding, places):
    more = {"round": rounding} if rounding else {}  # 7 × 20% = 1.4; 7 × 3/14 = 1.5
    given = quota(package, SEVEN, share=share, **more)
    assert sum(grade == "excellent" for grade in given.values()) == places
    assert (given["F"], given["G"]) == ("good", "fail")


def test_places_are_taken_only_by_who_meets_the_cut_off(package):
    given = quota(package, SEVEN, count=6)
    assert [unit for unit in SEVEN if given[unit] == "excellent"] == ["A", "B", "C", "D", "E"]


TIED = {"A": 9, "B": 8, "C": 8, "D": 7, "E": 4}


@pytest.mark.parametrize("tie", TIES)
def test_equals_who_do_not_all_fit_are_all_out_and_nobody_passes_them(package, tie):
    given = quota(package, TIED, count=2, tie=tie)
    assert [given[unit] for unit in TIED] == ["excellent", "good", "good", "good", "good"]


def test_equals_who_do_not_all_fit_may_be_all_in(package):
    given = quota(package, TIED, count=2, ties="in")
    assert [given[unit] for unit in TIED] == ["excellent", "excellent", "excellent", "good", "good"]
    assert quota(package, TIED, count=1, ties="in")["B"] == "good"


def test_a_quota_within_the_group_counts_the_groups_own(package):
    totals = {"A": 9, "B": 8, "C": 7, "D": 6, "E": 5.5, "F": 5}
    given = [{"code": "best", "quota": {"share": "50%", "within": "group"}}, LAST]
    groups = {"A": "n", "B": "n", "C": "n", "D": "n"}
    weighed = scores(package, totals, grades=given, groups=groups)
    assert [unit for unit, grade in grades(weighed).items() if grade == "best"] == ["A", "B", "E"]


# ---- vetoes ----

THREE = [{"code": "excellent", "at_least": 9}, {"code": "good", "at_least": 6}, LAST]


def vetoed(package, *then, when="bad > 0", a=9, **more):
    values = {("U", "a"): str(a), ("U", "bad"): "1", ("V", "a"): "7", ("V", "bad"): "0"}
    values |= {("W", "a"): "5", ("W", "bad"): "0"}
    vetoes = [{"code": f"v{n}", "when": when, "then": each} for n, each in enumerate(then)]
    weighed = package([leaf({"points": "a"})], values, units="UVW", vetoes=vetoes,
                      **({"grades": THREE} | more))  # fmt: skip
    row = next(row for row in replay.weigh(weighed) if row.here.unit == "U")
    return row.rank, row.score, row.grade


VETOES = {
    "no veto": ([], (1, 9, "excellent")),
    "a grade": ([{"grade": "fail"}], (1, 9, "fail")),
    "none better": ([{"best_grade": "good"}], (1, 9, "good")),
    "lower by one": ([{"lower_by": 1}], (1, 9, "good")),
    "lower by more than there are": ([{"lower_by": 5}], (1, 9, "fail")),
    "a score": ([{"score": "6.5"}], (2, F("6.5"), "good")),
    "last": ([{"rank": "last"}], (3, 9, "excellent")),
    "unranked": ([{"rank": "none"}], (None, 9, "excellent")),
    "several in one": ([{"grade": "fail", "rank": "last"}], (3, 9, "fail")),
    "the worst grade holds": ([{"best_grade": "good"}, {"grade": "fail"}], (1, 9, "fail")),
    "the worst of two orders": ([{"grade": "fail"}, {"lower_by": 1}], (1, 9, "fail")),
    "the lowest score holds": ([{"score": 2}, {"score": 1}], (3, 1, "fail")),
}


@pytest.mark.parametrize(("then", "expected"), VETOES.values(), ids=VETOES.keys())
def test_a_veto_overrules(package, then, expected):
    assert vetoed(package, *then) == expected


def test_none_better_does_not_lift(package):
    assert vetoed(package, {"best_grade": "good"}, a=1) == (3, 1, "fail")


def test_a_vetos_grade_is_that_grade_whatever_else_a_veto_does(package):
    assert vetoed(package, {"grade": "good"}, {"rank": "last"}, a=1) == (3, 1, "good")


def test_a_veto_asks_scores_and_the_total_before_vetoes(package):
    then = {"score": 0}
    assert vetoed(package, then, then, when='score("A") > 8 and total > 8') == (3, 0, "fail")
    given = [{"code": "good", "requires": "total > 8"}, LAST]
    assert vetoed(package, then, grades=given) == (3, 0, "good")


def test_a_veto_on_a_missing_value_is_a_fault(package):
    with pytest.raises(replay.Missing):
        vetoed(package, {"grade": "fail"}, when="unknown > 0")


def test_a_barred_unit_takes_no_place_of_a_quota(package):
    given = [{"code": "excellent", "quota": {"count": 1}}, {"code": "good"}, LAST]
    values = {("U", "a"): "9", ("V", "a"): "8", ("W", "a"): "7"}
    vetoes = [{"code": "v", "when": "a > 8", "then": {"best_grade": "good"}}]
    weighed = package([leaf({"points": "a"})], values, units="UVW", vetoes=vetoes, grades=given)
    assert grades(weighed) == {"U": "good", "V": "excellent", "W": "good"}

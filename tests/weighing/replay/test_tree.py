"""`replay.py` alone: items within their bounds, groups of them, and the total."""

from fractions import Fraction as F

import pytest

from steelyard.weighing import replay
from tests.weighing.replay.packages import fixed, formula, grades, group, leaf, points, ranking


def possible(package, code, unit="U"):
    return replay.value(f'possible("{code}")', replay.Here(package, unit))


# ---- items ----

BOUNDS = {
    "an item ends at its points": ({}, 12, 10),
    "an item is not below 0": ({}, -1, 0),
    "cap replaces the points": ({"cap": 11}, 12, 11),
    "cap may be none": ({"cap": "none"}, 12, 12),
    "floor replaces 0": ({"floor": 3}, 1, 3),
    "floor may be none": ({"floor": "none"}, -1, -1),
    "a bound is a formula": ({"cap": "full / 3"}, 9, F(10, 3)),
    "a bonus ends at its points": ({"kind": "bonus"}, 12, 10),
    "a bonus is not below 0": ({"kind": "bonus"}, -1, 0),
    "a bonus without points has no end": ({"kind": "bonus", "points": None}, 99, 99),
    "a deduction is not above 0": ({"kind": "deduction"}, 1, 0),
    "a deduction ends at its points": ({"kind": "deduction"}, -12, -10),
    "a deduction without points has no end": ({"kind": "deduction", "points": None}, -99, -99),
}


@pytest.mark.parametrize(("more", "got", "expected"), BOUNDS.values(), ids=BOUNDS.keys())
def test_an_item_keeps_within_its_bounds(package, more, got, expected):
    item = {
        key: value for key, value in (leaf({"points": got}) | more).items() if value is not None
    }
    assert points(package([item, fixed("B", 1)]), "A") == expected


def test_full_is_no_gain_for_a_deduction(package):
    items = [leaf({"points": -3}, kind="deduction", full_if="yes"), fixed("B", 1)]
    assert points(package(items), "A") == 0


def test_a_group_has_bounds_only_where_it_says_so(package):
    items = [
        {"code": "G", "points": 10},
        fixed("G1", 10, parent="G"),
        fixed("G2", 5, kind="bonus", parent="G"),
        {"code": "H", "points": 10, "cap": "full"},
        fixed("H1", 10, parent="H"),
        fixed("H2", 5, kind="bonus", parent="H"),
        {"code": "K", "points": 8, "kind": "deduction"},
        leaf({"deduct": 6}, "K1", 6, kind="deduction", parent="K"),
        leaf({"deduct": 6}, "K2", 6, kind="deduction", parent="K"),
        {"code": "L", "points": 8, "kind": "bonus"},
        fixed("L1", 6, kind="bonus", parent="L"),
        fixed("L2", 6, kind="bonus", parent="L"),
    ]
    weighed = package(items)
    assert [points(weighed, code) for code in ("G", "H", "K", "L", "")] == [15, 10, -8, 8, 25]


POLICIES = {
    None: (12, 20),  # as rescale
    "rescale": (12, 20),  # (6 + 3) × 20 ÷ 15
    "spread": (F(6 * 25, 20) + F(3 * 15, 10), 20),  # 6 × 12.5/10 + 3 × 7.5/5 = 7.5 + 4.5
    "drop": (9, 15),
    "full": (14, 20),  # 6 + 3 + 5
    "zero": (9, 20),
}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_group_follows_its_policy_for_children_that_do_not_apply(package, policy):
    weighed = package(group(policy))
    assert (points(weighed, "G"), possible(weighed, "G")) == POLICIES[policy]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_changes_nothing_while_all_children_apply(package, policy):
    weighed = package(group(policy, gone=()))
    assert (points(weighed, "G"), possible(weighed, "G")) == (9, 20)


def test_spread_differs_from_rescale(package):
    # A got all of 10, B none of 5, C is gone: rescale 10 × 20/15; spread 10 × 12.5/10
    got = [points(package(group(p, got=(10, 0, 0))), "G") for p in ("rescale", "spread")]
    assert got == [F(40, 3), F(25, 2)]


def test_a_group_of_which_no_child_applies_does_not_apply(package):
    for policy in POLICIES:
        weighed = package(group(policy, gone=("A", "B", "C")))
        assert points(weighed, "G") is None
        assert possible(weighed, "G") == 0


def test_the_mean_of_others_fills_a_childs_place(package):
    items = [
        {"code": "G", "points": 20, "not_applicable": "mean_of_others"},
        leaf({"points": "a"}, "A", 10, parent="G"),
        leaf({"points": "b"}, "B", 10, parent="G", applies_to=["n"]),
    ]
    units = [{"code": "U", "group": "s"}, {"code": "V", "group": "n"}, {"code": "W", "group": "n"}]
    values = {(unit, name): n for unit, a, b in (("U", 1, 9), ("V", 2, 4), ("W", 3, 5))
              for name, n in (("a", str(a)), ("b", str(b)))}  # fmt: skip
    weighed = package(items, values, units=units)
    assert points(weighed, "G") == F(11, 2)  # 1 + (4 + 5) / 2
    assert possible(weighed, "G") == 20


def test_bonus_and_deduction_children_are_added_unscaled(package):
    items = [
        *group(),
        fixed("X", 2, kind="bonus", parent="G"),
        leaf({"deduct": 1}, "Y", 3, kind="deduction", parent="G"),
        fixed("W", 2, kind="bonus", parent="G", not_applicable_if="yes"),
    ]
    weighed = package(items)
    assert points(weighed, "G") == 13  # (6 + 3) × 20/15 + 2 − 1
    assert possible(weighed, "G") == 20
    assert possible(weighed, "X") == 0


COMBINES = {
    "sum": (9, 15),
    "mean": (F(9, 2), F(15, 2)),
    "weighted_mean": (F(3 * 6 + 1 * 3, 4), F(3 * 10 + 1 * 5, 4)),
    "lowest": (3, 5),
    "highest": (6, 10),
}


@pytest.mark.parametrize("combine", COMBINES)
def test_a_group_combines_its_children(package, combine):
    items = group("drop" if combine == "sum" else None, combine)
    for item, weight in zip(items[1:4], (3, 1, 7), strict=True):
        item["weight"] = weight
    del items[0]["points"]
    weighed = package(items)
    assert (points(weighed, "G"), possible(weighed, "G")) == COMBINES[combine]


def test_a_group_without_points_has_those_of_its_children(package):
    items = group("drop")
    del items[0]["points"]
    assert formula(package(items), 'full("G")') == 20
    items[0]["combine"] = "mean"
    assert formula(package(items), 'full("G")') == F(20, 3)


def test_dropped_points_are_not_possible_further_up(package):
    items = [
        {"code": "T"},
        *({**item, "parent": item.get("parent", "T")} for item in group("drop")),
    ]
    weighed = package(items)
    assert possible(weighed, "T") == 16
    assert possible(weighed, "") == 16


def test_a_group_with_a_rule_is_scored_by_it(package):
    rule = {"points": '0.4 * score("A") + 0.6 * score("B") + full("C")'}
    weighed = package(group(rule=rule, gone=()))
    assert points(weighed, "G") == F("2.4") + F("1.8") + 5


def test_adjust_comes_after_combining_and_before_zero_if_and_bounds(package):
    adjust = [{"deduct": "2"}, {"points": "1"}]
    assert points(package(group(adjust=adjust)), "G") == 11  # 12 − 2 + 1
    assert points(package(group(adjust=adjust, zero_if="yes")), "G") == 0
    assert points(package(group(adjust=adjust, full_if="yes")), "G") == 20
    assert points(package(group(adjust={"points": 15}, cap="full")), "G") == 20


def test_applies_to_names_groups_and_reaches_what_is_below(package):
    items = [
        {"code": "G", "applies_to": ["coast"]},
        leaf({"points": "a"}, "G1", 4, parent="G"),
        fixed("B", 6),
    ]
    units = [{"code": "U", "group": "inland"}, {"code": "V", "group": "coast"}]
    weighed = package(items, {("V", "a"): "2"}, units=units)
    assert [points(weighed, code) for code in ("G", "G1", "")] == [None, None, 10]
    assert [points(weighed, code, "V") for code in ("G", "G1", "")] == [2, 2, 8]


def test_the_tree_is_asked_in_formulas(package):
    weighed = package(group())
    asked = ['score("A")', 'possible("A")', 'full("G")', 'applies("A")', 'applies("C")']
    assert [formula(weighed, text) for text in asked] == [6, 10, 20, True, False]
    assert formula(weighed, 'full("C")') == 5
    with pytest.raises(replay.Missing):
        formula(weighed, 'score("C")')


# ---- total ----


def test_the_root_joins_the_top_items_without_bounds(package):
    items = [fixed("A", 60, 50), fixed("B", 40), fixed("C", 20, kind="bonus")]
    assert ranking(package(items)) == [(1, "U", 110)]


def test_a_percentage_is_of_what_is_possible(package):
    items = [fixed("A", 60, 50), fixed("B", 30), fixed("C", 10, not_applicable_if="yes")]
    weighed = package(items, total={"as": "percent", "not_applicable": "drop"})
    assert ranking(weighed) == [(1, "U", F(8000, 90))]


def test_the_total_may_be_combined_adjusted_and_rounded_by_the_rule(package):
    items = [fixed("A", 100, "92.5"), fixed("B", 100, 94)]
    total = {"combine": "lowest", "adjust": [{"points": "0.05"}], "rounded_to": 1, "places": 4}
    assert ranking(package(items, total=total)) == [(1, "U", F("92.6"))]  # 92.55


@pytest.mark.parametrize(
    ("got", "shown"), [("0.125", "0.13"), ("-0.125", "-0.13"), ("1/3", "0.33")]
)
def test_what_is_shown_is_rounded_from_halves_away_from_zero(got, shown):
    assert f"{float(replay.rounded(F(got), 2)):.2f}" == shown


def test_the_total_may_be_a_rule(package):
    items = [fixed("A", 100, 90), fixed("B", 100, 60)]
    rule = {"points": 'score("A") * 2/3 + score("B") / 3'}
    assert ranking(package(items, total={"rule": rule})) == [(1, "U", 80)]


def test_a_unit_to_which_nothing_applies_has_no_score_and_no_rank(package):
    items = [leaf({"points": "a"}, not_applicable_if="a < 0")]
    weighed = package(items, {("U", "a"): "-1", ("V", "a"): "3"}, units="UV",
                      grades=[{"code": "good"}])  # fmt: skip
    assert ranking(weighed) == [(1, "V", 3), (None, "U", None)]
    assert grades(weighed) == {"V": "good", "U": None}


def test_units_below_a_unit_are_weighed_within_it(package):
    units = [{"code": "44"}, {"code": "U", "parent": "44"}, {"code": "V", "parent": "45"}]
    assert [row[1] for row in ranking(package([fixed("A", 1)], units=units))] == ["44"]
    assert [row[1] for row in ranking(package([fixed("A", 1)], units=units, within="44"))] == ["U"]

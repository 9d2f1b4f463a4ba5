"""Items that decide nothing, one unit that decides an item, one item that decides the ranking."""

from __future__ import annotations

from tests.weighing.stress.fields import LADDER, cases, found, must_find, proved, stressed

TEN = tuple(range(1, 11))
RATES = ("55%", "60%", "65%", "70%", "75%", "84%", "85%", "86%", "95%", "97%")


# --- items that decide nothing ---------------------------------------------------------------------


def test_ladder_on_which_all_have_full_points_is_found_with_a_better_bar():
    rates = ("91%", "92%", "93%", "94%", "95%", "96%", "97%", "98%", "99%", "100%")
    test = stressed(
        proved("A", 10, LADDER), proved("B", 10, {"points": "b"}), columns={"rate": rates, "b": TEN}
    )
    one = must_find(test, "everybody-full")
    assert one.items == ("A",)
    assert one.level == "stop"  # half of all points
    assert "move full points from 90% to 98% (reached by 3 of 10 last year)" in cases(one)


def test_full_points_of_all_who_have_the_same_value_cannot_be_mended_by_a_bar():
    test = stressed(
        proved("A", 10, LADDER), proved("B", 30, {"points": "3 * b"}),
        columns={"rate": ["100%"] * 10, "b": TEN},
    )  # fmt: skip
    one = must_find(test, "everybody-full")
    assert one.level == "mend"
    assert "no bar would help" in cases(one)


def test_item_on_which_nobody_has_points_is_found():
    test = stressed(
        proved("A", 10, {"points": "full", "when": "done"}), proved("B", 10, {"points": "b"}),
        columns={"done": ["no"] * 10, "b": TEN},
    )  # fmt: skip
    assert must_find(test, "everybody-nothing").items == ("A",)


def test_item_on_which_eight_of_ten_have_full_points_is_no_finding():
    rates = ["95%"] * 8 + ["85%", "70%"]
    test = stressed(proved("A", 10, LADDER), columns={"rate": rates})
    assert found(test, "everybody-full") is None
    assert "tells units apart" in " ".join(text.en for text in test.sound)


def test_full_points_that_nobody_comes_near_are_found():
    test = stressed(proved("A", 10, {"proportion": "a", "target": 100}), columns={"a": TEN})
    one = must_find(test, "full-for-nobody")
    assert "full 10, the best had 1 (10%); move full points from 100 to 8" in cases(one)


# --- one unit decides -------------------------------------------------------------------------------


def test_share_of_the_best_with_an_outlier_is_found_with_a_target():
    values = (*range(10, 19), 1000)
    test = stressed(
        proved("A", 10, {"proportion": "a", "target": "all_max(a)"}), columns={"a": values}
    )
    one = must_find(test, "one-unit-decides")
    assert one.figures["unit"] == {"A": "u10"}
    assert "put the fixed target 17 in place of all_max" in cases(one)


def test_share_of_the_best_without_an_outlier_is_no_finding():
    test = stressed(
        proved("A", 10, {"proportion": "a", "target": "all_max(a)"}), columns={"a": range(90, 100)}
    )
    assert found(test, "one-unit-decides") is None


def test_rule_that_looks_at_nobody_else_is_sound_by_its_form():
    test = stressed(proved("A", 10, {"points": "a"}))
    assert any("No rule compares units" in text.en for text in test.sound)


# --- one item decides -------------------------------------------------------------------------------


def test_item_that_makes_most_of_the_differences_is_found():
    light = proved("A", 20, {"points": "2 * a"})
    flat = proved("B", 80, {"points": "70 + b"})
    test = stressed(light, flat, columns={"a": TEN, "b": (1, 2, 1, 2, 1, 2, 1, 2, 1, 2)})
    assert must_find(test, "one-item-decides").items == ("A",)


def test_items_that_spread_units_as_written_are_sound():
    test = stressed(
        proved("A", 10, {"points": "a"}), proved("B", 10, {"points": "b"}),
        columns={"a": TEN, "b": (3, 9, 1, 10, 2, 7, 4, 8, 6, 5)},
    )  # fmt: skip
    assert found(test, "one-item-decides") is None


def test_index_that_hangs_on_one_unit_is_told_with_goalposts():
    values = (*range(10, 19), 1000)
    test = stressed(
        {"code": "a", "title": "a"}, family="index", columns={"a": values},
        method={"normalise": {"by": "min_max"}},
    )  # fmt: skip
    assert "fix goalposts = [10.4, 558] (its 5th and 95th percentiles)" in cases(
        must_find(test, "one-unit-decides")
    )
    assert must_find(test, "skewed").items == ("a",)


def test_index_with_fixed_goalposts_hangs_on_nobody():
    test = stressed(
        {"code": "a", "title": "a", "goalposts": [0, 20]}, family="index", columns={"a": TEN},
        method={"normalise": {"by": "goalposts"}},
    )  # fmt: skip
    assert found(test, "one-unit-decides") is None
    assert found(test, "order-turns") is None

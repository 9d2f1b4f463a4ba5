"""An order that turns when a unit leaves."""

from __future__ import annotations

from tests.weighing.stress.fields import must_find, proved, said, stressed


def test_other_items_that_compare_units_are_named_beside_those_that_turned_the_order():
    test = stressed(
        proved("A", 10, {"proportion": "a", "target": "all_max(a)"}),
        proved("B", 10, {"proportion": "b", "target": 10}),
        proved("C", 5, {"points": "5 if c == all_max(c) else 0"}),
        columns={"a": [10, 5, 1], "b": [0, 0, 5], "c": [1, 1, 1]},
    )
    mend = must_find(test, "order-turns").mend.en
    assert mend.startswith("let A (Item A) look at nobody else")
    assert mend.endswith("C (Item C) too compare units: test again afterwards")


LAST_IF_FAR_BELOW = [
    {"code": "v", "title": "V", "when": "b < all_mean(b) / 5", "then": {"rank": "last"}}
]


def test_a_veto_that_compares_units_is_not_proved_to_keep_their_order():
    (wait,) = said(stressed(proved("A", 10, {"points": "a"}), vetoes=LAST_IF_FAR_BELOW), "leave")
    assert "a veto or a tie-break" in wait
    (sound,) = said(stressed(proved("A", 10, {"points": "a"})), "leaving")
    assert "proved" in sound


def test_order_that_a_comparing_veto_turns_is_found():
    test = stressed(
        proved("A", 10, {"points": "a"}), vetoes=LAST_IF_FAR_BELOW,
        columns={"a": [10, 4, 3, 3, 3, 3], "b": [50, 2, 9, 9, 9, 9]},
    )  # fmt: skip
    finding = must_find(test, "order-turns")
    assert finding.mend.en.startswith("let a veto or a tie-break look at nobody else")


def test_a_mean_of_others_that_a_group_passes_on_compares_units():
    test = stressed(
        {"code": "G", "title": "G", "on": {"missing": "mean_of_others"}},
        proved("A", 10, {"points": "a"}, parent="G"),
    )  # fmt: skip
    assert not said(test, "proved")

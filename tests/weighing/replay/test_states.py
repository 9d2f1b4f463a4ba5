"""`replay.py` alone: what is missing, does not apply, is late or has no material, and what that leads to."""

from fractions import Fraction as F

import pytest

from steelyard.weighing import replay
from tests.weighing.replay.packages import fixed, formula, leaf, points


def on(state, outcome):
    return {"on": {state: outcome}}


@pytest.mark.parametrize("rule", [{"points": "a"}, {"points": "a / b"}])
def test_what_is_missing_or_without_base_is_refused(package, rule):
    weighed = package([leaf(rule)], {("V", "a"): "1", ("U", "b"): "0", ("U", "a"): ""})
    with pytest.raises(ValueError, match="U, A: the data is refused"):
        replay.weigh(weighed)


STATES = {
    "missing": ({"points": "a"}, ("", "")),
    "no_base": ({"points": "1 / a"}, ("0", "")),
    "no_material": ({"points": "a"}, ("4", "no_material")),
    "unreliable": ({"points": "a"}, ("4", "unreliable")),
    "late": ({"points": "a"}, ("4", "late")),
}
OUTCOMES = {"zero": 0, "full": 10, "not_applicable": None}


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("state", STATES)
def test_a_state_of_the_data_leads_to_its_outcome(package, state, outcome):
    rule, cell = STATES[state]
    items = [leaf(rule, **on(state, outcome)), fixed("B", 1)]
    assert points(package(items, {("U", "a"): cell}), "A") == OUTCOMES[outcome]


@pytest.mark.parametrize("state", STATES)
def test_the_mean_of_others_is_over_the_units_that_have_points(package, state):
    rule, cell = STATES[state]
    rule = {"points": "12 / a"} if state == "no_base" else rule
    values = {("U", "a"): cell, ("V", "a"): "4", ("W", "a"): "2", ("X", "a"): cell}
    items = [leaf(rule, **on(state, "mean_of_others")), fixed("B", 1)]
    weighed = package(items, values, units="UVWX")
    # (4 + 2) / 2 = 3, or (12/4 + 12/2) / 2 = 4.5
    assert points(weighed, "A") == (F(9, 2) if state == "no_base" else 3)
    assert points(weighed, "A", "X") == points(weighed, "A")


def test_the_mean_of_no_others_is_not_applicable(package):
    items = [leaf({"points": "a"}, **on("missing", "mean_of_others")), fixed("B", 1)]
    assert points(package(items, {("U", "a"): ""}), "A") is None


DEFAULTS = {"no_material": 0, "unreliable": 0, "late": 4, "": 4}


@pytest.mark.parametrize(("status", "expected"), DEFAULTS.items())
def test_a_status_leads_by_default(package, status, expected):
    weighed = package([leaf({"points": "a"})], {("U", "a"): ("4", status)})
    assert points(weighed, "A") == expected


def test_a_state_that_is_ignored_is_scored_all_the_same(package):
    weighed = package(
        [leaf({"points": "a"}, **on("no_material", "ignore"))], {("U", "a"): ("4", "no_material")}
    )
    assert points(weighed, "A") == 4


@pytest.mark.parametrize("status", ["missing", "not_applicable"])
def test_such_a_status_takes_the_value_away(package, status):
    weighed = package([fixed("A", 1)], {("U", "a"): ("4", status)})
    assert formula(weighed, "known(a)") is False


def test_a_condition_of_an_item_may_be_missing_too(package):
    items = [
        leaf({"points": 5}, "A", not_applicable_if="a > 1", on={"missing": "full"}),
        leaf({"points": 5}, "B", zero_if="a > 1", on={"missing": "full"}),
    ]
    weighed = package(items, {("U", "a"): ""})
    assert [points(weighed, code) for code in "AB"] == [10, 10]


def test_a_bound_that_is_missing_is_no_bound_but_a_fault(package):
    with pytest.raises(TypeError):
        replay.weigh(package([leaf({"points": 5}, cap="a")], {("U", "a"): ""}))


def test_no_material_comes_before_unreliable_and_that_before_late(package):
    values = {
        ("U", "a"): ("4", "late"),
        ("U", "b"): ("4", "unreliable"),
        ("U", "c"): ("4", "no_material"),
    }
    led = {"on": {"no_material": "zero", "unreliable": "full", "late": "not_applicable"}}
    items = [leaf({"points": "a + b + c"}, "A", **led), leaf({"points": "a + b"}, "B", **led)]
    weighed = package([*items, leaf({"points": "a"}, "C", **led)], values)
    assert [points(weighed, code) for code in "ABC"] == [0, 10, None]


def test_children_inherit_what_a_state_leads_to(package):
    items = [
        {"code": "G", "points": 10, "on": {"missing": "full"}},
        leaf({"points": "a"}, "G1", 6, parent="G"),
        leaf({"points": "a"}, "G2", 4, parent="G", on={"missing": "zero"}),
        leaf({"points": "a"}, "B", 3),
    ]
    weighed = package(items, {("U", "a"): ""}, on={"missing": "zero"})
    assert [points(weighed, code) for code in ("G1", "G2", "G", "B")] == [6, 0, 6, 0]


def test_a_rule_names_inputs_through_quantities_and_codes(package):
    items = [leaf({"points": "twice"}), leaf({"points": 'value("1.1")'}, "B")]
    values = {("U", "a"): ("2", "no_material"), ("U", "1.1"): ("2", "unreliable")}
    weighed = package(items, values, quantities=[{"code": "twice", "formula": "2 * a"}])
    assert (points(weighed, "A"), points(weighed, "B")) == (0, 0)


def test_a_text_in_a_rule_names_no_input(package):
    rule = {"points": '7 if level == "a" else 0', "say": {"zh": "a", "en": "a"}}
    values = {("U", "a"): ("2", "no_material"), ("U", "level"): "a"}
    assert points(package([leaf(rule)], values, inputs={"level": "text"}), "A") == 7


def test_an_item_has_a_status_of_its_own(package):
    values = {("U", code): ("", status) for code, status in zip("ABC", STATES, strict=False)}
    values = {
        ("U", "A"): ("", "not_applicable"),
        ("U", "B"): ("", "no_material"),
        ("U", "C"): ("", "missing"),
    }
    items = [fixed("A", 10), fixed("B", 10), fixed("C", 10, on={"missing": "full"}, got="1")]
    weighed = package(items, values)
    assert [points(weighed, code) for code in "ABC"] == [None, 0, 10]


def test_not_applicable_comes_before_no_material_and_that_before_zero_if(package):
    items = [
        leaf({"points": "a + b"}, "A"),
        leaf({"points": "b"}, "B", zero_if="yes", on={"no_material": "full"}),
        leaf({"points": "none"}, "C", zero_if="yes", full_if="yes"),
        leaf({"points": "none"}, "D", full_if="yes"),
    ]
    values = {
        ("U", "a"): ("1", "not_applicable"),
        ("U", "b"): ("1", "no_material"),
        ("U", "none"): "",
    }
    assert [points(package(items, values), code) for code in "ABCD"] == [None, 10, 0, 10]

"""Points that nobody can verify, and points without a bound."""

from __future__ import annotations

from fractions import Fraction

import pytest

from steelyard.kernel.bilingual import same
from steelyard.weighing.stress.fitness import stress
from steelyard.weighing.values import Cell, Values
from tests.builders import item, scheme
from tests.weighing.stress.fields import LADDER, found, must_find, proved, stressed


@pytest.mark.parametrize(
    ("item_", "kind"),
    [
        (item("A", 10, {"points": "mark"}), "judged"),
        (item("A", 10, LADDER), "no-proof"),
        (item("A", 10, LADDER, supplying_body="self"), "self-reported"),
    ],
)
def test_points_that_nobody_can_verify_are_found(item_, kind):
    bodies = {"self": {"zh": "被考核单位自报", "en": "The assessed unit itself"}}
    one = must_find(stressed(item_, bodies=bodies), "unverifiable")
    assert (one.level, one.figures[kind], one.figures["share"]) == ("stop", ["A"], 1.0)


@pytest.mark.parametrize(
    "items",
    [
        [item("A", 10, {"points": "mark"}, material="样表")],
        [item("A", 10, LADDER, supplying_body="bureau")],
        [item("G", material="案卷"), item("A", 10, LADDER, parent="G")],
        [item("A", 10, LADDER, supplying_body="self", material="凭证")],
    ],
    ids=["material", "supplying body", "material of the group", "self-reported with material"],
)
def test_points_with_material_or_a_body_are_sound(items):
    bodies = {"self": {"zh": "自评", "en": "self"}, "bureau": {"zh": "市监局", "en": "Bureau"}}
    test = stressed(*items, bodies=bodies)
    assert found(test, "unverifiable") is None
    assert any("Every point can be verified" in text.en for text in test.sound)


@pytest.mark.parametrize(
    ("source", "is_proof"), [("统计年鉴2021，表3", True), ("values.csv, 7", False), ("", False)]
)
def test_figures_that_came_with_their_source_can_be_verified(source, is_proof):
    made = scheme(items=[item("A", 10, LADDER)])
    values = Values(
        {
            ("rate", "2021"): {
                "jm": Cell(Fraction(1), source=same(source)),
                "zs": Cell(Fraction(1), source=same(source)),
            }
        }
    )
    assert (found(stress(made, values), "unverifiable") is None) is is_proof


def test_bonus_without_material_is_named_beside_the_points():
    bonus = item("B", 5, {"points": "b"}, kind="bonus")
    one = must_find(stressed(proved("A", 10, LADDER), bonus), "unverifiable")
    assert (one.level, one.figures["bonus"], one.figures["share"]) == ("know", ["B"], 0.0)


def test_a_tenth_of_the_points_is_to_be_mended_and_less_to_be_known():
    rest = proved("B", 90, {"points": "b"})
    assert must_find(stressed(item("A", 10, LADDER), rest), "unverifiable").level == "mend"
    rest = proved("B", 95, {"points": "b"})
    lone = item("A", 5, {"points": 5, "when": "done"})
    assert must_find(stressed(lone, rest), "unverifiable").level == "know"


def test_leaf_without_a_bound_is_found():
    open_ = proved("A", 0, {"add": "a", "each": 1}, cap="none")
    assert must_find(stressed(open_, proved("B", 10, {"points": "b"})), "no-bound").items == ("A",)


@pytest.mark.parametrize(
    "items",
    [
        [
            proved(
                "A",
                0,
                {"add": "a", "each": 1, "at_most": 5},
                cap="none",
                gap={"points": 0, "note": "-"},
            )
        ],
        [
            item("P", 5, kind="bonus"),
            proved("A", 5, {"add": "a", "each": 1}, parent="P", kind="bonus"),
        ],
        [
            item("P", 5, kind="bonus"),
            proved("A", None, {"add": "a", "each": 1}, parent="P", kind="bonus"),
        ],
    ],
    ids=["rule", "points", "group above"],
)
def test_leaf_that_something_bounds_is_no_finding(items):
    assert found(stressed(*items, proved("B", 10, {"points": "b"})), "no-bound") is None

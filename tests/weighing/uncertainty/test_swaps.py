"""The smallest swap closes the gap, nothing smaller does, and where there is none it says why."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from steelyard.weighing.uncertainty.swaps import Swaps
from steelyard.weighing.uncertainty.swaps.weighted_sum import WeightedSum, smallest
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from steelyard.weighing.what_if import what_if
from tests.builders import item, scheme, weighed

TWO = {"items": [item("A", 10, {"points": "a"}), item("B", 30, {"points": "b"})]}


def test_points_move_to_where_the_one_behind_is_best():
    result = weighed({"jm": {"a": 10, "b": 15}, "zs": {"a": 2, "b": 21}}, **TWO)
    swap, why = Swaps(result).between("jm", "zs")
    # Jiangmen leads by 2 of 40; a point moved from A to B changes the lead by 0.8 + 0.2.
    assert swap is not None
    assert swap.moved == pytest.approx(2 / 40)
    assert swap.changes == (("A", 0.25, pytest.approx(0.2)), ("B", 0.75, pytest.approx(0.8)))
    assert not why
    level = what_if(result.scheme, result.values, points={"A": F(8), "B": F(32)})
    assert level.standing["jm"].score == level.standing["zs"].score


def test_equal_totals_need_no_change():
    result = weighed({"jm": {"a": 4, "b": 8}, "zs": {"a": 8, "b": 4}}, **TWO)
    assert Swaps(result).between("jm", "zs")[0].moved == 0


def test_nobody_passes_one_who_is_behind_on_nothing():
    result = weighed({"jm": {"a": 9, "b": 9}, "zs": {"a": 8, "b": 4}}, **TWO)
    swap, why = Swaps(result).between("jm", "zs")
    assert swap is None
    assert "江门没有一项比中山差" in why.zh
    assert "Jiangmen is behind Zhongshan on nothing" in why.en


def test_a_bonus_is_beside_the_weights():
    items = [*TWO["items"], item("C", 5, {"points": "c"}, kind="bonus")]
    values = {"jm": {"a": 10, "b": 9, "c": 0}, "zs": {"a": 0, "b": 15, "c": 3}}
    swap, _ = Swaps(weighed(values, items=items)).between("jm", "zs")
    # The lead is 1 of 40: each point moved from A to B changes it by 1 + 0.2.
    assert swap.moved == pytest.approx(1 / 1.2 / 40)


def test_a_bonus_that_no_points_make_up_for_is_not_called_being_behind_on_nothing():
    items = [*TWO["items"], item("C", 50, {"points": "c"}, kind="bonus")]
    values = {"jm": {"a": 5, "b": 6, "c": 40}, "zs": {"a": 6, "b": 6, "c": 0}}
    swap, why = Swaps(weighed(values, items=items)).between("jm", "zs")
    assert swap is None
    assert why.zh == "江门凭加分、扣分领先中山的，任何分值都补不回来。"
    assert why.en.startswith("Jiangmen leads Zhongshan by bonuses and deductions")


def test_a_group_that_is_no_sum_is_named():
    items = [item("G", 20, cap=15), *(one | {"parent": "G"} for one in TWO["items"])]
    items[2]["points"] = 10
    result = weighed({"jm": {"a": 9, "b": 9}, "zs": {"a": 8, "b": 4}}, items=items)
    swap, why = Swaps(result).between("jm", "zs")
    assert swap is None
    assert why.en.startswith("G is no plain sum")


def test_a_veto_is_named():
    vetoes = [{"code": "v", "title": "V", "when": "a < 3", "then": {"score": 0}}]
    result = weighed({"jm": {"a": 9, "b": 9}, "zs": {"a": 2, "b": 4}}, vetoes=vetoes, **TWO)
    assert "veto applies to Zhongshan" in Swaps(result).between("jm", "zs")[1].en


INDEX = {
    "family": "index",
    "items": [
        {"code": "P", "title": "P"},
        {"code": "a", "parent": "P", "title": "a", "weight": 3},
        {"code": "b", "parent": "P", "title": "b"},
        {"code": "c", "title": "c"},
    ],
}
VALUES = {"jm": {"a": 90, "b": 20, "c": 60}, "zs": {"a": 70, "b": 40, "c": 50}}


def indexed(by: str, values=VALUES, **method):
    made = scheme(**INDEX, method={"normalise": {"by": "none"}, "aggregate": {"by": by}} | method)
    return weigh(made, Values.of(made, values))


@pytest.mark.parametrize("by", ["arithmetic", "geometric", "harmonic"])
def test_an_index_with_the_swapped_weights_is_level(by):
    result = indexed(by)
    ahead, behind = (standing.unit.code for standing in result.standings)
    swap, _ = Swaps(result).between(ahead, behind)
    assert swap is not None
    weights = {"a": 0.375, "b": 0.125, "c": 0.5} | {code: to for code, _, to in swap.changes}
    items = [dict(one) for one in INDEX["items"]]
    items[0]["weight"] = str(weights["a"] + weights["b"])
    for index, code in ((1, "a"), (2, "b"), (3, "c")):
        items[index]["weight"] = str(weights[code])
    made = scheme(
        family="index", items=items,
        method={"normalise": {"by": "none"}, "aggregate": {"by": by}},
    )  # fmt: skip
    level = weigh(made, Values.of(made, VALUES))
    assert level.standing["jm"].score == pytest.approx(level.standing["zs"].score, abs=1e-9)


def test_mixed_means_move_weight_at_the_top():
    result = indexed("arithmetic", aggregate=[{"by": "geometric"}, {"by": "arithmetic"}])
    swap, _ = Swaps(result).between("jm", "zs")
    assert swap is None or {code for code, _, _ in swap.changes} <= {"P", "c"}


def test_a_method_that_is_no_sum_is_named():
    assert "Copeland" in Swaps(indexed("copeland")).between("jm", "zs")[1].en


def test_a_unit_that_lacks_a_part_is_named():
    values = {"jm": VALUES["jm"], "zs": {"a": 70, "b": None, "c": 50}}
    assert (
        "does not apply to Zhongshan"
        in Swaps(indexed("arithmetic", values)).between("jm", "zs")[1].en
    )


@given(st.data())
def test_no_smaller_change_puts_them_level(data):
    """Against a linear programme over all weights."""
    n = data.draw(st.integers(2, 5))
    weights = [F(w) for w in data.draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))]
    whole = sum(weights)
    leads = data.draw(st.lists(st.integers(-5, 5), min_size=n, max_size=n))
    codes = [f"i{k}" for k in range(n)]
    sum_ = WeightedSum(
        {code: weight / whole for code, weight in zip(codes, weights, strict=True)},
        {
            "a": {c: F(lead) for c, lead in zip(codes, leads, strict=True)},
            "b": dict.fromkeys(codes, F(0)),
        },
        {},
    )
    swap = smallest(sum_, "a", "b")
    w = [float(weight / whole) for weight in weights]
    # variables: what is taken from each, what is given to each
    found = linprog(
        [0.5] * (2 * n),
        A_ub=[[-lead for lead in leads] + leads],
        b_ub=[-sum(lead * own for lead, own in zip(leads, w, strict=True))],
        A_eq=[[1] * n + [-1] * n],
        b_eq=[0],
        bounds=[(0, own) for own in w] + [(0, None)] * n,
    )
    assert (swap is None) == (found.status == 2)
    if swap is not None:
        assert swap.moved == pytest.approx(found.fun, abs=1e-9)

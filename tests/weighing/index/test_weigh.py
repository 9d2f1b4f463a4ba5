"""Where weights come from; by hand, by another formula, or by the handbook (see the TAI tables)."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from steelyard.scheme.method import ItemMethod, Normalise, Weigh
from steelyard.weighing.index.columns import Array
from steelyard.weighing.index.weigh import (
    CannotWeigh,
    ahp_weights,
    consistency_ratio,
    equal_influence_weights,
    influences,
    pca_loadings,
    pca_weights,
    shares,
    varimax,
    weights_of,
)
from tests.weighing.index.builders import composed, f, faults, method, said

# a : b : c = 3 : 2 : 1 without contradiction; then a over b over c over a, each by far.
CONSISTENT = np.array([[1, 3 / 2, 3], [2 / 3, 1, 2], [1 / 3, 1 / 2, 1]])
CONTRARY = np.array([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])


def drawn(children: int, units: int = 40, seed: int = 7) -> Array:
    """Children that share one cause, so that they correlate."""
    rng = np.random.default_rng(seed)
    cause = rng.normal(size=(units, 1))
    noise = rng.normal(size=(units, children))
    return np.asarray((cause + 1.5 * noise) * np.arange(1, children + 1))


# --- given and equal -------------------------------------------------------------------------------


def test_weights_are_scaled_to_sum_to_one() -> None:
    assert shares(np.array([1.0, 3.0])).tolist() == [0.25, 0.75]


@pytest.mark.parametrize("weights", [[-1.0, 2.0], [0.0, 0.0]])
def test_weights_below_zero_or_of_no_sum_are_refused(weights: list[float]) -> None:
    with pytest.raises(CannotWeigh):
        shares(np.array(weights))


def test_an_only_child_has_all_the_weight_whatever_the_method() -> None:
    table = np.array([[1.0], [1.0]])
    for by in ("given", "equal", "pca", "ahp", "equal_influence"):
        assert weights_of(table, np.ones(1), Weigh(by), None).tolist() == [1]  # type: ignore[arg-type]


def test_result_holds_the_weights_given_and_those_used() -> None:
    result = composed(
        {"a": [0, 1], "b": [0, 1]},
        weights={"a": 3.0, "b": 1.0},
        method=method(weigh=Weigh("equal")),
    )
    assert result.given == {"": {"a": 0.75, "b": 0.25}}
    assert result.weights == {"": {"a": 0.5, "b": 0.5}}


# --- principal components ----------------------------------------------------------------------------


def test_two_correlated_children_load_alike_on_one_component() -> None:
    table = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0]])
    values, loadings = pca_loadings(table, 1.0)
    assert values == pytest.approx([1.6, 0.4])  # 1 ± r with r = 0.6
    assert np.abs(loadings[:, 0]) == pytest.approx([0.8**0.5, 0.8**0.5])
    assert pca_weights(table, 1.0) == pytest.approx([0.5, 0.5])


def test_the_first_component_is_kept_whatever_the_bound() -> None:
    assert pca_loadings(drawn(3), 99.0)[1].shape == (3, 1)


def test_varimax_keeps_communalities_and_leaves_no_better_turn() -> None:
    _, loadings = pca_loadings(drawn(6), 0.3)
    turned = varimax(loadings)
    assert (turned**2).sum(axis=1) == pytest.approx((loadings**2).sum(axis=1))
    lengths = np.sqrt((turned**2).sum(axis=1, keepdims=True))

    def simplicity(angle: float, i: int, j: int) -> float:
        scaled = turned / lengths
        scaled[:, [i, j]] = scaled[:, [i, j]] @ np.array(
            [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
        )
        return float((scaled**2).var(axis=0).sum())

    planes = [(i, j) for i, j in product(range(turned.shape[1]), repeat=2) if i < j]
    assert planes
    for i, j in planes:
        here = simplicity(0.0, i, j)
        assert all(simplicity(angle, i, j) <= here + 1e-9 for angle in np.linspace(-0.8, 0.8, 33))


def test_components_do_not_depend_on_scale_or_order() -> None:
    table = drawn(5)
    weights = pca_weights(table, 1.0)
    assert pca_weights(table * [1, 10, 0.1, 5, 2] + 7, 1.0) == pytest.approx(weights)
    assert pca_weights(table[::-1, ::-1], 1.0)[::-1] == pytest.approx(weights)


# --- equal influence ----------------------------------------------------------------------------------


@pytest.mark.parametrize("children", [2, 3, 8])
def test_every_child_correlates_alike_with_the_mean(children: int) -> None:
    table = drawn(children, units=400)
    weights = equal_influence_weights(table)
    total = table @ weights
    correlation = [np.corrcoef(column, total)[0, 1] for column in table.T]
    assert np.ptp(correlation) < 1e-9
    assert correlation[0] > 0
    assert weights.sum() == pytest.approx(1)
    assert influences(table, weights) == pytest.approx(np.square(correlation))


def test_two_children_weigh_inversely_to_their_deviation() -> None:
    table = np.array([[0.0, 0.0], [1.0, 30.0], [2.0, 10.0], [3.0, 40.0]])
    deviations = table.std(axis=0)
    expected = (1 / deviations) / (1 / deviations).sum()
    assert equal_influence_weights(table) == pytest.approx(expected)


def test_where_equal_influence_is_out_of_reach_the_result_says_how_near_it_is() -> None:
    # c falls as a and b rise, so that no weight from 0 up lets it correlate as they do
    columns = {"a": [1, 2, 3, 4, 5], "b": [1, 3, 2, 5, 4], "c": [5, 4.5, 2, 2.5, 1]}
    result = composed(
        columns, method=method(weigh=Weigh("equal_influence"), normalise=Normalise("z_score"))
    )
    (note,) = result.notes
    assert "cannot be made equal (0.000–" in note.en


def test_children_that_cancel_one_another_are_refused() -> None:
    asked = method(weigh=Weigh("equal_influence"))
    (fault,) = faults({"a": [1, 2, 3], "b": [3, 2, 1]}, method=asked)
    assert "oppose and cancel one another" in fault.what.en


def test_weights_from_data_use_the_units_that_are_complete() -> None:
    table = drawn(3)
    with_gaps = np.vstack([table, [[np.nan, 99.0, 99.0]]])
    for by in ("pca", "equal_influence"):
        asked = Weigh(by)  # type: ignore[arg-type]
        found = weights_of(with_gaps, np.ones(3), asked, None)
        assert found == pytest.approx(weights_of(table, np.ones(3), asked, None))


@pytest.mark.parametrize("by", ["pca", "equal_influence"])
def test_weights_from_data_need_three_units_that_differ(by: str) -> None:
    asked = method(weigh=Weigh(by), normalise=Normalise("none"))  # type: ignore[arg-type]
    found = faults({"a": [1, 2], "b": [2, 3]}, method=asked)
    assert [fault.code for fault in found] == ["cannot-weigh"]
    found = faults({"a": [1, 2, 4], "b": [2, 2, 2]}, method=asked)
    assert [fault.code for fault in found] == ["cannot-weigh"]


# --- judgements ----------------------------------------------------------------------------------------


def test_consistent_judgements_give_the_ratios_that_they_state() -> None:
    assert consistency_ratio(CONSISTENT) == pytest.approx(0, abs=1e-12)
    assert ahp_weights(CONSISTENT, 0.1) == pytest.approx([1 / 2, 1 / 3, 1 / 6])


def test_consistency_ratio_is_that_of_saaty() -> None:
    # 3 by 3, λmax from the closed form 1 + x + 1/x with x = (a12 a23 / a13)^(1/3)
    judged = np.array([[1, 2, 8], [1 / 2, 1, 3], [1 / 8, 1 / 3, 1]])
    x = (2 * 3 / 8) ** (1 / 3)
    largest = 1 + x + 1 / x
    assert consistency_ratio(judged) == pytest.approx((largest - 3) / 2 / 0.58)


def test_contradicting_judgements_are_refused_unless_the_scheme_says_so() -> None:
    with pytest.raises(CannotWeigh, match="consistency ratio"):
        ahp_weights(CONTRARY, 0.1)
    assert ahp_weights(CONTRARY, 99).sum() == pytest.approx(1)


def test_judgements_are_of_the_group_and_reciprocal() -> None:
    asked = method(weigh=Weigh("ahp"))
    columns = {"a": [0, 1], "b": [0, 1]}
    judged = ItemMethod(judgements=((f(1), f(3)), (f("1/3"), f(1))))
    result = composed(columns, items={"": judged}, method=asked)
    assert list(result.weights[""].values()) == pytest.approx([0.75, 0.25])
    crooked = ItemMethod(judgements=((f(1), f(3)), (f(3), f(1))))
    for item, words in ((crooked, "not reciprocal"), (ItemMethod(), "has no 2 by 2 judgements")):
        (fault,) = faults(columns, items={"": item}, method=asked)
        assert words in said([fault])[0]


def test_no_start_finds_more_even_influence_than_ours() -> None:
    rng = np.random.default_rng(3)
    table = drawn(8, units=40, seed=3)
    table[:, 0] *= -0.3
    table += rng.normal(size=table.shape)
    ours = _off(influences(table, equal_influence_weights(table)))
    deviations = table.std(axis=0)
    drawn_weights = rng.dirichlet(np.ones(8), size=4000) / deviations
    assert ours <= min(_off(influences(table, weights)) for weights in drawn_weights)


def _off(influence: Array) -> float:
    return float(((influence / influence.sum() - 1 / len(influence)) ** 2).sum())

"""Each aggregation from its definition, and what a missing child leads to."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.scheme.method import Aggregate, AggregateBy, ItemMethod, MissingBy, Normalise
from steelyard.weighing.index.aggregate import CannotAggregate, aggregated, obstacles, outranking
from steelyard.weighing.index.columns import Array
from tests.weighing.index.builders import composed, f, faults, method, said

TABLE = np.array([[2.0, 8.0], [4.0, 4.0], [1.0, 16.0]])
EQUAL, UNEVEN = np.array([0.5, 0.5]), np.array([0.75, 0.25])
AS_IT_IS = Normalise("none")


def by(name: AggregateBy, **more: object) -> Aggregate:
    return Aggregate(name, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "equal", "uneven"),
    [
        (by("arithmetic"), [5, 4, 8.5], [3.5, 4, 4.75]),
        (by("geometric"), [4, 4, 4], [2**1.5, 4, 2]),
        (by("harmonic"), [3.2, 4, 32 / 17], [1 / (0.375 + 1 / 32), 4, 1 / (0.75 + 1 / 64)]),
        (by("generalised", power=f(1)), [5, 4, 8.5], [3.5, 4, 4.75]),
        (by("generalised", power=f(0)), [4, 4, 4], [2**1.5, 4, 2]),
        (by("generalised", power=f(-1)), [3.2, 4, 32 / 17], [1 / (0.375 + 1 / 32), 4, 1 / (0.75 + 1 / 64)]),
        (by("generalised", power=f(2)), [34**0.5, 4, 128.5**0.5], [19**0.5, 4, 64.75**0.5]),
        (by("owa", order_weights=(f(1), f(3))), [3.5, 4, 4.75], [3.5, 4, 4.75]),
        (by("copeland"), [0, 0, 0], [0, 2, -2]),
        (by("mazziotta_pareto"), [5 - 9 / 5, 4, 8.5 - 7.5**2 / 8.5],
         [3.5 - 6.75 / 3.5, 4, 4.75 - 42.1875 / 4.75]),
        (by("adjusted_mazziotta_pareto", penalty=1), [5 + 9 / 5, 4, 8.5 + 7.5**2 / 8.5],
         [3.5 + 6.75 / 3.5, 4, 4.75 + 42.1875 / 4.75]),
    ],
    ids=lambda value: value.by if isinstance(value, Aggregate) else "",
)  # fmt: skip
def test_scores_by_hand(how: Aggregate, equal: list[float], uneven: list[float]) -> None:
    assert aggregated(TABLE, EQUAL, how).tolist() == pytest.approx(equal)
    assert aggregated(TABLE, UNEVEN, how).tolist() == pytest.approx(uneven)


def test_human_poverty_index_is_a_generalised_mean_of_power_three() -> None:
    # UNDP: HPI-1 = [(P1³ + P2³ + P3³) ÷ 3]^(1/3)
    found = aggregated(
        np.array([[10.0, 20.0, 30.0]]), np.full(3, 1 / 3), by("generalised", power=f(3))
    )
    assert found[0] == pytest.approx(((1000 + 8000 + 27000) / 3) ** (1 / 3))


@given(
    st.lists(st.integers(1, 100), min_size=2, max_size=6), st.integers(-80, 80), st.integers(1, 20)
)
def test_generalised_means_rise_with_their_power(values: list[int], power: int, step: int) -> None:
    table, weights = np.array([values], dtype=float), np.full(len(values), 1 / len(values))
    low = aggregated(table, weights, by("generalised", power=Fraction(power, 4)))[0]
    high = aggregated(table, weights, by("generalised", power=Fraction(power + step, 4)))[0]
    assert low <= high * (1 + 1e-9)


def test_a_great_power_does_not_overflow() -> None:
    table = np.array([[1e-3, 1e3]])
    assert aggregated(table, EQUAL, by("generalised", power=f(900)))[0] == pytest.approx(
        1e3, rel=1e-2
    )
    assert aggregated(table, EQUAL, by("generalised", power=f(-900)))[0] == pytest.approx(
        1e-3, rel=1e-2
    )


# --- missing children --------------------------------------------------------------------------------


GAP = np.array([[2.0, np.nan, 8.0], [4.0, 1.0, 1.0], [3.0, 6.0, 2.0]])
THIRDS = np.full(3, 1 / 3)


@pytest.mark.parametrize(
    ("how", "score"),
    [
        (by("arithmetic"), 5),
        (by("geometric"), 4),
        (by("harmonic"), 3.2),
        (by("generalised", power=f(2)), 34**0.5),
        (by("mazziotta_pareto"), 5 - 9 / 5),
    ],
)
def test_reweighting_is_the_same_mean_of_the_children_that_are_known(
    how: Aggregate, score: float
) -> None:
    assert obstacles(GAP, THIRDS, how) == ()
    assert aggregated(GAP, THIRDS, how)[0] == pytest.approx(score)


def test_the_missing_child_is_no_gift_in_the_geometric_mean() -> None:
    """A product over what is there, with weights that no longer sum to 1, would be 16^(1/3) = 2.5."""
    assert aggregated(GAP, THIRDS, by("geometric"))[0] == pytest.approx(4)


EVERY: tuple[AggregateBy, ...] = (
    "arithmetic", "geometric", "harmonic", "generalised", "owa", "copeland", "mazziotta_pareto",
    "adjusted_mazziotta_pareto", "benefit_of_the_doubt",
)  # fmt: skip


def every(missing: MissingBy) -> list[Aggregate]:
    return [
        by(name, missing=missing, power=f(2), order_weights=(f(1),) * 3 if name == "owa" else ())
        for name in EVERY
    ]


@pytest.mark.parametrize("how", every("missing"), ids=lambda how: how.by)
def test_what_lacks_a_child_is_missing_itself(how: Aggregate) -> None:
    assert obstacles(GAP, THIRDS, how) == ()
    found = aggregated(GAP, THIRDS, how)
    assert np.isnan(found).tolist() == [True, False, False]
    assert found[1:] == pytest.approx(aggregated(GAP[1:], THIRDS, how))


@pytest.mark.parametrize("how", every("worst"), ids=lambda how: how.by)
def test_the_missing_child_counts_as_the_lowest_of_any_unit(how: Aggregate) -> None:
    filled = np.where(np.isnan(GAP), 1.0, GAP)
    assert obstacles(GAP, THIRDS, how) == ()
    assert aggregated(GAP, THIRDS, how) == pytest.approx(aggregated(filled, THIRDS, how))


@pytest.mark.parametrize("how", every("refuse"), ids=lambda how: how.by)
def test_a_missing_child_is_refused_by_name(how: Aggregate) -> None:
    assert [(one.why, one.row, one.column) for one in obstacles(GAP, THIRDS, how)] == [
        ("missing", 0, 1)
    ]


@pytest.mark.parametrize("how", every("reweight"), ids=lambda how: how.by)
def test_what_cannot_be_weighted_anew_says_so(how: Aggregate) -> None:
    refuses = how.by in ("owa", "benefit_of_the_doubt")
    assert [one.why for one in obstacles(GAP, THIRDS, how)] == ["cannot_reweight"] * refuses


def test_copeland_compares_two_units_on_what_both_have() -> None:
    matrix = outranking(GAP, THIRDS)
    assert matrix[0].tolist() == pytest.approx([0, 0.5, 0.5])
    assert matrix[1].tolist() == pytest.approx([0.5, 0, 1 / 3])


def test_two_units_with_nothing_in_common_draw() -> None:
    table = np.array([[1.0, np.nan], [np.nan, 9.0]])
    assert outranking(table, EQUAL).tolist() == [[0, 0.5], [0.5, 0]]


def test_a_unit_without_any_child_has_no_score() -> None:
    table = np.array([[np.nan, np.nan], [1.0, 2.0]])
    found = aggregated(table, EQUAL, by("arithmetic"))
    assert np.isnan(found[0])
    assert found[1] == 1.5


def test_under_refuse_a_unit_without_any_child_is_refused_too() -> None:
    table = np.array([[np.nan, np.nan], [1.0, 2.0]])
    assert len(obstacles(table, EQUAL, by("arithmetic", missing="refuse"))) == 2


def test_a_child_without_weight_is_in_nobodys_way() -> None:
    table = np.array([[4.0, -1.0], [9.0, np.nan]])
    for how in (by("geometric", missing="refuse"), by("harmonic", missing="refuse")):
        weights = np.array([1.0, 0.0])
        assert obstacles(table, weights, how) == ()
        assert aggregated(table, weights, how).tolist() == pytest.approx([4, 9])


# --- what a method does not take -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "least", "why"),
    [
        (by("geometric"), 0, "not_above_zero"),
        (by("harmonic"), 0, "not_above_zero"),
        (by("generalised", power=f(-2)), 0, "not_above_zero"),
        (by("generalised", power=f(2)), -1, "below_zero"),
        (by("benefit_of_the_doubt"), -1, "below_zero"),
    ],
)
def test_scores_too_small_are_named_one_by_one(how: Aggregate, least: float, why: str) -> None:
    table = np.array([[least, 2.0], [3.0, least]])
    found = [(one.why, one.row, one.column) for one in obstacles(table, EQUAL, how)]
    assert found == [(why, 0, 0), (why, 1, 1)]


def test_powers_above_zero_take_zero() -> None:
    assert obstacles(np.array([[0.0, 2.0]]), EQUAL, by("generalised", power=f("0.5"))) == ()


def test_geometric_mean_names_unit_indicator_and_remedy_in_both_languages() -> None:
    found = faults(
        {"A3": [5, 0, 3], "A4": [0, 1, 2]},
        method=method(normalise=AS_IT_IS, aggregate=(by("geometric"),)),
    )
    assert [fault.say("en") for fault in found] == [
        "items.A4: the geometric mean needs every score above 0: Jiangmen has 0 on A4; "
        "rescale to 1–100 first [not-above-zero]",
        "items.A3: the geometric mean needs every score above 0: Shaoguan has 0 on A3; "
        "rescale to 1–100 first [not-above-zero]",
    ]
    assert found[1].what.zh == "几何平均要求得分都大于0：韶关在A3上为0"


def test_mazziotta_pareto_refuses_a_mean_that_is_not_above_zero() -> None:
    asked = method(normalise=Normalise("z_score"), aggregate=(by("mazziotta_pareto"),))
    found = faults({"a": [1, 2, 3], "b": [1, 2, 3]}, method=asked)
    assert [fault.code for fault in found] == ["mean-not-above-zero"] * 2
    assert "z_score onto = [100, 10]" in found[0].mend.en


def test_missing_and_too_small_are_told_together() -> None:
    asked = method(normalise=AS_IT_IS, aggregate=(by("geometric", missing="refuse"),))
    found = faults({"a": [0, 1], "b": [None, 1]}, method=asked)
    assert sorted(fault.code for fault in found) == ["not-above-zero", "value-missing"]


# --- owa, Mazziotta–Pareto -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "score"),
    [((1, 0, 0), 9), ((0, 0, 1), 1), ((1, 1, 1), 5), ((0, 1, 0), 5)],
    ids=["best", "worst", "mean", "median"],
)
def test_order_weights_make_best_worst_mean_or_median(order: tuple[int, ...], score: float) -> None:
    how = by("owa", order_weights=tuple(f(one) for one in order))
    assert aggregated(np.array([[5.0, 9.0, 1.0]]), THIRDS, how)[0] == pytest.approx(score)


@pytest.mark.parametrize("order", [(), (1, 1), (1, -1, 1), (0, 0, 0)])
def test_order_weights_that_do_not_fit_are_refused(order: tuple[int, ...]) -> None:
    how = by("owa", order_weights=tuple(f(one) for one in order))
    with pytest.raises(CannotAggregate):
        aggregated(np.array([[5.0, 9.0, 1.0]]), THIRDS, how)


def test_mazziotta_pareto_from_raw_figures_by_hand() -> None:
    """z = 100 + 10 (x − M)/S with divisor n; MPI = M − S²/M over the indicators of a unit."""
    columns = {"a": [1, 2, 3], "b": [30, 10, 20]}
    how = Normalise("z_score", onto=(f(100), f(10)), per="units")
    result = composed(columns, method=method(normalise=how, aggregate=(by("mazziotta_pareto"),)))
    z = 10 * 1.5**0.5
    first = 100 - (z**2) / 100  # scores 100 − z and 100 + z
    second = (100 + 100 - z) / 2 - (z / 2) ** 2 / ((200 - z) / 2)
    assert result.scores[""].tolist()[:2] == pytest.approx([first, second])


def test_adjusted_mazziotta_pareto_by_hand() -> None:
    """Goalposts onto 70 to 130, no trimming; AMPI = M − S²/M."""
    columns = {"a": [0, 10, 12], "b": [4, 2, 0]}
    items = {
        "a": ItemMethod(goalposts=(f(0), f(10))),
        "b": ItemMethod("lower", goalposts=(f(0), f(4))),
    }
    how = Normalise("goalposts", onto=(f(70), f(130)), trim=False)
    asked = method(normalise=how, aggregate=(by("adjusted_mazziotta_pareto"),))
    result = composed(columns, items=items, method=asked)
    assert result.scores["a"].tolist() == pytest.approx([70, 130, 142])
    assert result.scores["b"].tolist() == pytest.approx([70, 100, 130])
    assert result.scores[""].tolist() == pytest.approx([70, 115 - 15**2 / 115, 136 - 36 / 136])


# --- benefit of the doubt --------------------------------------------------------------------------------


def doubt(table: Array, least: str = "0", most: str = "1") -> list[float]:
    how = by("benefit_of_the_doubt", least_share=f(least), most_share=f(most))
    return [float(one) for one in aggregated(table, np.ones(table.shape[1]), how)]


def test_every_unit_that_is_best_at_something_scores_one_without_bounds() -> None:
    assert doubt(np.array([[10.0, 1.0], [1.0, 10.0], [5.0, 5.0]])) == pytest.approx([1, 1, 10 / 11])


def test_equal_shares_make_the_arithmetic_mean_over_the_best() -> None:
    table = np.array([[10.0, 2.0], [1.0, 5.0], [3.0, 3.0]])
    assert doubt(table, "0.5", "0.5") == pytest.approx([1, 0.5, 0.5])


def test_bounds_on_shares_of_the_weights_by_hand() -> None:
    # Weights between 40% and 60%: b at (0.4, 0.6) against a at 0.4 × 10 = 4: 0.6 × 5 + 0.4 = 3.4
    assert doubt(np.array([[10.0, 0.0], [1.0, 5.0]]), "0.4", "0.6") == pytest.approx([1, 3.4 / 4])


def test_a_unit_of_zeros_scores_zero_and_not_minus_zero() -> None:
    found = doubt(np.array([[0.0, 0.0], [1.0, 2.0]]))
    assert found == [0, 1]
    assert not np.signbit(found[0])
    assert doubt(np.zeros((2, 2))) == [0, 0]


def test_a_dominated_unit_changes_nobody_elses_score() -> None:
    table = np.array([[9.0, 3.0], [4.0, 8.0], [6.0, 6.0], [3.0, 3.0]])
    assert doubt(table)[:3] == pytest.approx(doubt(table[:3]))


@pytest.mark.parametrize(("least", "most"), [("0.6", "1"), ("0", "0.4")])
def test_shares_that_cannot_sum_to_one_are_refused(least: str, most: str) -> None:
    asked = Aggregate("benefit_of_the_doubt", least_share=f(least), most_share=f(most))
    found = faults({"a": [0, 1], "b": [0, 1]}, method=method(aggregate=(asked,)))
    assert said(found) == [
        f"Total: the benefit of the doubt cannot be computed, since the shares of 2 weights cannot all lie "
        f"between {least} and {most}"
    ]

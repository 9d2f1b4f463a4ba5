"""When outliers are treated and how, by the JRC's rule; numbers worked by hand or by another package."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from steelyard.scheme.method import Treat
from steelyard.weighing.index.columns import Array
from steelyard.weighing.index.treat import (
    box_cox,
    has_outliers,
    kurtosis,
    logarithm,
    skewness,
    treated,
)
from tests.weighing.index.builders import column, composed, f, method

RULE = Treat("winsorise", at_most=5, then="log")
ONE_FAR = column(*range(1, 20), 100)
values = st.lists(st.integers(-1000, 1000), min_size=5, max_size=30).map(
    lambda found: np.array(found, dtype=float)
)


@given(values)
def test_skewness_and_kurtosis_are_those_of_the_sample(found: Array) -> None:
    if np.ptp(found) > 0:
        assert skewness(found) == pytest.approx(stats.skew(found, bias=False), abs=1e-9)
        assert kurtosis(found) == pytest.approx(stats.kurtosis(found, bias=False), abs=1e-9)


def test_skewness_by_hand() -> None:
    # 1, 2, 6: mean 3, deviations −2, −1, 3; m2 = 14/3, m3 = 6; G1 = 6/(14/3)^1.5 × √6
    assert skewness(column(1, 2, 6)) == pytest.approx(6 / (14 / 3) ** 1.5 * 6**0.5)


def test_kurtosis_by_hand() -> None:
    # −1, −1, 1, 1: m2 = 1, m4 = 1, g2 = −2; G2 = 3/(2 × 1) × (5 × −2 + 6) = −6
    assert kurtosis(column(-1, -1, 1, 1)) == pytest.approx(-6)


def test_a_constant_and_a_few_values_have_no_shape() -> None:
    assert skewness(column(0.1, 0.1, 0.1)) == 0
    assert kurtosis(column(1, 2, 3)) == 0
    assert skewness(column(1, None)) == 0


def test_far_values_of_any_size_have_the_same_shape() -> None:
    assert kurtosis(ONE_FAR * 1e-90) == pytest.approx(kurtosis(ONE_FAR))


def test_outliers_need_both_skewness_and_kurtosis() -> None:
    assert has_outliers(ONE_FAR, Treat())
    assert not has_outliers(ONE_FAR, Treat(kurtosis=f(100)))
    assert not has_outliers(ONE_FAR, Treat(skew=f(100)))


def test_one_far_value_becomes_the_next_largest() -> None:
    found = treated(ONE_FAR, RULE)
    assert found.column.tolist() == [*range(1, 20), 19]
    assert (found.low, found.high, found.transformed, found.open) == (0, 1, "none", False)


def test_a_long_tail_on_the_left_is_winsorised_on_the_left() -> None:
    found = treated(-ONE_FAR, RULE)
    assert (found.low, found.high) == (1, 0)
    assert found.column.tolist() == [-x for x in [*range(1, 20), 19]]


def test_before_and_after_are_told() -> None:
    found = treated(ONE_FAR, RULE)
    assert found.before == (
        pytest.approx(stats.skew(ONE_FAR, bias=False)),
        pytest.approx(kurtosis(ONE_FAR)),
    )
    assert abs(found.after[0]) < 2


def test_more_points_than_allowed_are_undone_and_a_logarithm_taken() -> None:
    tail = np.concatenate([np.arange(1.0, 31.0), [400.0, 900.0, 2000.0]])
    found = treated(tail, Treat("winsorise", at_most=2, then="log"))
    assert (found.low, found.high, found.transformed) == (0, 0, "log")
    assert found.column == pytest.approx(np.log(tail - 1 + 0.01 * 1999))


def test_without_a_second_way_what_was_winsorised_stays_and_is_told_open() -> None:
    tail = np.concatenate([np.arange(1.0, 31.0), [400.0, 900.0, 2000.0]])
    found = treated(tail, Treat("winsorise", at_most=1))
    assert (found.high, found.open, found.column.max()) == (1, True, 900)


def test_no_point_may_be_winsorised() -> None:
    assert treated(ONE_FAR, Treat("winsorise", at_most=0)).column.tolist() == ONE_FAR.tolist()


def test_treatment_by_logarithm_alone_touches_only_outliers() -> None:
    assert treated(ONE_FAR, Treat("log")).transformed == "log"
    assert treated(column(1, 2, 3, 4, 5), Treat("log")).transformed == "none"


def test_missing_values_stay_missing_and_count_for_nothing() -> None:
    found = treated(np.append(ONE_FAR, np.nan), RULE)
    assert found.high == 1
    assert np.isnan(found.column[-1])


@given(values)
def test_treatment_never_turns_two_units_round(found: Array) -> None:
    for how in (RULE, Treat("winsorise", at_most=3), Treat("log"), Treat("box_cox")):
        after = treated(found, how).column
        order = np.argsort(found, kind="stable")
        assert (np.diff(after[order]) >= -1e-12).all()


def test_logarithm_of_a_left_tail_draws_the_left_tail_in() -> None:
    assert abs(skewness(logarithm(-ONE_FAR))) < abs(skewness(-ONE_FAR))
    assert (np.diff(logarithm(-ONE_FAR)[::-1]) > 0).all()


def test_box_cox_of_positive_values_is_that_of_the_values_themselves() -> None:
    lengths = column(1, 2, 3, 5, 8, 13, 90)
    assert box_cox(lengths) == pytest.approx(stats.boxcox(lengths)[0])


def test_box_cox_of_other_values_moves_them_above_zero_first() -> None:
    assert np.isfinite(box_cox(column(-3, 0, 1, 50))).all()


def test_result_says_what_was_done_to_each_indicator() -> None:
    result = composed({"a": list(ONE_FAR[-6:])}, method=method(treat=Treat("winsorise")))
    assert result.treated["a"].high == 1
    assert [note.en for note in result.notes] == ["a: 1 points winsorised (0 low, 1 high)"]

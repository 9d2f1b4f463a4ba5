"""Sampling errors and intervals beside published numbers, textbook formulas, NumPy and a bootstrap."""

from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.records.tally.sampled import Answer, defect_share, points_lost, survey_mean

CONFIDENCE = F(95, 100)


@pytest.mark.parametrize(
    ("defective", "reviewed", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_intervals_are_those_of_newcombe_1998(defective, reviewed, low, high):
    """Newcombe, R. G. (1998), Statistics in Medicine 17: 857-872, table I, method 3 (Wilson)."""
    found = defect_share(defective, reviewed, CONFIDENCE)
    assert (round(float(found.low), 4), round(float(found.high), 4)) == (low, high)
    assert found.value == F(defective, reviewed)
    assert found.sample == reviewed


def test_all_defective_reaches_one_and_none_reviewed_says_nothing():
    assert defect_share(20, 20, CONFIDENCE).high == 1
    assert round(float(defect_share(20, 20, CONFIDENCE).low), 4) == 1 - 0.1611
    assert defect_share(0, 0, CONFIDENCE) is None


def test_a_simple_sample_has_the_textbook_error_of_a_mean():
    """1, 2, 3, 4: mean 2.5, s² = 5/3, standard error √(5/3 / 4) = 0.645497."""
    found = survey_mean([Answer(F(n), F(1)) for n in (1, 2, 3, 4)], CONFIDENCE)
    assert found.value == F(5, 2)
    assert float(found.standard_error) == pytest.approx(0.645497224)
    assert float(found.high) == pytest.approx(2.5 + 1.959963985 * 0.645497224)


def test_a_stratified_sample_has_the_textbook_error():
    """Cochran (1977), 5.3: strata of 200 and 100 people with s² of 1 and 4, four answers each.

    Variance of the mean: (2/3)²·1/4 + (1/3)²·4/4 = 1/9 + 1/9 = 2/9.
    """
    spread = {"big": (F(200, 4), 1), "small": (F(100, 4), 2)}
    answers = []
    for stratum, (weight, step) in spread.items():
        base = 10 if stratum == "big" else 40
        # Two at each side of the mean, at a distance of step·√(3/4): s² = 4·(3/4)·step²/3 = step².
        near = F(f"{step * 0.8660254037844386:.15f}")
        answers += [Answer(base + sign * near, weight, stratum) for sign in (-1, -1, 1, 1)]
    found = survey_mean(answers, CONFIDENCE)
    assert found.value == F(20)
    assert float(found.standard_error) == pytest.approx((2 / 9) ** 0.5, rel=1e-8)


def test_the_error_of_a_weighted_mean_is_what_a_bootstrap_finds():
    rng = np.random.default_rng(4)
    values, weights = rng.integers(0, 101, 300), rng.integers(1, 6, 300)
    drawn = rng.integers(0, 300, (4000, 300))
    means = (values * weights)[drawn].sum(1) / weights[drawn].sum(1)
    answers = [Answer(F(int(v)), F(int(w))) for v, w in zip(values, weights, strict=True)]
    found = survey_mean(answers, CONFIDENCE)
    assert float(found.value) == pytest.approx(np.average(values, weights=weights))
    assert float(found.standard_error) == pytest.approx(means.std(ddof=1), rel=0.05)


def test_one_answer_has_a_mean_but_no_error():
    found = survey_mean([Answer(F(3), F(2))], CONFIDENCE)
    assert (found.value, found.standard_error, found.low) == (3, None, None)
    assert survey_mean([Answer(F(3), F(0))], CONFIDENCE) is None
    assert survey_mean([], CONFIDENCE) is None


def test_decimals_beyond_six_places_are_kept():
    found = survey_mean(
        [Answer(F(1, 10**9), F(1, 10**8)), Answer(F(3, 10**9), F(1, 10**8))], CONFIDENCE
    )
    assert found.value == F(2, 10**9)
    assert points_lost([Answer(F(1, 10**9), F(1))], CONFIDENCE).value == F(1, 10**9)


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 9), st.sampled_from("ab")), min_size=2, max_size=30),
    st.integers(1, 1000),
)  # fmt: skip
def test_weights_of_any_scale_give_the_same_estimate(rows, scale):
    one = survey_mean([Answer(F(v), F(w), s) for v, w, s in rows], CONFIDENCE)
    other = survey_mean([Answer(F(v), F(w, scale), s) for v, w, s in rows], CONFIDENCE)
    assert one == other


def test_points_lost_stay_between_nought_and_one_and_have_the_error_of_a_ratio():
    """Cochran (1977), 2.11: the variance of a ratio r = y/x is Σ(y − r·x)² / (n − 1) · n / x²."""
    files = [Answer(F(y), F(x)) for y, x in [(0, 10), (1, 10), (3, 20), (0, 10), (2, 10)]]
    found = points_lost(files, CONFIDENCE)
    assert found.value == F(6, 60)
    squares = sum((y - 0.1 * x) ** 2 for y, x in [(0, 10), (1, 10), (3, 20), (0, 10), (2, 10)])
    assert float(found.standard_error) == pytest.approx((squares / 4 * 5) ** 0.5 / 60)
    assert found.low >= 0
    assert points_lost([Answer(F(0), F(0))], CONFIDENCE) is None

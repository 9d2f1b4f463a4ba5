"""The estimators give what is known of functions, and what SALib gives on the same rows."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import sobol as salib_analyze
from SALib.sample import sobol as salib_sample

from steelyard.weighing.sensitivity.design import blocks
from steelyard.weighing.sensitivity.estimators import Indices, indices, resampled, variance
from tests.weighing.sensitivity.toys import KNOWN, Function, designed, factors, ishigami

SEED = 20260101


def found(
    function: Function, columns: list[int], base: int, *, confidence: float = 0.95
) -> Indices:
    output = designed(function, columns, base, SEED)
    weights = resampled(base, SEED)
    return indices(output[0], output[-1], output[1:-1].T, weights, confidence)


@pytest.mark.parametrize("name", KNOWN)
def test_known_answers_lie_within_the_stated_intervals(name: str) -> None:
    function, width, first, total = KNOWN[name]
    got = found(function, [1] * width, 4096, confidence=0.99)
    assert (np.abs(got.first - first) <= got.first_error + 1e-9).all(), (got.first, first)
    assert (np.abs(got.total - total) <= got.total_error + 1e-9).all(), (got.total, total)
    assert got.first == pytest.approx(first, abs=0.02)
    assert got.total == pytest.approx(total, abs=0.02)


@pytest.mark.parametrize("name", ["Ishigami", "Sobol' g-function", "product of two"])
def test_intervals_hold_the_known_answer_as_often_as_they_say(name: str) -> None:
    function, width, first, total = KNOWN[name]
    held = []
    for seed in range(60):
        output = designed(function, [1] * width, 256, seed)
        got = indices(output[0], output[-1], output[1:-1].T, resampled(256, seed), 0.9)
        held.append(np.abs(got.first - first) <= got.first_error)
        held.append(np.abs(got.total - total) <= got.total_error)
    assert np.mean(held) >= 0.87  # of 0.9; 360 and more are counted


def problem(columns: list[int]) -> dict[str, object]:
    """SALib's words for the same factors; it knows a factor of several columns as a group."""
    groups = [f"f{i}" for i, width in enumerate(columns) for _ in range(width)]
    names = [f"x{i}" for i in range(len(groups))]
    bounds = [[0.0, 1.0]] * len(groups)
    return {"num_vars": len(groups), "names": names, "bounds": bounds, "groups": groups}


@pytest.mark.parametrize("columns", [[1, 1, 1], [1, 2], [2, 1]])
def test_rows_are_those_that_salib_draws_from_the_seed(columns: list[int]) -> None:
    asked = salib_sample.sample(problem(columns), 512, calc_second_order=False, seed=SEED)
    made = factors(*columns)
    rows = np.concatenate(
        [
            np.stack(list(block.designs(made)), axis=1).reshape(-1, 3)
            for block in blocks(made, 512, SEED)
        ]
    )
    assert np.array_equal(rows, asked)


@pytest.mark.parametrize("columns", [[1, 1, 1], [1, 2]])
def test_indices_and_intervals_are_those_of_salib(columns: list[int]) -> None:
    rows = salib_sample.sample(problem(columns), 512, calc_second_order=False, seed=SEED)
    theirs = salib_analyze.analyze(
        problem(columns), ishigami(rows), calc_second_order=False, num_resamples=100,
        conf_level=0.95, seed=SEED,
    )  # fmt: skip
    ours = found(ishigami, columns, 512)
    assert ours.first == pytest.approx(theirs["S1"], abs=1e-10)
    assert ours.total == pytest.approx(theirs["ST"], abs=1e-10)
    assert ours.first_error == pytest.approx(theirs["S1_conf"], abs=1e-10)
    assert ours.total_error == pytest.approx(theirs["ST_conf"], abs=1e-10)


def test_an_output_far_from_zero_has_the_same_indices() -> None:
    near = found(ishigami, [1, 1, 1], 256)
    far = found(lambda rows: 1e6 + 1000 * ishigami(rows), [1, 1, 1], 256)
    assert far.first == pytest.approx(near.first, abs=1e-6)
    assert far.total_error == pytest.approx(near.total_error, abs=1e-6)


def test_what_never_varies_has_indices_and_errors_of_zero() -> None:
    got = found(lambda rows: np.full(len(rows), 3.0), [1, 1], 64)
    assert [*got.first, *got.total, *got.first_error, *got.total_error] == [0.0] * 8


def test_a_factor_that_moves_nothing_has_index_zero_exactly() -> None:
    got = found(lambda rows: rows[:, 0] ** 2, [1, 1, 2], 64)
    assert (got.first[1:].tolist(), got.total[1:].tolist()) == ([0.0, 0.0], [0.0, 0.0])
    assert (got.first_error[1:].tolist(), got.total_error[1:].tolist()) == ([0.0, 0.0], [0.0, 0.0])


def test_an_output_that_moves_in_one_row_stays_within_reason() -> None:
    # Resamples that miss the row must count as constant, not divide by what rounding leaves.
    one = found(lambda rows: 1e3 + (rows[:, 0] > rows[:, 0].max() - 1e-12), [1, 1], 256)
    assert np.isfinite(one.total_error).all()
    assert (np.abs(one.total) <= 2).all()
    assert (one.total_error <= 2).all()


def test_variance_is_that_of_both_matrices_together() -> None:
    a, b = np.random.default_rng(1).random((2, 64))
    even = np.full((1, 64), 1 / 64)
    assert variance(even, a, b) == pytest.approx(np.var([a, b]), rel=1e-12)


def test_every_resample_weighs_one_in_all() -> None:
    assert resampled(64, SEED).sum(axis=1) == pytest.approx(np.ones(100), abs=1e-12)

"""Sobol indices of one output: what a factor moves alone, and what it moves with all others.

``a``, ``b`` hold the output on the rows of A and B, (rows,), ``ab`` on the mixed rows, (rows, factors).
``weights``, (samples, rows), each sum to 1 over the rows: even ones give the estimate, those of a
resample its bootstrap. Outputs must be centred: the first estimator is biased for others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from steelyard.weighing.uncertainty.model import Array

RESAMPLES = 100
_NOISE = 64 * float(np.finfo(float).eps)


def first_order(weights: Array, a: Array, b: Array, ab: Array) -> Array:
    """The share of the variance that goes if the factor alone is known (samples, factors).

    Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), Table 2, estimator (b): the mean
    of f(B) (f(AB) − f(A)) over the variance. SALib's ``first_order`` is the same.
    """
    return _share(weights @ (b[:, None] * (ab - a[:, None])), variance(weights, a, b))


def total(weights: Array, a: Array, b: Array, ab: Array) -> Array:
    """The share of the variance that stays if all but the factor are known (samples, factors).

    Jansen (1999); Saltelli et al. (2010), Table 2, estimator (f): half the mean of (f(A) − f(AB))²
    over the variance. SALib's ``total_order`` is the same.
    """
    return _share(weights @ (a[:, None] - ab) ** 2 / 2, variance(weights, a, b))


def variance(weights: Array, a: Array, b: Array) -> Array:
    """Of A and B together, (samples,); exactly 0 where it is no more than the noise of floats.

    A rank that moves in one row of a thousand is constant in many a resample: what rounding leaves
    there of the difference of two squares must not become a divisor.
    """
    square = weights @ (a**2 + b**2) / 2
    found = square - (weights @ (a + b) / 2) ** 2
    return np.where(found > _NOISE * (1 + square), found, 0.0)


def _share(part: Array, whole: Array) -> Array:
    """What does not vary is moved by nothing: 0, not 0 ÷ 0."""
    return np.divide(part, whole[:, None], out=np.zeros_like(part), where=whole[:, None] > 0)


@dataclass(frozen=True, slots=True)
class Indices:
    """Of one output, by factor: both indices and the half-widths of their intervals."""

    first: Array
    total: Array
    first_error: Array
    total_error: Array


def indices(a: Array, b: Array, ab: Array, resamples: Array, confidence: float) -> Indices:
    """Both indices with intervals from a bootstrap over rows.

    As in SALib, so that intervals can be compared: outputs are brought to mean 0 and standard
    deviation 1, and the half-width is the normal quantile times the standard deviation of the
    resampled indices.
    """
    a, b, ab = _standardised(a, b, ab)
    even = np.full((1, len(a)), 1 / len(a))
    width = float(norm.ppf(0.5 + confidence / 2))
    return Indices(
        first_order(even, a, b, ab)[0],
        total(even, a, b, ab)[0],
        width * first_order(resamples, a, b, ab).std(axis=0, ddof=1),
        width * total(resamples, a, b, ab).std(axis=0, ddof=1),
    )


def _standardised(a: Array, b: Array, ab: Array) -> tuple[Array, Array, Array]:
    whole = np.column_stack([a, b, ab])
    spread = float(whole.std()) if np.ptp(whole) else 1.0
    mean = float(whole.mean())
    return (a - mean) / spread, (b - mean) / spread, (ab - mean) / spread


def resampled(rows: int, seed: int, samples: int = RESAMPLES) -> Array:
    """How much each row weighs in each bootstrap resample, (samples, rows).

    Rows are drawn with repetition, a whole row of the design at a time (Archer, Saltelli and Sobol'
    1997); in the order in which SALib draws them from the same seed.
    """
    drawn = np.random.default_rng(seed).integers(rows, size=(rows, samples))
    places = drawn + rows * np.arange(samples)
    counts = np.bincount(places.ravel(), minlength=rows * samples)
    return np.asarray(counts.reshape(samples, rows) / rows)

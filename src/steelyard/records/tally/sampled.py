"""Figures that are known from a sample: their value, their sampling error, their interval.

A survey's mean is the weighted mean (Hájek 1971); its standard error is that of the linearised ratio,
within strata where there are any (Cochran 1977, ch. 6; with replacement, so on the careful side). A
defect rate counts defective files of those reviewed, with the score interval of Wilson (1927); or it is points
lost of points possible, a ratio with the linearised error over the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, sqrt
from statistics import NormalDist

from steelyard.kernel.exact import exact

DIGITS = 9
"""Significant digits of what no fraction can hold: standard errors and the ends of intervals."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of a sample: a value with its weight, or a part (``value``) of a whole (``weight``)."""

    value: Fraction
    weight: Fraction
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sample says. ``standard_error`` is None where one row alone can say nothing of it."""

    value: Fraction
    sample: int
    standard_error: Fraction | None
    low: Fraction | None
    high: Fraction | None


def survey_mean(answers: Sequence[Answer], confidence: Fraction) -> Estimate | None:
    """The weighted mean with its error; None where no weight is above zero."""
    values, scale = _whole(one.value for one in answers)
    weights, _ = _whole(one.weight for one in answers)
    total = sum(weights)
    if total <= 0:
        return None
    summed = sum(w * v for w, v in zip(weights, values, strict=True))
    scores = [w * (v * total - summed) for w, v in zip(weights, values, strict=True)]
    variance = _variance([one.stratum for one in answers], scores, total**2 * scale)
    return _with_normal_interval(
        Fraction(summed, total * scale), len(answers), variance, confidence
    )


def defect_share(defective: int, reviewed: int, confidence: Fraction) -> Estimate | None:
    """The share of defective files; the interval is Wilson's, which holds for few files too."""
    if not reviewed:
        return None
    share = Fraction(defective, reviewed)
    z = NormalDist().inv_cdf(0.5 + float(confidence) / 2)
    n, p = reviewed, float(share)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = Fraction(0) if defective == 0 else _shortened(max(centre - half, 0.0))
    high = Fraction(1) if defective == reviewed else _shortened(min(centre + half, 1.0))
    return Estimate(share, reviewed, _shortened(sqrt(p * (1 - p) / n)), low, high)


def points_lost(files: Sequence[Answer], confidence: Fraction) -> Estimate | None:
    """Points lost of points possible, over files: ``value`` lost of ``weight`` possible."""
    both, _ = _whole([*(one.value for one in files), *(one.weight for one in files)])
    lost, possible = both[: len(files)], both[len(files) :]
    total = sum(possible)
    if total <= 0:
        return None
    summed = sum(lost)
    scores = [of * total - summed * most for of, most in zip(lost, possible, strict=True)]
    variance = _variance([one.stratum for one in files], scores, total**2)
    found = _with_normal_interval(Fraction(summed, total), len(files), variance, confidence)
    return Estimate(
        found.value, found.sample, found.standard_error,
        None if found.low is None else max(found.low, Fraction(0)),
        None if found.high is None else min(found.high, Fraction(1)),
    )  # fmt: skip


def _whole(numbers: Iterable[Fraction]) -> tuple[list[int], int]:
    """The same in whole parts of one size, and how many of them make one: sums of those are quick."""
    held = list(numbers)
    scale = lcm(*{one.denominator for one in held})
    return [one.numerator * (scale // one.denominator) for one in held], scale


def _variance(strata: Sequence[str], scores: Sequence[int], divisor: int) -> Fraction | None:
    """The variance of the sum of ``scores / divisor``; None if a stratum has one row alone."""
    apart: dict[str, list[int]] = {}
    for stratum, score in zip(strata, scores, strict=True):
        apart.setdefault(stratum, []).append(score)
    total = Fraction(0)
    for held in apart.values():
        n = len(held)
        if n < 2:
            return None
        total += Fraction(n * sum(one * one for one in held) - sum(held) ** 2, n - 1)
    return total / divisor**2


def _with_normal_interval(
    value: Fraction, sample: int, variance: Fraction | None, confidence: Fraction
) -> Estimate:
    if variance is None:
        return Estimate(value, sample, None, None, None)
    error = _shortened(sqrt(variance))
    z = NormalDist().inv_cdf(0.5 + float(confidence) / 2)
    half = _shortened(z * float(error))
    return Estimate(value, sample, error, value - half, value + half)


def _shortened(number: float) -> Fraction:
    return exact(f"{number:.{DIGITS}g}")

"""Tame outliers: winsorise, or transform, where skewness and kurtosis are both too large.

The rule of the JRC (COIN Tool; Becker et al., COINr): an indicator with |skewness| > 2 *and*
kurtosis > 3.5 has outliers. Winsorise point by point on the side of the skew until one of the two
is in bounds; if more points would be needed than allowed, undo it and take a logarithm or Box–Cox.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.scheme.method import Then, Treat
from steelyard.weighing.index.columns import Array, known


@dataclass(frozen=True, slots=True)
class Treated:
    """A treated column, how many points were winsorised at each end, and what else was done.

    ``open`` says that the column is still out of bounds.
    """

    column: Array
    low: int = 0
    high: int = 0
    transformed: Then = "none"
    open: bool = False


def skewness(column: Array) -> float:
    """The sample skewness G1 (Joanes and Gill 1998), 0 of a constant; needs 3 values."""
    values = known(column)
    n, centred = values.size, values - values.mean() if values.size else values
    m2 = float(np.mean(centred**2)) if n else 0.0
    if n < 3 or m2 == 0:
        return 0.0
    g1 = float(np.mean(centred**3)) / m2**1.5
    return g1 * float(np.sqrt(n * (n - 1))) / (n - 2)


def kurtosis(column: Array) -> float:
    """The sample excess kurtosis G2 (Joanes and Gill 1998), 0 of a constant; needs 4 values."""
    values = known(column)
    n, centred = values.size, values - values.mean() if values.size else values
    m2 = float(np.mean(centred**2)) if n else 0.0
    if n < 4 or m2 == 0:
        return 0.0
    g2 = float(np.mean(centred**4)) / m2**2 - 3
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6))


def has_outliers(column: Array, treat: Treat) -> bool:
    """Whether |skewness| and kurtosis are both above their bounds."""
    return abs(skewness(column)) > treat.skew and kurtosis(column) > treat.kurtosis


def treated(column: Array, treat: Treat) -> Treated:
    """The column as the rule leaves it; untouched if it has no outliers."""
    if treat.by == "none" or not has_outliers(column, treat):
        return Treated(column)
    if treat.by != "winsorise":
        return _transformed(column, treat, treat.by)
    found = winsorised(column, treat)
    if not found.open or treat.then == "none":
        return found
    return _transformed(column, treat, treat.then)


def winsorised(column: Array, treat: Treat) -> Treated:
    """Point by point, the most extreme values on the side of the skew become the next one."""
    low = high = 0
    current = column
    while has_outliers(current, treat) and low + high < treat.at_most:
        if skewness(current) > 0:
            high += 1
        else:
            low += 1
        current = _held(column, low, high)
    return Treated(current, low, high, open=has_outliers(current, treat))


def _held(column: Array, low: int, high: int) -> Array:
    """The column held between its (low+1)-th smallest and (high+1)-th largest value."""
    ordered = np.sort(known(column))
    return np.clip(column, ordered[low], ordered[ordered.size - 1 - high])


def _transformed(column: Array, treat: Treat, how: Then) -> Treated:
    changed = logarithm(column) if how == "log" else box_cox(column)
    return Treated(changed, transformed=how, open=has_outliers(changed, treat))


def logarithm(column: Array) -> Array:
    """ln(x − min + 1% of the range): defined for every column, whatever its sign or its scale.

    A column skewed to the left is turned over, so that its long tail is the one drawn in.
    """
    values = known(column)
    low, span = float(values.min()), float(np.ptp(values))
    if skewness(column) >= 0:
        return np.log(column - low + 0.01 * span)
    return -np.log(low + span - column + 0.01 * span)


def box_cox(column: Array) -> Array:
    """Box–Cox with the power of greatest likelihood, on the column moved above 0."""
    from scipy import stats

    values = known(column)
    moved = column - float(values.min()) + 0.01 * float(np.ptp(values))
    _, power = stats.boxcox(known(moved))
    return np.log(moved) if power == 0 else (moved ** float(power) - 1) / float(power)

"""Tame outliers: winsorise, or transform, where skewness and kurtosis are both too large.

The rule of the JRC (COIN Tool; COINr): an indicator with |skewness| > 2 *and* kurtosis > 3.5 has
outliers. Winsorise point by point on the side of the skew until one of the two is in bounds; if more
points would be needed than allowed, undo it and take a logarithm or Box–Cox. Skewness and kurtosis
are the sample's, G1 and G2 of Joanes and Gill (1998), as in COINr and Excel.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Literal

import numpy as np

from steelyard.scheme.method import Treat
from steelyard.weighing.index.columns import Array, is_constant, known

Shape = tuple[float, float]
_SHIFT = 0.01


@dataclass(frozen=True, slots=True)
class Treated:
    """A treated column, how many points were winsorised at each end, and what else was done.

    ``before`` and ``after`` are (skewness, kurtosis); ``open`` says that they are still out of
    bounds.
    """

    column: Array
    low: int = 0
    high: int = 0
    transformed: Literal["none", "log", "box_cox"] = "none"
    open: bool = False
    before: Shape = (0.0, 0.0)
    after: Shape = (0.0, 0.0)


def skewness(column: Array) -> float:
    """G1: the third standardised moment, corrected for n. 0 of a constant or of fewer than 3."""
    values = known(column)
    n = values.size
    if n < 3 or is_constant(values):
        return 0.0
    z = _standardised(values)
    # Products, not z**3: powers of NumPy round differently from one processor to the next.
    return float(np.mean(z * z * z) * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(column: Array) -> float:
    """G2: the excess of the fourth standardised moment over 3, corrected for n.

    0 of a constant or of fewer than 4.
    """
    values = known(column)
    n = values.size
    if n < 4 or is_constant(values):
        return 0.0
    z = _standardised(values)
    excess = float(np.mean((z * z) * (z * z))) - 3
    return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6)


def _standardised(values: Array) -> Array:
    """Mean 0 and standard deviation 1 with divisor n; scaled first, so that squares do not underflow."""
    centred = values - values.mean()
    scaled = centred / np.abs(centred).max()
    return np.asarray(scaled / scaled.std())


def has_outliers(column: Array, treat: Treat) -> bool:
    """Whether |skewness| and kurtosis are both above their bounds."""
    return _out_of_bounds((skewness(column), kurtosis(column)), treat)


def _out_of_bounds(shape: Shape, treat: Treat) -> bool:
    return abs(shape[0]) > treat.skew and shape[1] > treat.kurtosis


def treated(column: Array, treat: Treat) -> Treated:
    """The column as the rule leaves it; untouched if it has no outliers."""
    before = (skewness(column), kurtosis(column))
    if treat.by == "none" or not _out_of_bounds(before, treat):
        return Treated(column, before=before, after=before)
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
    return _told(column, current, treat, low=low, high=high)


def _held(column: Array, low: int, high: int) -> Array:
    """The column held between its (low+1)-th smallest and (high+1)-th largest value."""
    ordered = np.sort(known(column))
    return np.clip(column, ordered[low], ordered[ordered.size - 1 - high])


def _transformed(column: Array, treat: Treat, how: Literal["log", "box_cox"]) -> Treated:
    changed = logarithm(column) if how == "log" else box_cox(column)
    return _told(column, changed, treat, how=how)


def _told(
    column: Array, changed: Array, treat: Treat,
    *, low: int = 0, high: int = 0, how: Literal["none", "log", "box_cox"] = "none",
) -> Treated:  # fmt: skip
    before = (skewness(column), kurtosis(column))
    after = (skewness(changed), kurtosis(changed))
    return Treated(changed, low, high, how, _out_of_bounds(after, treat), before, after)


def logarithm(column: Array) -> Array:
    """ln(x − min + 1% of the range): defined for every column, whatever its sign or its scale.

    The COIN Tool's logarithm. A column skewed to the left is turned over first and back again, so
    that its long tail is the one drawn in.
    """
    values = known(column)
    low, span = float(values.min()), float(np.ptp(values))
    if skewness(column) >= 0:
        return np.log(column - low + _SHIFT * span)
    return -np.log(low + span - column + _SHIFT * span)


def box_cox(column: Array) -> Array:
    """Box–Cox with the power of greatest likelihood (Box and Cox 1964), which needs values above 0.

    A column that has others is moved first: x − min + 1% of the range.
    """
    from scipy import stats

    values = known(column)
    low = float(values.min())
    moved = column if low > 0 else column - low + _SHIFT * float(np.ptp(values))
    with warnings.catch_warnings():  # very large values keep the power within what floats hold
        warnings.simplefilter("ignore", UserWarning)
        _, power = stats.boxcox(known(moved))
    return np.log(moved) if power == 0 else (moved ** float(power) - 1) / float(power)

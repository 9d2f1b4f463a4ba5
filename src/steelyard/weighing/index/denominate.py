"""Divide what grows with size by the size: per head, per unit of GDP (handbook, step 5)."""

from __future__ import annotations

import numpy as np

from steelyard.weighing.index.columns import Array


def denominated(column: Array, denominator: Array, per: float = 1.0) -> Array:
    """``column / denominator × per``. A missing denominator makes the value missing.

    A denominator of 0 has no answer: NaN where it stands, which the caller refuses.
    """
    safe = np.where(denominator == 0, np.nan, denominator)
    return column / safe * per


def zero_denominators(column: Array, denominator: Array) -> list[int]:
    """The indices of the units whose known value would be divided by 0."""
    return [int(i) for i in np.flatnonzero((denominator == 0) & ~np.isnan(column))]

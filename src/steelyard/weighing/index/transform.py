"""A monotone transformation that a scheme states for an indicator, before anything is compared.

It comes before imputing and treating, since the scheme means the transformed quantity: income in
the Human Development Index is ln(income) from the start, and outliers are outliers of that.
"""

from __future__ import annotations

import numpy as np

from steelyard.scheme.method import Transform
from steelyard.weighing.index.columns import Array


def transformed(column: Array, how: Transform) -> Array:
    """log10, ln or square root; NaN stays NaN."""
    return {"log10": np.log10, "ln": np.log, "sqrt": np.sqrt}[how](column)


def outside_domain(column: Array, how: Transform) -> list[int]:
    """The indices of the values that have no logarithm (0 or below) or no root (below 0)."""
    outside = (column < 0) if how == "sqrt" else (column <= 0)
    return [int(i) for i in np.flatnonzero(outside)]

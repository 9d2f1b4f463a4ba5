"""How much two columns agree, by ranks alone (Spearman 1904), equals sharing the mean of their ranks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FEWEST = 8  # below, a rank correlation of 0.7 is nothing unusual by chance (p > 0.05)


def midranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    >>> midranks(np.array([10.0, 30.0, 10.0])).tolist()
    [1.5, 3.0, 1.5]
    """
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[place], dtype=float)


def spearman(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Spearman's rank correlation; None where a column is constant or too short.

    >>> spearman([1, 2, 3, 4, 5, 6, 7, 8], [2, 4, 6, 8, 10, 12, 14, 99])
    1.0
    """
    if len(one) < FEWEST:
        return None
    a, b = midranks(np.asarray(one, dtype=float)), midranks(np.asarray(other, dtype=float))
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return round(float(np.corrcoef(a, b)[0, 1]), 12)

"""Ranks of scores in floating point: equal within a tolerance is equal (handbook, step 9)."""

from __future__ import annotations

import numpy as np

from steelyard.weighing.index.columns import Array
from steelyard.weighing.ranks import equals


def ranked(scores: Array, tolerance: float) -> Array:
    """1 for the largest score; those within ``tolerance`` of the first of a tie share its rank.

    Missing scores have no rank (NaN).
    """
    order = [int(i) for i in np.argsort(-scores, kind="stable") if not np.isnan(scores[i])]
    ranks = np.full(scores.shape, np.nan)
    place = 1
    for group in equals(order, lambda a, b: abs(scores[a] - scores[b]) <= tolerance):
        ranks[group] = place
        place += len(group)
    return ranks

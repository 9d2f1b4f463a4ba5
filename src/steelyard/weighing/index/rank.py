"""Ranks of scores in floating point: equal within a tolerance is equal (handbook, step 9).

Equality within a tolerance is not transitive: 1.0 may equal 0.6 and 0.6 equal 0.2, and 1.0 not 0.2.
A tie here is what lies within the tolerance of its *first*, the best of the tie, so a long chain of
small steps is no tie, and two neighbours may be parted although they are close: the last of one tie
and the first of the next. The tolerance is meant for the noise of floating point, where no such
chain occurs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from steelyard.weighing.index.columns import Array


def ranked(scores: Array, tolerance: float) -> Array:
    """1 for the largest score; those within ``tolerance`` of the first of a tie share its rank.

    Missing scores have no rank (NaN).

    >>> ranked(np.array([7.0, 9.0, 9.0, np.nan, 5.0]), 0.0).tolist()
    [3.0, 1.0, 1.0, nan, 4.0]
    """
    order = np.argsort(-scores, kind="stable")
    order = order[~np.isnan(scores[order])]
    ranks = np.full(scores.shape, np.nan)
    ranks[order] = _places(scores[order].tolist(), tolerance)
    return ranks


def _places(falling: list[float], tolerance: float) -> list[int]:
    """The place of each score of a falling list."""
    places: list[int] = []
    first = place = 0
    for index, score in enumerate(falling):
        if index == 0 or falling[first] - score > tolerance:
            first, place = index, index + 1
        places.append(place)
    return places


def ranked_within(scores: Array, groups: Sequence[str], tolerance: float) -> Array:
    """The rank of each unit among those of its own group."""
    labels = np.asarray(groups, dtype=object)
    ranks = np.full(scores.shape, np.nan)
    for label in dict.fromkeys(groups):
        inside = labels == label
        ranks[inside] = ranked(scores[inside], tolerance)
    return ranks

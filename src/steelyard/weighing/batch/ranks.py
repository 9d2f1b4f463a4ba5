"""Ranks of many rankings at once: one row of scores is one ranking.

Scores that differ by no more than the tolerance from the first of their tie share its rank, as in
:mod:`steelyard.weighing.index.rank`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from steelyard.scheme.model import Ties

Array = NDArray[np.float64]
Whole = NDArray[np.intp]


def ranked(keys: Sequence[Array], ties: Ties, tolerance: float) -> Array:
    """The rank of every unit of every row, NaN where the first key is NaN.

    ``keys`` are (rows, units) each, the larger the better; a later one is asked where all before it
    are equal within the tolerance.

    >>> ranked([np.array([[7.0, 9.0, 9.0, np.nan]])], "mean", 0.0).tolist()
    [[3.0, 1.5, 1.5, nan]]
    """
    if len(keys) == 1:
        return _placed(*_sorted(keys[0], tolerance), ties)
    classes = reduce(_refined, (_classes(key, tolerance) for key in keys))
    known = np.where(np.isnan(keys[0]), np.nan, -classes.astype(float))
    return _placed(*_sorted(known, 0.0), ties)


def _sorted(scores: Array, tolerance: float) -> tuple[Whole, Array, NDArray[np.bool_]]:
    """Who stands where (rows, units), the scores in that order, and where a new tie begins."""
    order = np.argsort(-scores, axis=1)  # NaN comes last; equals share a rank in any order
    falling = np.take_along_axis(scores, order, axis=1)
    begins = np.ones(scores.shape, bool)
    with np.errstate(invalid="ignore"):
        begins[:, 1:] = ~(falling[:, :-1] - falling[:, 1:] <= tolerance)
    if tolerance:
        _part_long_chains(falling, begins, tolerance)
    return order, falling, begins


def _part_long_chains(falling: Array, begins: NDArray[np.bool_], tolerance: float) -> None:
    """A tie is what lies within the tolerance of its first: chains of small steps are parted."""
    chained = (~begins[:, 1:-1] & ~begins[:, 2:]).any(axis=1)
    for row in np.flatnonzero(chained):
        first = falling[row, 0]
        for place in range(1, falling.shape[1]):
            begins[row, place] = not first - falling[row, place] <= tolerance
            if begins[row, place]:
                first = falling[row, place]


def _placed(order: Whole, falling: Array, begins: NDArray[np.bool_], ties: Ties) -> Array:
    places = np.where(np.isnan(falling), np.nan, _PLACES[ties](begins))
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, order, places, axis=1)
    return ranks


def _shared(begins: NDArray[np.bool_]) -> Array:
    """1, 2, 2, 4."""
    own = np.where(begins, np.arange(1.0, begins.shape[1] + 1), 0.0)
    return np.asarray(np.maximum.accumulate(own, axis=1))


def _dense(begins: NDArray[np.bool_]) -> Array:
    """1, 2, 2, 3."""
    return np.cumsum(begins, axis=1, dtype=float)


def _mean(begins: NDArray[np.bool_]) -> Array:
    """1, 2.5, 2.5, 4."""
    units = begins.shape[1]
    ends = np.ones_like(begins)
    ends[:, :-1] = begins[:, 1:]
    last = np.where(ends, np.arange(1.0, units + 1), units + 1.0)
    return (_shared(begins) + np.minimum.accumulate(last[:, ::-1], axis=1)[:, ::-1]) / 2


_PLACES = {"shared": _shared, "dense": _dense, "mean": _mean}


def _classes(scores: Array, tolerance: float) -> Whole:
    """0 for the best tie of each row, 1 for the next."""
    order, _, begins = _sorted(scores, tolerance)
    classes = np.empty_like(order)
    np.put_along_axis(classes, order, np.cumsum(begins, axis=1) - 1, axis=1)
    return classes


def _refined(classes: Whole, then: Whole) -> Whole:
    return np.asarray(classes * (then.shape[1] + 1) + then)

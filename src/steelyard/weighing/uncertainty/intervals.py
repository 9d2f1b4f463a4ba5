"""Where an interval begins and ends, and by how much another seed could move each end."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np

from steelyard.weighing.uncertainty.findings import Interval
from steelyard.weighing.uncertainty.model import Array, Whole
from steelyard.weighing.uncertainty.tally import HALVES

_SURE = 4.5  # normal deviates: seven in a million, so that none of hundreds of ends is a surprise
Quantile = Callable[[float], float]


def tail(confidence: Fraction) -> float:
    """The share of replications beyond each end of a central interval."""
    return float((1 - confidence) / 2)


def fewest(confidence: Fraction) -> int:
    """How many replications it takes before the ends of an interval can be told at all."""
    beyond = tail(confidence)
    return math.ceil(2 * _SURE**2 * (1 - beyond) / beyond) + 1


def of_ranks(counts: Whole, confidence: Fraction) -> Interval | None:
    """The central interval of one unit's ranks among the replications that ranked it.

    ``counts`` by half ranks, column 0 for none. None if it was never ranked.
    """
    ranked = counts.copy()
    ranked[0] = 0
    many = int(ranked.sum())
    if not many:
        return None
    cumulated = np.cumsum(ranked)
    return _between(lambda share: _rank_at(cumulated, share), confidence, many)


def median_rank(counts: Whole) -> float | None:
    ranked = counts.copy()
    ranked[0] = 0
    return _rank_at(np.cumsum(ranked), 0.5) if ranked.any() else None


def _rank_at(cumulated: Whole, share: float) -> float:
    """The smallest rank that so large a share of the replications does not exceed."""
    wanted = min(max(math.ceil(share * int(cumulated[-1]) - 1e-9), 1), int(cumulated[-1]))
    return int(np.searchsorted(cumulated, wanted)) / HALVES


def of_scores(scores: Array, confidence: Fraction) -> Interval | None:
    """The central interval of one unit's scores, those it has."""
    known = np.sort(scores[~np.isnan(scores)])
    if not known.size:
        return None

    def at(share: float) -> float:
        place = min(max(math.ceil(share * known.size - 1e-9), 1), known.size)
        return float(known[place - 1])

    return _between(at, confidence, known.size)


def _between(at: Quantile, confidence: Fraction, many: int) -> Interval:
    low, high = tail(confidence), 1 - tail(confidence)
    return Interval(at(low), at(high), _error(at, low, many), _error(at, high, many))


def _error(at: Quantile, share: float, many: int) -> float:
    """How far another seed's end may lie from this one's.

    The shares of two seeds below any value differ by a normal deviate with variance 2 p (1 − p) / N
    (the usual interval of a quantile by order statistics, David and Nagaraja 2003, section 7.1, for
    the difference of two samples).
    """
    below, above = _moved(share, -1, many), _moved(share, +1, many)
    return max(at(share) - at(below), at(above) - at(share))


def _moved(share: float, side: int, many: int) -> float:
    """The share moved by the deviate, with the larger of the variances here and where it ends."""
    end = share
    for _ in range(20):
        variance = max(share * (1 - share), end * (1 - end))
        end = min(max(share + side * _SURE * math.sqrt(2 * variance / many), 0.0), 1.0)
    return end

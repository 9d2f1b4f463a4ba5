"""Which correlations call for a look: pairs that say the same or pull apart, children apart from their group."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.stats import t as student

from steelyard.weighing.audit.looked import Looked
from steelyard.weighing.index.columns import Array, is_constant
from steelyard.weighing.uncertainty.findings import CorrelationFlag

LEAST_UNITS = 3
# The rules of thumb of the JRC's audits and its COIN Tool: two that correlate above 0.92 count one thing
# twice. Opposed and weak are the defaults of COINr's plot_corr (whose own "high" is 0.9).
REDUNDANT, OPPOSED, WEAK = 0.92, -0.4, 0.3


def flags(looked: Looked) -> tuple[CorrelationFlag, ...]:
    """Of every group, the pairs of its children, and each child with the group itself.

    By kind, and within a kind from the clearest case down.
    """
    return tuple(sorted([*_pairs(looked), *_with_group(looked)], key=_order))


def _order(flag: CorrelationFlag) -> tuple[int, float]:
    if flag.kind == "redundant":
        return 0, -flag.correlation
    return (1 if flag.kind == "opposed" else 2), flag.correlation


def _pairs(looked: Looked) -> Iterator[CorrelationFlag]:
    for children in looked.children.values():
        for one, other in combinations(children, 2):
            r = _between(looked, one, other)
            if (
                r is not None
                and (r > REDUNDANT or r < OPPOSED)
                and _is_no_chance(looked, one, other, r)
            ):
                yield CorrelationFlag(one, other, r, "redundant" if r > 0 else "opposed")


def _with_group(looked: Looked) -> Iterator[CorrelationFlag]:
    for group, children in looked.children.items():
        for child in children if len(children) > 1 else ():
            r = _between(looked, child, group)
            if r is not None and r < WEAK:
                is_opposed = r < OPPOSED and _is_no_chance(looked, child, group, r)
                yield CorrelationFlag(child, group, r, "opposed" if is_opposed else "weak")


def _between(looked: Looked, one: str, other: str) -> float | None:
    if one not in looked.scores or other not in looked.scores:
        return None
    return correlation(looked.scores[one], looked.scores[other])


def _is_no_chance(looked: Looked, one: str, other: str, r: float) -> bool:
    both = ~np.isnan(looked.scores[one] + looked.scores[other])
    return abs(r) > by_chance(int(both.sum()))


def by_chance(units: int) -> float:
    """The correlation that two unrelated columns reach or pass, either way, in one of twenty cases.

    Student's t test of a correlation (Fisher 1925); COINr greys out what is below it.

    >>> [round(by_chance(n), 2) for n in (3, 5, 21, 51)]
    [1.0, 0.88, 0.43, 0.28]
    """
    if units < LEAST_UNITS:
        return 1.0
    t = float(student.ppf(0.975, units - 2))
    return t / math.sqrt(units - 2 + t**2)


def correlation(one: Array, other: Array) -> float | None:
    """Pearson's, over the units that have both; None of fewer than three, or of a constant."""
    both = ~(np.isnan(one) | np.isnan(other))
    x, y = one[both], other[both]
    if x.size < LEAST_UNITS or is_constant(x) or is_constant(y):
        return None
    return float(np.clip(_direction(x) @ _direction(y), -1, 1))


def _direction(values: Array) -> Array:
    """The deviations from the mean, of length 1; scaled first, so that no square over- or underflows."""
    scaled = values / np.abs(values).max()
    deviations = scaled - scaled.mean()
    deviations /= np.abs(deviations).max()
    return np.asarray(deviations / np.linalg.norm(deviations))


def matrix(columns: Sequence[Array]) -> Array:
    """Correlations of the columns, pair by pair; NaN where a pair has none."""
    size = len(columns)
    found = np.eye(size)
    for i, j in combinations(range(size), 2):
        r = correlation(columns[i], columns[j])
        found[i, j] = found[j, i] = np.nan if r is None else r
    return found


def varies(column: Array) -> bool:
    """Whether there are enough known scores, and not all alike."""
    values = column[~np.isnan(column)]
    return values.size >= LEAST_UNITS and not is_constant(values)

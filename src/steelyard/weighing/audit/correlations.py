"""Which correlations call for a look: pairs that say the same or pull apart, children apart from their group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from steelyard.weighing.audit.looked import Looked
from steelyard.weighing.index.columns import Array, is_constant
from steelyard.weighing.uncertainty.findings import CorrelationFlag

LEAST_UNITS = 3
# The rules of thumb of the JRC's audits and its COIN Tool: two that correlate above 0.92 count one thing
# twice. Opposed and weak are the defaults of COINr's plot_corr (whose own "high" is 0.9).
REDUNDANT, OPPOSED, WEAK = 0.92, -0.4, 0.3


def flags(looked: Looked) -> tuple[CorrelationFlag, ...]:
    """Of every group, the pairs of its children, then each child with the group itself."""
    found = [*_pairs(looked), *_with_group(looked)]
    order = {"redundant": 0, "opposed": 1, "weak": 2}
    return tuple(sorted(found, key=lambda flag: order[flag.kind]))


def _pairs(looked: Looked) -> Iterator[CorrelationFlag]:
    for children in looked.children.values():
        for one, other in combinations(children, 2):
            r = _between(looked, one, other)
            if r is not None and r > REDUNDANT:
                yield CorrelationFlag(one, other, r, "redundant")
            elif r is not None and r < OPPOSED:
                yield CorrelationFlag(one, other, r, "opposed")


def _with_group(looked: Looked) -> Iterator[CorrelationFlag]:
    for group, children in looked.children.items():
        for child in children if len(children) > 1 else ():
            r = _between(looked, child, group)
            if r is not None and r < WEAK:
                yield CorrelationFlag(child, group, r, "opposed" if r < OPPOSED else "weak")


def _between(looked: Looked, one: str, other: str) -> float | None:
    if one not in looked.scores or other not in looked.scores:
        return None
    return correlation(looked.scores[one], looked.scores[other])


def correlation(one: Array, other: Array) -> float | None:
    """Pearson's, over the units that have both; None of fewer than three, or of a constant."""
    both = ~(np.isnan(one) | np.isnan(other))
    x, y = one[both], other[both]
    if x.size < LEAST_UNITS or is_constant(x) or is_constant(y):
        return None
    return float(np.corrcoef(x, y)[0, 1])


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

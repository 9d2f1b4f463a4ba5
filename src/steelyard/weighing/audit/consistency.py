"""Do the children of a group go together? Cronbach's alpha, and principal components."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from steelyard.weighing.audit.correlations import matrix, varies
from steelyard.weighing.audit.looked import Looked
from steelyard.weighing.index.columns import Array
from steelyard.weighing.uncertainty.findings import GroupAudit

_ABOVE = 1 + 1e-9  # uncorrelated children have eigenvalues of 1, give or take the last digit


def groups(looked: Looked) -> tuple[GroupAudit, ...]:
    """Every group of two children or more, from the total down."""
    return tuple(
        _group(looked, group, children)
        for group, children in looked.children.items()
        if len(children) > 1
    )


def _group(looked: Looked, group: str, children: Sequence[str]) -> GroupAudit:
    there = tuple(c for c in children if c in looked.scores and varies(looked.scores[c]))
    r = matrix([looked.scores[code] for code in there])
    values = eigenvalues(r)
    explained = tuple(float(value / values.sum()) for value in values)
    return GroupAudit(group, there, alpha(r), explained, int(np.sum(values > _ABOVE)))


def alpha(correlations: Array) -> float | None:
    """Cronbach's alpha of standardised children: k r̄ ÷ (1 + (k − 1) r̄), r̄ their mean correlation.

    Cronbach (1951); the standardised form, because children are scaled alike before they are joined, and
    as the OECD/JRC handbook prints it (2008, Table 11). It says how far the children rise and fall
    together: near 1 as one, near 0 not at all, below 0 against one another. It does not say that they
    measure one thing, nor that they measure the right thing; and it grows with their number.

    None of fewer than two, of a pair without a correlation, or where all but cancel.
    """
    k = len(correlations)
    if k < 2 or np.isnan(correlations).any():
        return None
    mean = float((correlations.sum() - k) / (k * (k - 1)))
    below = 1 + (k - 1) * mean
    return k * mean / below if below > 1e-9 else None


def eigenvalues(correlations: Array) -> Array:
    """Of the correlation matrix, the largest first; empty where a pair has no correlation.

    Those above 1 explain more than a child by itself would (Kaiser 1960). With missing scores,
    correlations of different units may contradict each other a little: what falls below 0 is 0.
    """
    if len(correlations) < 2 or np.isnan(correlations).any():
        return np.empty(0)
    return np.asarray(np.maximum(np.linalg.eigvalsh(correlations)[::-1], 0.0))

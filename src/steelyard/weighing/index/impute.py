"""Fill what is missing by a named policy (handbook, step 3). What was filled is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from steelyard.scheme.method import ImputeBy
from steelyard.weighing.index.columns import Array, known


def imputed(
    column: Array, by: ImputeBy, *, groups: Sequence[str] = (), previous: Array | None = None
) -> Array:
    """The column with its missing values filled, as far as the policy can.

    ``groups`` labels each unit; ``previous`` is the same indicator of the period before, denominated
    and transformed alike. A group in which nothing is known cannot fill its own: those stay missing.

    >>> imputed(np.array([1.0, 3.0, np.nan]), "mean").tolist()
    [1.0, 3.0, 2.0]
    """
    missing = np.isnan(column)
    if by == "none" or not missing.any():
        return column
    return np.where(missing, _fill(column, by, groups, previous), column)


def _fill(column: Array, by: ImputeBy, groups: Sequence[str], previous: Array | None) -> Array:
    if by == "previous":
        return column if previous is None else previous
    statistic: Callable[[Array], float] = np.mean if by.endswith("mean") else np.median
    if not by.startswith("group"):
        return np.full_like(column, _of_known(column, statistic))
    labels = np.asarray(groups, dtype=object)
    filled = np.full_like(column, np.nan)
    for label in dict.fromkeys(groups):
        inside = labels == label
        filled[inside] = _of_known(column[inside], statistic)
    return filled


def _of_known(column: Array, statistic: Callable[[Array], float]) -> float:
    values = known(column)
    return float(statistic(values)) if values.size else np.nan

"""By how much the full points of each item are scaled in each replication."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.uncertainty import Spread
from steelyard.weighing.uncertainty.model import Array


def varied_groups(scheme: Scheme, spread: Spread | None) -> tuple[tuple[Item, ...], ...]:
    """The children whose points vary together, group by group: items with points that have brothers."""
    if spread is None:
        return ()
    groups = (
        tuple(child for child in children if child.kind == "item" and scheme.full[child.code])
        for code, children in scheme.children.items()
        if not spread.of or code in spread.of
    )
    return tuple(children for children in groups if len(children) > 1)


def factors(
    scheme: Scheme, spread: Spread, groups: tuple[tuple[Item, ...], ...], rows: Array
) -> Mapping[str, Array]:
    """By item, (replications, 1). The points of a group's children keep the sum that they had.

    ``rows`` holds one number a child, group after group.
    """
    found: dict[str, Array] = {}
    start = 0
    for children in groups:
        own = rows[:, start : start + len(children)]
        full = np.array([float(scheme.full[child.code]) for child in children])
        drawn = _drawn(spread, full, own)
        scaled = drawn * (full.sum() / drawn.sum(axis=1, keepdims=True)) / full
        found |= {child.code: scaled[:, [place]] for place, child in enumerate(children)}
        start += len(children)
    return found


def _drawn(spread: Spread, full: Array, rows: Array) -> Array:
    """Within so much of their own; or any, by spacings of exponentials (Rubinstein 1982)."""
    if spread.within is None:
        return np.asarray(-np.log1p(-rows))
    within = float(spread.within)
    return np.asarray(full * (1 - within + 2 * within * rows))

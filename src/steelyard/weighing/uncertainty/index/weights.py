"""The weights of many replications: spread about the scheme's own, and without what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.scheme.uncertainty import Spread
from steelyard.weighing.uncertainty.index.shape import Shape
from steelyard.weighing.uncertainty.model import Array, Whole


def varied_nodes(shape: Shape, spread: Spread | None) -> Whole:
    """The columns whose weights are drawn: children that have brothers, of the groups named."""
    if spread is None:
        return np.empty(0, np.intp)
    groups = [
        group
        for group, children in shape.children.items()
        if len(children) > 1 and (not spread.of or group in spread.of)
    ]
    columns = [np.arange(shape.slices[group].start, shape.slices[group].stop) for group in groups]
    return np.concatenate(columns) if columns else np.empty(0, np.intp)


@dataclass(frozen=True)
class Weights:
    """``base`` (combinations, nodes): the weights of each combination of methods, of a group's children
    summing to 1. ``left_out`` are the columns of leaves that may be left out."""

    shape: Shape
    base: Array
    spread: Spread | None
    varied: Whole
    left_out: Whole

    def drawn(self, combination: Whole, rows: Array, without: Whole | None) -> Array:
        """(replications, nodes) from one number a varied node. ``without`` is 0 for nothing, else one
        more than the place in ``left_out``. The children of a group sum to 1, or to 0 if none is left."""
        weights = self._base(combination)
        if self.spread is not None:
            self._spread(weights, rows)
        if without is not None:
            some = np.flatnonzero(without)
            weights[some, self.left_out[without[some] - 1]] = 0.0
        self._scale(weights)
        return weights

    def _base(self, combination: Whole) -> Array:
        """A copy for each replication; one row serves all where no method computes weights."""
        if self._is_one_base:
            return np.repeat(self.base[:1], len(combination), axis=0)
        return self.base[combination]

    @cached_property
    def _is_one_base(self) -> bool:
        return bool((self.base == self.base[0]).all())

    def _spread(self, weights: Array, rows: Array) -> None:
        """Within so much of their own; or any, by spacings of exponentials (Rubinstein 1982)."""
        assert self.spread is not None
        if self.spread.within is None:
            weights[:, self.varied] = -np.log1p(-rows)
            return
        within = float(self.spread.within)
        factors = rows * (2 * within)
        factors += 1 - within
        if self.varied.size == weights.shape[1]:
            weights *= factors
        else:
            weights[:, self.varied] *= factors

    def _scale(self, weights: Array) -> None:
        """From below, so that a group of which nothing is left counts nothing."""
        for group, own in self.shape.slices.items():
            sums = weights[:, own].sum(axis=1)
            parent = self.shape.parent_column(group)
            gone = sums == 0
            if gone.any():
                if parent is not None:
                    weights[gone, parent] = 0.0
                sums[gone] = 1.0
            weights[:, own] /= sums[:, None]


def flat(shape: Shape, weights: Array, columns: Sequence[int]) -> Array:
    """What each of some nodes counts in the total where every level is an arithmetic mean."""
    whole = weights.copy()
    for group in shape.from_above:
        parent = shape.parent_column(group)
        if parent is not None:
            whole[:, shape.slices[group]] *= whole[:, parent, None]
    return np.asarray(whole[:, columns])

"""Up the tree for many replications at once: the scores of every group from those of its children.

What :mod:`steelyard.weighing.index.tree` does for one set of weights. A leaf's scores are one row; a
group's are (replications, units). NaN is missing, also where drawn weights bring a group to a score that
the level above does not take, as a geometric mean does none below 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.scheme.method import Aggregate
from steelyard.scheme.model import ROOT
from steelyard.weighing.index.aggregate import aggregated, obstacles
from steelyard.weighing.uncertainty.index.shape import Shape
from steelyard.weighing.uncertainty.index.weights import flat
from steelyard.weighing.uncertainty.model import Array


@dataclass(frozen=True)
class Combination:
    """One combination of methods: normalised leaves, (units, leaves), and how each group joins."""

    shape: Shape
    table: Array
    how: Mapping[str, Aggregate]

    def scores(self, weights: Array) -> dict[str, Array]:
        """Of every group, (replications, units), by weights (replications, nodes)."""
        found: dict[str, Array] = {}
        weights_of = {group: weights[:, own] for group, own in self.shape.slices.items()}
        complete = self._is_known and all(own.any(axis=1).all() for own in weights_of.values())
        with np.errstate(all="ignore"):
            for group, own in weights_of.items():
                found[group] = self._joined(group, found, own, complete=complete)
        return found

    def of(self, nodes: Sequence[str], weights: Array) -> dict[str, Array]:
        """The root and some other nodes, each (replications, units)."""
        if not nodes:
            return {ROOT: self.total(weights)}
        scores = self.scores(weights)
        shape = len(weights), self.table.shape[0]
        found = {node: np.broadcast_to(self._child(node, scores), shape) for node in nodes}
        return {ROOT: self.total(weights)} | found

    def total(self, weights: Array) -> Array:
        """The root alone: one matrix product where every level is a plain mean of all that is there."""
        if self._is_flat:
            totals = flat(self.shape, weights, self._leaf_columns) @ self.table.T
        else:
            totals = self.scores(weights)[ROOT]
        gone = ~weights[:, self.shape.slices[ROOT]].any(axis=1)
        if gone.any():  # nothing left is no score, not a score of 0
            totals[gone] = np.nan
        return np.asarray(totals)

    @cached_property
    def _leaf_columns(self) -> list[int]:
        return [self.shape.column[leaf] for leaf in self.shape.leaves]

    @cached_property
    def _is_flat(self) -> bool:
        plain = all(_power(how) == 1 for how in self.how.values())
        return plain and self._is_known

    def _joined(
        self, group: str, found: Mapping[str, Array], own: Array, *, complete: bool
    ) -> Array:
        """``complete`` says that no score is missing and every group has something left."""
        how, children = self.how[group], self.shape.children[group]
        if any(child in found for child in children):
            children, own = _that_count(children, own)
        power = _power(how)
        if power is None or how.missing in ("worst", "missing"):
            return self._one_by_one(children, found, own, how)
        if any(child in found for child in children):
            tables = [self._child(child, found) for child in children]
            mean = _mean_of_all if complete else _mean_of_known
            return mean(tables, own, power)
        mean_of_leaves = _mean_of_leaves(*self._scaled(group, power), own, power)
        return mean_of_leaves if complete else _where_anything_is_left(mean_of_leaves, own)

    @cached_property
    def _is_known(self) -> bool:
        return not np.isnan(self.table).any()

    def _child(self, child: str, found: Mapping[str, Array]) -> Array:
        return found[child] if child in found else self._leaf(child)[None, :]

    def _leaf(self, leaf: str) -> Array:
        return np.asarray(self.table[:, self.shape.leaves.index(leaf)])

    def _scaled(self, group: str, power: float) -> tuple[Array, Array | None]:
        """The group's leaves on the scale on which its mean is a sum, and where they are known (None if
        everywhere). Made once."""
        if group not in self._kept:
            table = np.column_stack([self._leaf(leaf) for leaf in self.shape.children[group]])
            there = ~np.isnan(table)
            scaled = _scaled(np.where(there, table, 1.0), power)
            # the logarithm of 0 stands only where a leaf has no weight, else it was refused
            filled = np.where(there & np.isfinite(scaled), scaled, 0.0)
            known = None if there.all() else there.astype(float)
            self._kept[group] = (filled, known)
        return self._kept[group]

    @cached_property
    def _kept(self) -> dict[str, tuple[Array, Array | None]]:
        return {}

    def _one_by_one(
        self, children: tuple[str, ...], found: Mapping[str, Array], own: Array, how: Aggregate
    ) -> Array:
        """Methods that look at all units, or at a table as a whole: one replication after the other."""
        tables = [self._child(child, found) for child in children]
        result = np.full((len(own), self.table.shape[0]), np.nan)
        for row, weights in enumerate(own):
            if not weights.any():
                continue
            kept = np.flatnonzero(weights) if how.by in WITHOUT_WEIGHTS else range(len(children))
            table = np.column_stack(
                [tables[place][min(row, len(tables[place]) - 1)] for place in kept]
            )
            result[row] = aggregated(table, weights[list(kept)], how)
            unfit = [one.row for one in obstacles(table, weights[list(kept)], how)]
            result[row, unfit] = np.nan
        return result


def _that_count(children: tuple[str, ...], own: Array) -> tuple[tuple[str, ...], Array]:
    """Without the children that have no weight in any replication: their scores may be any, also such
    as the mean does not take."""
    counts = own.any(axis=0)
    if counts.all() or not counts.any():
        return children, own
    return tuple(children[place] for place in np.flatnonzero(counts)), own[:, counts]


WITHOUT_WEIGHTS = ("owa", "benefit_of_the_doubt")
_POWERS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}
_LARGEST_POWER = 8  # of scores up to 1e38 still a float; beyond it each replication is scaled alone


def _power(how: Aggregate) -> float | None:
    """The power of a mean: 1 arithmetic, 0 geometric, −1 harmonic. None of what is no such mean, or of a
    power so large that its sums would not be floats."""
    if how.by == "generalised":
        return float(how.power) if abs(how.power) <= _LARGEST_POWER else None
    return _POWERS.get(how.by)


def _scaled(scores: Array, power: float) -> Array:
    """Onto the scale on which the mean of this power is a weighted sum."""
    if power == 1:
        return scores
    return np.asarray(np.log(scores) if power == 0 else scores**power)


def _back(scores: Array, power: float) -> Array:
    if power == 1:
        return scores
    return np.asarray(np.exp(scores) if power == 0 else scores ** (1 / power))


def _mean_of_leaves(scaled: Array, known: Array | None, own: Array, power: float) -> Array:
    sums = own @ scaled.T
    if known is not None:
        sums /= own @ known.T  # what is there is weighed anew; nothing there gives NaN
    return _back(sums, power)


def _where_anything_is_left(scores: Array, own: Array) -> Array:
    return np.where(np.asarray(own.any(axis=1))[:, None], scores, np.nan)


def _mean_of_all(children: list[Array], own: Array, power: float) -> Array:
    sums = own[:, 0, None] * _scaled(children[0], power)
    for place, child in enumerate(children[1:], start=1):
        sums += own[:, place, None] * _scaled(child, power)
    return _back(sums, power)


def _mean_of_known(children: list[Array], own: Array, power: float) -> Array:
    """What is there is weighed anew."""
    sums: Array = np.zeros((len(own), children[0].shape[1]))
    known: Array = np.zeros_like(sums)
    for place, child in enumerate(children):
        weight, there = own[:, place, None], ~np.isnan(child)
        sums += weight * np.where(there, _scaled(np.where(there, child, 1.0), power), 0.0)
        known += weight * there
    return _back(sums / known, power)

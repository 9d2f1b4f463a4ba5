"""The points of an item in many versions, and its full points where those vary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from steelyard.scheme.model import ROOT, Item
from steelyard.weighing.batch.board import Batch
from steelyard.weighing.batch.vectors import Array, Flags


@dataclass(frozen=True, slots=True)
class Scores:
    """Points of an item, NaN where it does not apply or was refused; what was possible; and where the
    exact engine would refuse the weighing. Arrays (replications or 1, units or 1)."""

    points: Array
    possible: Array
    refused: Flags
    to_fill: Flags

    @classmethod
    def of(cls, points: Array, possible: Array | float) -> Scores:
        return cls(points, np.atleast_2d(possible), NOWHERE, NOWHERE)

    def where(self, here: Flags, other: Scores) -> Scores:
        """The other's where it holds."""
        return Scores(
            np.where(here, other.points, self.points),
            np.where(here, other.possible, self.possible),
            np.where(here, other.refused, self.refused),
            np.where(here, other.to_fill, self.to_fill),
        )


NOWHERE: Flags = np.zeros((1, 1), bool)
NAN_POINTS: Array = np.full((1, 1), np.nan)
ZERO_POINTS: Array = np.zeros((1, 1))
NOT_APPLICABLE = Scores.of(NAN_POINTS, 0.0)
REFUSED = replace(NOT_APPLICABLE, refused=np.ones((1, 1), bool))
TO_FILL = replace(NOT_APPLICABLE, to_fill=np.ones((1, 1), bool))


def full_of(batch: Batch, code: str) -> Array:
    """The full points of an item in every version, (replications or 1, 1)."""
    item = batch.scheme.item[code]
    if item.points is not None or not batch.scheme.children[code]:
        return float(batch.scheme.full[code]) * factor_of(batch, code)
    counted = [child for child in batch.scheme.children[code] if child.kind == "item"]
    fulls = [full_of(batch, child.code) for child in counted]
    if not fulls:
        return ZERO_POINTS
    if item.combine == "sum":
        return np.asarray(sum(fulls))
    if item.combine in ("mean", "weighted_mean"):
        weights = [weight_of(item, child) for child in counted]
        summed = sum(weight * full for weight, full in zip(weights, fulls, strict=True))
        return np.asarray(summed / sum(weights)) if sum(weights) else ZERO_POINTS
    return np.asarray(np.maximum.reduce(np.broadcast_arrays(*fulls)))


def factor_of(batch: Batch, code: str) -> Array:
    """By how much the points of an item are scaled: its own factor and those of the groups above."""
    factors = batch.versions.factors
    found = factors.get(code, np.ones((1, 1)))
    while code != ROOT:
        code = batch.scheme.item[code].parent
        found = found * factors.get(code, 1.0)
    return found


def weight_of(item: Item, child: Item) -> float:
    return float(child.weight) if item.combine == "weighted_mean" else 1.0


def sum_known(arrays: Sequence[Array]) -> Array:
    return np.asarray(sum((np.where(np.isnan(one), 0.0, one) for one in arrays), ZERO_POINTS))

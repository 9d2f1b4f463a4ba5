"""How a group joins its children in many versions, and what those that do not apply lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from steelyard.scheme.model import Item
from steelyard.weighing.batch.board import Batch
from steelyard.weighing.batch.scores import ZERO_POINTS, Scores, full_of, sum_known, weight_of
from steelyard.weighing.batch.vectors import KNOWN, NO_BASE, Array, States

Counted = Sequence[tuple[Item, Scores]]
_ALWAYS: States = np.zeros((1, 1), np.int8)


def _sum(batch: Batch, item: Item, counted: Counted) -> tuple[Scores, States]:
    got = sum_known([scores.points for _, scores in counted])
    possible = np.asarray(sum((scores.possible for _, scores in counted), ZERO_POINTS))
    if not any(np.isnan(scores.points).any() for _, scores in counted):
        return Scores.of(got, possible), _ALWAYS
    full = np.asarray(sum((full_of(batch, child.code) for child, _ in counted), ZERO_POINTS))
    lacks = np.logical_or.reduce(np.broadcast_arrays(*(np.isnan(s.points) for _, s in counted)))
    points, whole = _without(batch, item, counted, got, possible, full)
    return Scores.of(np.where(lacks, points, got), np.where(lacks, whole, possible)), _ALWAYS


def _without(
    batch: Batch, item: Item, counted: Counted, got: Array, possible: Array, full: Array
) -> tuple[Array, Array]:
    """The sum where something does not apply, by the group's policy, and what is possible then."""
    match item.when_not_applicable:
        case "drop":
            return got, possible
        case "spread":
            return _spread(batch, counted), full
        case "full":
            return got + _full_of_missing(batch, counted), full
        case "zero":
            return got, full
        case "mean_of_others":
            return got + _means_of_missing(batch, counted), full
        case _:
            scaled = got * full / np.where(possible == 0, 1.0, possible)
            return np.where(possible == 0, got, scaled), full


def _full_of_missing(batch: Batch, counted: Counted) -> Array:
    return np.asarray(
        sum((np.isnan(s.points) * full_of(batch, child.code) for child, s in counted), ZERO_POINTS)
    )


def _spread(batch: Batch, counted: Counted) -> Array:
    """Each that applies is scaled to its full points and an equal share of the missing ones'."""
    applying = sum((~np.isnan(scores.points) for _, scores in counted), np.zeros((1, 1)))
    extra = _full_of_missing(batch, counted) / np.maximum(applying, 1)
    total = ZERO_POINTS
    for child, scores in counted:
        full = full_of(batch, child.code)
        points = np.where(np.isnan(scores.points), 0.0, scores.points)
        total = total + points * np.where(
            full == 0, 0.0, (full + extra) / np.where(full == 0, 1.0, full)
        )
    return total


def _means_of_missing(batch: Batch, counted: Counted) -> Array:
    """A child that does not apply counts the mean of the units to which it does."""
    total = ZERO_POINTS
    for _, scores in counted:
        points = np.broadcast_to(scores.points, (scores.points.shape[0], len(batch.units)))
        there = ~np.isnan(points)
        mean = np.where(there, points, 0.0).sum(axis=1, keepdims=True) / np.maximum(
            there.sum(axis=1, keepdims=True), 1
        )
        total = total + np.where(there, 0.0, mean)
    return total


def _weighted_mean(_: Batch, item: Item, counted: Counted) -> tuple[Scores, States]:
    """The mean over the children that apply: their weights are scaled up together."""
    weights = [
        (weight_of(item, child) * ~np.isnan(scores.points), scores) for child, scores in counted
    ]
    total = np.asarray(sum((weight for weight, _ in weights), ZERO_POINTS))
    base = np.where(total == 0, 1.0, total)
    points = sum((w * np.where(np.isnan(s.points), 0.0, s.points) for w, s in weights), ZERO_POINTS)
    possible = sum((w * s.possible for w, s in weights), ZERO_POINTS)
    states = np.where(total == 0, np.int8(NO_BASE), np.int8(KNOWN))
    return Scores.of(np.asarray(points / base), np.asarray(possible / base)), states


def _extreme(_: Batch, item: Item, counted: Counted) -> tuple[Scores, States]:
    """The lowest or the highest child that applies; of equals the first."""
    sign = 1.0 if item.combine == "lowest" else -1.0
    stacked = np.stack(np.broadcast_arrays(*(scores.points for _, scores in counted)))
    possible = np.stack([np.broadcast_to(s.possible, stacked.shape[1:]) for _, s in counted])
    order = np.where(np.isnan(stacked), np.inf, sign * stacked)
    place = np.argmin(order, axis=0)[None]
    points = np.take_along_axis(stacked, place, 0)[0]
    return Scores.of(points, np.take_along_axis(possible, place, 0)[0]), _ALWAYS


COMBINE: Mapping[str, Callable[[Batch, Item, Counted], tuple[Scores, States]]] = {
    "sum": _sum, "mean": _weighted_mean, "weighted_mean": _weighted_mean, "lowest": _extreme,
    "highest": _extreme,
}  # fmt: skip

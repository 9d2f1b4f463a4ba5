"""An index as a weighted sum: of its leaves where every mean is of one kind, else of its top level.

A geometric mean is a weighted sum of logarithms, a harmonic one of reciprocals: two units are level in
the one where they are level in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import Aggregate
from steelyard.scheme.model import ROOT
from steelyard.weighing.index import called
from steelyard.weighing.index.columns import Array, Columns
from steelyard.weighing.index.composed import Composed
from steelyard.weighing.index_scheme import spec_of
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.swaps.weighted_sum import WeightedSum

_Scale = Callable[[Array], Array]
_SCALES: Mapping[str, _Scale] = {
    "arithmetic": lambda scores: scores,
    "geometric": np.log,
    "harmonic": lambda scores: -1 / scores,
}

_POWERS = {Fraction(1): "arithmetic", Fraction(0): "geometric", Fraction(-1): "harmonic"}


def weighted_sum(result: Result) -> WeightedSum | Text:
    """The index as a weighted sum, or the method that is none."""
    composed = result.composed
    assert composed is not None
    spec = spec_of(result.scheme, result.values)
    means = {group: spec.aggregate(group) for group in composed.weights}
    of_several = {_kind(means[group]) for group, own in composed.weights.items() if len(own) > 1}
    kinds = of_several or {"arithmetic"}
    if len(kinds) == 1 and kinds <= _SCALES.keys():
        return _sum(composed, _leaf_weights(composed), _SCALES[kinds.pop()])
    top = _kind(means[ROOT])
    if top in _SCALES:
        return _sum(composed, composed.weights[ROOT], _SCALES[top])
    said = called.AGGREGATE[means[ROOT].by]
    return Text(
        f"总分按{said.zh}合成，不是加权和，改变权重的影响无法直接算出。",
        f"The total is made by {said.en}, which is no weighted sum: the effect of other weights cannot "
        "be read off.",
    )  # fmt: skip


def _kind(how: Aggregate) -> str:
    """Generalised means of power 1, 0 and −1 under their usual names."""
    return _POWERS.get(how.power, how.by) if how.by == "generalised" else how.by


def _leaf_weights(composed: Composed) -> dict[str, float]:
    """Each leaf's share of all weight: the product of the weights on its way up."""
    found: dict[str, float] = {}

    def visit(group: str, share: float) -> None:
        for child, weight in composed.weights[group].items():
            if child in composed.weights:
                visit(child, share * weight)
            else:
                found[child] = share * weight

    visit(ROOT, 1.0)
    return found


def _sum(composed: Composed, weights: Mapping[str, float], scale: _Scale) -> WeightedSum:
    columns: Columns = {code: scale(composed.scores[code]) for code in weights}
    reached = {
        unit: {code: float(column[row]) for code, column in columns.items()}
        for row, unit in enumerate(composed.units)
    }
    complete = {unit: own for unit, own in reached.items() if np.isfinite(list(own.values())).all()}
    return WeightedSum(weights, complete, {})

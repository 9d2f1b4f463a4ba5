"""How a unit's index grows with its scores: weights up the tree, and the tangent at a point."""

from __future__ import annotations

import numpy as np

from steelyard.scheme.model import ROOT
from steelyard.weighing.advice.problem import Ceiling, Problem
from steelyard.weighing.index_scheme import spec_of
from steelyard.weighing.result import Result


def tangent_slopes(result: Result, unit: str) -> dict[str, float]:
    """What a unit's index gains for each point of each indicator's score, as it stands.

    Where every mean is geometric: what the logarithm of the index gains for the logarithm of the
    score, which is a weight.
    """
    composed = result.composed
    assert composed is not None
    spec = spec_of(result.scheme, result.values)
    in_logs = {spec.aggregate(group).by for group in spec.groups_from_below()} == {"geometric"}
    row = composed.units.index(unit)
    slopes = {ROOT: 1.0}
    for group in reversed(spec.groups_from_below()):
        weights = composed.weights.get(group, {})
        there = {c: w for c, w in weights.items() if not np.isnan(composed.scores[c][row])}
        whole = sum(there.values())
        for child, weight in there.items():
            share = weight / whole if whole else 0.0
            if spec.aggregate(group).by == "geometric" and not in_logs and share:
                share *= float(composed.scores[group][row] / composed.scores[child][row])
            slopes[child] = slopes.get(group, 0.0) * share
    return {leaf: slopes[leaf] for leaf in spec.columns if leaf in slopes}


def tangent(problem: Problem, today: Result, after: Result) -> Ceiling | None:
    """The ceiling that touches the index at another result, told from today's scores.

    A concave function lies below its tangents: f(x) ≤ f(x′) + ∇f(x′)·(x − x′).
    """
    if today.composed is None or after.composed is None or ROOT in problem.ceilings[0].slopes:
        return None
    total = after.composed.total(problem.unit)
    if total is None:
        return None
    slopes = tangent_slopes(after, problem.unit)
    row = after.composed.units.index(problem.unit)
    moved = {
        leaf: float(after.composed.scores[leaf][row] - today.composed.scores[leaf][row])
        for leaf in slopes
    }
    return Ceiling(total - sum(slopes[leaf] * moved[leaf] for leaf in slopes), dict(slopes))

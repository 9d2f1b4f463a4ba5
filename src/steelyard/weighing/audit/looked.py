"""What is looked at: a column of scores for every node, what is known of it, and what it weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

import numpy as np

from steelyard.scheme.method import Treat
from steelyard.scheme.model import ROOT, Item, Scheme, State
from steelyard.weighing.index.columns import Array
from steelyard.weighing.points.board import ItemScore
from steelyard.weighing.result import Result

_STATES: tuple[State, ...] = get_args(State)
_USUAL = Treat()  # the JRC's bounds: |skewness| 2, excess kurtosis 3.5


@dataclass(frozen=True)
class Looked:
    """One float a unit in every column, NaN for what is not there.

    ``scores`` by node, the total under ``""``: of an index normalised, of a points scheme the share of
    what is possible (of a bonus or deduction, the points). ``spread`` by leaf is where outliers are
    looked for: of an index before they are treated. ``known`` by leaf is 1 where the score rests on
    data, 0 where not, NaN where the leaf does not apply. ``nominal`` by leaf are shares of all weight.
    """

    units: tuple[str, ...]
    leaves: tuple[str, ...]
    children: Mapping[str, tuple[str, ...]]
    scores: Mapping[str, Array]
    spread: Mapping[str, Array]
    known: Mapping[str, Array]
    nominal: Mapping[str, float]
    treats: Mapping[str, Treat]


def looked_at(result: Result) -> Looked:
    scheme = result.scheme
    leaves = tuple(leaf.code for leaf in scheme.leaves)
    children = {
        item.code: tuple(child.code for child in scheme.children[item.code])
        for item in scheme.in_order
        if scheme.children[item.code]
    }
    look = _index if result.composed is not None else _points
    return look(result, leaves, children)


# --- index ---------------------------------------------------------------------------------------


def _index(
    result: Result, leaves: tuple[str, ...], children: Mapping[str, tuple[str, ...]]
) -> Looked:
    composed = result.composed
    assert composed is not None
    raw = composed.steps["raw"]
    return Looked(
        units=composed.units,
        leaves=leaves,
        children=children,
        scores=composed.scores,
        spread=composed.steps["imputed"],
        known={code: (~np.isnan(raw[code])).astype(float) for code in leaves},
        nominal=_down_the_tree(composed.weights),
        treats={code: _treat(result.scheme, code) for code in leaves},
    )


def _down_the_tree(weights: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The product of the weights from the root down to each node."""
    found = {ROOT: 1.0}
    waiting = [ROOT]
    while waiting:
        group = waiting.pop()
        for child, weight in weights.get(group, {}).items():
            found[child] = found[group] * weight
            waiting.append(child)
    return found


def _treat(scheme: Scheme, code: str) -> Treat:
    """The scheme's own bounds of what is an outlier, if it treats any."""
    own = scheme.item[code].method
    asked = (own and own.treat) or (scheme.method and scheme.method.treat) or _USUAL
    return asked if asked.by != "none" else _USUAL


# --- points --------------------------------------------------------------------------------------


def _points(
    result: Result, leaves: tuple[str, ...], children: Mapping[str, tuple[str, ...]]
) -> Looked:
    units = tuple(unit.code for unit in result.scheme.assessed)
    scores = {
        code: _shares([of_unit[unit] for unit in units]) for code, of_unit in result.items.items()
    }
    totals = [result.standing[unit].before for unit in units]
    scores[ROOT] = np.array([np.nan if one is None else float(one) for one in totals])
    return Looked(
        units=units,
        leaves=leaves,
        children=children,
        scores=scores,
        spread={code: scores[code] for code in leaves},
        known={
            code: np.array([_is_known(result.items[code][unit]) for unit in units])
            for code in leaves
        },
        nominal=_shares_of_points(result.scheme),
        treats=dict.fromkeys(leaves, _USUAL),
    )


def _shares(scores: list[ItemScore]) -> Array:
    """Points by what is possible; where nothing ever is (a bonus, a deduction), the points."""
    is_beside = not any(one.possible for one in scores)
    return np.array([_share(one, is_beside=is_beside) for one in scores])


def _share(score: ItemScore, *, is_beside: bool) -> float:
    if score.points is None or not (is_beside or score.possible):
        return np.nan
    return float(score.points if is_beside else score.points / score.possible)


def _is_known(score: ItemScore) -> float:
    if any(score.why.endswith(state) for state in _STATES):
        return 0.0
    return np.nan if score.points is None else 1.0


def _shares_of_points(scheme: Scheme) -> dict[str, float]:
    """Every node's share of the full points, by those of its siblings; 0 of what is beside them."""
    found = {ROOT: Fraction(1)}
    for group in scheme.in_order:
        counted = [child for child in scheme.children[group.code] if child.kind == "item"]
        parts = {child.code: _part(scheme, group, child) for child in counted}
        whole = sum(parts.values(), Fraction(0))
        for child in scheme.children[group.code]:
            share = parts.get(child.code, Fraction(0)) / whole if whole else Fraction(0)
            found[child.code] = found[group.code] * share
    return {code: float(share) for code, share in found.items()}


def _part(scheme: Scheme, group: Item, child: Item) -> Fraction:
    weight = child.weight if group.combine == "weighted_mean" else Fraction(1)
    return scheme.full[child.code] * weight

"""The points of one item in many versions, for every unit: what :mod:`points.tree` says of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from steelyard.scheme.formula import Formula
from steelyard.scheme.model import ROOT, UNBOUNDED, Item, Outcome, State
from steelyard.weighing.batch.board import Batch, Scope
from steelyard.weighing.batch.formulas import condition, numbers
from steelyard.weighing.batch.parts import points_of
from steelyard.weighing.batch.vectors import (
    KNOWN,
    STATE_NAMES,
    Array,
    Flags,
    States,
    constant,
    first_state,
    known_truth,
)
from steelyard.weighing.points import tree as exact
from steelyard.weighing.points.board import ItemScore


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
        return cls(points, np.atleast_2d(possible), _NOWHERE, _NOWHERE)

    def where(self, here: Flags, other: Scores) -> Scores:
        """The other's where it holds."""
        return Scores(
            np.where(here, other.points, self.points),
            np.where(here, other.possible, self.possible),
            np.where(here, other.refused, self.refused),
            np.where(here, other.to_fill, self.to_fill),
        )


_NOWHERE: Flags = np.zeros((1, 1), bool)
_NAN: Array = np.full((1, 1), np.nan)
_ZERO: Array = np.zeros((1, 1))
_NOT_APPLICABLE = Scores.of(_NAN, 0.0)
_REFUSED = replace(_NOT_APPLICABLE, refused=np.ones((1, 1), bool))
_TO_FILL = replace(_NOT_APPLICABLE, to_fill=np.ones((1, 1), bool))


def full_of(batch: Batch, code: str) -> Array:
    """The full points of an item in every version, (replications or 1, 1)."""
    item = batch.scheme.item[code]
    if item.points is not None or not batch.scheme.children[code]:
        return float(batch.scheme.full[code]) * factor_of(batch, code)
    counted = [child for child in batch.scheme.children[code] if child.kind == "item"]
    fulls = [full_of(batch, child.code) for child in counted]
    if not fulls:
        return _ZERO
    if item.combine == "sum":
        return np.asarray(sum(fulls))
    if item.combine in ("mean", "weighted_mean"):
        weights = [_weight(item, child) for child in counted]
        summed = sum(weight * full for weight, full in zip(weights, fulls, strict=True))
        return np.asarray(summed / sum(weights)) if sum(weights) else _ZERO
    return np.asarray(np.maximum.reduce(np.broadcast_arrays(*fulls)))


def factor_of(batch: Batch, code: str) -> Array:
    """By how much the points of an item are scaled: its own factor and those of the groups above."""
    factors = batch.versions.factors
    found = factors.get(code, np.ones((1, 1)))
    while code != ROOT:
        code = batch.scheme.item[code].parent
        found = found * factors.get(code, 1.0)
    return found


def score_item(batch: Batch, item: Item) -> Scores:
    """The scores of all units; those that take the mean of the others are filled in last."""
    if not batch.touched.rule(item):
        scores = _taken_over(batch, item)
    elif batch.scheme.children[item.code]:
        scores = _score_group(batch, item)
    else:
        scores = _score_leaf(batch, item)
    return _filled(batch, item, _left_out(batch, item, scores))


def _taken_over(batch: Batch, item: Item) -> Scores:
    """What no version touches, from the exact engine; the points scaled where they vary."""
    found = [batch.exact.item(item.code)[unit] for unit in batch.units]
    factor = factor_of(batch, item.code)
    return Scores(
        np.array([[np.nan if one.points is None else float(one.points) for one in found]]) * factor,
        np.array([[float(one.possible) for one in found]]) * factor,
        np.array([[one.why.startswith("refused") for one in found]]),
        np.array([[_is_filled(one) for one in found]]),
    )


def _is_filled(score: ItemScore) -> bool:
    return score.why.startswith(exact.TO_BE_FILLED)


def _left_out(batch: Batch, item: Item, scores: Scores) -> Scores:
    out = batch.versions.left_out.get(item.code)
    return scores if out is None else scores.where(out, _NOT_APPLICABLE)


def _filled(batch: Batch, item: Item, scores: Scores) -> Scores:
    """Those marked take the mean of the units that have points, or do not apply."""
    if not scores.to_fill.any():
        return scores
    points = np.where(scores.to_fill, np.nan, scores.points)
    points = np.broadcast_to(points, (points.shape[0], len(batch.units)))
    there = ~np.isnan(points)
    count = there.sum(axis=1, keepdims=True)
    mean = np.where(
        count > 0,
        np.where(there, points, 0.0).sum(axis=1, keepdims=True) / np.maximum(count, 1),
        np.nan,
    )
    possible = np.where(count > 0, _possible(batch, item), 0.0)
    return Scores(
        np.where(scores.to_fill, mean, scores.points),
        np.where(scores.to_fill, possible, scores.possible),
        scores.refused, _NOWHERE,
    )  # fmt: skip


def _possible(batch: Batch, item: Item) -> Array:
    return full_of(batch, item.code) if item.kind == "item" else _ZERO


# --- leaves --------------------------------------------------------------------------------------------


def _score_leaf(batch: Batch, item: Item) -> Scores:
    """Not applicable → material, reliability, lateness → zero or full if → the rule → bounds."""
    scope = Scope(batch, full=_own_full(batch, item))
    scores = _ruled(batch, item, scope)
    for state, here in _flagged(batch, item):
        scores = scores.where(here, _outcome(batch, item, scope, state))
    return _where_it_applies(batch, item, scope, scores)


def _own_full(batch: Batch, item: Item) -> Array:
    """What ``full`` means in the item's own rule: its points before they are scaled."""
    return full_of(batch, item.code) / factor_of(batch, item.code)


def _ruled(batch: Batch, item: Item, scope: Scope) -> Scores:
    assert item.rule is not None, f"the leaf {item.code} has no rule"
    points, possible = points_of(item.rule, scope), _possible(batch, item)
    scores = Scores.of(_bounded(item, points.value, scope), possible)
    states = np.where(points.state == KNOWN, _bounds_states(item, scope), points.state)
    scores = _with_states(batch, item, scope, states, scores)
    return _overruled(batch, item, scope, possible, scores)


def _overruled(batch: Batch, item: Item, scope: Scope, possible: Array, scores: Scores) -> Scores:
    """Zero if, full if: the first is asked first."""
    assert scope.full is not None
    for asked, points in ((item.full_if, scope.full), (item.zero_if, _ZERO)):
        if asked is not None:
            holds = condition(asked, scope)
            bounded = Scores.of(_bounded(item, points, scope), possible)
            scores = scores.where(known_truth(holds), bounded)
            states = np.where(known_truth(holds), _bounds_states(item, scope), holds.state)
            scores = _with_states(batch, item, scope, states, scores)
    return scores


def _with_states(batch: Batch, item: Item, scope: Scope, states: States, scores: Scores) -> Scores:
    """Where something is unknown, what its state leads to."""
    for state, name in STATE_NAMES.items():
        if (states == state).any():
            scores = scores.where(states == state, _outcome(batch, item, scope, name))
    return scores


def _flagged(batch: Batch, item: Item) -> Sequence[tuple[State, Flags]]:
    """Statuses of the data that lead somewhere, the one asked first last, so that it wins."""
    statuses = [exact.statuses_of(batch.exact, item, unit) for unit in batch.units]
    return [
        (state, np.array([[state in of_unit for of_unit in statuses]]))
        for state in reversed(exact.ASKED_FIRST)
        if exact.led_to(batch.exact, item, state) != "ignore"
    ]


def _where_it_applies(batch: Batch, item: Item, scope: Scope, scores: Scores) -> Scores:
    """Neither the item nor a group above it says otherwise."""
    chain = [item]
    while chain[-1].code != ROOT:
        chain.append(batch.scheme.item[chain[-1].parent])
    if not batch.scheme.children[item.code]:
        statuses = [exact.statuses_of(batch.exact, item, unit) for unit in batch.units]
        is_marked = np.array([["not_applicable" in of_unit for of_unit in statuses]])
        scores = scores.where(is_marked, _NOT_APPLICABLE)
    for one in reversed(chain):
        marked = batch.values.item_statuses.get(one.code, {})
        out = [marked.get(unit) == "not_applicable" for unit in batch.units]
        scores = scores.where(np.array([out]), _NOT_APPLICABLE)
        if one.not_applicable_if is not None:
            holds = condition(one.not_applicable_if, scope)
            scores = scores.where(known_truth(holds), _NOT_APPLICABLE)
            scores = _with_states(batch, item, scope, holds.state, scores)
        if one.applies_to:
            others = [batch.exact.group[unit] not in one.applies_to for unit in batch.units]
            scores = scores.where(np.array([others]), _NOT_APPLICABLE)
    return scores


def _outcome(batch: Batch, item: Item, scope: Scope, state: State) -> Scores:
    match _led(batch, item, state):
        case "zero":
            return _bounded_or_refused(batch, item, scope, _ZERO)
        case "full":
            assert scope.full is not None
            return _bounded_or_refused(batch, item, scope, scope.full)
        case "not_applicable":
            return _NOT_APPLICABLE
        case "mean_of_others":
            return _TO_FILL
        case _:
            return _REFUSED


def _bounded_or_refused(batch: Batch, item: Item, scope: Scope, points: Array) -> Scores:
    """Refused where a bound itself is unknown: nothing is left to go by."""
    scores = Scores.of(_bounded(item, points, scope), _possible(batch, item))
    return scores.where(_bounds_states(item, scope) != KNOWN, _REFUSED)


def _led(batch: Batch, item: Item, state: State) -> Outcome:
    return exact.led_to(batch.exact, item, state)


# --- bounds --------------------------------------------------------------------------------------------


def _bounded(item: Item, points: Array, scope: Scope) -> Array:
    """Within the item's bounds, then scaled with its points. If bounds cross, the cap wins."""
    low = _bound(item.floor, _usual_floor(scope, item), scope)
    high = _bound(item.cap, _usual_cap(scope, item), scope)
    points = points if low is None else np.maximum(points, low)
    points = points if high is None else np.minimum(points, high)
    return points * factor_of(scope.batch, item.code)


def _bound(
    written: Formula | Literal["none"] | None, usual: Array | None, scope: Scope
) -> Array | None:
    if written == UNBOUNDED:
        return None
    return usual if written is None else numbers(written, scope).value


def _bounds_states(item: Item, scope: Scope) -> States:
    """Where a bound is unknown, the floor asked before the cap."""
    written = [one for one in (item.floor, item.cap) if one is not None and one != UNBOUNDED]
    return first_state(_NO_BOUND, *(numbers(one, scope) for one in written))


_NO_BOUND = constant(0.0)


def _usual_floor(scope: Scope, item: Item) -> Array | None:
    if item.kind == "deduction":
        return None if item.points is None else np.array([[-float(item.points)]])
    is_group = bool(scope.batch.scheme.children[item.code])
    return None if is_group and item.kind == "item" else _ZERO


def _usual_cap(scope: Scope, item: Item) -> Array | None:
    if item.kind == "deduction":
        return _ZERO
    if item.kind == "bonus":
        return None if item.points is None else np.array([[float(item.points)]])
    return None if scope.batch.scheme.children[item.code] else scope.full


# --- groups --------------------------------------------------------------------------------------------


def _score_group(batch: Batch, item: Item) -> Scores:
    """Combine the children, adjust, ask zero and full if, and bound.

    Adjustments are not scaled with the points, and ``full`` in them is the new one, as in a what-if.
    """
    scope = Scope(batch, full=_own_full(batch, item))
    combined, states = _combined(batch, item, scope)
    points = combined.points
    for part in item.adjust:
        adjustment = points_of(part, replace(scope, full=full_of(batch, item.code)))
        points = points + adjustment.value
        states = np.where(states == KNOWN, adjustment.state, states)
    # Children are scaled already: only the group's own bounds are, and what they let through is not.
    scores = Scores.of(_bounded_sum(item, points, scope), combined.possible)
    scores = _with_states(batch, item, scope, _bounds_states(item, scope), scores)
    scores = _overruled(batch, item, scope, combined.possible, scores)
    scores = _with_states(batch, item, scope, states, scores)
    scores = scores.where(np.isnan(combined.points), combined)
    return _where_it_applies(batch, item, scope, scores)


def _bounded_sum(item: Item, points: Array, scope: Scope) -> Array:
    factor = factor_of(scope.batch, item.code)
    return _bounded(item, points / factor, scope)


def _combined(batch: Batch, item: Item, scope: Scope) -> tuple[Scores, States]:
    children = [(child, batch.item(child.code)) for child in batch.scheme.children[item.code]]
    known: States = np.zeros((1, 1), np.int8)
    if item.rule is not None:
        own = points_of(item.rule, scope)
        points = own.value * factor_of(batch, item.code)
        return _refused_with(children, Scores.of(points, _possible(batch, item))), own.state
    counted = [(child, scores) for child, scores in children if child.kind == "item"]
    beside = _sum_known([scores.points for child, scores in children if child.kind != "item"])
    if not counted:
        return _refused_with(children, Scores.of(beside, 0.0)), known
    main, states = _COMBINE[item.combine](batch, item, counted)
    nobody = np.logical_and.reduce(np.broadcast_arrays(*(np.isnan(s.points) for _, s in counted)))
    scores = replace(main, points=np.where(np.isnan(main.points), 0.0, main.points) + beside)
    return _refused_with(children, scores.where(nobody, _NOT_APPLICABLE)), states


def _refused_with(children: Sequence[tuple[Item, Scores]], scores: Scores) -> Scores:
    """Refused where a child is."""
    for _, child in children:
        if child.refused.any():
            scores = scores.where(child.refused, _REFUSED)
    return scores


def _sum_known(arrays: Sequence[Array]) -> Array:
    return np.asarray(sum((np.where(np.isnan(one), 0.0, one) for one in arrays), _ZERO))


Counted = Sequence[tuple[Item, Scores]]
_ALWAYS: States = np.zeros((1, 1), np.int8)


def _sum(batch: Batch, item: Item, counted: Counted) -> tuple[Scores, States]:
    got = _sum_known([scores.points for _, scores in counted])
    possible = np.asarray(sum((scores.possible for _, scores in counted), _ZERO))
    if not any(np.isnan(scores.points).any() for _, scores in counted):
        return Scores.of(got, possible), _ALWAYS
    full = np.asarray(sum((full_of(batch, child.code) for child, _ in counted), _ZERO))
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
        sum((np.isnan(s.points) * full_of(batch, child.code) for child, s in counted), _ZERO)
    )


def _spread(batch: Batch, counted: Counted) -> Array:
    """Each that applies is scaled to its full points and an equal share of the missing ones'."""
    applying = sum((~np.isnan(scores.points) for _, scores in counted), np.zeros((1, 1)))
    extra = _full_of_missing(batch, counted) / np.maximum(applying, 1)
    total = _ZERO
    for child, scores in counted:
        full = full_of(batch, child.code)
        points = np.where(np.isnan(scores.points), 0.0, scores.points)
        total = total + points * np.where(
            full == 0, 0.0, (full + extra) / np.where(full == 0, 1.0, full)
        )
    return total


def _means_of_missing(batch: Batch, counted: Counted) -> Array:
    """A child that does not apply counts the mean of the units to which it does."""
    total = _ZERO
    for _, scores in counted:
        points = np.broadcast_to(scores.points, (scores.points.shape[0], len(batch.units)))
        there = ~np.isnan(points)
        mean = np.where(there, points, 0.0).sum(axis=1, keepdims=True) / np.maximum(
            there.sum(axis=1, keepdims=True), 1
        )
        total = total + np.where(there, 0.0, mean)
    return total


def _weight(item: Item, child: Item) -> float:
    return float(child.weight) if item.combine == "weighted_mean" else 1.0


def _weighted_mean(_: Batch, item: Item, counted: Counted) -> tuple[Scores, States]:
    """The mean over the children that apply: their weights are scaled up together."""
    weights = [
        (_weight(item, child) * ~np.isnan(scores.points), scores) for child, scores in counted
    ]
    total = np.asarray(sum((weight for weight, _ in weights), _ZERO))
    base = np.where(total == 0, 1.0, total)
    points = sum((w * np.where(np.isnan(s.points), 0.0, s.points) for w, s in weights), _ZERO)
    possible = sum((w * s.possible for w, s in weights), _ZERO)
    states = np.where(total == 0, np.int8(2), np.int8(KNOWN))
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


_COMBINE: Mapping[str, Callable[[Batch, Item, Counted], tuple[Scores, States]]] = {
    "sum": _sum, "mean": _weighted_mean, "weighted_mean": _weighted_mean, "lowest": _extreme,
    "highest": _extreme,
}  # fmt: skip

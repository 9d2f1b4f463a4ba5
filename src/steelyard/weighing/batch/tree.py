"""The points of one item in many versions, for every unit: what :mod:`points.tree` says of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from steelyard.scheme.formula import Formula
from steelyard.scheme.model import ROOT, UNBOUNDED, Item, Outcome, State
from steelyard.weighing.batch.board import Batch, Scope
from steelyard.weighing.batch.combine import COMBINE
from steelyard.weighing.batch.formulas import condition, numbers
from steelyard.weighing.batch.parts import points_of
from steelyard.weighing.batch.scores import (
    NOT_APPLICABLE,
    NOWHERE,
    REFUSED,
    TO_FILL,
    ZERO_POINTS,
    Scores,
    factor_of,
    full_of,
    sum_known,
)
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
    return scores if out is None else scores.where(out, NOT_APPLICABLE)


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
        scores.refused, NOWHERE,
    )  # fmt: skip


def _possible(batch: Batch, item: Item) -> Array:
    return full_of(batch, item.code) if item.kind == "item" else ZERO_POINTS


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
    for asked, points in ((item.full_if, scope.full), (item.zero_if, ZERO_POINTS)):
        if asked is not None:
            holds = condition(asked, _as_scaled(batch, item, scope))
            bounded = Scores.of(_bounded(item, points, scope), possible)
            scores = scores.where(known_truth(holds), bounded)
            states = np.where(known_truth(holds), _bounds_states(item, scope), holds.state)
            scores = _with_states(batch, item, scope, states, scores)
    return scores


def _as_scaled(batch: Batch, item: Item, scope: Scope) -> Scope:
    """Conditions and adjustments see the new points under ``full``, as in a what-if; rules and bounds see
    the old, and what they give is scaled."""
    return replace(scope, full=full_of(batch, item.code))


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
        scores = scores.where(is_marked, NOT_APPLICABLE)
    for one in reversed(chain):
        marked = batch.values.item_statuses.get(one.code, {})
        out = [marked.get(unit) == "not_applicable" for unit in batch.units]
        scores = scores.where(np.array([out]), NOT_APPLICABLE)
        if one.not_applicable_if is not None:
            holds = condition(one.not_applicable_if, _as_scaled(batch, item, scope))
            scores = scores.where(known_truth(holds), NOT_APPLICABLE)
            scores = _with_states(batch, item, scope, holds.state, scores)
        if one.applies_to:
            others = [batch.exact.group[unit] not in one.applies_to for unit in batch.units]
            scores = scores.where(np.array([others]), NOT_APPLICABLE)
    return scores


def _outcome(batch: Batch, item: Item, scope: Scope, state: State) -> Scores:
    match _led(batch, item, state):
        case "zero":
            return _bounded_or_refused(batch, item, scope, ZERO_POINTS)
        case "full":
            assert scope.full is not None
            return _bounded_or_refused(batch, item, scope, scope.full)
        case "not_applicable":
            return NOT_APPLICABLE
        case "mean_of_others":
            return TO_FILL
        case _:
            return REFUSED


def _bounded_or_refused(batch: Batch, item: Item, scope: Scope, points: Array) -> Scores:
    """Refused where a bound itself is unknown: nothing is left to go by."""
    scores = Scores.of(_bounded(item, points, scope), _possible(batch, item))
    return scores.where(_bounds_states(item, scope) != KNOWN, REFUSED)


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
    return None if is_group and item.kind == "item" else ZERO_POINTS


def _usual_cap(scope: Scope, item: Item) -> Array | None:
    if item.kind == "deduction":
        return ZERO_POINTS
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
        adjustment = points_of(part, _as_scaled(batch, item, scope))
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
    beside = sum_known([scores.points for child, scores in children if child.kind != "item"])
    if not counted:
        return _refused_with(children, Scores.of(beside, 0.0)), known
    main, states = COMBINE[item.combine](batch, item, counted)
    nobody = np.logical_and.reduce(np.broadcast_arrays(*(np.isnan(s.points) for _, s in counted)))
    scores = replace(main, points=np.where(np.isnan(main.points), 0.0, main.points) + beside)
    return _refused_with(children, scores.where(nobody, NOT_APPLICABLE)), states


def _refused_with(children: Sequence[tuple[Item, Scores]], scores: Scores) -> Scores:
    """Refused where a child is."""
    for _, child in children:
        if child.refused.any():
            scores = scores.where(child.refused, REFUSED)
    return scores

"""The points that a part of a rule gives in many versions: what :mod:`points.parts` says of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from steelyard.kernel.exact import exact
from steelyard.scheme.bands import AnyBand, Band, Exactly
from steelyard.scheme.formula import Formula
from steelyard.scheme.parts import (
    AnyPart,
    Each,
    ForEach,
    Ladder,
    Matrix,
    Points,
    Proportion,
    Several,
    Table,
)
from steelyard.weighing.batch import lists
from steelyard.weighing.batch.board import Rows, Scope
from steelyard.weighing.batch.formulas import condition, evaluate, numbers
from steelyard.weighing.batch.vectors import (
    KNOWN,
    MISSING,
    NEAR,
    NO_BASE,
    ZERO,
    Array,
    Flags,
    Vector,
    ceil,
    chosen,
    computed,
    constant,
    first_state,
    floor,
    unknown,
    unless_unknown,
)

_NOTHING = constant(0.0)


def points_of(part: AnyPart, scope: Scope) -> Vector:
    """When it holds, its main rule, times its factor, within its bounds."""
    if part.when is None:
        return _when_it_holds(part, scope)
    when = condition(part.when, scope)
    found = chosen(when.value, _when_it_holds(part, scope), _otherwise(part, scope))
    return unless_unknown(when.state, found)


def _when_it_holds(part: AnyPart, scope: Scope) -> Vector:
    points = _MAIN[type(part)](part, scope)
    if part.times is not None:
        points = computed(np.multiply, points, numbers(part.times, scope))
    return _bounded(part, points, scope)


def _otherwise(part: AnyPart, scope: Scope) -> Vector:
    return _NOTHING if part.otherwise is None else numbers(part.otherwise, scope)


def _bounded(part: AnyPart, points: Vector, scope: Scope) -> Vector:
    if part.at_most is not None:
        most = numbers(part.at_most, scope)
        if isinstance(part, Each) and part.taken:
            points = computed(lambda a, b: np.maximum(a, -b), points, most)
        else:
            points = computed(np.minimum, points, most)
    if part.at_least is not None:
        points = computed(np.maximum, points, numbers(part.at_least, scope))
    return points


def _points(part: Points, scope: Scope) -> Vector:
    return numbers(part.points, scope)


# --- bands ---------------------------------------------------------------------------------------------


def is_in(band: AnyBand, value: Vector) -> Flags:
    """Where the value lies in the band; edges are met by what is near them."""
    match band:
        case Exactly(text) if isinstance(text, bool) == value.is_truth and not value.is_number:
            return np.asarray(value.value == text)
        case Band() if value.is_number:
            return _is_between(band, value.value)
        case _:
            return np.zeros((1, 1), bool)


def _is_between(band: Band, values: Array) -> Flags:
    inside = np.ones_like(values, bool)
    if band.low is not None:
        edge = float(band.low)
        inside &= values >= edge - NEAR if band.low_in else values > edge + NEAR
    if band.high is not None:
        edge = float(band.high)
        inside &= values <= edge + NEAR if band.high_in else values < edge - NEAR
    return inside


def _first_of(
    cases: list[tuple[Flags, Formula]], otherwise: Vector, value: Vector, scope: Scope
) -> Vector:
    """The points of the first case that holds."""
    found, open_ = otherwise, np.ones((1, 1), bool)
    for holds, points in cases:
        if (holds & open_).any():
            found = chosen(holds & open_, numbers(points, scope), found)
        open_ = open_ & ~holds
    return unless_unknown(value.state, found)


def _ladder(part: Ladder, scope: Scope) -> Vector:
    value = evaluate(part.of, scope)
    cases = [(is_in(band, value), points) for band, points in part.steps]
    return _first_of(cases, _otherwise(part, scope), value, scope.with_x(value))


def _table(part: Table, scope: Scope) -> Vector:
    """A value that no row has, and no ``otherwise``, counts as missing."""
    value = evaluate(part.of, scope)
    cases = [(_is_key(key, value), points) for key, points in part.rows]
    otherwise = unknown(MISSING) if part.otherwise is None else numbers(part.otherwise, scope)
    return _first_of(cases, otherwise, value, scope)


def _is_key(key: str, value: Vector) -> Flags:
    if value.is_truth:
        return np.asarray(value.value == (key == "yes")) if key in ("yes", "no") else _nowhere()
    if not value.is_number:
        return np.asarray(value.value == key)
    try:
        edge = exact(key)
    except ValueError:
        return _nowhere()
    return _is_between(Band(edge, edge, True, True), value.value)


def _nowhere() -> Flags:
    return np.zeros((1, 1), bool)


def _matrix(part: Matrix, scope: Scope) -> Vector:
    first, second = (evaluate(of, scope) for of in part.of)
    rows = _exclusive([is_in(band, first) for band in part.rows])
    columns = _exclusive([is_in(band, second) for band in part.columns])
    cases = [
        (row & column, part.cells[i][j])
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
    ]
    value = Vector(first.value, first_state(first, second))
    return _first_of(cases, _otherwise(part, scope), value, scope)


def _exclusive(held: list[Flags]) -> list[Flags]:
    """Each only where none before it holds."""
    found, before = [], _nowhere()
    for one in held:
        found.append(one & ~before)
        before = before | one
    return found


# --- steps, shares, several ------------------------------------------------------------------------------


def _each(part: Each, scope: Scope) -> Vector:
    each, per, of = (numbers(one, scope) for one in (part.each, part.per, part.of))
    steps = computed(lambda size, value: np.maximum(value, 0.0) / size, _as_base(per), of)
    if part.count == "full":
        steps = computed(floor, steps)
    elif part.count == "started":
        steps = computed(ceil, steps)
    points = computed(np.multiply, each, steps)
    return computed(np.negative, points) if part.taken else points


def _proportion(part: Proportion, scope: Scope) -> Vector:
    target, of = _as_base(numbers(part.target, scope), above_zero=True), numbers(part.of, scope)
    reached = computed(lambda whole, value: np.clip(value / whole, 0.0, 1.0), target, of)
    return computed(np.multiply, reached, numbers(part.points, scope))


def _as_base(divisor: Vector, *, above_zero: bool = False) -> Vector:
    """What is divided by: 0, or below where it must be above, is no base, and is not divided by."""
    is_none = divisor.value <= ZERO if above_zero else np.abs(divisor.value) <= ZERO
    no_base = np.where(divisor.state == KNOWN, np.int8(NO_BASE), divisor.state)
    return Vector(np.where(is_none, 1.0, divisor.value), np.where(is_none, no_base, divisor.state))


def _several(part: Several, scope: Scope) -> Vector:
    if part.join == "first":
        return _first(part, scope)
    points = [points_of(one, scope) for one in part.parts]
    return computed(lambda *values: _JOIN[part.join](values), *points)


_JOIN: dict[str, Callable[[Any], Array]] = {
    "sum": lambda values: sum(values),
    "best": lambda values: np.maximum.reduce(np.broadcast_arrays(*values)),
    "worst": lambda values: np.minimum.reduce(np.broadcast_arrays(*values)),
}


def _first(part: Several, scope: Scope) -> Vector:
    """The first part whose condition holds; an unknown condition before it is met."""
    found, open_ = _NOTHING, np.ones((1, 1), bool)
    for one in part.parts:
        when = constant(True) if one.when is None else condition(one.when, scope)
        is_met = open_ & ((when.state != KNOWN) | when.value)
        own = unless_unknown(when.state, points_of(one, scope))
        found = chosen(is_met, own, found)
        open_ = open_ & ~is_met
    return found


# --- lists -----------------------------------------------------------------------------------------------


def _for_each(part: ForEach, scope: Scope) -> Vector:
    batch = scope.batch
    rows = batch.rows(part.list, scope.back)
    if not rows.units.size:
        return _NOTHING if part.keep in _OF_NONE else unknown(MISSING)
    outer = Scope(
        batch,
        scope.back,
        full=scope.full,
        x=scope.x if scope.rows is None else None,
        total=scope.total,
    )
    inner = outer.at_rows(rows)
    kept = [] if part.where is None else [condition(part.where, inner)]
    points = points_of(part.score, inner)
    if part.once_per:
        counts, _ = lists.counted(rows, kept, points)
        wide = np.broadcast_to(points.value, np.broadcast_shapes(points.value.shape, counts.shape))
        is_first = lists.once_per(rows, part.once_per, wide, np.broadcast_to(counts, wide.shape))
        kept.append(Vector(is_first, np.zeros((1, 1), np.int8)))
        rows = lists.once(rows)
    found = lists.by_unit(outer, rows, kept, points, _kept(part))
    if part.keep in _OF_NONE:
        found = Vector(
            found.value, np.where(_is_empty(rows, kept, points, outer), np.int8(KNOWN), found.state)
        )
    return found.at(scope.places)


_OF_NONE = ("sum", "highest", "lowest")


def _is_empty(rows: Rows, kept: list[Vector], points: Vector, scope: Scope) -> Flags:
    """Where nothing counts: of nothing the sum, the highest and the lowest are 0."""
    counts = lists.by_unit(scope, rows, kept, Vector(np.ones((1, 1)), points.state), lists.count)
    return np.asarray((counts.value == 0) & (counts.state == KNOWN))


def _kept(part: ForEach) -> lists._Statistic:
    if part.keep == "trimmed_mean":
        return lists.trimmed(part.trim)
    return {"sum": lists.total, "highest": lists.highest, "lowest": lists.lowest, "mean": lists.mean,
            "median": lists.median}[part.keep]  # fmt: skip


_MAIN: dict[type, Callable[[Any, Scope], Vector]] = {
    Points: _points, Ladder: _ladder, Table: _table, Matrix: _matrix, Each: _each,
    Proportion: _proportion, Several: _several, ForEach: _for_each,
}  # fmt: skip

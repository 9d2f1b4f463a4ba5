"""The value of a formula for all units and versions at once: what :mod:`points.formulas` says of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.scheme.formula import (
    AllOf,
    AnyOf,
    Binary,
    Call,
    Choice,
    Comparison,
    Formula,
    Literal,
    Name,
    Negative,
    Not,
    Number,
    OneOf,
    Truth,
)
from steelyard.weighing.batch.board import Scope
from steelyard.weighing.batch.lists import over_list
from steelyard.weighing.batch.ranks import ranked
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
    is_below,
    is_equal,
    known_truth,
    number,
    rounded,
    truth,
    unless_unknown,
)


def evaluate(formula: Formula, scope: Scope) -> Vector:
    return _EVALUATORS[type(formula)](formula, scope)


def numbers(formula: Formula, scope: Scope) -> Vector:
    return number(evaluate(formula, scope))


def condition(formula: Formula, scope: Scope) -> Vector:
    return truth(evaluate(formula, scope))


def _constant(formula: Number | Literal | Truth, _: Scope) -> Vector:
    value = formula.value
    return constant(value if isinstance(value, str | bool) else float(value))


def _name(formula: Name, scope: Scope) -> Vector:
    code = formula.code
    if code == "full" and scope.full is not None:
        return Vector(scope.full, np.zeros((1, 1), np.int8))
    if code == "x" and scope.x is not None:
        return scope.x
    if code == "total" and scope.total is not None:
        return scope.total.at(scope.places)
    return scope.batch.named(code, scope)


def _negative(formula: Negative, scope: Scope) -> Vector:
    return computed(np.negative, evaluate(formula.of, scope))


_SIGNS: dict[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
}


def _binary(formula: Binary, scope: Scope) -> Vector:
    left, right = evaluate(formula.left, scope), evaluate(formula.right, scope)
    if formula.sign == "/":
        return divided(left, right)
    return computed(_SIGNS[formula.sign], left, right)


def divided(left: Vector, right: Vector) -> Vector:
    """A quotient, without a base where the divisor is 0."""
    found = computed(lambda a, b: a / np.where(np.abs(b) <= ZERO, 1.0, b), left, right)
    no_base = (np.abs(number(right).value) <= ZERO) & (found.state == KNOWN)
    return Vector(found.value, np.where(no_base, np.int8(NO_BASE), found.state))


_COMPARISONS: dict[str, Callable[[Any, Any], Flags]] = {
    "<=": lambda a, b: ~is_below(b, a), "<": is_below, "==": is_equal,
    "!=": lambda a, b: ~is_equal(a, b), ">": lambda a, b: is_below(b, a),
    ">=": lambda a, b: ~is_below(a, b),
}  # fmt: skip


def _comparison(formula: Comparison, scope: Scope) -> Vector:
    """A chain ends at the first comparison that fails: what comes after it need not be known."""
    left = evaluate(formula.first, scope)
    held, state = np.ones((1, 1), bool), left.state
    for sign, other in zip(formula.signs, formula.others, strict=True):
        right = evaluate(other, scope)
        if left.value.dtype.kind != right.value.dtype.kind:
            right = number(Vector(np.zeros((1, 1), object), right.state))
            left = number(left)
        state = np.where(held & (state == KNOWN), right.state, state)
        held = held & _COMPARISONS[sign](left.value, right.value)
        left = right
    return Vector(held, state)


def _one_of(formula: OneOf, scope: Scope) -> Vector:
    value = evaluate(formula.of, scope)
    choices = [evaluate(choice, scope) for choice in formula.choices]
    held = np.zeros((1, 1), bool)
    for choice in choices:
        if choice.value.dtype.kind == value.value.dtype.kind:
            held = held | is_equal(value.value, choice.value)
    return Vector(held != formula.negated, first_state(value, *choices))


def _all_of(formula: AllOf, scope: Scope) -> Vector:
    """True until one is false; the first unknown before that is met."""
    return _joined(formula.parts, scope, ends_at=False)


def _any_of(formula: AnyOf, scope: Scope) -> Vector:
    return _joined(formula.parts, scope, ends_at=True)


def _joined(parts: tuple[Formula, ...], scope: Scope, *, ends_at: bool) -> Vector:
    ended, state = np.zeros((1, 1), bool), np.zeros((1, 1), np.int8)
    for part in parts:
        one = condition(part, scope)
        open_ = ~ended & (state == KNOWN)
        state = np.where(open_, one.state, state)
        ended = ended | (open_ & (one.state == KNOWN) & (one.value == ends_at))
    return Vector(ended == ends_at, state)


def _not(formula: Not, scope: Scope) -> Vector:
    held = condition(formula.of, scope)
    return Vector(~held.value, held.state)


def _choice(formula: Choice, scope: Scope) -> Vector:
    when = condition(formula.when, scope)
    then, otherwise = evaluate(formula.then, scope), evaluate(formula.otherwise, scope)
    return unless_unknown(when.state, chosen(when.value, then, otherwise))


def _call(formula: Call, scope: Scope) -> Vector:
    return _FUNCTIONS[formula.function](formula, scope)


# --- plain functions ---------------------------------------------------------------------------------


def _of_all(compute: Callable[[Array, Array], Array], call: Call, scope: Scope) -> Vector:
    found, *others = (evaluate(argument, scope) for argument in call.arguments)
    found = number(found)
    for other in others:
        found = computed(compute, found, other)
    return found


def _of_one(compute: Callable[[Array], Array], call: Call, scope: Scope) -> Vector:
    return computed(compute, evaluate(call.arguments[0], scope))


def _round(call: Call, scope: Scope) -> Vector:
    places = call.option("places") or (call.arguments[1] if len(call.arguments) > 1 else None)
    how_many = int(places.value) if isinstance(places, Number) else 0
    return computed(partial(rounded, places=how_many), evaluate(call.arguments[0], scope))


def _at_least(call: Call, scope: Scope) -> Vector:
    held = [condition(one, scope) for one in call.arguments[1:]]
    count = sum((one.value.astype(float) for one in held), np.zeros((1, 1)))
    least = numbers(call.arguments[0], scope)
    return Vector(~is_below(count, least.value), first_state(*held, least))


def _date(call: Call, _: Scope) -> Vector:
    day = call.arguments[0]
    assert isinstance(day, Literal)
    return constant(float(date.fromisoformat(day.value).toordinal()))


def _known(call: Call, scope: Scope) -> Vector:
    state = evaluate(call.arguments[0], scope).state
    return Vector(state == KNOWN, np.zeros_like(state))


def _value(call: Call, scope: Scope) -> Vector:
    code = call.arguments[0]
    assert isinstance(code, Literal)
    return scope.batch.named(code.value, scope)


# --- in time -----------------------------------------------------------------------------------------


def _last(call: Call, scope: Scope) -> Vector:
    back = call.option("back") or (call.arguments[1] if len(call.arguments) > 1 else None)
    return evaluate(
        call.arguments[0], scope.ago(int(back.value) if isinstance(back, Number) else 1)
    )


def _mean_of_last(call: Call, scope: Scope) -> Vector:
    count = call.arguments[1]
    assert isinstance(count, Number)
    before = [evaluate(call.arguments[0], scope.ago(back + 1)) for back in range(int(count.value))]
    summed = computed(lambda *values: sum(values), *before)
    return divided(summed, constant(float(count.value)))


def _growth(call: Call, scope: Scope) -> Vector:
    now, before = (numbers(call.arguments[0], where) for where in (scope, scope.ago(1)))
    stand_in = call.option("base_if_zero")
    if stand_in is None:
        return divided(computed(np.subtract, now, before), before)
    base = chosen(np.abs(before.value) <= ZERO, numbers(stand_in, scope), before)
    base = Vector(base.value, first_state(before, base))
    return divided(computed(np.subtract, now, base), base)


# --- across units ------------------------------------------------------------------------------------

_Statistic = Callable[[Array], Array]


def _across(statistic: _Statistic, call: Call, scope: Scope, *, by_group: bool) -> Vector:
    """A statistic of the units, or of each unit's group, that have the value."""
    batch = scope.batch
    found = batch.across(call.arguments[0], scope.back)
    values = np.where(found.state == KNOWN, found.value, np.nan)
    values = np.broadcast_to(values, (values.shape[0], len(batch.units)))
    result = np.full_like(values, np.nan)
    for members in batch.groups if by_group else [np.arange(len(batch.units))]:
        result[:, members] = _of_known(statistic, values[:, members])[:, None]
    state = np.where(np.isnan(result), np.int8(MISSING), np.int8(KNOWN))
    return Vector(np.nan_to_num(result), state).at(scope.places)


def _of_known(statistic: _Statistic, values: Array) -> Array:
    """NaN where nothing is known, without NumPy's warnings."""
    there = ~np.isnan(values).all(axis=1)
    found = np.full(len(values), np.nan)
    found[there] = statistic(values[there])
    return found


_STATISTICS: dict[str, _Statistic] = {
    "mean": lambda values: np.nanmean(values, axis=1),
    "median": lambda values: np.nanmedian(values, axis=1),
    "total": lambda values: np.nansum(values, axis=1),
    "max": lambda values: np.nanmax(values, axis=1),
    "min": lambda values: np.nanmin(values, axis=1),
}


def _rank(call: Call, scope: Scope, *, by_group: bool) -> Vector:
    batch = scope.batch
    found = batch.across(call.arguments[0], scope.back)
    values = np.where(found.state == KNOWN, found.value, np.nan)
    values = np.broadcast_to(values, (values.shape[0], len(batch.units)))
    ranks = np.empty(values.shape)
    for members in batch.groups if by_group else [np.arange(len(batch.units))]:
        ranks[:, members] = ranked([values[:, members]], "shared", NEAR)
    return Vector(np.nan_to_num(ranks), found.state).at(scope.places)


# --- lists and the tree ------------------------------------------------------------------------------


def _list(call: Call, scope: Scope) -> Vector:
    """Rows are those of the unit, whatever row the formula stands at."""
    outer = Scope(scope.batch, scope.back, full=scope.full, total=scope.total)
    return over_list(call, outer, condition, numbers).at(scope.places)


def _of_item(read: Callable[[Any], NDArray[Any]], call: Call, scope: Scope) -> Vector:
    code = call.arguments[0]
    assert isinstance(code, Literal)
    values = read(scope.batch.item(code.value))
    state = np.where(np.isnan(values), np.int8(MISSING), np.int8(KNOWN))
    return Vector(np.nan_to_num(values), state).at(scope.places)


def _full(call: Call, scope: Scope) -> Vector:
    from steelyard.weighing.batch.scores import full_of

    code = call.arguments[0]
    assert isinstance(code, Literal)
    return Vector(full_of(scope.batch, code.value), np.zeros((1, 1), np.int8))


def _applies(call: Call, scope: Scope) -> Vector:
    code = call.arguments[0]
    assert isinstance(code, Literal)
    applies = ~np.isnan(scope.batch.item(code.value).points)
    return Vector(applies, np.zeros((1, 1), np.int8)).at(scope.places)


_FUNCTIONS: dict[str, Callable[[Call, Scope], Vector]] = {
    "min": partial(_of_all, np.minimum), "max": partial(_of_all, np.maximum),
    "abs": partial(_of_one, np.abs), "floor": partial(_of_one, floor), "ceil": partial(_of_one, ceil),
    "round": _round, "at_least": _at_least, "date": _date, "known": _known, "value": _value,
    "last": _last, "mean_of_last": _mean_of_last, "growth": _growth,
    "count_of": _list, "sum_of": _list, "mean_of": _list, "median_of": _list, "max_of": _list,
    "min_of": _list,
    "score": partial(_of_item, lambda scores: scores.points),
    "possible": partial(_of_item, lambda scores: scores.possible),
    "full": _full, "applies": _applies,
}  # fmt: skip
for _scope, _is_group in (("all", False), ("group", True)):
    _FUNCTIONS |= {
        f"{_scope}_{name}": partial(_across, statistic, by_group=_is_group)
        for name, statistic in _STATISTICS.items()
    }
    _FUNCTIONS[f"{_scope}_rank"] = partial(_rank, by_group=_is_group)

_EVALUATORS: dict[type, Callable[[Any, Scope], Vector]] = {
    Number: _constant, Literal: _constant, Truth: _constant, Name: _name, Negative: _negative,
    Binary: _binary, Comparison: _comparison, OneOf: _one_of, AllOf: _all_of, AnyOf: _any_of,
    Not: _not, Choice: _choice, Call: _call,
}  # fmt: skip
__all__ = ["condition", "divided", "evaluate", "known_truth", "numbers"]

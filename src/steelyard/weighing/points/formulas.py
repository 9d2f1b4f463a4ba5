"""The value of a formula for one unit, exactly."""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from steelyard.kernel.exact import rounded
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
from steelyard.weighing.points.board import ItemScore, Scope, Unknown
from steelyard.weighing.values import Day, Value


class WrongType(ValueError):
    """A formula met a value of another type than it needs: ``"provincial" + 1``."""


def evaluate(formula: Formula, scope: Scope) -> Value:
    """The formula's value.

    Raises:
        Unknown: a value that it needs is missing, or it divides by zero.
        WrongType: a text or a truth stands where a number must.
    """
    return _EVALUATORS[type(formula)](formula, scope)


def number(formula: Formula, scope: Scope) -> Fraction:
    value = evaluate(formula, scope)
    if isinstance(value, Fraction):
        return value
    raise WrongType(f"{value!r} is not a number")


def holds(formula: Formula, scope: Scope) -> bool:
    """Whether a condition is true."""
    value = evaluate(formula, scope)
    if isinstance(value, bool):
        return value
    raise WrongType(f"{value!r} is neither yes nor no")


def _constant(formula: Number | Literal | Truth, _: Scope) -> Value:
    return formula.value


def _name(formula: Name, scope: Scope) -> Value:
    code = formula.code
    if code == "full" and scope.full is not None:
        return scope.full
    if code == "x" and scope.x is not None:
        return scope.x
    if code == "total" and scope.total is not None:
        return scope.total
    return scope.board.named(code, scope)


def _negative(formula: Negative, scope: Scope) -> Value:
    return -number(formula.of, scope)


def _divide(left: Fraction, right: Fraction) -> Fraction:
    if right == 0:
        raise Unknown("no_base")
    return left / right


_SIGNS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le, "<": operator.lt, "==": operator.eq,
    "!=": operator.ne, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def _binary(formula: Binary, scope: Scope) -> Value:
    return _SIGNS[formula.sign](number(formula.left, scope), number(formula.right, scope))


def _comparison(formula: Comparison, scope: Scope) -> Value:
    left = evaluate(formula.first, scope)
    for sign, other in zip(formula.signs, formula.others, strict=True):
        right = evaluate(other, scope)
        if _kind(left) is not _kind(right):
            raise WrongType(f"{left!r} and {right!r} cannot be compared")
        if not _COMPARISONS[sign](left, right):
            return False
        left = right
    return True


def _kind(value: Value) -> type:
    return Fraction if isinstance(value, Fraction) else type(value)


def _one_of(formula: OneOf, scope: Scope) -> Value:
    value = evaluate(formula.of, scope)
    return (value in [evaluate(choice, scope) for choice in formula.choices]) != formula.negated


def _all_of(formula: AllOf, scope: Scope) -> Value:
    return all(holds(part, scope) for part in formula.parts)


def _any_of(formula: AnyOf, scope: Scope) -> Value:
    return any(holds(part, scope) for part in formula.parts)


def _not(formula: Not, scope: Scope) -> Value:
    return not holds(formula.of, scope)


def _choice(formula: Choice, scope: Scope) -> Value:
    chosen = formula.then if holds(formula.when, scope) else formula.otherwise
    return evaluate(chosen, scope)


def _call(formula: Call, scope: Scope) -> Value:
    return _FUNCTIONS[formula.function](formula, scope)


def _numbers(call: Call, scope: Scope) -> list[Fraction]:
    return [number(argument, scope) for argument in call.arguments]


def _round(call: Call, scope: Scope) -> Value:
    places = call.option("places") or (call.arguments[1] if len(call.arguments) > 1 else None)
    return rounded(number(call.arguments[0], scope), int(number(places, scope)) if places else 0)


def _at_least(call: Call, scope: Scope) -> Value:
    return sum(holds(one, scope) for one in call.arguments[1:]) >= number(call.arguments[0], scope)


def _date(call: Call, scope: Scope) -> Value:
    day = evaluate(call.arguments[0], scope)
    return Day.of(date.fromisoformat(str(day)))


def _known(call: Call, scope: Scope) -> Value:
    try:
        evaluate(call.arguments[0], scope)
    except Unknown:
        return False
    return True


def _value(call: Call, scope: Scope) -> Value:
    return scope.board.named(str(evaluate(call.arguments[0], scope)), scope)


def _last(call: Call, scope: Scope) -> Value:
    back = call.option("back") or (call.arguments[1] if len(call.arguments) > 1 else None)
    return evaluate(call.arguments[0], scope.ago(int(number(back, scope)) if back else 1))


def _mean_of_last(call: Call, scope: Scope) -> Value:
    count = int(number(call.arguments[1], scope))
    earlier = [number(call.arguments[0], scope.ago(back)) for back in range(1, count + 1)]
    return _divide(sum(earlier, Fraction(0)), Fraction(count))


def _growth(call: Call, scope: Scope) -> Value:
    now, before = (number(call.arguments[0], where) for where in (scope, scope.ago(1)))
    stand_in = call.option("base_if_zero")
    base = number(stand_in, scope) if before == 0 and stand_in else before
    return _divide(now - base if before == 0 and stand_in else now - before, base)


def _across(group: bool, statistic: Callable[[list[Fraction]], Fraction]) -> Any:
    def compute(call: Call, scope: Scope) -> Value:
        among = scope.board.group[scope.unit] if group else None
        return scope.board.statistic(call.arguments[0], scope, among, number, statistic)

    return compute


def _rank(group: bool) -> Any:
    def compute(call: Call, scope: Scope) -> Value:
        mine = number(call.arguments[0], Scope(scope.board, scope.unit, scope.back))
        among = scope.board.group[scope.unit] if group else None
        found = scope.board.across(call.arguments[0], scope, among, number)
        return Fraction(1 + len(found) - bisect_right(found, mine))

    return compute


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _total(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def _middle(values: list[Fraction]) -> Fraction:
    return Fraction(median(values))


def chosen_rows(call: Call, scope: Scope) -> list[Scope]:
    """The scopes of the rows of the list that a list function looks at."""
    name = call.arguments[0]
    assert isinstance(name, Name)
    rows = [scope.at_row(row) for row in scope.board.rows(name.code, scope)]
    where = call.option("where")
    return rows if where is None else [row for row in rows if holds(where, row)]


def _count_of(call: Call, scope: Scope) -> Value:
    rows = chosen_rows(call, scope)
    if len(call.arguments) > 1:
        rows = [row for row in rows if holds(call.arguments[1], row)]
    return Fraction(len(rows))


def _over_list(statistic: Callable[[list[Fraction]], Fraction]) -> Any:
    def compute(call: Call, scope: Scope) -> Value:
        found = [number(call.arguments[1], row) for row in chosen_rows(call, scope)]
        if not found and statistic is not _total:
            raise Unknown("missing", getattr(call.arguments[0], "code", ""))
        return statistic(found)

    return compute


def _of_item(read: Callable[[ItemScore], Fraction | None]) -> Any:
    def compute(call: Call, scope: Scope) -> Value:
        code = str(evaluate(call.arguments[0], scope))
        answer = read(scope.board.item(code)[scope.unit])
        if answer is None:
            raise Unknown("missing", code)
        return answer

    return compute


def _full(call: Call, scope: Scope) -> Value:
    return scope.board.scheme.full[str(evaluate(call.arguments[0], scope))]


def _applies(call: Call, scope: Scope) -> Value:
    return scope.board.item(str(evaluate(call.arguments[0], scope)))[scope.unit].applies


_FUNCTIONS: dict[str, Callable[[Call, Scope], Value]] = {
    "min": lambda call, scope: min(_numbers(call, scope)),
    "max": lambda call, scope: max(_numbers(call, scope)),
    "abs": lambda call, scope: abs(number(call.arguments[0], scope)),
    "floor": lambda call, scope: Fraction(number(call.arguments[0], scope).__floor__()),
    "ceil": lambda call, scope: Fraction(number(call.arguments[0], scope).__ceil__()),
    "round": _round, "at_least": _at_least, "date": _date, "known": _known, "value": _value,
    "last": _last, "mean_of_last": _mean_of_last, "growth": _growth,
    "count_of": _count_of, "sum_of": _over_list(_total), "mean_of": _over_list(_mean),
    "median_of": _over_list(_middle), "max_of": _over_list(max), "min_of": _over_list(min),
    "score": _of_item(lambda score: score.points),
    "possible": _of_item(lambda score: score.possible),
    "full": _full, "applies": _applies,
}  # fmt: skip
for _scope, _is_group in (("all", False), ("group", True)):
    _FUNCTIONS |= {
        f"{_scope}_mean": _across(_is_group, _mean),
        f"{_scope}_median": _across(_is_group, _middle),
        f"{_scope}_total": _across(_is_group, _total),
        f"{_scope}_max": _across(_is_group, max),
        f"{_scope}_min": _across(_is_group, min),
        f"{_scope}_rank": _rank(_is_group),
    }

_EVALUATORS: dict[type, Callable[[Any, Scope], Value]] = {
    Number: _constant, Literal: _constant, Truth: _constant, Name: _name, Negative: _negative,
    Binary: _binary, Comparison: _comparison, OneOf: _one_of, AllOf: _all_of, AnyOf: _any_of,
    Not: _not, Choice: _choice, Call: _call,
}  # fmt: skip

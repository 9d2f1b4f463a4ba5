"""The points that a part of a rule gives, exactly."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from statistics import median
from typing import Any

from steelyard.kernel.exact import exact
from steelyard.scheme.bands import AnyBand
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
from steelyard.weighing.points.board import Scope, Unknown
from steelyard.weighing.points.formulas import evaluate, holds, number
from steelyard.weighing.values import Value

_ZERO = Fraction(0)


class NotInTable(ValueError):
    """A look-up table has no row for a value, and no ``otherwise``."""

    def __init__(self, value: Value) -> None:
        self.value = value
        super().__init__(f"no row of the table is {value!r}")


def points_of(part: AnyPart, scope: Scope) -> Fraction:
    """The points of a part: when it holds, its main rule, times its factor, within its bounds."""
    if part.when is not None and not holds(part.when, scope):
        return _otherwise(part, scope)
    points = _MAIN[type(part)](part, scope)
    if part.times is not None:
        points *= number(part.times, scope)
    return _bounded(part, points, scope)


def _otherwise(part: AnyPart, scope: Scope) -> Fraction:
    return _ZERO if part.otherwise is None else number(part.otherwise, scope)


def _bounded(part: AnyPart, points: Fraction, scope: Scope) -> Fraction:
    if part.at_most is not None:
        most = number(part.at_most, scope)
        taken = isinstance(part, Each) and part.taken
        points = max(points, -most) if taken else min(points, most)
    if part.at_least is not None:
        points = max(points, number(part.at_least, scope))
    return points


def _points(part: Points, scope: Scope) -> Fraction:
    return number(part.points, scope)


def step_of(ladder: Ladder, value: Value) -> tuple[AnyBand, Formula] | None:
    """The step of a ladder that holds a value."""
    return next((step for step in ladder.steps if value in step[0]), None)


def _ladder(part: Ladder, scope: Scope) -> Fraction:
    value = evaluate(part.of, scope)
    step = step_of(part, value)
    return _otherwise(part, scope) if step is None else number(step[1], scope.with_x(value))


def row_of(table: Table, value: Value) -> Formula | None:
    """The points of the row of a table that equals a value."""
    return next((points for key, points in table.rows if _same(key, value)), None)


def _same(key: str, value: Value) -> bool:
    if isinstance(value, bool):
        return key == ("yes" if value else "no")
    if isinstance(value, str):
        return key == value
    try:
        return exact(key) == value
    except ValueError:
        return False


def _table(part: Table, scope: Scope) -> Fraction:
    value = evaluate(part.of, scope)
    points = row_of(part, value)
    if points is not None:
        return number(points, scope)
    if part.otherwise is None:
        raise NotInTable(value)
    return number(part.otherwise, scope)


def _matrix(part: Matrix, scope: Scope) -> Fraction:
    row = _place(part.rows, evaluate(part.of[0], scope))
    column = _place(part.columns, evaluate(part.of[1], scope))
    if row is None or column is None:
        return _otherwise(part, scope)
    return number(part.cells[row][column], scope)


def _place(bands: tuple[AnyBand, ...], value: Value) -> int | None:
    return next((index for index, band in enumerate(bands) if value in band), None)


def steps_in(part: Each, scope: Scope) -> Fraction:
    """How many steps of size ``per`` are in the value; a value below 0 has none."""
    per = number(part.per, scope)
    if per == 0:
        raise Unknown("no_base")
    steps = max(number(part.of, scope), _ZERO) / per
    if part.count == "full":
        return Fraction(steps.__floor__())
    return Fraction(steps.__ceil__()) if part.count == "started" else steps


def _each(part: Each, scope: Scope) -> Fraction:
    points = number(part.each, scope) * steps_in(part, scope)
    return -points if part.taken else points


def _proportion(part: Proportion, scope: Scope) -> Fraction:
    target = number(part.target, scope)
    if target <= 0:
        raise Unknown("no_base")
    reached = min(max(number(part.of, scope) / target, _ZERO), Fraction(1))
    return reached * number(part.points, scope)


def _several(part: Several, scope: Scope) -> Fraction:
    if part.join == "first":
        return _first(part, scope)
    points = [points_of(one, scope) for one in part.parts]
    return {"sum": sum(points, _ZERO), "best": max(points), "worst": min(points)}[part.join]


def _first(part: Several, scope: Scope) -> Fraction:
    for one in part.parts:
        if one.when is None or holds(one.when, scope):
            return points_of(one, scope)
    return _ZERO


def _for_each(part: ForEach, scope: Scope) -> Fraction:
    scored = [(row, points_of(part.score, row)) for row in rows_of(part, scope)]
    if part.once_per:
        scored = _once_per(part.once_per, scored)
    points = [one for _, one in scored]
    return _KEEP[part.keep](points, part)


def rows_of(part: ForEach, scope: Scope) -> list[Scope]:
    rows = [scope.at_row(row) for row in scope.board.rows(part.list, scope)]
    return rows if part.where is None else [row for row in rows if holds(part.where, row)]


def _once_per(columns: tuple[str, ...], scored: list[tuple[Scope, Fraction]]) -> Any:
    """Of rows alike in the columns, the one of the largest size."""
    kept: dict[tuple[Value | None, ...], tuple[Scope, Fraction]] = {}
    for scope, points in scored:
        key = tuple((scope.row or {}).get(column) for column in columns)
        if key not in kept or abs(points) > abs(kept[key][1]):
            kept[key] = (scope, points)
    return list(kept.values())


def _mean(points: list[Fraction], part: ForEach) -> Fraction:
    if not points:
        raise Unknown("missing", part.list)
    return sum(points, _ZERO) / len(points)


def _median(points: list[Fraction], part: ForEach) -> Fraction:
    if not points:
        raise Unknown("missing", part.list)
    return Fraction(median(points))


def _trimmed_mean(points: list[Fraction], part: ForEach) -> Fraction:
    ordered = sorted(points)
    return _mean(ordered[part.trim : len(ordered) - part.trim], part)


_KEEP: dict[str, Callable[[list[Fraction], ForEach], Fraction]] = {
    "sum": lambda points, _: sum(points, _ZERO),
    "highest": lambda points, _: max(points, default=_ZERO),
    "lowest": lambda points, _: min(points, default=_ZERO),
    "mean": _mean,
    "median": _median,
    "trimmed_mean": _trimmed_mean,
}

_MAIN: dict[type, Callable[[Any, Scope], Fraction]] = {
    Points: _points, Ladder: _ladder, Table: _table, Matrix: _matrix, Each: _each,
    Proportion: _proportion, Several: _several, ForEach: _for_each,
}  # fmt: skip

"""Statistics over the rows of each unit's list, each row there so many times.

Rows that are drawn again with repetition are counted, not copied: a mean weighs each row by how often
it is there, and a median or a trimmed mean finds its place among the counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from steelyard.scheme.formula import Call, Formula, Name
from steelyard.weighing.batch.board import Rows, Scope
from steelyard.weighing.batch.vectors import (
    KNOWN,
    MISSING,
    Array,
    Flags,
    States,
    Vector,
    constant,
    joined_columns,
    unknown,
)

_Evaluate = Callable[[Formula, Scope], Vector]
_Statistic = Callable[[Array, Array], Array]
"""Of values and counts, both (replications, rows of one unit): one number a replication, NaN for none."""


def over_list(call: Call, scope: Scope, condition: _Evaluate, numbers: _Evaluate) -> Vector:
    """A list function such as ``sum_of(events, size, where = …)``, by unit."""
    name, function = call.arguments[0], call.function
    assert isinstance(name, Name)
    rows = scope.batch.rows(name.code, scope.back)
    if not rows.units.size:
        return constant(0.0) if function in ("count_of", "sum_of") else unknown(MISSING)
    inner = scope.at_rows(rows)
    wheres = [call.option("where")] + ([call.arguments[1]] if _has_condition(call) else [])
    kept = [condition(where, inner) for where in wheres if where is not None]
    values = constant(1.0) if function == "count_of" else numbers(call.arguments[1], inner)
    return by_unit(scope, rows, kept, values, STATISTICS[function])


def _has_condition(call: Call) -> bool:
    return call.function == "count_of" and len(call.arguments) > 1


def by_unit(
    scope: Scope, rows: Rows, kept: list[Vector], values: Vector, statistic: _Statistic
) -> Vector:
    """The statistic of each unit's rows that are there and kept."""
    counts, state = counted(rows, kept, values)
    units = range(len(scope.batch.units))
    return joined_columns(
        [_of_unit(rows, place, counts, state, values, statistic) for place in units]
    )


def counted(rows: Rows, kept: list[Vector], values: Vector) -> tuple[Array, States]:
    """How often each row counts, and the state of those that count or whose condition is unknown."""
    there = np.ones((1, rows.units.size)) if rows.times is None else rows.times
    counts, state = there, np.zeros((1, rows.units.size), np.int8)
    for one in kept:
        state = np.where(state == KNOWN, one.state, state)
        counts = counts * one.value
    state = np.where((state == KNOWN) & (counts > 0), values.state, state)
    return counts, np.where(there > 0, state, np.int8(KNOWN))


def _of_unit(
    rows: Rows, place: int, counts: Array, state: States, values: Vector, statistic: _Statistic
) -> Vector:
    own = np.flatnonzero(rows.units == place)
    whole = np.broadcast_to(values.value, (values.value.shape[0], rows.units.size))
    how_often, states = counts[:, own], state[:, own]
    numbers = np.where(how_often > 0, whole[:, own], 0.0)
    found = statistic(numbers, np.broadcast_to(how_often, numbers.shape))[:, None]
    none = np.where(np.isnan(found), np.int8(MISSING), np.int8(KNOWN))
    return Vector(np.nan_to_num(found), _or_first(states, none))


def _or_first(states: States, otherwise: States) -> States:
    """The first state that is not known, along the rows."""
    if not states.shape[1]:
        return otherwise
    met = np.take_along_axis(states, np.argmax(states != KNOWN, axis=1)[:, None], axis=1)
    return np.asarray(np.where(met == KNOWN, otherwise, met))


# --- statistics ----------------------------------------------------------------------------------------


def total(values: Array, counts: Array) -> Array:
    return np.asarray((values * counts).sum(axis=1))


def count(values: Array, counts: Array) -> Array:  # noqa: ARG001
    return np.asarray(counts.sum(axis=1))


def mean(values: Array, counts: Array) -> Array:
    return _none_of_none(counts, (values * counts).sum(axis=1) / np.maximum(counts.sum(axis=1), 1))


def highest(values: Array, counts: Array) -> Array:
    return _extreme(np.max, -np.inf, values, counts)


def lowest(values: Array, counts: Array) -> Array:
    return _extreme(np.min, np.inf, values, counts)


def _extreme(choose: Callable[..., Array], beyond: float, values: Array, counts: Array) -> Array:
    found = choose(np.where(counts > 0, values, beyond), axis=1, initial=beyond)
    return np.asarray(np.where(np.isfinite(found), found, np.nan))


def median(values: Array, counts: Array) -> Array:
    """The middle one, or the mean of the middle two."""
    whole = counts.sum(axis=1)
    return _between(values, counts, np.ceil(whole / 2) - 1, np.floor(whole / 2) + 1)


def trimmed(trim: int) -> _Statistic:
    """The mean without so many at each end."""

    def mean_between(values: Array, counts: Array) -> Array:
        whole = counts.sum(axis=1)
        return _between(values, counts, np.full_like(whole, trim), whole - trim)

    return mean_between


def _between(values: Array, counts: Array, low: Array, high: Array) -> Array:
    """The mean of those from place ``low`` up to before ``high`` in rising order."""
    order = np.argsort(np.where(counts > 0, values, np.inf), axis=1, kind="stable")
    rising, often = np.take_along_axis(values, order, 1), np.take_along_axis(counts, order, 1)
    ends = np.cumsum(often, axis=1)
    inside = np.minimum(ends, high[:, None]) - np.maximum(ends - often, low[:, None])
    inside = np.maximum(inside, 0.0)
    return _none_of_none(inside, (rising * inside).sum(axis=1) / np.maximum(inside.sum(axis=1), 1))


def _none_of_none(counts: Array, found: Array) -> Array:
    return np.asarray(np.where(counts.sum(axis=1) > 0, found, np.nan))


STATISTICS: dict[str, _Statistic] = {
    "count_of": count, "sum_of": total, "mean_of": mean, "median_of": median, "max_of": highest,
    "min_of": lowest,
}  # fmt: skip


def once(rows: Rows) -> Rows:
    """The rows as if each that is there were there once."""
    return rows if rows.times is None else replace(rows, times=(rows.times > 0).astype(float))


def once_per(rows: Rows, keys: tuple[str, ...], values: Array, counts: Array) -> Flags:
    """Of rows alike in the keys, the first of the largest size among those that count."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for row, unit in enumerate(rows.units):
        alike.setdefault((unit, *(_key(rows.columns.get(key), row) for key in keys)), []).append(
            row
        )
    size = np.where(counts > 0, np.abs(values), -1.0)
    kept = np.zeros(size.shape, bool)
    for places in alike.values():
        largest = np.argmax(size[:, places], axis=1)
        kept[np.arange(len(size)), np.array(places)[largest]] = True
    return kept & (counts > 0)


def _key(column: Vector | None, row: int) -> object:
    if column is None or column.state[0, row] != KNOWN:
        return None
    return column.value[0, row]

"""A value for every replication and place at once, or the state in which it is unknown.

Numbers are floats, truths booleans, texts objects. Arrays are (replications or 1, places or 1): what
does not vary keeps one row. Numbers within ``NEAR`` count as equal, so that 0.8999999999999999 stands on
the step "at least 90%" on which the exact 9/10 stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.scheme.model import State

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
States = NDArray[np.int8]
NEAR = 1e-9
ZERO = 1e-12  # a divisor that is no more than the noise of a subtraction
KNOWN, MISSING, NO_BASE = 0, 1, 2
STATE_NAMES: dict[int, State] = {MISSING: "missing", NO_BASE: "no_base"}


@dataclass(frozen=True, slots=True)
class Vector:
    """Values and their states. Where the state is not ``KNOWN`` the value means nothing."""

    value: NDArray[Any]
    state: States

    @property
    def is_number(self) -> bool:
        return self.value.dtype.kind == "f"

    @property
    def is_truth(self) -> bool:
        return self.value.dtype.kind == "b"

    def at(self, places: NDArray[np.intp] | None) -> Vector:
        """The values of these places, as a list of rows asks for those of their units."""
        if places is None:
            return self
        return Vector(_columns(self.value, places), _columns(self.state, places))


def _columns(array: NDArray[Any], places: NDArray[np.intp]) -> NDArray[Any]:
    return array if array.shape[1] == 1 else array[:, places]


def constant(value: float | bool | str) -> Vector:
    kind: Any = object if isinstance(value, str) else None
    return Vector(np.array([[value]], dtype=kind or type(value)), np.zeros((1, 1), np.int8))


def unknown(state: int) -> Vector:
    return Vector(np.zeros((1, 1)), np.full((1, 1), state, np.int8))


def first_state(*vectors: Vector) -> States:
    """The state of the first that is unknown, as evaluation from left to right meets it."""
    return reduce(_or_else, (vector.state for vector in vectors))


def _or_else(state: States, other: States) -> States:
    return np.where(state != KNOWN, state, other)


def number(vector: Vector) -> Vector:
    """The vector where a number must stand; what is none counts as missing."""
    return vector if vector.is_number else unknown(MISSING)


def truth(vector: Vector) -> Vector:
    """The vector where a truth must stand."""
    if vector.is_truth:
        return vector
    return Vector(np.zeros((1, 1), bool), unknown(MISSING).state)


def known_truth(vector: Vector) -> Flags:
    """Where it is known and true."""
    held = truth(vector)
    return np.asarray(held.value & (held.state == KNOWN))


def computed(compute: Callable[..., NDArray[Any]], *vectors: Vector) -> Vector:
    """A function of numbers, unknown where any of them is."""
    numbers = [number(vector) for vector in vectors]
    with np.errstate(all="ignore"):
        return Vector(compute(*(one.value for one in numbers)), first_state(*numbers))


def chosen(when: Flags, then: Vector, otherwise: Vector) -> Vector:
    """One or the other, by place. Only the one chosen may be unknown."""
    if then.value.dtype.kind != otherwise.value.dtype.kind:
        then, otherwise = number(then), number(otherwise)
    return Vector(
        np.where(when, then.value, otherwise.value), np.where(when, then.state, otherwise.state)
    )


def unless_unknown(state: States, vector: Vector) -> Vector:
    """The vector, in a state met before it where there is one."""
    return Vector(vector.value, _or_else(state, vector.state))


def is_below(a: Array, b: Array | float) -> Flags:
    return np.asarray(a < b - NEAR)


def is_equal(a: NDArray[Any], b: NDArray[Any]) -> Flags:
    if a.dtype.kind == "f" and b.dtype.kind == "f":
        return np.asarray(np.abs(a - b) <= NEAR)
    return np.asarray(a == b)


def floor(values: Array) -> Array:
    return np.floor(values + NEAR)


def ceil(values: Array) -> Array:
    return np.ceil(values - NEAR)


def rounded(values: Array, places: int) -> Array:
    """Halves away from zero, as officials round (四舍五入)."""
    scale = 10.0**places
    return np.asarray(np.sign(values) * np.floor(np.abs(values) * scale + 0.5 + NEAR) / scale)


def joined_columns(columns: Sequence[Vector]) -> Vector:
    """One vector from one a place."""
    rows = max(max(one.value.shape[0], one.state.shape[0]) for one in columns)
    values = [np.broadcast_to(one.value, (rows, 1)) for one in columns]
    states = [np.broadcast_to(one.state, (rows, 1)) for one in columns]
    return Vector(np.concatenate(values, axis=1), np.concatenate(states, axis=1))

"""The board on which many versions of one weighing are computed: what :mod:`points.board` does for one.

What no version touches is taken from the exact board, so that no noise of floating point enters it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from steelyard.scheme.formula import Formula
from steelyard.scheme.model import Scheme
from steelyard.weighing.batch.vectors import (
    KNOWN,
    MISSING,
    NO_BASE,
    Array,
    Vector,
    chosen,
    constant,
    unknown,
)
from steelyard.weighing.points.board import Board
from steelyard.weighing.values import Row, Value, Values

if TYPE_CHECKING:
    from steelyard.weighing.batch.scores import Scores
    from steelyard.weighing.batch.touched import Touched


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list, all units' one after the other.

    ``units`` is the place of each row's unit, ``columns`` hold a value a row, ``times`` (replications,
    rows) how often each row is there; None for once.
    """

    units: NDArray[np.intp]
    columns: Mapping[str, Vector]
    times: Array | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """In what the replications differ.

    ``inputs`` of this period by code, (replications, units), NaN for "as delivered"; ``factors`` on the
    full points of items by code, (replications, 1); ``left_out`` by leaf, (replications, 1), where it
    applies to nobody; ``times`` by list, (replications, rows).
    """

    inputs: Mapping[str, Array] = field(default_factory=dict)
    factors: Mapping[str, Array] = field(default_factory=dict)
    left_out: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    times: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose values are asked: all units', or those of a list's rows; how many periods back; local names."""

    batch: Batch
    back: int = 0
    rows: Rows | None = None
    full: Array | None = None
    x: Vector | None = None
    total: Vector | None = None

    @property
    def places(self) -> NDArray[np.intp] | None:
        return None if self.rows is None else self.rows.units

    def of_units(self) -> Scope:
        """The same for all units alone, without local names."""
        return Scope(self.batch, self.back)

    def ago(self, periods: int) -> Scope:
        return Scope(self.batch, self.back + periods, self.rows, self.full)

    def at_rows(self, rows: Rows) -> Scope:
        x = None if self.rows is not None else self.x
        return replace(self, rows=rows, x=None if x is None else x.at(rows.units))

    def with_x(self, x: Vector) -> Scope:
        return replace(self, x=x)


class Batch:
    """One scheme, one set of values, and many versions of them."""

    def __init__(
        self,
        scheme: Scheme,
        values: Values,
        versions: Versions | None = None,
        *,
        board: Board | None = None,
    ) -> None:
        self.scheme, self.values = scheme, values
        self.versions = versions or Versions()
        self.exact = board or Board(scheme, values)
        self.units = self.exact.units
        self._items: dict[str, Scores] = {}
        self._quantities: dict[tuple[str, int], Vector] = {}
        self._across: dict[tuple[int, int], Vector] = {}
        self._rows: dict[tuple[str, int], Rows] = {}

    @cached_property
    def groups(self) -> list[NDArray[np.intp]]:
        """The places of each peer group's units."""
        labels = [self.exact.group[unit] for unit in self.units]
        return [np.flatnonzero([label == one for label in labels]) for one in dict.fromkeys(labels)]

    @cached_property
    def touched(self) -> Touched:
        """What the versions touch."""
        from steelyard.weighing.batch.touched import Touched

        return Touched(self.scheme, self.versions)

    def item(self, code: str) -> Scores:
        if code not in self._items:
            from steelyard.weighing.batch.tree import score_item

            self._items[code] = score_item(self, self.scheme.item[code])
        return self._items[code]

    # --- values by name ------------------------------------------------------------------------------

    def named(self, name: str, scope: Scope) -> Vector:
        """A column of the rows, a figure, a quantity or an input."""
        if name in self.scheme.figures:
            return constant(float(self.scheme.figures[name].value))
        if name in self.scheme.quantities:
            return self._quantity(name, scope.back).at(scope.places)
        if scope.rows is not None and name in scope.rows.columns:
            return scope.rows.columns[name]
        return self.input(name, scope.back).at(scope.places)

    def input(self, code: str, back: int) -> Vector:
        if back >= len(self.exact.periods):
            return unknown(MISSING)
        cells = self.values.cells.get((code, self.exact.periods[back]), {})
        delivered = column([cells[unit].value if unit in cells else None for unit in self.units])
        without = [unit in cells and cells[unit].status == "no_base" for unit in self.units]
        if any(without):
            base = np.where([without], np.int8(NO_BASE), delivered.state)
            delivered = Vector(delivered.value, base)
        drawn = self.versions.inputs.get(code)
        if back or drawn is None:
            return delivered
        varies = ~np.isnan(drawn)
        return chosen(
            varies, Vector(np.where(varies, drawn, 0.0), np.zeros((1, 1), np.int8)), delivered
        )

    def _quantity(self, name: str, back: int) -> Vector:
        key = (name, back)
        if key not in self._quantities:
            self._quantities[key] = self._with_fixed(name, back, self._computed(name, back))
        return self._quantities[key]

    def _computed(self, name: str, back: int) -> Vector:
        from steelyard.weighing.batch.formulas import evaluate
        from steelyard.weighing.batch.parts import points_of

        quantity, scope = self.scheme.quantities[name], Scope(self, back)
        if quantity.formula is not None:
            return evaluate(quantity.formula, scope)
        assert quantity.rule is not None
        return points_of(quantity.rule, scope)

    def _with_fixed(self, name: str, back: int, found: Vector) -> Vector:
        """What a what-if has set for some units."""
        fixed = [self.values.fixed.get((name, unit)) for unit in self.units]
        if back or all(one is None for one in fixed):
            return found
        return chosen(np.array([[one is not None for one in fixed]]), column(fixed), found)

    def across(self, formula: Formula, back: int) -> Vector:
        """The formula's values of all units, computed once."""
        from steelyard.weighing.batch.formulas import evaluate
        from steelyard.weighing.batch.vectors import number

        key = (id(formula), back)
        if key not in self._across:
            self._across[key] = number(evaluate(formula, Scope(self, back)))
        return self._across[key]

    # --- lists ---------------------------------------------------------------------------------------

    def rows(self, name: str, back: int) -> Rows:
        """The rows of a list in the period, of all units."""
        if (name, back) not in self._rows:
            self._rows[name, back] = self._read_rows(name, back)
        return self._rows[name, back]

    def _read_rows(self, name: str, back: int) -> Rows:
        listed = list_rows(self.exact, name, back)
        names = list(dict.fromkeys(column_ for _, row in listed for column_ in row))
        columns = {one: column([row.get(one) for _, row in listed]) for one in names}
        times = None if back else self.versions.times.get(name)
        return Rows(np.array([place for place, _ in listed], np.intp), columns, times)


def list_rows(board: Board, name: str, back: int = 0) -> list[tuple[int, Row]]:
    """(place of the unit, row) of a list, in the order of the units."""
    if back >= len(board.periods):
        return []
    of_units = board.values.lists.get((name, board.periods[back]), {})
    return [
        (place, row) for place, unit in enumerate(board.units) for row in of_units.get(unit, ())
    ]


def column(values: list[Value | None]) -> Vector:
    """Exact values as one row of a vector: numbers, truths or texts by what the first known one is."""
    state = np.array([[MISSING if one is None else KNOWN for one in values]], np.int8)
    first = next((one for one in values if one is not None), None)
    found: NDArray[Any]
    match first:
        case bool():
            found = np.array([[bool(one) for one in values]])
        case str():
            found = np.array([["" if one is None else one for one in values]], dtype=object)
        case _:
            found = np.array([[_float(one) for one in values]], dtype=float)
    return Vector(found.reshape(1, len(values)), state.reshape(1, len(values)))


def _float(value: Value | None) -> float:
    return 0.0 if value is None or isinstance(value, str) else float(value)

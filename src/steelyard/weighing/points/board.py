"""The board on which one weighing is computed: values looked up once, items scored once.

A formula may ask for anything: another unit's value, last year's, another item's points. The board
answers and remembers. A scheme without circles always comes to an end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.scheme.formula import Formula
from steelyard.scheme.model import Scheme, State
from steelyard.weighing.values import Row, Value, Values


class Unknown(Exception):
    """A formula has no value: something is missing, or it divides by zero."""

    def __init__(self, state: State, about: str = "") -> None:
        self.state, self.about = state, about
        super().__init__(f"{state}: {about}")


Statistic = Callable[[list[Fraction]], Fraction]


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What one unit got on one item, and why if not simply by the rule.

    ``points`` is None if the item does not apply (or could not be scored, in a refused weighing).
    ``why`` is the condition, status or state that overrode the rule.
    """

    points: Fraction | None
    possible: Fraction
    why: str = ""

    @property
    def applies(self) -> bool:
        return self.points is not None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A score that could not be given: the unit, the item, the state, what it is about."""

    unit: str
    item: str
    state: State
    about: str


@dataclass(slots=True)
class Scope:
    """Whose value is asked: the unit, how many periods back, the row of a list, local names."""

    board: Board
    unit: str
    back: int = 0
    row: Row | None = None
    full: Fraction | None = None
    x: Value | None = None
    total: Fraction | None = None

    def of(self, unit: str) -> Scope:
        return Scope(self.board, unit, self.back)

    def ago(self, periods: int) -> Scope:
        return Scope(self.board, self.unit, self.back + periods, self.row, self.full)

    def at_row(self, row: Row) -> Scope:
        return Scope(self.board, self.unit, self.back, row, self.full, self.x, self.total)

    def with_x(self, x: Value) -> Scope:
        return Scope(self.board, self.unit, self.back, self.row, self.full, x, self.total)


@dataclass
class Board:
    """One scheme, one set of values, and what has been computed from them so far."""

    scheme: Scheme
    values: Values
    refusals: list[Refusal] = field(default_factory=list)
    _items: dict[str, Mapping[str, ItemScore]] = field(default_factory=dict)
    _quantities: dict[tuple[str, str, int], Value | Unknown] = field(default_factory=dict)
    _across: dict[tuple[int, int, str | None], list[Fraction]] = field(default_factory=dict)
    _statistics: dict[tuple[int, int, str | None, Statistic], Fraction] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        units = self.scheme.assessed
        self.units = tuple(unit.code for unit in units)
        self.group = {unit.code: unit.group for unit in units}
        self.inputs_of_items: dict[str, tuple[str, ...]] = {}
        self.periods = (self.scheme.period_label, *self.scheme.earlier)

    def item(self, code: str) -> Mapping[str, ItemScore]:
        """The scores of every unit on an item."""
        if code not in self._items:
            from steelyard.weighing.points.tree import score_item

            self._items[code] = score_item(self, self.scheme.item[code])
        return self._items[code]

    def hold(self, scores: Mapping[str, Mapping[str, ItemScore]]) -> Board:
        """The board, with the scores of some items taken as given, so that a weighing that changes little
        computes only what changes."""
        self._items |= scores
        return self

    def named(self, name: str, scope: Scope) -> Value:
        """The value of a name: a column of the row, a figure, a quantity or an input."""
        scheme = self.scheme
        if name in scheme.figures:
            return scheme.figures[name].value
        if name in scheme.quantities:
            return self._quantity(name, scope)
        if scope.row is not None and name in scope.row:
            value = scope.row[name]
            if value is None:
                raise Unknown("missing", name)
            return value
        return self.input(name, scope)

    def input(self, code: str, scope: Scope) -> Value:
        if scope.back >= len(self.periods):
            raise Unknown("missing", code)
        period = self.periods[scope.back]
        cell = self.values.cell(code, period, scope.unit)
        if cell is None or cell.value is None:
            state: State = "no_base" if cell and cell.status == "no_base" else "missing"
            raise Unknown(state, code if not scope.back else f"{code} ({period})")
        return cell.value

    def _quantity(self, name: str, scope: Scope) -> Value:
        key = (name, scope.unit, scope.back)
        if not scope.back and (name, scope.unit) in self.values.fixed:
            return self.values.fixed[(name, scope.unit)]
        if key not in self._quantities:
            self._quantities[key] = self._compute(name, Scope(self, scope.unit, scope.back))
        value = self._quantities[key]
        if isinstance(value, Unknown):
            raise Unknown(value.state, value.about)
        return value

    def _compute(self, name: str, scope: Scope) -> Value | Unknown:
        from steelyard.weighing.points.formulas import evaluate
        from steelyard.weighing.points.parts import points_of

        quantity = self.scheme.quantities[name]
        try:
            if quantity.formula is not None:
                return evaluate(quantity.formula, scope)
            if quantity.rule is not None:
                return points_of(quantity.rule, scope)
        except Unknown as unknown:
            return unknown
        raise AssertionError(f"the quantity {name} has neither formula nor rule")

    def across(
        self, formula: Formula, scope: Scope, group: str | None, number: Callable[..., Fraction]
    ) -> list[Fraction]:
        """The formula's values for the units (of the group) that have one, the smallest first."""
        key = (id(formula), scope.back, group)
        if key not in self._across:
            found: list[Fraction] = []
            for unit in self.units:
                if group is None or self.group[unit] == group:
                    try:
                        found.append(number(formula, scope.of(unit)))
                    except Unknown:
                        continue
            self._across[key] = sorted(found)
        return self._across[key]

    def statistic(
        self, formula: Formula, scope: Scope, group: str | None,
        number: Callable[..., Fraction], statistic: Statistic,
    ) -> Fraction:  # fmt: skip
        """A statistic of the formula's values across the units, computed once for all of them."""
        key = (id(formula), scope.back, group, statistic)
        if key not in self._statistics:
            values = self.across(formula, scope, group, number)
            if not values:
                raise Unknown("missing", _lacked_by(formula, scope, number))
            self._statistics[key] = statistic(values)
        return self._statistics[key]

    def rows(self, name: str, scope: Scope) -> tuple[Row, ...]:
        """The rows of a list, for the unit and period of the scope."""
        if scope.back >= len(self.periods):
            return ()
        of_units = self.values.lists.get((name, self.periods[scope.back]), {})
        return of_units.get(scope.unit, ())

    def refuse(self, unit: str, item: str, unknown: Unknown) -> None:
        self.refusals.append(Refusal(unit, item, unknown.state, unknown.about))


def _lacked_by(formula: Formula, scope: Scope, number: Callable[..., Fraction]) -> str:
    """What the unit of the scope lacks for a formula; nothing if it lacks nothing."""
    try:
        number(formula, scope)
    except Unknown as unknown:
        return unknown.about
    return ""

"""The engine is asked what every combination of a component's values gives, and to whom.

Only the items that the component touches are scored; the others are held as today. Only the unit
itself is scored, unless an item looks across units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

from steelyard.kernel.faults import Faulty
from steelyard.scheme.formula import Formula
from steelyard.scheme.model import Scheme
from steelyard.scheme.parts import AnyPart
from steelyard.weighing.advice.levers import Lever
from steelyard.weighing.points.board import Board, ItemScore, Scope, Unknown
from steelyard.weighing.points.formulas import WrongType, holds, number
from steelyard.weighing.points.parts import NotInTable, points_of
from steelyard.weighing.values import Cell, Value, Values

Scores = Mapping[str, Mapping[str, ItemScore]]


class Indivisible(Exception):
    """A part of a leaf has no value, which is a matter of the whole leaf: it must be tried whole."""

    def __init__(self, item: str) -> None:
        self.item = item
        super().__init__(item)


@dataclass(frozen=True, slots=True)
class Trial:
    """One combination: its values and cost, the scores it gives, conditions that hold, tie-break keys."""

    values: tuple[Value, ...]
    cost: Fraction
    scores: Scores
    holding: frozenset[str]
    keys: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every combination: items, conditions and keys by name.

    ``parts`` are parts of leaves, scored by themselves for the unit. ``everybody`` says that all units
    are to be scored, and not the one alone.
    """

    items: tuple[str, ...]
    touched: frozenset[str]
    conditions: Mapping[str, Formula] = field(default_factory=dict)
    keys: Mapping[str, Formula] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, AnyPart]] = field(default_factory=dict)
    everybody: bool = False


@dataclass(frozen=True)
class Laboratory:
    """One unit of a scheme, and its values to change; an index has no items on its board."""

    board: Board
    unit: str
    holds_items: bool = True

    @cached_property
    def _alone(self) -> Scheme:
        scheme = self.board.scheme
        return replace(scheme, units=tuple(u for u in scheme.units if u.code == self.unit))

    def trials(self, levers: tuple[Lever, ...], asked: Asked) -> Iterator[Trial]:
        """Every combination that can be weighed, today's first."""
        held = self._held(asked)
        inputs = [lever.input for lever in levers]
        today = tuple(lever.now for lever in levers)
        for chosen in product(*(lever.choices for lever in levers)):
            values = tuple(choice.value for choice in chosen)
            cost = sum((choice.cost for choice in chosen), Fraction(0))
            changed = changed_values(
                self.board.values, self.board.scheme, self.unit, dict(zip(inputs, values, strict=True))
            )  # fmt: skip
            is_today = values == today
            trial = self._trial(values, cost, changed, asked, held, is_today=is_today)
            if trial is not None:
                yield trial

    def _part(self, board: Board, leaf: str, part: AnyPart) -> Mapping[str, ItemScore]:
        scope = Scope(board, self.unit, full=self.board.scheme.full[leaf])
        try:
            return {self.unit: ItemScore(points_of(part, scope), Fraction(0))}
        except Unknown as error:
            raise Indivisible(leaf) from error

    def _held(self, asked: Asked) -> Scores:
        items = self.board.scheme.in_order if self.holds_items else ()
        codes = [item.code for item in items if item.code not in asked.touched]
        held = {code: self.board.item(code) for code in codes}
        if asked.everybody:
            return held
        return {code: {self.unit: scores[self.unit]} for code, scores in held.items()}

    def _trial(
        self, values: tuple[Value, ...], cost: Fraction, changed: Values, asked: Asked,
        held: Scores, *, is_today: bool,
    ) -> Trial | None:  # fmt: skip
        scheme = self.board.scheme if asked.everybody else self._alone
        board = Board(scheme, changed).hold(held)
        scope = Scope(board, self.unit)
        try:
            scores = {code: board.item(code) for code in asked.items}
            scores |= {name: self._part(board, *one) for name, one in asked.parts.items()}
            holding = frozenset(
                name for name, c in asked.conditions.items() if _holds(name, c, scope)
            )
            keys = {name: _key(formula, scope, is_today) for name, formula in asked.keys.items()}
        except (Faulty, Unknown, WrongType, NotInTable):
            return None
        return None if board.refusals else Trial(values, cost, scores, holding, keys)


def _holds(name: str, condition: Formula, scope: Scope) -> bool:
    """A requirement that cannot be told is not met; a veto that cannot be told is refused."""
    try:
        return holds(condition, scope)
    except Unknown:
        if name.startswith("requires:"):
            return False
        raise


def _key(formula: Formula, scope: Scope, is_today: bool) -> Fraction:
    """A tie-break key; a unit that is not ranked today has none, which counts as 0."""
    try:
        return number(formula, scope)
    except Unknown:
        if is_today:
            return Fraction(0)
        raise


def changed_values(values: Values, scheme: Scheme, unit: str, new: Mapping[str, Value]) -> Values:
    """The values, with some of one unit's inputs of this period changed; statuses stay."""
    cells = dict(values.cells)
    for code, value in new.items():
        key = (code, scheme.period_label)
        of_units = cells.get(key, {})
        old = of_units.get(unit)
        cell = replace(old, value=value, records=None) if old else Cell(value)
        cells[key] = {**of_units, unit: cell}
    return replace(values, cells=cells)


def combinations(levers: tuple[Lever, ...]) -> int:
    return prod(len(lever.choices) for lever in levers)

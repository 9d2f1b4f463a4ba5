"""Levers where no cost table is given: each input up to the best value of any unit, in effort points.

An input may move from its value to the best of any unit (or, where the unit is the best already, to
the bound of the input), in the direction that gives the unit more. An input that is divided by another
goes as far as makes the *ratio* the best of any unit: a large city's count is no aim for a small one.
The whole way costs 100 effort points. What others are divided by (population, cases due) is left alone:
nobody can change it at will.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise

from steelyard.scheme.bands import Band
from steelyard.scheme.formula import (
    ACROSS,
    IN_TIME,
    Binary,
    Call,
    Comparison,
    Formula,
    Name,
    Number,
    children,
    walk,
)
from steelyard.scheme.model import ROOT, Input, Scheme
from steelyard.scheme.parts import (
    AnyPart,
    Each,
    Ladder,
    Matrix,
    Proportion,
    formulas_of,
    walk_parts,
)
from steelyard.weighing.advice.joining import joined_sets
from steelyard.weighing.advice.levers import Choice, Lever, value_now
from steelyard.weighing.advice.needs import Reader, conditions_of, parts_of
from steelyard.weighing.advice.shape import Shape
from steelyard.weighing.advice.trials import (
    Asked,
    Laboratory,
    changed_values,
    combinations,
)  # fmt: skip
from steelyard.weighing.points.board import Board, Scope, Unknown
from steelyard.weighing.points.formulas import WrongType, number
from steelyard.weighing.result import Result
from steelyard.weighing.values import Value, Values

WHOLE_WAY = Fraction(100)
_STEPS = (100, 50, 25, 10, 5, 2, 1)
_MOST_COMBINATIONS = 10_000
_MOST_SCORES = 100_000
_MOST_STEPS_OF_A_RULE = 60
_FAR = 10_000
"""Times today's value: more than any rule asks for, where no best value is known."""
_Sizes = Callable[[Fraction, Fraction], list[Fraction]]
"""Where something happens between two sizes of a formula."""


@dataclass(frozen=True)
class _Way:
    """From today's value to the best: the input, where it begins and ends, how fine it is counted."""

    input: str
    now: Fraction
    best: Fraction
    tick: Fraction
    edges: tuple[Fraction, ...]

    def lever(self, steps: int) -> Lever:
        low, high = sorted((self.now, self.best))
        span = self.best - self.now
        wanted = [self.now + span * k / steps for k in range(1, steps + 1)]
        near = {one for size in (*wanted, *self.edges) for one in self._around(size)}
        kept = sorted(one for one in near | {self.best} if low <= one <= high and one != self.now)
        choices = [Choice(one, WHOLE_WAY * abs(one - self.now) / abs(span)) for one in kept]
        return Lever(self.input, (Choice(self.now, Fraction(0)), *choices))

    def _around(self, size: Fraction) -> Iterator[Fraction]:
        """The values on either side, as finely as the input is counted; one further for open edges."""
        if size not in self.edges:
            yield (size / self.tick).__round__() * self.tick
            return
        below, above = (size / self.tick).__floor__(), (size / self.tick).__ceil__()
        yield from (k * self.tick for k in (below - 1, below, above, above + 1))


@dataclass(frozen=True)
class Usual:
    """The unit's levers; the inputs that had to be ``left_out``; and of those that would give more than
    any best value that is known, a size far ``beyond`` it."""

    levers: tuple[Lever, ...]
    left_out: tuple[str, ...]
    beyond: Mapping[str, Fraction]


def usual_levers(today: Result, unit: str, fixed: Collection[str] = ()) -> Usual:
    """The unit's levers in a points scheme, but for the inputs that are ``fixed``.

    Where inputs meet in one rule, their steps are made coarser until all combinations can be tried; if
    even two values each are too many, those that give least by themselves are left out.
    """
    assert today.board is not None
    asking = _Asking(today.board, unit)
    ways = {way.input: way for way in map(asking.way, asking.inputs(fixed)) if way is not None}
    shape = Shape(today.board, asking.reader, unit, frozenset(ways))
    sets = joined_sets(shape.moved(block) for block in shape.blocks)
    alone = [frozenset({code}) for code in ways if not any(code in one for one in sets)]
    levers: dict[str, Lever] = {}
    for together in (*sets, *alone):
        most = _affordable(shape, together)
        levers |= _fitting([ways[code] for code in together], asking.gains, most)
    left_out = tuple(sorted(ways.keys() - levers.keys()))
    return Usual(tuple(levers[code] for code in sorted(levers)), left_out, asking.beyond)


def _affordable(shape: Shape, together: frozenset[str]) -> int:
    """How many combinations of these inputs can be tried in a second or two."""
    blocks = [block for block in shape.blocks if shape.moved(block) & together]
    items = sum(len(shape.below(block)) for block in blocks)
    units = len(shape.board.units) if any(map(shape.looks_across, blocks)) else 1
    return min(_MOST_COMBINATIONS, _MOST_SCORES // max(items * units, 1))


def _fitting(
    ways: list[_Way | Lever], gains: Mapping[str, Fraction], most: int
) -> dict[str, Lever]:
    """As many steps as fit; then as many inputs."""
    ways = sorted(ways, key=lambda way: (-gains[way.input], way.input))
    levers: list[Lever] = []
    for steps in _STEPS:
        levers = [way if isinstance(way, Lever) else way.lever(steps) for way in ways]
        if combinations(tuple(levers)) <= most:
            break
    while len(levers) > 1 and combinations(tuple(levers)) > most:
        levers.pop()
    return {lever.input: lever for lever in levers}


class _Asking:
    """Which way is up for each input of one unit? The engine is asked."""

    def __init__(self, board: Board, unit: str) -> None:
        self.board, self.unit = board, unit
        self.scheme: Scheme = board.scheme
        self.reader = Reader(self.scheme)
        self.laboratory = Laboratory(board, unit)
        self.gains: dict[str, Fraction] = {}
        self.beyond: dict[str, Fraction] = {}
        self.needs = {item.code: self.reader.item(item.code) for item in self.scheme.leaves}

    def inputs(self, fixed: Collection[str]) -> list[str]:
        """Inputs that something counts, except what others are divided by and what is ``fixed``."""
        divisors = set(_divisors(self.scheme))
        conditions = [self.reader.formula(veto.when) for veto in self.scheme.vetoes]
        conditions += [
            self.reader.formula(g.requires) for g in self.scheme.grades if g.requires is not None
        ]
        used = {code for needs in (*self.needs.values(), *conditions) for code in needs.inputs}
        used |= set(self.reader.item(ROOT).inputs)
        return [
            code for code in self.scheme.inputs if code in used - {*fixed} and code not in divisors
        ]

    def way(self, code: str) -> _Way | Lever | None:
        wanted = self.scheme.inputs[code]
        now = value_now(self.scheme, self.board.values, self.unit, code)
        if isinstance(now, bool):
            other = not now
            gains = self._worth(code, now, [other])
            self.gains[code] = gains[0]
            lever = Lever(code, (Choice(now, Fraction(0)), Choice(other, WHOLE_WAY)))
            return lever if gains[0] > 0 else None
        if not isinstance(now, Fraction) or wanted.type not in ("number", "count", "share"):
            return None
        best = self._best(wanted, now)
        if best is None:
            return None
        tick = _tick(self._all(code))
        return _Way(code, now, best, tick, tuple(self._edges(code, now, best)))

    def _all(self, code: str) -> list[Fraction]:
        cells = (value_now(self.scheme, self.board.values, u, code) for u in self.board.units)
        return [value for value in cells if isinstance(value, Fraction)]

    def _best(self, wanted: Input, now: Fraction) -> Fraction | None:
        """The end of the way that gives the unit most, up or down."""
        high, low = self._ends(wanted, now)
        self._look_beyond(wanted.code, now, high)
        ends = [end for end in (high, low) if end is not None and end != now]
        gains = self._worth(wanted.code, now, ends)
        better = [(gain, -i) for i, gain in enumerate(gains) if gain > 0]
        self.gains[wanted.code] = max(gains, default=Fraction(0))
        return ends[-max(better)[1]] if better else None

    def _look_beyond(self, code: str, now: Fraction, high: Fraction | None) -> None:
        """Nobody has more than the unit, the scheme sets no bound, and more would give points: how much of
        it can be had, nobody knows."""
        far = max(now, Fraction(1)) * _FAR
        if high is None and self._worth(code, now, [far])[0] > 0:
            self.beyond[code] = far

    def _ends(self, wanted: Input, now: Fraction) -> tuple[Fraction | None, Fraction | None]:
        """The highest and the lowest value that any unit has, or the bounds of the input."""
        known = self._levels(wanted.code, now) or self._all(wanted.code)
        high = max(known) if max(known) > now else wanted.most
        low = min(known) if min(known) < now else wanted.least
        if high is not None and wanted.most is not None:
            high = min(high, wanted.most)
        if low is not None and wanted.least is not None:
            low = max(low, wanted.least)
        return high, low

    def _levels(self, code: str, now: Fraction) -> list[Fraction]:
        """The values with which each ratio that the input is in would be that of another unit."""
        tick = _tick(self._all(code))
        found = []
        for ratio in _ratios(self.scheme):
            if code not in self.reader.formula(ratio).inputs:
                continue
            line = self._line(ratio, code, now, now + 1)
            if line is None or not line[1]:
                continue
            for size in self._sizes(ratio):
                steps = (size - line[0]) / line[1] / tick
                found.append(tick * (steps.__ceil__() if steps * tick > now else steps.__floor__()))
        return found

    def _sizes(self, ratio: Formula) -> Iterator[Fraction]:
        for unit in self.board.units:
            try:
                yield number(ratio, Scope(self.board, unit))
            except (Unknown, WrongType):
                continue

    def _worth(self, code: str, now: Value, ends: Iterable[Value]) -> list[Fraction]:
        """What each value would give on the leaves and vetoes that the input touches."""
        touched = frozenset(
            item.code for item in self.scheme.in_order if code in self.reader.item(item.code).inputs
        )
        leaves = tuple(leaf.code for leaf in self.scheme.leaves if leaf.code in touched)
        vetoes = {v.code: v.when for v in self.scheme.vetoes if self._is_about(v.when, code)}
        asked = Asked(leaves, touched, vetoes, everybody=self._looks_across(leaves))
        found: dict[Value, Fraction] = {}
        lever = Lever(code, tuple(Choice(v, Fraction(0)) for v in (now, *ends)))
        for trial in self.laboratory.trials((lever,), asked):
            points = (trial.scores[leaf][self.unit].points or Fraction(0) for leaf in leaves)
            found[trial.values[0]] = sum(points, Fraction(0)) - 1000 * len(trial.holding)
        if now not in found:
            return [Fraction(0) for _ in ends]
        return [found.get(end, found[now]) - found[now] for end in ends]

    def _is_about(self, condition: Formula, code: str) -> bool:
        needs = self.reader.formula(condition)
        return code in needs.inputs and not needs.asks_total and not needs.items

    def _looks_across(self, leaves: Iterable[str]) -> bool:
        return any(self.needs[leaf].looks_across for leaf in leaves)

    # --- where a rule changes -------------------------------------------------------------------

    def _edges(self, code: str, now: Fraction, best: Fraction) -> Iterator[Fraction]:
        """The values at which a step, a bound or a condition changes, and those of the other units."""
        low, high = sorted((now, best))
        for of, sizes in self._limits(code):
            line = self._line(of, code, now, best)
            if line is not None:
                at, slope = line
                for size in sizes(at + slope * low, at + slope * high):
                    if slope and low <= (size - at) / slope <= high:
                        yield (size - at) / slope
        if any(code in needs.inputs and needs.looks_across for needs in self.needs.values()):
            yield from (one for one in set(self._all(code)) if low <= one <= high)

    def _limits(self, code: str) -> Iterator[tuple[Formula, _Sizes]]:
        """Formulas that the input is in, and at which of their sizes something happens."""
        for part in _all_parts(self.scheme):
            for of, sizes in _of_part(part):
                if code in self.reader.formula(of).inputs:
                    yield of, sizes
        for condition in _all_conditions(self.scheme):
            for node in walk(condition):
                if isinstance(node, Comparison) and code in self.reader.formula(node).inputs:
                    sides = (node.first, *node.others)
                    for one, other in pairwise(sides):
                        yield Binary("-", one, other), _fixed([Fraction(0)])

    def _line(
        self, of: Formula, code: str, now: Fraction, best: Fraction
    ) -> tuple[Fraction, Fraction] | None:
        """at + slope × input, if the formula is a straight line of the input."""
        middle = (now + best) / 2
        found = [self._evaluated(of, code, size) for size in (now, middle, best)]
        first, second, third = found
        if first is None or second is None or third is None or second - first != third - second:
            return None
        slope = (third - first) / (best - now)
        return first - slope * now, slope

    def _evaluated(self, of: Formula, code: str, size: Fraction) -> Fraction | None:
        values: Values = changed_values(self.board.values, self.scheme, self.unit, {code: size})
        try:
            return number(of, Scope(Board(self.scheme, values), self.unit))
        except (Unknown, WrongType):
            return None


def _of_part(part: AnyPart) -> Iterator[tuple[Formula, _Sizes]]:
    """What the part looks at, and the sizes at which its points change."""
    match part:
        case Ladder(of=of, steps=steps):
            yield of, _fixed(_band_edges(band for band, _ in steps))
        case Matrix(of=(one, other), rows=rows, columns=columns):
            yield one, _fixed(_band_edges(rows))
            yield other, _fixed(_band_edges(columns))
        case Proportion(of=of, target=Number(value)):
            yield of, _fixed([value])
        case Each(of=of, per=Number(per), count="full" | "started"):
            yield of, partial(_multiples, per)


def _fixed(sizes: list[Fraction]) -> _Sizes:
    return lambda _low, _high: sizes


def _multiples(per: Fraction, low: Fraction, high: Fraction) -> list[Fraction]:
    if per <= 0:
        return []
    low, high = sorted((low, high))
    first, last = (low / per).__ceil__(), (high / per).__floor__()
    return (
        [per * k for k in range(first, last + 1)] if last - first <= _MOST_STEPS_OF_A_RULE else []
    )


def _band_edges(bands: Iterable[object]) -> list[Fraction]:
    return [
        edge
        for band in bands
        if isinstance(band, Band)
        for edge in (band.low, band.high)
        if edge is not None
    ]


def _all_parts(scheme: Scheme) -> Iterator[AnyPart]:
    rules = [part for item in (*scheme.items, scheme.root) for part in parts_of(item)]
    rules += [quantity.rule for quantity in scheme.quantities.values() if quantity.rule is not None]
    for rule in rules:
        yield from walk_parts(rule)


def _all_conditions(scheme: Scheme) -> Iterator[Formula]:
    for item in scheme.items:
        yield from conditions_of(item)
    yield from (veto.when for veto in scheme.vetoes)
    yield from (grade.requires for grade in scheme.grades if grade.requires is not None)
    yield from (part.when for part in _all_parts(scheme) if part.when is not None)
    yield from (quantity.formula for quantity in scheme.quantities.values() if quantity.formula)


def _ratios(scheme: Scheme) -> Iterator[Formula]:
    """What a scheme divides, as far as one unit's values decide it."""
    formulas = [q.formula for q in scheme.quantities.values() if q.formula is not None]
    formulas += [f for part in _all_parts(scheme) for f in formulas_of(part)]
    for formula in formulas:
        nodes = list(walk(formula))
        if any(isinstance(one, Call) and one.function in ACROSS for one in nodes):
            continue
        if any(_is_divided(one) for one in nodes):
            yield formula


def _is_divided(node: Formula) -> bool:
    """Whether something other than a plain number divides here."""
    return isinstance(node, Binary) and node.sign == "/" and any(
        isinstance(one, Name) for one in walk(node.right)
    )  # fmt: skip


def _divisors(scheme: Scheme) -> Iterator[str]:
    """Inputs of this period that another is divided by, or measured against."""
    formulas = [q.formula for q in scheme.quantities.values() if q.formula is not None]
    formulas += [f for part in _all_parts(scheme) for f in formulas_of(part)]
    formulas += list(_all_conditions(scheme))
    for formula in formulas:
        for node in walk(formula):
            if isinstance(node, Binary) and node.sign == "/":
                yield from _named_now(node.right)
    for part in _all_parts(scheme):
        if isinstance(part, Proportion):
            yield from _named_now(part.target)


def _named_now(formula: Formula) -> Iterator[str]:
    """The names in a formula, except where it speaks of earlier periods or of all units."""
    if isinstance(formula, Name):
        yield formula.code
    elif not (isinstance(formula, Call) and formula.function in IN_TIME | ACROSS):
        for child in children(formula):
            yield from _named_now(child)


def _tick(known: list[Fraction]) -> Fraction:
    """As finely as the units report: whole numbers where all are whole, else as many decimals."""
    for decimals in range(7):
        if all((one * 10**decimals).denominator == 1 for one in known):
            return Fraction(1, 10**decimals)
    return Fraction(1, 10**6)

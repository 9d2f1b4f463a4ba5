"""Between which bounds a formula or a part must lie, as far as its form tells.

None is "no bound known". An answer is never narrower than the truth: it only serves to find points
that no unit could reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from steelyard.scheme.bands import Band
from steelyard.scheme.formula import Binary, Call, Choice, Formula, Name, Negative, Number
from steelyard.scheme.model import Scheme
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

Bound = Fraction | None


@dataclass(frozen=True, slots=True)
class Interval:
    low: Bound
    high: Bound


ANY = Interval(None, None)
ZERO = Interval(Fraction(0), Fraction(0))


def _add(a: Bound, b: Bound) -> Bound:
    return None if a is None or b is None else a + b


def _sum(one: Interval, other: Interval) -> Interval:
    return Interval(_add(one.low, other.low), _add(one.high, other.high))


def _minus(one: Interval) -> Interval:
    return Interval(_flipped(one.high), _flipped(one.low))


def _flipped(bound: Bound) -> Bound:
    return None if bound is None else -bound


def _product(one: Interval, other: Interval) -> Interval:
    if None in (one.low, one.high, other.low, other.high):
        not_below = all(side.low is not None and side.low >= 0 for side in (one, other))
        return Interval(Fraction(0) if not_below else None, None)
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]  # type: ignore[operator]
    return Interval(min(corners), max(corners))


def _span(all_: Iterable[Interval]) -> Interval:
    """The bounds of a value that is one of several."""
    listed = list(all_)
    if not listed:
        return ZERO
    lows, highs = [i.low for i in listed], [i.high for i in listed]
    return Interval(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
    )


def _least(all_: Iterable[Interval]) -> Interval:
    listed = list(all_)
    highs = [i.high for i in listed if i.high is not None]
    return Interval(_span(listed).low, min(highs) if highs else None)


def _largest(all_: Iterable[Interval]) -> Interval:
    return _minus(_least(_minus(one) for one in all_))


@dataclass(frozen=True)
class Reach:
    """Bounds within one scheme, for one item with its ``full``."""

    scheme: Scheme
    full: Fraction | None = None
    x: Interval = ANY

    def of(self, formula: Formula | None) -> Interval:
        match formula:
            case Number(value):
                return Interval(value, value)
            case Name(code):
                return self._named(code)
            case Negative(of):
                return _minus(self.of(of))
            case Binary(sign, left, right):
                return self._joined(sign, left, right)
            case Choice(_, then, otherwise):
                return _span((self.of(then), self.of(otherwise)))
            case Call():
                return self._called(formula)
            case _:
                return ANY

    def _named(self, code: str) -> Interval:
        if code == "full" and self.full is not None:
            return Interval(self.full, self.full)
        if code == "x":
            return self.x
        if code in self.scheme.figures:
            value = self.scheme.figures[code].value
            return Interval(value, value)
        if code in self.scheme.quantities:
            quantity = self.scheme.quantities[code]
            return ANY if quantity.formula is None else self.of(quantity.formula)
        if code in self.scheme.inputs:
            found = self.scheme.inputs[code]
            return Interval(found.least, found.most)
        return ANY

    def _joined(self, sign: str, left: Formula, right: Formula) -> Interval:
        one, other = self.of(left), self.of(right)
        match sign:
            case "+":
                return _sum(one, other)
            case "-":
                return _sum(one, _minus(other))
            case "*":
                return _product(one, other)
            case _:
                return self._quotient(one, other)

    @staticmethod
    def _quotient(one: Interval, other: Interval) -> Interval:
        if other.low is not None and other.low == other.high and other.low != 0:
            part = 1 / other.low
            return _product(one, Interval(part, part))
        positive = other.low is not None and other.low >= 0
        if one.low is not None and one.low >= 0 and positive:
            return Interval(Fraction(0), None)
        return ANY

    def _called(self, call: Call) -> Interval:
        inside = [self.of(argument) for argument in call.arguments]
        match call.function:
            case "min":
                return _least(inside)
            case "max":
                return _largest(inside)
            case "abs" | "count_of" | "all_rank" | "group_rank":
                return Interval(Fraction(0), None)
            case "last" | "all_max" | "all_min" | "all_mean" | "group_mean" | "group_max":
                return inside[0]
            case _:
                return ANY

    def of_part(self, part: AnyPart) -> Interval:
        """The bounds of the points that a part can give."""
        bounds = self._main(part)
        if part.times is not None:
            bounds = _product(bounds, self.of(part.times))
        bounds = self._limited(part, bounds)
        if part.when is not None:
            bounds = _span((bounds, ZERO if part.otherwise is None else self.of(part.otherwise)))
        return bounds

    def _limited(self, part: AnyPart, bounds: Interval) -> Interval:
        if part.at_most is not None:
            size = self.of(part.at_most)
            if isinstance(part, Each) and part.taken:
                bounds = _largest((bounds, _minus(size)))
            else:
                bounds = _least((bounds, size))
        if part.at_least is not None:
            bounds = _largest((bounds, self.of(part.at_least)))
        return bounds

    def _main(self, part: AnyPart) -> Interval:
        match part:
            case Points(points=points):
                return self.of(points)
            case Ladder(of=of, steps=steps, otherwise=otherwise):
                inside = [self._step(band, points, of) for band, points in steps]
                return _span([*inside, self.of(otherwise)] if otherwise is not None else inside)
            case Table(rows=rows, otherwise=otherwise):
                inside = [self.of(points) for _, points in rows]
                return _span([*inside, self.of(otherwise)] if otherwise is not None else inside)
            case Matrix(cells=cells, otherwise=otherwise):
                inside = [self.of(points) for row in cells for points in row]
                return _span([*inside, ZERO if otherwise is None else self.of(otherwise)])
            case Each():
                return self._steps(part)
            case Proportion(points=points):
                return _span((ZERO, self.of(points)))
            case Several():
                return self._several(part)
            case ForEach():
                return self._over_a_list(part)

    def _step(self, band: object, points: Formula, of: Formula) -> Interval:
        inside = self.of(of)
        if isinstance(band, Band):
            inside = Interval(
                inside.low if band.low is None else band.low,
                inside.high if band.high is None else band.high,
            )
        return Reach(self.scheme, self.full, inside).of(points)

    def _steps(self, part: Each) -> Interval:
        value, size = self.of(part.of), self.of(part.per)
        most = value.high
        fixed = size.low == size.high and size.low not in (None, Fraction(0))
        steps = Interval(
            Fraction(0), most / size.low if most is not None and fixed and size.low else None
        )
        if part.count == "started" and steps.high is not None:
            steps = Interval(Fraction(0), Fraction(-(-steps.high // 1)))
        points = _product(steps, self.of(part.each))
        return _minus(points) if part.taken else points

    def _several(self, part: Several) -> Interval:
        inside = [self.of_part(one) for one in part.parts]
        match part.join:
            case "sum":
                total = ZERO
                for one in inside:
                    total = _sum(total, one)
                return total
            case "best":
                return _largest(inside)
            case "worst":
                return _least(inside)
            case _:
                return _span([*inside, ZERO])

    def _over_a_list(self, part: ForEach) -> Interval:
        one = self.of_part(part.score)
        if part.keep == "sum":
            low = Fraction(0) if one.low is not None and one.low >= 0 else None
            high = Fraction(0) if one.high is not None and one.high <= 0 else None
            return Interval(low, high)
        return _span((one, ZERO))

"""Which points can a leaf give at all? A list of steps, or everything between nothing and full."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from steelyard.scheme.checks.interval import Reach
from steelyard.scheme.formula import Formula, Name
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.parts import (
    AnyPart,
    Each,
    ForEach,
    Ladder,
    Matrix,
    Points,
    Several,
    Table,
)

Steps = frozenset[Fraction]
_MOST = 400
_ZERO = Fraction(0)


def steps_of(scheme: Scheme, item: Item) -> Steps | None:
    """All points that a leaf can give, from its form; None if any number in between is possible.

    Never too few: what a unit really gets is among them.
    """
    full = scheme.full[item.code]
    if item.rule is None or item.cap is not None or item.floor is not None:
        return None
    steps = _of_part(scheme, item.rule, full)
    if steps is None:
        return None
    more = [_ZERO] if item.zero_if is not None or item.on or scheme.on else []
    more += [full] if item.full_if is not None else []
    return frozenset(min(max(one, _ZERO), full) for one in (*steps, *more))


def _of_part(scheme: Scheme, part: AnyPart, full: Fraction) -> Steps | None:
    steps = _main(scheme, part, full)
    if part.times is not None:
        factor = _constant(scheme, part.times, full)
        steps = None if steps is None or factor is None else frozenset(s * factor for s in steps)
    steps = _bounded(scheme, part, steps, full)
    if part.when is None or steps is None:
        return steps
    other = _ZERO if part.otherwise is None else _constant(scheme, part.otherwise, full)
    return None if other is None else steps | {other}


def _bounded(scheme: Scheme, part: AnyPart, steps: Steps | None, full: Fraction) -> Steps | None:
    for bound, is_most in ((part.at_most, True), (part.at_least, False)):
        if bound is None or steps is None:
            continue
        value = _constant(scheme, bound, full)
        if value is None:
            return None
        taken = isinstance(part, Each) and part.taken
        if is_most and not taken:
            steps = frozenset(min(step, value) for step in steps)
        else:
            steps = frozenset(max(step, -value if is_most else value) for step in steps)
    return steps


def _main(scheme: Scheme, part: AnyPart, full: Fraction) -> Steps | None:
    match part:
        case Points(points=points):
            return _constants(scheme, [points], full)
        case Ladder(steps=steps, otherwise=otherwise):
            return _constants(scheme, [*(p for _, p in steps), *_or_zero(otherwise)], full)
        case Table(rows=rows, otherwise=otherwise):
            return _constants(scheme, [*(p for _, p in rows), *_or_zero(otherwise)], full)
        case Matrix(cells=cells, otherwise=otherwise):
            return _constants(
                scheme, [*(p for row in cells for p in row), *_or_zero(otherwise)], full
            )
        case Each():
            return _counted(scheme, part, full)
        case Several():
            return _joined(scheme, part, full)
        case ForEach(keep="highest", score=score):
            inside = _of_part(scheme, score, full)
            return None if inside is None else inside | {_ZERO}
        case ForEach(keep="sum", score=score):
            inside = _of_part(scheme, score, full)
            return None if inside is None else _multiples(inside, full)
        case _:
            return None


def _or_zero(otherwise: Formula | None) -> list[Formula]:
    return [] if otherwise is None else [otherwise]


def _constants(scheme: Scheme, formulas: Iterable[Formula], full: Fraction) -> Steps | None:
    found = [_constant(scheme, formula, full) for formula in formulas]
    return (
        None if any(one is None for one in found) else frozenset(f for f in found if f is not None)
    )


def _constant(scheme: Scheme, formula: Formula, full: Fraction) -> Fraction | None:
    if isinstance(formula, Name) and formula.code in scheme.inputs:
        return None
    bounds = Reach(scheme, full).of(formula)
    return bounds.low if bounds.low is not None and bounds.low == bounds.high else None


def _counted(scheme: Scheme, part: Each, full: Fraction) -> Steps | None:
    """So many points a case: whole cases, or whole steps; a rate in exact steps can be anything."""
    each, per = _constant(scheme, part.each, full), _constant(scheme, part.per, full)
    if each is None or not per or each <= 0:
        return None
    is_count = isinstance(part.of, Name) and part.of.code in scheme.inputs
    is_count = is_count and scheme.inputs[getattr(part.of, "code", "")].type == "count"
    if part.count == "exact" and not is_count:
        return None
    size = each / per if part.count == "exact" else each
    most = int(full / size) + 1 if size else 0
    if most > _MOST:
        return None
    points = frozenset(min(size * n, full) for n in range(most + 1))
    return frozenset(-one for one in points) if part.taken else points


def _joined(scheme: Scheme, part: Several, full: Fraction) -> Steps | None:
    inside = [_of_part(scheme, one, full) for one in part.parts]
    known = [one for one in inside if one is not None]
    if len(known) < len(inside):
        return None
    if part.join != "sum":
        return frozenset().union(*known) | ({_ZERO} if part.join == "first" else frozenset())
    total: Steps = frozenset({_ZERO})
    for steps in known:
        total = frozenset(a + b for a in total for b in steps)
        if len(total) > _MOST:
            return None
    return total


def _multiples(steps: Steps, full: Fraction) -> Steps | None:
    """Sums of any number of rows, up to full points."""
    sizes = {abs(step) for step in steps if step}
    if not sizes or (any(step < 0 for step in steps) and any(step > 0 for step in steps)):
        return None if sizes else frozenset({_ZERO})
    sign = -1 if any(step < 0 for step in steps) else 1
    reached, latest = {_ZERO}, {_ZERO}
    while latest:
        latest = {min(a + b, full) for a in latest for b in sizes} - reached
        reached |= latest
        if len(reached) > _MOST:
            return None
    return frozenset(sign * one for one in reached)

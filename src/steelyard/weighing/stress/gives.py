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
Room = Fraction | None
_MOST = 400
_ZERO = Fraction(0)


def steps_of(scheme: Scheme, item: Item) -> Steps | None:
    """All points that a leaf can give, from its form; None if any number in between is possible.

    Never too few: what a unit really gets is among them.
    """
    full = scheme.full[item.code]
    if item.rule is None or item.cap is not None or item.floor is not None:
        return None
    steps = _of_part(scheme, item.rule, full, full)
    if steps is None:
        return None
    more = [_ZERO] if item.zero_if is not None or item.on or scheme.on else []
    more += [full] if item.full_if is not None or "full" in _outcomes(scheme) else []
    return frozenset(min(max(one, _ZERO), full) for one in (*steps, *more))


def _outcomes(scheme: Scheme) -> set[str]:
    return {*scheme.on.values(), *(led for item in scheme.items for led in item.on.values())}


def _of_part(scheme: Scheme, part: AnyPart, full: Fraction, room: Room) -> Steps | None:
    """The steps of a part. What is larger than ``room`` need not be told apart; None tells all apart."""
    factor = Fraction(1) if part.times is None else _constant(scheme, part.times, full)
    if factor is None:
        return None
    steps = _main(scheme, part, full, _inner_room(scheme, part, full, room, factor))
    steps = None if steps is None else frozenset(step * factor for step in steps)
    steps = _bounded(scheme, part, steps, full)
    if part.when is None or steps is None:
        return steps
    other = _ZERO if part.otherwise is None else _constant(scheme, part.otherwise, full)
    return None if other is None else steps | {other}


def _inner_room(
    scheme: Scheme, part: AnyPart, full: Fraction, room: Room, factor: Fraction
) -> Room:
    """The room before the factor and the part's own bound."""
    most = None if part.at_most is None else _constant(scheme, part.at_most, full)
    rooms = [one for one in (room, most) if one is not None and one >= 0]
    return min(rooms) / abs(factor) if rooms and factor else None


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


def _main(scheme: Scheme, part: AnyPart, full: Fraction, room: Room) -> Steps | None:
    match part:
        case Points(points=points):
            return _constants(scheme, [points], full)
        case Ladder(steps=steps, otherwise=otherwise):
            return _constants(scheme, [*(p for _, p in steps), *_or_zero(otherwise)], full)
        case Table(rows=rows, otherwise=otherwise):
            return _constants(scheme, [*(p for _, p in rows), *_or_zero(otherwise)], full)
        case Matrix(cells=cells, otherwise=otherwise):
            inside = [*(p for row in cells for p in row), *_or_zero(otherwise)]
            given = _constants(scheme, inside, full)
            return None if given is None else given | {_ZERO}
        case Each():
            return _counted(scheme, part, full, room)
        case Several():
            return _joined(scheme, part, full, room)
        case ForEach(keep="highest", score=score):
            given = _of_part(scheme, score, full, room)
            return None if given is None else given | {_ZERO}
        case ForEach(keep="sum", score=score):
            given = _of_part(scheme, score, full, None)
            return None if given is None or room is None else _multiples(given, room)
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


def _counted(scheme: Scheme, part: Each, full: Fraction, room: Room) -> Steps | None:
    """So many points a case: whole cases, or whole steps; a rate in exact steps can be anything."""
    each, per = _constant(scheme, part.each, full), _constant(scheme, part.per, full)
    if each is None or per is None or each <= 0 or per <= 0 or room is None:
        return None
    if part.count == "exact" and not _is_count(scheme, part.of):
        return None
    size = each / per if part.count == "exact" else each
    most = int(room / size) + 1
    if most > _MOST:
        return None
    return frozenset((-size if part.taken else size) * n for n in range(most + 1))


def _is_count(scheme: Scheme, formula: Formula) -> bool:
    return (
        isinstance(formula, Name)
        and formula.code in scheme.inputs
        and scheme.inputs[formula.code].type == "count"
    )


def _joined(scheme: Scheme, part: Several, full: Fraction, room: Room) -> Steps | None:
    if part.join == "sum":
        return _summed(scheme, part, full, room)
    inside = [_of_part(scheme, one, full, room) for one in part.parts]
    known = [one for one in inside if one is not None]
    if len(known) < len(inside):
        return None
    return frozenset().union(*known) | ({_ZERO} if part.join == "first" else frozenset())


def _summed(scheme: Scheme, part: Several, full: Fraction, room: Room) -> Steps | None:
    """Of a sum one part may run on: the others can take back no more than their own size."""
    inside = [_of_part(scheme, one, full, None) for one in part.parts]
    running = [index for index, one in enumerate(inside) if one is None]
    if len(running) > 1 or (running and room is None):
        return None
    if running and room is not None:
        sizes = (max(map(abs, steps), default=_ZERO) for steps in inside if steps is not None)
        more = room + sum(sizes, _ZERO)
        inside[running[0]] = _of_part(scheme, part.parts[running[0]], full, more)
    total: Steps = frozenset({_ZERO})
    for steps in inside:
        if steps is None:
            return None
        total = frozenset(a + b for a in total for b in steps)
        if len(total) > _MOST:
            return None
    return total


def _multiples(steps: Steps, room: Fraction) -> Steps | None:
    """Sums of any number of rows, until they leave the room."""
    sizes = {abs(step) for step in steps if step}
    if not sizes:
        return frozenset({_ZERO})
    if any(step < 0 for step in steps) and any(step > 0 for step in steps):
        return None
    sign = -1 if any(step < 0 for step in steps) else 1
    reached, latest = {_ZERO}, {_ZERO}
    while latest:
        latest = {a + b for a in latest if a < room for b in sizes} - reached
        reached |= latest
        if len(reached) > _MOST:
            return None
    return frozenset(sign * one for one in reached)

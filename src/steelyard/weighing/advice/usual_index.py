"""Levers of an index where no cost table is given: each indicator up to the best of any unit."""

from __future__ import annotations

from fractions import Fraction

from steelyard.weighing.advice.levers import Choice, Lever, value_now
from steelyard.weighing.advice.usual import WHOLE_WAY
from steelyard.weighing.result import Result

_STEPS = 20


def usual_index_levers(today: Result, unit: str) -> tuple[Lever, ...]:
    """Each indicator up to the best of any unit, in twenty steps; per head where it is denominated."""
    found = []
    for leaf in today.scheme.leaves:
        lever = _usual_lever(today, unit, leaf.code)
        if lever is not None:
            found.append(lever)
    return tuple(found)


def _usual_lever(today: Result, unit: str, code: str) -> Lever | None:
    scheme, values = today.scheme, today.values
    method = scheme.item[code].method
    by = method.denominator if method else ""
    sizes: dict[str, Fraction] = {}
    for one in scheme.assessed:
        size = value_now(scheme, values, one.code, code)
        per = value_now(scheme, values, one.code, by) if by else Fraction(1)
        if isinstance(size, Fraction) and isinstance(per, Fraction) and per:
            sizes[one.code] = size / per
    now, own = value_now(scheme, values, unit, code), Fraction(1)
    if by:
        base = value_now(scheme, values, unit, by)
        own = base if isinstance(base, Fraction) else Fraction(0)
    if not isinstance(now, Fraction) or unit not in sizes or not own:
        return None
    lower = method is not None and method.direction == "lower"
    best = (min if lower else max)(sizes.values()) * own
    if best == now:
        bound = scheme.inputs[code].least if lower else scheme.inputs[code].most
        best = now if bound is None else bound
    known = (value_now(scheme, values, one.code, code) for one in scheme.assessed)
    is_whole = all(one.denominator == 1 for one in known if isinstance(one, Fraction))
    return None if best == now else _lever(code, now, best, is_whole=is_whole)


def _lever(code: str, now: Fraction, best: Fraction, *, is_whole: bool) -> Lever:
    span = best - now
    if is_whole:
        best = Fraction(best.__ceil__() if span > 0 else best.__floor__())
    sizes = [_neat(now + span * k / _STEPS, span, is_whole=is_whole) for k in range(1, _STEPS)]
    steps = {size: WHOLE_WAY * abs(size - now) / abs(span) for size in sizes if size != now}
    choices = [Choice(size, cost) for size, cost in (steps | {best: WHOLE_WAY}).items()]
    return Lever(code, (Choice(now, Fraction(0)), *choices))


def _neat(size: Fraction, span: Fraction, *, is_whole: bool) -> Fraction:
    """A whole number where all units report whole ones, else to four digits of the span."""
    if is_whole:
        return Fraction(round(size))
    places = 4 - len(str(int(abs(span)))) if abs(span) >= 1 else 3 + len(str(int(1 / abs(span))))
    return round(size, places)

"""How one trial differs from today's, and how finely totals can differ at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import lcm

from steelyard.scheme.model import ROOT
from steelyard.weighing.advice.problem import Clamp, Component
from steelyard.weighing.advice.trials import Trial
from steelyard.weighing.points.board import ItemScore

_FINEST = 10_000


def changes(code: str, trial: Trial, today: Trial) -> Iterator[tuple[str, Fraction]]:
    for unit, score in trial.scores[code].items():
        before = today.scores[code][unit].points
        if score.points is not None and before is not None and score.points != before:
            yield unit, score.points - before


def changes_of_total(trial: Trial, today: Trial) -> Iterator[tuple[str, Fraction]]:
    """As :func:`changes`; a unit to which nothing applies has no points, told as none gained."""
    for unit, score in trial.scores[ROOT].items():
        before = today.scores[ROOT][unit].points or Fraction(0)
        if score.points is not None and score.points != before:
            yield unit, score.points - before


def come_and_go(trials: list[Trial]) -> frozenset[str]:
    """Units that have a total with some combinations and none with others."""
    totals = [trial.scores[ROOT] for trial in trials if ROOT in trial.scores]
    return frozenset(
        unit
        for unit in (totals[0] if totals else ())
        if len({scores[unit].points is None for scores in totals}) > 1
    )


def varies(first: Mapping[str, ItemScore], other: Mapping[str, ItemScore]) -> bool:
    return any(
        (one.points is None) != (other[unit].points is None) or one.possible != other[unit].possible
        for unit, one in first.items()
    )


def grain(
    totals: Mapping[str, Fraction], components: Iterable[Component], clamps: tuple[Clamp, ...],
    compared: Iterable[Fraction],
) -> float:  # fmt: skip
    """The smallest difference of two totals: one over the common denominator, 0 if that is too fine."""
    sizes = [*totals.values(), *compared]
    adds = (add for c in components for o in c.options for add in o.adds.values())
    sizes += [add for add in adds if isinstance(add, Fraction)]
    for clamp in clamps:
        sizes += [clamp.inner, clamp.slope]
        sizes += [bound for bound in (clamp.low, clamp.high) if bound is not None]
    common = 1
    for size in sizes:
        common = lcm(common, size.denominator)
        if common > _FINEST:
            return 0.0
    slopes = lcm(*(clamp.slope.denominator for clamp in clamps)) if clamps else 1
    return 0.0 if common * slopes > _FINEST else 1 / (common * slopes)

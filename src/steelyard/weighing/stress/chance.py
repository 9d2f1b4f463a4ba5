"""Totals before there are data: what the steps of the rules alone let one expect.

Two assumptions, each said wherever a figure of theirs is shown. For ties: every step of every rule is
equally likely and items are independent; the distribution of the total is then exact. For grades: units
differ in general level, and on half the items each scores as its level says, on the others at random; this
is simulated with a seed. Both leave bonuses and deductions at 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm

import numpy as np
from numpy.typing import NDArray

from steelyard.weighing.stress.gives import Steps, steps_of
from steelyard.weighing.stress.trial import Trial

Array = NDArray[np.float64]
_MOST_PLACES = 200_000
_MOST_UNITS_DRAWN = 20_000
RANKINGS = 200


def leaf_steps(trial: Trial) -> Mapping[str, Steps | None]:
    """The points of each leaf inside the full points, None where any number is possible."""
    return {leaf.code: steps_of(trial.scheme, leaf) for leaf in trial.leaves}


@dataclass(frozen=True, slots=True)
class Spread:
    """The exact distribution of the total over evenly spaced places, and how many can occur."""

    chances: Array
    possible: int

    def expected_distinct(self, units: int) -> float:
        """How many different totals so many units are expected to have."""
        return float(np.sum(1 - (1 - self.chances) ** units))

    def chance_of_a_tie(self, units: int) -> float:
        """Chance that at least two have the same total, by the mean number of tied pairs (Poisson)."""
        pairs = units * (units - 1) / 2 * float(np.sum(self.chances**2))
        return float(1 - np.exp(-pairs))


def spread_of_totals(trial: Trial, steps: Mapping[str, Steps]) -> Spread | None:
    """The distribution of the total if every step were equally likely; None if its places are too many."""
    worths = {
        code: [one * _scale(trial, code) for one in sorted(given)] for code, given in steps.items()
    }
    bottom = reduce(lcm, (one.denominator for given in worths.values() for one in given), 1)
    lengths = [int(max(given) * bottom) for given in worths.values() if given]
    if sum(lengths) > _MOST_PLACES or not lengths:
        return None
    chances = np.ones(1)
    for given in worths.values():
        chances = _added(chances, [int(one * bottom) for one in given])
    return Spread(chances, int(np.count_nonzero(chances)))


def _scale(trial: Trial, code: str) -> Fraction:
    full = trial.scheme.full[code]
    return trial.worth(code) / full if full else Fraction(0)


def _added(chances: Array, places: list[int]) -> Array:
    summed = np.zeros(chances.size + max(places))
    for place in places:
        summed[place : place + chances.size] += chances / len(places)
    return summed


def simulated_totals(trial: Trial, units: int) -> Array:
    """Totals (rankings, units) of simulated fields, drawn with the trial's seed."""
    rankings = max(10, min(RANKINGS, _MOST_UNITS_DRAWN // max(units, 1)))
    chance = np.random.default_rng(trial.seed)
    level = chance.random((rankings, units))
    totals = np.zeros((rankings, units))
    for code, steps in leaf_steps(trial).items():
        drawn = np.where(
            chance.random((rankings, units)) < 0.5, level, chance.random((rankings, units))
        )
        totals += _points(trial, code, steps, drawn)
    return np.round(totals, 9)


def _points(trial: Trial, code: str, steps: Steps | None, drawn: Array) -> Array:
    worth = float(trial.worth(code))
    if steps is None:
        return drawn * worth
    ordered = np.array([float(one * _scale(trial, code)) for one in sorted(steps)])
    return np.asarray(ordered[(drawn * ordered.size).astype(int)])

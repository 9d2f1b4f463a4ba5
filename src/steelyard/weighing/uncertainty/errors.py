"""Figures that come from a sample, drawn anew: a column of chance for every unit whose error is stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.formula import Formula
from steelyard.scheme.model import Input
from steelyard.scheme.uncertainty import SamplingError
from steelyard.weighing.points.board import Board, Scope, Unknown
from steelyard.weighing.points.formulas import number
from steelyard.weighing.uncertainty.model import Array, Whole

_LEAST_CHANCE = 2.0**-53  # a uniform number may be 0, whose normal deviate is infinite


@dataclass(frozen=True)
class Sampled:
    """One input of some units as a distribution: ``rows`` are the places of the units that vary.

    Normal with ``mean`` and ``deviation``, held to ``least`` and ``most``; or, where ``sample`` is given,
    the beta distribution with Jeffreys' prior (Brown, Cai and DasGupta 2001), shrunk towards the mean
    where the population is finite.
    """

    input: str
    rows: Whole
    mean: Array
    deviation: Array
    sample: Array | None
    shrink: Array
    least: float
    most: float

    def drawn(self, chance: Array) -> Array:
        """Values (replications, units that vary) from numbers between 0 and 1. A count is not rounded."""
        chance = np.maximum(chance, _LEAST_CHANCE)
        if self.sample is None:
            from scipy.special import ndtri

            found = self.mean + self.deviation * self.shrink * ndtri(chance)
        else:
            from scipy.special import betaincinv

            good, bad = self.sample * self.mean + 0.5, self.sample * (1 - self.mean) + 0.5
            found = self.mean + self.shrink * (betaincinv(good, bad, chance) - self.mean)
        return np.asarray(np.clip(found, self.least, self.most))


def sampled(board: Board, error: SamplingError) -> Sampled:
    """The distribution of an input; units whose value or error is missing do not vary.

    Raises:
        Faulty: the data state an error below 0 or beyond all that the input may be, or a sample larger than
            its population: every such unit.
    """
    known = list(_known(board, error))
    of_input = board.scheme.inputs[error.input]
    faults = [
        _absurd(board, error, one[0]) for one in known if _is_absurd(error, of_input, *one[2:])
    ]
    if faults:
        raise Faulty(faults)
    known = [one for one in known if one[2] > 0]
    columns = np.array([one[1:] for one in known], float).reshape(len(known), 3)
    mean, size, population = columns.T
    is_share = error.sample is not None
    sample = np.maximum(size, 0.0) if is_share else None
    return Sampled(
        error.input, np.array([one[0] for one in known], np.intp), mean,
        np.zeros_like(mean) if is_share else size, sample,
        _shrink(sample if sample is not None else None, population), *_bounds(of_input),
    )  # fmt: skip


def error_title(of_input: Input, varying: int, units: int) -> Text:
    """The factor as people call it; said of how many units, where not of all."""
    title = of_input.title
    zh, en = title.say("zh") or of_input.code, title.say("en") or of_input.code
    some = (
        Text()
        if varying == units
        else Text(f"（{units}个单位中的{varying}个）", f" (of {varying} of {units} units)")
    )
    return Text(f"“{zh}”的抽样误差{some.zh}", f"the sampling error of {en}{some.en}")


def _known(board: Board, error: SamplingError) -> Iterator[tuple[int, float, float, float]]:
    """(place of the unit, value, standard error or size of the sample, population or infinite)."""
    size = error.sample or error.standard_error
    assert size is not None
    for row, unit in enumerate(board.units):
        scope = Scope(board, unit)
        try:
            value = board.input(error.input, scope)
            found = float(number(size, scope))
            population = _population(error.population, scope)
        except Unknown:
            continue
        if not isinstance(value, str | bool):
            yield row, float(value), found, population


def _is_absurd(error: SamplingError, of_input: Input, size: float, population: float) -> bool:
    if error.sample is not None:
        return size < 0 or size > population
    least, most = _bounds(of_input)
    return size < 0 or size > most - least


def _absurd(board: Board, error: SamplingError, row: int) -> Fault:
    title, code = board.scheme.unit[board.units[row]].title, error.input
    if error.sample is not None:
        what = Text(f"{title.say('zh')}的“{code}”，样本为负数或大于总体",
                    f"the sample of {code!r} of {title.say('en')} is below 0 or beyond its population")  # fmt: skip
    else:
        what = Text(f"{title.say('zh')}的“{code}”，标准误为负，或大于该数据项的整个取值范围",
                    f"the standard error of {code!r} of {title.say('en')} is below 0, or larger than all that the "
                    "input may be")  # fmt: skip
    mend = Text("请核对数据和计量单位", "check the data and their unit of measure")
    return Fault("absurd-noise", what, mend, Where(key="uncertainty.errors"))


def _population(formula: Formula | None, scope: Scope) -> float:
    return float("inf") if formula is None else float(number(formula, scope))


def _shrink(sample: Array | None, population: Array) -> Array:
    """√((N − n) ÷ (N − 1)), the finite population correction (Cochran 1977, section 2.6)."""
    if sample is None:
        return np.ones_like(population)
    finite = np.isfinite(population) & (population > 1)
    left = np.where(finite, np.maximum(population - sample, 0.0), 1.0)
    whole = np.where(finite, population - 1, 1.0)
    shrink = np.sqrt(np.minimum(left / whole, 1.0))
    return np.asarray(np.where(population <= sample, 0.0, shrink))


def _bounds(of_input: Input) -> tuple[float, float]:
    least = -np.inf if of_input.least is None else float(of_input.least)
    most = np.inf if of_input.most is None else float(of_input.most)
    return least, most

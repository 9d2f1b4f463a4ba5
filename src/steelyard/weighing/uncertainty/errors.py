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
from steelyard.weighing.points.formulas import WrongType, number
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
        Faulty: every unit whose error cannot be one, such as a population smaller than its sample.
    """
    of_input = board.scheme.inputs[error.input]
    stated = list(_stated(board, error))
    faults = [
        _absurd(board.units[row], of_input, what)
        for row, _, size, population in stated
        for what in _absurdities(of_input, error, size, population)
    ]
    if faults:
        raise Faulty(faults)
    known = [one for one in stated if one[2] > 0]
    columns = np.array([one[1:] for one in known], float).reshape(len(known), 3)
    mean, size, population = columns.T
    is_share = error.sample is not None
    sample = np.maximum(size, 0.0) if is_share else None
    return Sampled(
        error.input, np.array([one[0] for one in known], np.intp), mean,
        np.zeros_like(mean) if is_share else size, sample,
        _shrink(sample, population), *_bounds(of_input),
    )  # fmt: skip


def error_title(of_input: Input, varying: int, units: int) -> Text:
    """The factor as people call it; said of how many units, where not of all."""
    title = of_input.title
    zh, en = title.say("zh") or of_input.code, title.say("en") or of_input.code
    if varying == units:
        return Text(f"“{zh}”的抽样误差", f"the sampling error of {en}")
    return Text(
        f"“{zh}”的抽样误差（{units}个单位中的{varying}个）",
        f"the sampling error of {en} (of {varying} of {units} units)",
    )


def _stated(board: Board, error: SamplingError) -> Iterator[tuple[int, float, float, float]]:
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
        except WrongType as wrong:
            what = Text(f"抽样误差的公式：{wrong}", f"the formula of its error: {wrong}")
            raise Faulty([_absurd(unit, board.scheme.inputs[error.input], what)]) from wrong
        if not isinstance(value, str | bool):
            yield row, float(value), found, population


def _population(formula: Formula | None, scope: Scope) -> float:
    return float("inf") if formula is None else float(number(formula, scope))


def _absurdities(
    of_input: Input, error: SamplingError, size: float, population: float
) -> Iterator[Text]:
    least, most = _bounds(of_input)
    if error.sample is not None and size < 0:
        yield Text(f"抽查份数{size:g}小于0", f"a sample of {size:g} is below 0")
    elif error.sample is not None and population < size:
        yield Text(f"总份数{population:g}少于抽查份数{size:g}",
                   f"a population of {population:g} is smaller than the sample of {size:g}")  # fmt: skip
    elif error.sample is None and not 0 <= size <= most - least:
        yield Text(f"标准误{size:g}为负，或大于该数据项的整个取值范围",
                   f"a standard error of {size:g} is below 0, or larger than all that the input may be")  # fmt: skip


def _absurd(unit: str, of_input: Input, what: Text) -> Fault:
    return Fault(
        "absurd-noise",
        Text(f"单位“{unit}”的“{of_input.title.say('zh') or of_input.code}”：{what.zh}",
             f"{of_input.title.say('en') or of_input.code} of {unit!r}: {what.en}"),
        Text("请核对计量单位，以及抽查份数和总份数是否写反",
             "check its unit of measure, and whether sample and population stand in each other's place"),
        Where(key="uncertainty.errors"),
    )  # fmt: skip


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

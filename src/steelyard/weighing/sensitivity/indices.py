"""From a model to its indices: design → runs → estimates, for the whole ranking and for each unit.

What is asked of each output is *how much of its variance a factor makes*, not how large the movement
is: :mod:`steelyard.weighing.uncertainty` says that.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.weighing.sensitivity.base import check
from steelyard.weighing.sensitivity.design import blocks
from steelyard.weighing.sensitivity.estimators import Indices, indices, resampled
from steelyard.weighing.sensitivity.runs import Runs, placed, run
from steelyard.weighing.sensitivity.sentences import MOVES_EVENLY, STAYS, says
from steelyard.weighing.uncertainty.findings import Index, Sensitivity
from steelyard.weighing.uncertainty.model import Array, Model

_ByFactor = Mapping[str, Index]


def indices_of(
    model: Model, official: Array, *, base: int, seed: int, threads: int = 1,
    confidence: Fraction = Fraction(9, 10),
) -> Sensitivity:  # fmt: skip
    """Both Sobol indices of every factor, of the mean shift of ranks and of each unit's rank.

    ``official`` holds the units' ranks in the model's order, NaN for those not ranked, who count as
    standing behind all others. Each interval is meant to hold the index itself with ``confidence``
    (see :func:`~steelyard.weighing.sensitivity.estimators.indices`). The same seed gives the same on any
    number of threads.

    Raises:
        Faulty: nothing varies, or base or seed cannot be used: all of it at once.
    """
    factors = model.factors
    check(base, seed, len(model.units), len(factors))
    runs = run(model, placed(official), blocks(factors, base, seed), base, threads)
    weights = resampled(base, seed)
    names = [factor.name for factor in factors]

    def found(output: Array) -> Indices:
        return indices(output[0], output[-1], output[1:-1].T, weights, float(confidence))

    shift = found(runs.shift)
    by_unit = {
        unit: found(ranks.astype(float))
        for unit, ranks in zip(model.units, runs.ranks, strict=True)
    }
    titles = {factor.name: factor.title for factor in factors}
    return Sensitivity(
        base=base,
        runs=base * (len(factors) + 2),
        seed=seed,
        confidence=confidence,
        factors=titles,
        shift_first=_first(names, shift),
        shift_total=_total(names, shift),
        by_unit_first={unit: _first(names, one) for unit, one in by_unit.items()},
        by_unit_total={unit: _total(names, one) for unit, one in by_unit.items()},
        says=_says(titles, runs, _first(names, shift), _total(names, shift)),
    )


def _first(names: list[str], found: Indices) -> _ByFactor:
    return _by_factor(names, found.first, found.first_error)


def _total(names: list[str], found: Indices) -> _ByFactor:
    return _by_factor(names, found.total, found.total_error)


def _by_factor(names: list[str], values: Array, errors: Array) -> _ByFactor:
    return {
        name: Index(float(value), float(error))
        for name, value, error in zip(names, values, errors, strict=True)
    }


def _says(titles: Mapping[str, Text], runs: Runs, first: _ByFactor, total: _ByFactor) -> Text:
    if np.ptp(runs.shift) > 0:
        return says(titles, first, total)
    return MOVES_EVENLY if np.ptp(runs.ranks, axis=(1, 2)).any() else STAYS

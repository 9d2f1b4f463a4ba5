"""How long do Sobol indices take beside SALib, which drives the same vectorised model?

Both draw the same design of base 1 024, run the model on every row, and give each factor's first-order
and total index with intervals from 100 resamples, of 52 outputs: the mean shift of ranks, and the rank of
each unit. Second-order indices, which we do not give, SALib does not compute either.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bench.cases.uncertainty_index import asem
from bench.measure import Case
from steelyard.weighing.sensitivity import indices_of
from steelyard.weighing.sensitivity.runs import placed, shift_of
from steelyard.weighing.uncertainty.findings import Sensitivity
from steelyard.weighing.uncertainty.index.model import IndexModel
from steelyard.weighing.uncertainty.model import Array, Model

BASE, SEED, RESAMPLES = 1024, 20260101, 100


def cases() -> Iterator[Case]:
    model = _model()
    official = _official(model)
    yield Case(
        name=f"Sobol indices of ASEM, base sample 1 024, {len(model.factors)} choices",
        ours=lambda: ours(model, official),
        peer=lambda: salib(model, official),
        peer_name="SALib driving the same model, same intervals",
        limit_ratio=1.0,
        runs=5,
    )


def _model() -> Model:
    """What both are asked about."""
    return IndexModel(asem())


def _official(model: Model) -> Array:
    """The ranks with every choice in the middle: which ranks they are costs neither side anything."""
    columns = sum(factor.columns for factor in model.factors)
    return np.asarray(placed(model.outcomes(np.full((1, columns), 0.5)).ranks)[0])


def ours(model: Model, official: Array) -> Sensitivity:
    return indices_of(model, official, base=BASE, seed=SEED)


def salib(model: Model, official: Array) -> list[dict[str, Array]]:
    """SALib's indices of the mean shift, then of each unit's rank."""
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sample

    problem = _problem(model)
    rows = sample.sample(problem, BASE, calc_second_order=False, seed=SEED)
    ranks = _ranks(model, rows)
    outputs = [shift_of(ranks, official), *ranks.T]
    return [
        analysis.analyze(
            problem,
            output,
            calc_second_order=False,
            num_resamples=RESAMPLES,
            conf_level=0.9,
            seed=SEED,
        )
        for output in outputs
        if np.ptp(output)  # SALib divides by the deviation of a constant
    ]


def _ranks(model: Model, rows: Array, at_once: int = 256) -> Array:
    """Every row's ranks, the model asked for as many rows at once as we ask it for."""
    parts = [model.outcomes(rows[i : i + at_once]).ranks for i in range(0, len(rows), at_once)]
    return placed(np.concatenate(parts))


def _problem(model: Model) -> dict[str, object]:
    """The factors in SALib's words: a group of columns each."""
    groups = [factor.name for factor in model.factors for _ in range(factor.columns)]
    return {
        "num_vars": len(groups),
        "names": [f"x{place}" for place in range(len(groups))],
        "bounds": [[0.0, 1.0]] * len(groups),
        "groups": groups,
    }

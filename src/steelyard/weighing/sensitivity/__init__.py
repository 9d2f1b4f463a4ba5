"""Which choice moves the ranking? Sobol indices of a result's choices, over a designed sample.

``base`` (what may be asked) → ``design`` (the rows) → ``runs`` (ranks on them) → ``estimators``
(indices with intervals) → ``indices`` (for the ranking and each unit) → ``sentences``.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from steelyard.kernel.faults import Faulty
from steelyard.weighing.result import Result
from steelyard.weighing.sensitivity.base import check
from steelyard.weighing.sensitivity.indices import indices_of
from steelyard.weighing.uncertainty.findings import Sensitivity
from steelyard.weighing.uncertainty.refused import nothing_varies

__all__ = ["indices_of", "sensitivity"]


def sensitivity(
    result: Result, *, base: int, seed: int | None = None, threads: int = 1
) -> Sensitivity:
    """How much each choice of the scheme's ``[uncertainty]`` moves the ranking.

    ``base`` is the base sample, a power of two; the scheme is weighed base × (choices + 2) times.
    Without a ``seed`` the scheme's own is taken. Equal seeds give equal results on any number of
    ``threads``.

    Raises:
        Faulty: the scheme names no choice, or base or seed cannot be used.
    """
    uncertainty = result.scheme.uncertainty
    if uncertainty is None or uncertainty.is_empty:
        raise Faulty([nothing_varies(result.scheme.family)])
    own_seed = uncertainty.seed if seed is None else seed
    check(base, own_seed, len(result.scheme.assessed), factors=1)  # before the model is made
    # Making a model needs every engine; a refusal should not wait for them.
    from steelyard.weighing.uncertainty.models import model_of

    model = model_of(result)
    official = np.array([_or_nan(result.standing[unit].rank) for unit in model.units], dtype=float)
    return indices_of(
        model, official, base=base, seed=own_seed, threads=threads,
        confidence=uncertainty.confidence,
    )  # fmt: skip


def _or_nan(rank: Fraction | None) -> float:
    return np.nan if rank is None else float(rank)

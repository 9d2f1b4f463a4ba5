"""Run the model on every row of the design, and keep what is analysed: ranks, and their shift."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steelyard.weighing.sensitivity.design import Block
from steelyard.weighing.uncertainty.model import Array, Model
from steelyard.weighing.uncertainty.replications import for_each

Kept = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Runs:
    """Each unit's rank and the whole ranking's shift on A, on AB of each factor, and on B.

    ``ranks`` (units, factors + 2, rows) in single precision, which holds ranks and their halves
    exactly; ``shift`` (factors + 2, rows).
    """

    ranks: Kept
    shift: Array


def run(model: Model, official: Array, design: Iterator[Block], base: int, threads: int) -> Runs:
    """Every row once. Blocks are drawn in order, so that the rows are the same on any number of
    threads, and each is written to its own place."""
    shape = (len(model.factors) + 2, base)
    runs = Runs(np.empty((len(model.units), *shape), np.float32), np.empty(shape))
    for_each(design, lambda block: _run_block(model, official, block, runs), threads)
    return runs


def _run_block(model: Model, official: Array, block: Block, runs: Runs) -> None:
    for place, rows in enumerate(block.designs(model.factors)):
        ranks = placed(model.outcomes(rows).ranks)
        runs.ranks[:, place, block.rows] = ranks.T
        runs.shift[place, block.rows] = shift_of(ranks, official)


def placed(ranks: Array) -> Array:
    """Ranks with a place for the unranked too: the one after all units."""
    return np.where(np.isnan(ranks), ranks.shape[-1] + 1.0, ranks)


def shift_of(ranks: Array, official: Array) -> Array:
    """The mean absolute shift of ranks from the official ones, by replication.

    Saisana, Saltelli and Tarantola (2005) call it R̄ₛ: the one number that sums a ranking up.
    """
    return np.asarray(np.abs(ranks - official).mean(axis=1))

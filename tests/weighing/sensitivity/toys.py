"""Functions and models of which the Sobol indices are known by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.weighing.batch.ranks import ranked
from steelyard.weighing.sensitivity.design import blocks
from steelyard.weighing.uncertainty.model import Array, Factor, Outcomes

Function = Callable[[Array], Array]
"""Of rows (replications, columns) from 0 to 1: one number a row, or one a unit."""


def factors(*columns: int) -> tuple[Factor, ...]:
    return tuple(
        Factor(f"f{i}", Text(f"选择{i}", f"choice {i}"), one) for i, one in enumerate(columns)
    )


@dataclass(frozen=True)
class Toy:
    """A model whose units score ``score(rows)``, (replications, units)."""

    units: tuple[str, ...]
    factors: tuple[Factor, ...]
    score: Function

    def outcomes(self, rows: Array) -> Outcomes:
        scores = self.score(rows)
        ranks = ranked([scores], "mean", 1e-9)
        return Outcomes(scores, ranks, np.full(scores.shape, -1))


def weighted(units: int, columns: Sequence[int]) -> Toy:
    """Units with seeded figures, weighted by what chance draws around the equal weights."""
    figures = np.random.default_rng(7).random((sum(columns), units))
    return Toy(
        tuple(f"u{i}" for i in range(units)), factors(*columns),
        lambda rows: (0.5 + rows) @ figures,
    )  # fmt: skip


def designed(function: Function, columns: Sequence[int], base: int, seed: int) -> Array:
    """The function on A, on AB of each factor and on B: (factors + 2, base)."""
    made = factors(*columns)
    parts = [[function(rows) for rows in block.designs(made)] for block in blocks(made, base, seed)]
    return np.concatenate([np.array(part) for part in parts], axis=1)


def ishigami(rows: Array) -> Array:
    """Ishigami and Homma (1990), a = 7, b = 0.1."""
    x = np.pi * (2 * rows - 1)
    return np.asarray(np.sin(x[:, 0]) * (1 + 0.1 * x[:, 2] ** 4) + 7 * np.sin(x[:, 1]) ** 2)


def ishigami_indices() -> tuple[list[float], list[float]]:
    a, b, pi = 7.0, 0.1, np.pi
    first = 0.5 * (1 + b * pi**4 / 5) ** 2
    second = a**2 / 8
    both = 8 * b**2 * pi**8 / 225
    whole = first + second + both
    return (
        [first / whole, second / whole, 0.0],
        [(first + both) / whole, second / whole, both / whole],
    )


G = (0.0, 1.0, 4.5, 9.0)


def g_function(rows: Array) -> Array:
    """Sobol' (1993), with :data:`G`."""
    a = np.array(G)
    return np.asarray(np.prod((np.abs(4 * rows - 2) + a) / (1 + a), axis=1))


def g_indices() -> tuple[list[float], list[float]]:
    parts = [1 / (3 * (1 + a) ** 2) for a in G]
    whole = float(np.prod([1 + part for part in parts])) - 1
    total = [part * (whole + 1) / (1 + part) / whole for part in parts]
    return [part / whole for part in parts], total


def additive(rows: Array) -> Array:
    """x₁ + 2 x₂ + 3 x₃: shares 1, 4, 9 of 14, alone and in all."""
    return np.asarray(rows @ np.array([1.0, 2.0, 3.0]))


def product(rows: Array) -> Array:
    """(x₁ − ½)(x₂ − ½): nothing alone, everything together."""
    return np.asarray((rows[:, 0] - 0.5) * (rows[:, 1] - 0.5))


KNOWN = {
    "Ishigami": (ishigami, 3, *ishigami_indices()),
    "Sobol' g-function": (g_function, 4, *g_indices()),
    "additive": (additive, 3, [1 / 14, 4 / 14, 9 / 14], [1 / 14, 4 / 14, 9 / 14]),
    "product of two": (product, 2, [0.0, 0.0], [1.0, 1.0]),
}

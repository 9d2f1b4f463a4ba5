"""Which rows is the model asked? The grouped design of Saltelli et al. (2010), block by block.

Two independent matrices A and B are sampled; AB_i is A with all columns of factor i taken from B. The
columns of a factor change together, so that k factors cost N (k + 2) rows however many columns they
have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from scipy.stats import qmc

from steelyard.weighing.uncertainty.model import Array, Factor

BLOCK_ROWS = 256
_BLOCK_CELLS = 2**22
_SOBOL_COLUMNS = 21201  # direction numbers of Joe and Kuo (2008), as SciPy has them
_Draw = Callable[[int], Array]


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of A and of B, the first of which is row ``starts`` of the base sample."""

    starts: int
    a: Array
    b: Array

    @property
    def rows(self) -> slice:
        return slice(self.starts, self.starts + len(self.a))

    def designs(self, factors: Sequence[Factor]) -> Iterator[Array]:
        """A, then AB of each factor in turn, then B."""
        yield self.a
        for columns in columns_of(factors):
            mixed = self.a.copy()
            mixed[:, columns] = self.b[:, columns]
            yield mixed
        yield self.b


def columns_of(factors: Sequence[Factor]) -> list[slice]:
    """The columns that each factor owns, in order."""
    ends = list(accumulate(factor.columns for factor in factors))
    return [slice(end - factor.columns, end) for end, factor in zip(ends, factors, strict=True)]


def is_low_discrepancy(factors: Sequence[Factor]) -> bool:
    """Whether Sobol' sequences have enough columns for A and B side by side."""
    return 2 * _width(factors) <= _SOBOL_COLUMNS


def blocks(factors: Sequence[Factor], base: int, seed: int) -> Iterator[Block]:
    """``base`` rows of A and B, a power of two, in blocks that are powers of two.

    A scrambled Sobol' sequence (Owen 1998) over the columns of A and B side by side, as SALib
    samples; where it does not reach, independent uniform numbers.
    """
    width = _width(factors)
    rows = _rows_per_block(width, base)
    draw = _sobol(width, seed) if is_low_discrepancy(factors) else _uniform(width, seed)
    for starts in range(0, base, rows):
        both = draw(rows)
        yield Block(starts, both[:, :width], both[:, width:])


def _width(factors: Sequence[Factor]) -> int:
    return sum(factor.columns for factor in factors)


def _rows_per_block(width: int, base: int) -> int:
    """The largest power of two whose block is of a bearable size."""
    bearable = max(1, _BLOCK_CELLS // max(2 * width, 1))
    return min(base, BLOCK_ROWS, 1 << (bearable.bit_length() - 1))


def _sobol(width: int, seed: int) -> _Draw:
    sequence = qmc.Sobol(d=2 * width, scramble=True, seed=seed)
    return lambda rows: np.asarray(sequence.random(rows))


def _uniform(width: int, seed: int) -> _Draw:
    generator = np.random.default_rng(seed)
    return lambda rows: generator.random((rows, 2 * width))

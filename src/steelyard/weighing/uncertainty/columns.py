"""Which columns of a row belong to which factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from steelyard.weighing.uncertainty.model import Array, Factor


def slices_of(factors: Sequence[Factor]) -> Mapping[str, slice]:
    """The columns that each factor owns, by its name."""
    ends = accumulate(factor.columns for factor in factors)
    return {
        factor.name: slice(end - factor.columns, end)
        for factor, end in zip(factors, ends, strict=True)
    }


def columns_by_factor(factors: Sequence[Factor], rows: Array) -> Mapping[str, Array]:
    return {name: rows[:, own] for name, own in slices_of(factors).items()}

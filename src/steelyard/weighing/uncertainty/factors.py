"""Which columns of a row belong to which factor, and what factors of both families are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from steelyard.kernel.bilingual import Text
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


def left_out_title(leaves: int) -> Text:
    """None of so many indicators, or one of them."""
    if leaves == 1:
        return Text("去掉或不去掉一项指标", "with one indicator, or without it")
    return Text(
        f"不去掉指标，或去掉{leaves}项中的任意一项",
        f"no indicator left out, or any one of {leaves}",
    )

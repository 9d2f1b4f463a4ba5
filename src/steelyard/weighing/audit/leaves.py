"""Each leaf by itself: how much is known, who lies far out, and what it weighs in truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from steelyard.scheme.method import Treat
from steelyard.scheme.model import ROOT
from steelyard.weighing.audit.correlations import correlation, varies
from steelyard.weighing.audit.looked import Looked
from steelyard.weighing.index.columns import Array
from steelyard.weighing.index.treat import kurtosis, skewness, winsorised
from steelyard.weighing.uncertainty.findings import LeafAudit

_BARELY = 1 + Fraction(1, 10**9)


def leaves(looked: Looked) -> tuple[LeafAudit, ...]:
    """Every leaf, in the order of the scheme; also those that were screened out."""
    with_total = {code: _with_total(looked, code) for code in looked.leaves}
    effective = influences(with_total)
    return tuple(_leaf(looked, code, with_total[code], effective[code]) for code in looked.leaves)


def _leaf(looked: Looked, code: str, r: float | None, effective: float | None) -> LeafAudit:
    column = looked.spread.get(code, np.empty(0))
    is_spread = varies(column)
    far = outliers(column, looked.treats[code]) if is_spread else np.zeros(column.size, bool)
    return LeafAudit(
        item=code,
        known=_share_known(looked.known[code]),
        skewness=skewness(column) if is_spread else None,
        kurtosis=kurtosis(column) if is_spread and np.sum(~np.isnan(column)) > 3 else None,
        outliers=tuple(looked.units[row] for row in np.flatnonzero(far)),
        nominal=looked.nominal.get(code, 0.0),
        effective=effective,
        with_total=r,
    )


def _share_known(known: Array) -> float:
    """Of the units to which the leaf applies; all of none."""
    applying = known[~np.isnan(known)]
    return float(applying.mean()) if applying.size else 1.0


def outliers(column: Array, treat: Treat) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Who lies far out, if |skewness| and kurtosis are both beyond their bounds.

    The JRC's rule, |skewness| > 2 and excess kurtosis > 3.5, or the scheme's own bounds: the units that
    winsorising would draw in, one by one from the end of the skew, until one of the two is in bounds,
    as many as ``treat`` allows, and at least the usual five.
    """
    drawn_in = winsorised(column, _wide(treat)).column
    return np.asarray(~np.isnan(column) & (drawn_in != column))


def _wide(treat: Treat) -> Treat:
    """Bounds that rounding does not cross: one of four units apart has a skewness of exactly 2."""
    return replace(
        treat,
        skew=treat.skew * _BARELY,
        kurtosis=treat.kurtosis * _BARELY,
        at_most=max(treat.at_most, Treat().at_most),
    )


def _with_total(looked: Looked, code: str) -> float | None:
    if code not in looked.scores:
        return None
    return correlation(looked.scores[code], looked.scores[ROOT])


def influences(with_total: Mapping[str, float | None]) -> dict[str, float | None]:
    """Squared correlations with the total, scaled to sum to 1.

    The main effect of Paruolo, Saisana and Saltelli (2013) in its linear version: by how much the
    variance of the totals would fall, on average, if the leaf were fixed. Leaves that correlate lend each
    other influence, so that the squares themselves sum to more than 1.
    """
    whole = sum(r**2 for r in with_total.values() if r is not None)
    return {
        code: None if r is None or not whole else r**2 / whole for code, r in with_total.items()
    }

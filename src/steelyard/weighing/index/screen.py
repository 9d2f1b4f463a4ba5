"""Who and what is left out because too little is known (handbook, step 3)."""

from __future__ import annotations

import numpy as np

from steelyard.scheme.method import Screen
from steelyard.weighing.index.columns import Array, Columns, Flags


def availability(columns: Columns, units: int) -> Array:
    """The share of indicators known for each unit; 0 of no indicators."""
    if not columns:
        return np.zeros(units)
    there = np.array([~np.isnan(column) for column in columns.values()], dtype=float)
    return np.asarray(there.mean(axis=0))


def screened(columns: Columns, screen: Screen) -> tuple[tuple[str, ...], tuple[str, ...], Flags]:
    """Indicators kept, indicators dropped, and whether each unit is kept.

    Indicators go first, so that no unit is dropped for an indicator that does not count.
    """
    least = float(screen.indicators_at_least)
    kept = tuple(code for code, column in columns.items() if _share(column) >= least)
    dropped = tuple(code for code in columns if code not in kept)
    units = max((column.size for column in columns.values()), default=0)
    enough = availability({code: columns[code] for code in kept}, units)
    return kept, dropped, np.asarray(enough >= float(screen.units_at_least))


def _share(column: Array) -> float:
    return float(np.mean(~np.isnan(column))) if column.size else 0.0

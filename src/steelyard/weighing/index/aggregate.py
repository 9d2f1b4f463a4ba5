"""Join a group's children into one score (handbook, step 7).

``table`` is units × children with NaN for missing, ``weights`` sum to 1. What a missing child leads
to is the scheme's policy, never silent. Methods that compare units (Copeland, benefit of the doubt)
look at all rows at once; the others at each alone, in linear time.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from steelyard.scheme.method import Aggregate
from steelyard.weighing.index.columns import Array


class CannotAggregate(ValueError):
    """The method has no score for some units. ``cells`` are (row, column) of what is in the way."""

    def __init__(self, why: str, cells: list[tuple[int, int]]) -> None:
        self.why, self.cells = why, cells
        super().__init__(why)


def aggregated(table: Array, weights: Array, how: Aggregate) -> Array:
    """One score a unit. A unit none of whose children is known has none.

    Raises:
        CannotAggregate: a value is missing that must not be, or not above 0 where it must be.
    """
    missing = np.isnan(table)
    empty = missing.all(axis=1)
    _check_missing(missing & ~empty[:, None], how)
    _check_positive(table, how)
    scores = np.full(table.shape[0], np.nan)
    usable = ~empty if how.missing == "reweight" else ~missing.any(axis=1)
    if usable.any():
        scores[usable] = _METHODS[how.by](table[usable], weights, how)
    return scores


_NEEDS_ALL = ("owa", "benefit_of_the_doubt", "mazziotta_pareto", "adjusted_mazziotta_pareto")


def _check_missing(missing: Array, how: Aggregate) -> None:
    if not missing.any() or how.missing == "missing":
        return
    if how.missing == "refuse" or how.by in _NEEDS_ALL:
        raise CannotAggregate("missing", _cells(missing))


def _check_positive(table: Array, how: Aggregate) -> None:
    """Geometric, harmonic and other means of a power below 1 need every value above 0."""
    needs = how.by in ("geometric", "harmonic") or (
        how.by == "generalised" and (how.power <= 0 or how.power.denominator != 1)
    )
    with np.errstate(invalid="ignore"):
        bad = table <= 0
    if needs and bad.any():
        raise CannotAggregate("not above 0", _cells(bad))


def _cells(where: Array) -> list[tuple[int, int]]:
    return [(int(row), int(column)) for row, column in np.argwhere(where)]


def _shared(table: Array, weights: Array) -> tuple[Array, Array]:
    """The weights of each unit over the children it has, and the table with 0 for missing."""
    there = ~np.isnan(table)
    own = there * weights
    return own / own.sum(axis=1, keepdims=True), np.where(there, table, 0.0)


def _arithmetic(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    own, filled = _shared(table, weights)
    return np.asarray((own * filled).sum(axis=1))


def _geometric(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    own, _ = _shared(table, weights)
    logs = np.log(np.where(np.isnan(table), 1.0, table))
    return np.asarray(np.exp((own * logs).sum(axis=1)))


def _harmonic(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    own, _ = _shared(table, weights)
    return np.asarray(1 / (own / np.where(np.isnan(table), 1.0, table)).sum(axis=1))


def _generalised(table: Array, weights: Array, how: Aggregate) -> Array:
    """(Σ w xᵖ)^(1/p); p = 0 is the geometric mean, p = 1 the arithmetic, p = −1 the harmonic."""
    if how.power == 0:
        return _geometric(table, weights, how)
    p = float(how.power)
    own, _ = _shared(table, weights)
    powers = np.where(np.isnan(table), 1.0, table) ** p
    inside = (own * powers).sum(axis=1)
    return np.asarray(np.sign(inside) * np.abs(inside) ** (1 / p))


def _owa(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    """Ordered weighted average (Yager 1988): order weights meet the values from the best down."""
    order = np.array([float(weight) for weight in how.order_weights] or [1.0] * table.shape[1])
    if len(order) != table.shape[1] or order.sum() <= 0:
        raise CannotAggregate(f"order_weights must be {table.shape[1]} numbers above 0 in sum", [])
    return np.asarray(np.sort(table, axis=1)[:, ::-1] @ (order / order.sum()))


def _mazziotta_pareto(table: Array, weights: Array, how: Aggregate) -> Array:
    """M ± S²/M: the mean, less (or plus) a penalty for imbalance (De Muro et al. 2011).

    MPI on z-scores with mean 100 and standard deviation 10, adjusted MPI on goalposts from 70 to
    130 (Mazziotta and Pareto 2016). S is taken over the children with divisor n.
    """
    mean = table @ weights
    spread = ((table - mean[:, None]) ** 2) @ weights
    return np.asarray(mean + how.penalty * spread / mean)


def outranking(table: Array, weights: Array) -> Array:
    """How much weight says that the row's unit is better than the column's; equals count a half.

    Pairs are compared on the children that both have. The diagonal is 0.
    """
    n = table.shape[0]
    matrix = np.zeros((n, n))
    for row in range(n):
        both = ~np.isnan(table) & ~np.isnan(table[row])
        better = np.where(table[row] > table, 1.0, np.where(table[row] == table, 0.5, 0.0))
        own = both * weights
        total = own.sum(axis=1)
        matrix[row] = np.where(
            total > 0, (own * better).sum(axis=1) / np.where(total > 0, total, 1), 0.5
        )
    np.fill_diagonal(matrix, 0.0)
    return matrix


def _copeland(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    """Pairs won less pairs lost (Copeland 1951)."""
    matrix = outranking(table, weights)
    won = np.sign(np.round(matrix - matrix.T, 12))
    return np.asarray(won.sum(axis=1), dtype=float)


def _benefit_of_the_doubt(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    """Each unit by the weights that show it best, such that no unit exceeds 1 (Melyn and Moesen 1991).

    Each child's share of the unit's own score is held between ``least_share`` and ``most_share``
    (Cherchye et al. 2007).
    """
    return np.array([_best_weights_score(table, row, how) for row in range(table.shape[0])])


def _best_weights_score(table: Array, row: int, how: Aggregate) -> float:
    from scipy.optimize import linprog

    own, k = table[row], table.shape[1]
    least = -np.eye(k) * own + float(how.least_share) * own
    most = np.eye(k) * own - float(how.most_share) * own
    found = linprog(
        -own,
        A_ub=np.vstack([table, least, most]),
        b_ub=np.concatenate([np.ones(table.shape[0]), np.zeros(2 * k)]),
        bounds=(0, None), method="highs",
    )  # fmt: skip
    if found.fun is None:
        raise CannotAggregate("unbounded", [])
    return float(-found.fun)


_METHODS: dict[str, Callable[[Array, Array, Aggregate], Array]] = {
    "arithmetic": _arithmetic, "geometric": _geometric, "harmonic": _harmonic,
    "generalised": _generalised, "owa": _owa, "copeland": _copeland,
    "mazziotta_pareto": _mazziotta_pareto, "adjusted_mazziotta_pareto": _mazziotta_pareto,
    "benefit_of_the_doubt": _benefit_of_the_doubt,
}  # fmt: skip

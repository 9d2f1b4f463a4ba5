"""Join a group's children into one score (handbook, step 7).

``table`` is units × children with NaN for missing, ``weights`` sum to 1. What a missing child leads
to is the scheme's policy, never silent. Methods that compare units (Copeland, benefit of the doubt)
look at all rows at once; the others at each alone, in linear time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import Aggregate
from steelyard.weighing.index.columns import Array, Cannot, Flags, without_noise

Why = Literal["missing", "cannot_reweight", "below_zero", "not_above_zero", "mean_not_above_zero"]


class CannotAggregate(Cannot):
    """The method has no score for a group, whatever the unit."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What the method does not take: the row of the unit, and the column of the child if it is one's."""

    why: Why
    row: int
    column: int | None = None


def obstacles(table: Array, weights: Array, how: Aggregate) -> tuple[Obstacle, ...]:
    """Every value that is missing or too small for the method. Empty means that it can be computed.

    A child without weight is in nobody's way.
    """
    counts = np.ones_like(weights, bool) if how.by in _UNWEIGHTED else weights > 0
    filled = _with_the_worst(table) if how.missing == "worst" else table
    return (
        *_missing(filled, counts, how),
        *_too_small(filled, counts, how),
        *_no_mean(filled, weights, how),
    )


def _missing(table: Array, counts: Flags, how: Aggregate) -> Iterator[Obstacle]:
    missing = np.isnan(table) & counts
    if how.missing == "refuse":
        yield from _cells("missing", missing)
    if how.missing == "reweight" and how.by in _NEEDS_ALL:
        yield from _cells("cannot_reweight", missing)


def _too_small(table: Array, counts: Flags, how: Aggregate) -> Iterator[Obstacle]:
    if _needs_above_zero(how):
        yield from _cells("not_above_zero", (table <= 0) & counts)
    elif how.by == "benefit_of_the_doubt" or (how.by == "generalised" and how.power != 1):
        yield from _cells("below_zero", (table < 0) & counts)


def _no_mean(table: Array, weights: Array, how: Aggregate) -> Iterator[Obstacle]:
    """Mazziotta–Pareto divides by the mean of a unit."""
    if how.by not in ("mazziotta_pareto", "adjusted_mazziotta_pareto"):
        return
    there = ~np.isnan(table) & (weights > 0)
    sums = np.where(there, table * weights, 0.0).sum(axis=1)
    for row in np.flatnonzero(there.any(axis=1) & (sums <= 0)):
        yield Obstacle("mean_not_above_zero", int(row))


def _needs_above_zero(how: Aggregate) -> bool:
    return how.by in ("geometric", "harmonic") or (how.by == "generalised" and how.power <= 0)


def _cells(why: Why, where: Flags) -> list[Obstacle]:
    return [Obstacle(why, int(row), int(column)) for row, column in np.argwhere(where)]


def aggregated(table: Array, weights: Array, how: Aggregate) -> Array:
    """One score a unit, where there are no obstacles. A unit whose children are all missing has none.

    Raises:
        CannotAggregate: the method does not fit the group.
    """
    if how.by not in _UNWEIGHTED:
        table, weights = table[:, weights > 0], weights[weights > 0]
    if how.missing == "worst":
        table = _with_the_worst(table)
    missing = np.isnan(table)
    usable = ~(missing.all(axis=1) if how.missing == "reweight" else missing.any(axis=1))
    scores = np.full(table.shape[0], np.nan)
    if usable.any():
        scores[usable] = _METHODS[how.by](table[usable], weights, how)
    return scores


def _with_the_worst(table: Array) -> Array:
    """Each missing score becomes the lowest of its child; a child that nobody has stays missing."""
    lowest = np.min(np.where(np.isnan(table), np.inf, table), axis=0)
    return np.where(np.isnan(table) & np.isfinite(lowest), lowest, table)


# --- means: each unit alone --------------------------------------------------------------------


def _present(table: Array, weights: Array) -> tuple[Array, Array]:
    """The weights of each unit over the children it has, and the table with 1 for missing."""
    there = ~np.isnan(table)
    own = there * weights
    return own / own.sum(axis=1, keepdims=True), np.where(there, table, 1.0)


def _arithmetic(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    """Σ w x."""
    own, filled = _present(table, weights)
    return np.asarray((own * filled).sum(axis=1))


def _geometric(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    """Π xʷ; every score above 0."""
    own, filled = _present(table, weights)
    return np.asarray(np.exp((own * np.log(filled)).sum(axis=1)))


def _harmonic(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    """1 ÷ Σ w/x; every score above 0."""
    own, filled = _present(table, weights)
    return np.asarray(1 / (own / filled).sum(axis=1))


def _generalised(table: Array, weights: Array, how: Aggregate) -> Array:
    """(Σ w xᵖ)^(1/p): p = 1 arithmetic, 0 geometric, −1 harmonic. No score below 0 (p ≤ 0: above)."""
    if how.power == 0:
        return _geometric(table, weights, how)
    if how.power == 1:
        return _arithmetic(table, weights, how)
    p = float(how.power)
    own, filled = _present(table, weights)
    scale = filled.max(axis=1) if p > 0 else filled.min(axis=1)  # keeps the powers within 0 to 1
    scale = np.where(scale == 0, 1.0, scale)
    inside = (own * (filled / scale[:, None]) ** p).sum(axis=1)
    return np.asarray(scale * inside ** (1 / p))


def _owa(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    """Ordered weighted average (Yager 1988): order weights meet the scores from the best down."""
    order = np.array([float(weight) for weight in how.order_weights])
    if len(order) != table.shape[1] or (order < 0).any() or order.sum() <= 0:
        n = table.shape[1]
        raise CannotAggregate(
            Text(f"order_weights应为{n}个不小于0的数，合计大于0",
                 f"order_weights must be {n} numbers from 0 up, with a sum above 0"),
            Text("请改正order_weights", "mend order_weights"),
        )  # fmt: skip
    return np.asarray(np.sort(table, axis=1)[:, ::-1] @ (order / order.sum()))


def _mazziotta_pareto(table: Array, weights: Array, how: Aggregate) -> Array:
    """M ± S²/M: the mean, less (or plus) a penalty for imbalance.

    The MPI (De Muro, Mazziotta and Pareto 2011) is meant for z-scores of mean 100 and standard
    deviation 10, its adjusted form (Mazziotta and Pareto 2016) for goalposts from 70 to 130. S is
    taken over the children with divisor n.
    """
    own, filled = _present(table, weights)
    mean = (own * filled).sum(axis=1)
    variance = (own * (filled - mean[:, None]) ** 2).sum(axis=1)
    return np.asarray(mean + how.penalty * variance / mean)


# --- methods that compare units ----------------------------------------------------------------


def outranking(table: Array, weights: Array) -> Array:
    """How much weight says that the row's unit is better than the column's; equals count a half.

    Pairs are compared on the children that both have. The diagonal is 0. Cost grows with the square
    of the units.
    """
    table = without_noise(table)
    matrix = np.zeros((len(table), len(table)))
    for row, own in enumerate(table):
        both = (~np.isnan(table) & ~np.isnan(own)) * weights
        better = np.where(own > table, 1.0, np.where(own == table, 0.5, 0.0))
        total = both.sum(axis=1)
        shared = (both * better).sum(axis=1) / np.where(total > 0, total, 1.0)
        matrix[row] = np.where(total > 0, shared, 0.5)
    np.fill_diagonal(matrix, 0.0)
    return matrix


def _copeland(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    """How many units a unit beats, less how many beat it, pair by pair (Copeland 1951)."""
    matrix = outranking(table, weights)
    return np.asarray(np.sign(np.round(matrix - matrix.T, 12)).sum(axis=1))


def _benefit_of_the_doubt(table: Array, weights: Array, how: Aggregate) -> Array:  # noqa: ARG001
    """Each unit by the weights that show it best, such that no unit exceeds 1 (Melyn and Moesen 1991).

    Each weight's share of the sum of weights lies between ``least_share`` and ``most_share``, as in
    the handbook's Table 19. No score below 0. One linear programme a unit.
    """
    k, least, most = table.shape[1], float(how.least_share), float(how.most_share)
    if least * k > 1 + 1e-12 or most * k < 1 - 1e-12:
        raise CannotAggregate(
            Text(f"{k}项的权重份额不能都在{least:g}与{most:g}之间",
                 f"the shares of {k} weights cannot all lie between {least:g} and {most:g}"),
            Text("请改正least_share和most_share", "mend least_share and most_share"),
        )  # fmt: skip
    highest = float(table.max())
    if highest == 0:
        return np.zeros(len(table))
    limits = _limits(table / highest, least, most)
    return np.array([_at_best(own, limits) for own in table / highest])


def _limits(table: Array, least: float, most: float) -> Array:
    """Rows of A in A w ≤ b: no unit beyond 1 (the dominated add nothing), then the shares."""
    k = table.shape[1]
    shares = np.vstack([least - np.eye(k), np.eye(k) - most])
    return np.vstack([_not_dominated(table), shares])


def _not_dominated(table: Array) -> Array:
    """The rows that no other row equals or exceeds on every child; one of equals is kept."""
    rows = np.unique(table, axis=0)[::-1]
    kept: list[Array] = []
    for row in rows:  # in falling order, so that none is dominated by a later one
        if not any((other >= row).all() for other in kept):
            kept.append(row)
    return np.array(kept)


def _at_best(own: Array, limits: Array) -> float:
    from scipy.optimize import linprog

    k = own.size
    bounds = np.concatenate([np.ones(len(limits) - 2 * k), np.zeros(2 * k)])
    found = linprog(-own, A_ub=limits, b_ub=bounds, bounds=(0, None), method="highs")
    if found.fun is None:
        raise CannotAggregate(
            Text("线性规划没有最优解", "the linear programme has no optimum"),
            Text("请核对各项得分", "check the scores"),
        )
    return float(-found.fun) + 0.0  # no minus zero


Method = Callable[[Array, Array, Aggregate], Array]
_METHODS: dict[str, Method] = {
    "arithmetic": _arithmetic, "geometric": _geometric, "harmonic": _harmonic,
    "generalised": _generalised, "owa": _owa, "copeland": _copeland,
    "mazziotta_pareto": _mazziotta_pareto, "adjusted_mazziotta_pareto": _mazziotta_pareto,
    "benefit_of_the_doubt": _benefit_of_the_doubt,
}  # fmt: skip
_NEEDS_ALL = ("owa", "benefit_of_the_doubt")
_UNWEIGHTED = ("owa", "benefit_of_the_doubt")

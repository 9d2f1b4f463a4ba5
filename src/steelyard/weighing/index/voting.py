"""Rankings from rankings: Borda, Condorcet and Kemeny (handbook, sections 6.9 and 7.3).

An indicator is a voter whose ballot ranks the units; its weight is its number of votes. The pairwise
matrix that all three start from is ``outranking`` of a table, or ``pairwise`` of ballots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.weighing.index.columns import Array, Cannot

Ballots = Sequence[tuple[float, Sequence[str]]]
MOST_FOR_KEMENY = 14
_NOISE = 1e-9


class TooMany(Cannot):
    """An exact answer would take too long."""


def borda(ballots: Ballots) -> dict[str, float]:
    """Points by candidate: on each ballot one for every candidate ranked below (Borda 1784).

    >>> borda([(2, "abc"), (1, "cab")])
    {'a': 5.0, 'b': 2.0, 'c': 2.0}
    """
    points = dict.fromkeys(sorted(_candidates(ballots)), 0.0)
    for votes, ballot in ballots:
        for place, candidate in enumerate(reversed(ballot)):
            points[candidate] += votes * place
    return points


def pairwise(ballots: Ballots, candidates: Sequence[str]) -> Array:
    """Votes for the row's candidate over the column's. The diagonal is 0."""
    row = {candidate: index for index, candidate in enumerate(candidates)}
    matrix = np.zeros((len(candidates), len(candidates)))
    for votes, ballot in ballots:
        for better, worse in combinations(ballot, 2):
            matrix[row[better], row[worse]] += votes
    return matrix


def _candidates(ballots: Ballots) -> set[str]:
    return {candidate for _, ballot in ballots for candidate in ballot}


def condorcet_order(matrix: Array) -> list[int] | None:
    """The order in which each beats all that come after it; None if there is a circle or a draw."""
    wins = (matrix > matrix.T).sum(axis=1)
    order = [int(row) for row in np.argsort(-wins, kind="stable")]
    agrees = all(matrix[a, b] > matrix[b, a] for a, b in combinations(order, 2))
    return order if agrees else None


def support(matrix: Array, order: Sequence[int]) -> float:
    """How many votes agree with an order, over all its pairs (its Kemeny score)."""
    return float(sum(matrix[better, worse] for better, worse in combinations(order, 2)))


def kemeny(matrix: Array, most_orders: int = 100) -> tuple[float, list[list[int]]]:
    """The greatest support of any order, and the orders that have it (Kemeny 1959; Young 1988).

    Ties can make very many: no more than ``most_orders`` are given. Exact, by dynamic programming
    over sets: the best order of a set puts some member first.

    Raises:
        TooMany: more than 14 candidates.
    """
    n = len(matrix)
    if n > MOST_FOR_KEMENY:
        raise TooMany(
            Text(f"{n}个候选项超过{MOST_FOR_KEMENY}个", f"{n} candidates are more than {MOST_FOR_KEMENY}"),
            Text("请改用Copeland法", "use Copeland's method"),
        )  # fmt: skip
    best = [0.0] * (1 << n)
    for members in range(1, 1 << n):
        best[members] = max(value for _, value in _firsts(matrix, best, members))
    return best[-1], list(islice(_orders(matrix, best, (1 << n) - 1), most_orders))


def _firsts(matrix: Array, best: Sequence[float], members: int) -> list[tuple[int, float]]:
    """Each member of a set, and the greatest support of the set's orders with that member first."""
    inside = [i for i in range(len(matrix)) if members >> i & 1]
    return [
        (first, best[members & ~(1 << first)] + float(matrix[first, inside].sum()))
        for first in inside
    ]


def _orders(matrix: Array, best: Sequence[float], members: int) -> Iterator[list[int]]:
    if not members:
        yield []
    for first, value in _firsts(matrix, best, members):
        if abs(value - best[members]) <= _NOISE:
            for rest in _orders(matrix, best, members & ~(1 << first)):
                yield [first, *rest]

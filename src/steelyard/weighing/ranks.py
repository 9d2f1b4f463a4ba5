"""Places in an order: who stands where, and what equals share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from steelyard.scheme.model import Ties

T = TypeVar("T")


def equals(ordered: Sequence[T], same: Callable[[T, T], bool]) -> list[list[T]]:
    """Neighbours that are the same as the first of their group, the best first.

    Comparing with the first of the group, and not with the neighbour, keeps a long chain of small
    differences from becoming one tie.

    >>> equals([9.0, 9.0, 7.0], lambda a, b: a == b)
    [[9.0, 9.0], [7.0]]
    """
    groups: list[list[T]] = []
    for one in ordered:
        if groups and same(groups[-1][0], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def places(groups: Sequence[Sequence[T]], ties: Ties) -> list[Fraction]:
    """The place of each group: shared 1, 2, 2, 4; dense 1, 2, 2, 3; mean 1, 2.5, 2.5, 4.

    >>> [str(place) for place in places([["a"], ["b", "c"], ["d"]], "mean")]
    ['1', '5/2', '4']
    """
    found, before = [], 0
    for index, group in enumerate(groups):
        if ties == "dense":
            found.append(Fraction(index + 1))
        elif ties == "mean":
            found.append(before + Fraction(len(group) + 1, 2))
        else:
            found.append(Fraction(before + 1))
        before += len(group)
    return found

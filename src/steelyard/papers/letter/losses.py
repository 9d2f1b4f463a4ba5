"""Where did a unit lose most? The leaves with the largest distance to their full points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.scheme.model import Scheme
from steelyard.weighing.explain import Explanation, explain
from steelyard.weighing.result import Result

MOST = 3


@dataclass(frozen=True, slots=True)
class Loss:
    """A leaf and the points lost there: up to full points, or all that a deduction took, in the
    leaf's own points (a group that takes a mean counts them for less).

    Of an index ``lost`` is the distance of the leaf's score from 100, in its own points.
    """

    leaf: Explanation
    lost: Fraction


def largest_losses(result: Result, unit: str, most: int = MOST) -> tuple[Loss, ...]:
    """The largest first; equals in the scheme's order. A leaf that does not apply lost nothing."""
    found = [Loss(leaf, _lost(leaf, result.scheme)) for leaf in _leaves(explain(result, unit))]
    kept = sorted((one for one in found if one.lost > 0), key=lambda one: -one.lost)
    return tuple(kept[:most])


def _leaves(node: Explanation) -> Iterator[Explanation]:
    """The leaves; a group of which nothing applies and which has points by its own rule is one, too."""
    if all(child.points is None for child in node.children):
        yield node
        return
    for child in node.children:
        yield from _leaves(child)


def _lost(leaf: Explanation, scheme: Scheme) -> Fraction:
    """A bonus or a deduction stands beside the full points: it loses what it takes."""
    if leaf.points is None:
        return Fraction(0)
    item = scheme.item.get(leaf.code)
    is_beside = item is not None and item.kind != "item"
    return -leaf.points if is_beside else leaf.full - leaf.points

"""A points total as a weighted sum of what was reached of each leaf, where the tree is one.

Points move between leaves as :func:`steelyard.weighing.what_if.what_if` moves them: what a leaf gives
is scaled with its full points.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import ROOT, UNBOUNDED, Item, Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.swaps.weighted_sum import WeightedSum

_SUMS = ("sum", "mean", "weighted_mean")


def weighted_sum(result: Result) -> WeightedSum | Text:
    """The totals of a points scheme as weighted sums, or the group that bends them."""
    scheme = result.scheme
    bent = next((item for item in scheme.in_order if _bends(scheme, item)), None)
    if bent is not None:
        name = bent.code or "total"
        return Text(
            f"“{name}”不是下级得分的简单加总，改变分值的影响无法直接算出。",
            f"{name} is no plain sum of what is below it, so that the effect of other points cannot be "
            "read off.",
        )  # fmt: skip
    counts = dict(_counts(scheme, scheme.root, Fraction(1)))
    whole = sum((counts[leaf] * scheme.full[leaf] for leaf in _leaves(scheme, counts)), Fraction(0))
    if not whole:
        return Text("没有可以调整的分值。", "There are no points to move.")
    leaves = list(_leaves(scheme, counts))
    complete = [unit.code for unit in scheme.assessed if _is_complete(result, counts, unit.code)]
    return WeightedSum(
        {leaf: counts[leaf] * scheme.full[leaf] / whole for leaf in leaves},
        {unit: {leaf: _points(result, leaf, unit) / scheme.full[leaf] for leaf in leaves} for unit in complete},
        {unit: _beside(result, counts, unit) / whole for unit in complete},
    )  # fmt: skip


def _bends(scheme: Scheme, item: Item) -> bool:
    """Whether a counted group is anything but a sum or a mean of its children."""
    if not scheme.children[item.code] or item.kind != "item":
        return False
    is_bound = any(bound not in (None, UNBOUNDED) for bound in (item.cap, item.floor))
    is_overruled = item.rule or item.adjust or item.zero_if or item.full_if
    return bool(is_bound or is_overruled) or item.combine not in _SUMS


def _counts(scheme: Scheme, group: Item, share: Fraction) -> Iterator[tuple[str, Fraction]]:
    """How much of the total a point is, by leaf, and by whole branch of bonuses and deductions."""
    children = scheme.children[group.code]
    counted = [child for child in children if child.kind == "item"]
    weights = {child.code: child.weight for child in counted}
    if group.combine == "mean":
        weights = dict.fromkeys(weights, Fraction(1))
    whole = Fraction(1) if group.combine == "sum" else sum(weights.values(), Fraction(0))
    for child in children:
        is_counted = child.kind == "item" and group.combine != "sum"
        own = share * weights[child.code] / whole if is_counted and whole else share
        if child.kind == "item" and scheme.children[child.code]:
            yield from _counts(scheme, child, own)
        else:
            yield child.code, own


def _leaves(scheme: Scheme, counts: dict[str, Fraction]) -> Iterator[str]:
    """Those whose points can move."""
    for code in counts:
        if scheme.item[code].kind == "item" and scheme.full[code]:
            yield code


def _is_complete(result: Result, counts: dict[str, Fraction], unit: str) -> bool:
    """Every item applies to the unit, and its total is indeed the sum."""
    if any(result.items[code][unit].points is None for code in counts):
        return False
    total = sum(
        (share * _points(result, code, unit) for code, share in counts.items()), Fraction(0)
    )
    return total == result.items[ROOT][unit].points


def _points(result: Result, code: str, unit: str) -> Fraction:
    return result.items[code][unit].points or Fraction(0)


def _beside(result: Result, counts: dict[str, Fraction], unit: str) -> Fraction:
    movable = set(_leaves(result.scheme, counts))
    return sum(
        (share * _points(result, code, unit) for code, share in counts.items() if code not in movable),
        Fraction(0),
    )  # fmt: skip

"""What every unit got on an item, in a points scheme and in an index scheme alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from steelyard.scheme.model import ROOT, Item, Scheme
from steelyard.weighing.result import Result, Score

if TYPE_CHECKING:
    from steelyard.weighing.index.compose import Composed


@dataclass(frozen=True, slots=True)
class Column:
    """One item with what every unit got on it: None where it does not apply or is not known.

    ``full`` is what a unit could get at most; None where there is no such bound. ``span`` is
    from where to where shares are measured: from 0 to full in a points scheme, from the lowest
    to the highest unit in an index; None where that is no distance.
    """

    item: Item
    scores: Mapping[str, Score | None]
    full: Fraction | None = None
    span: tuple[Score, Score] | None = None

    @property
    def known(self) -> tuple[Score, ...]:
        return tuple(score for score in self.scores.values() if score is not None)

    def share(self, unit: str) -> Fraction | None:
        """How far along the span the unit is."""
        score = self.scores.get(unit)
        if score is None or self.span is None:
            return None
        low, high = (Fraction(end) for end in self.span)
        return (Fraction(score) - low) / (high - low)

    def median_share(self, units: Iterable[str]) -> Fraction | None:
        """The median of the shares of those units that have one."""
        known = [share for share in map(self.share, units) if share is not None]
        return median(known) if known else None

    def median(self, units: Iterable[str]) -> Fraction | None:
        """The median of the scores of those units that have one."""
        known = [Fraction(score) for unit in units if (score := self.scores.get(unit)) is not None]
        return median(known) if known else None


def column(result: Result, item: Item) -> Column:
    if result.composed is not None:
        return _index_column(result.composed, item)
    scores = {unit: score.points for unit, score in result.items[item.code].items()}
    full = result.scheme.full[item.code]
    is_measured = item.kind == "item" and full
    return Column(item, scores, full, (Fraction(0), full) if is_measured else None)


def _index_column(composed: Composed, item: Item) -> Column:
    scores = {unit: composed.score(item.code, unit) for unit in composed.units}
    known = [score for score in scores.values() if score is not None]
    ends = (min(known), max(known)) if known and min(known) < max(known) else None
    return Column(item, scores, span=ends)


def dimensions(result: Result) -> tuple[Column, ...]:
    """The top items, in the order of the scheme."""
    return tuple(column(result, item) for item in result.scheme.children[ROOT])


def profile_items(scheme: Scheme, most: int) -> tuple[Item, ...]:
    """The leaves; if they are more than ``most``, items further up, as many as still fit.

    Going up, the deepest items give way to their parents first.
    """
    depth = depths(scheme)
    items = [item for item in scheme.in_order if not scheme.children[item.code]]
    while len(items) > most and max(depth[item.code] for item in items) > 1:
        deepest = max(depth[item.code] for item in items)
        above = {item.parent if depth[item.code] == deepest else item.code for item in items}
        items = [item for item in scheme.in_order if item.code in above]
    return tuple(item for item in items if item.code != ROOT)


def depths(scheme: Scheme) -> Mapping[str, int]:
    """How far below the root every item is; the root is at 0."""
    found = {ROOT: 0}
    for item in scheme.in_order:
        if item.code != ROOT:
            found[item.code] = found[item.parent] + 1
    return found


def peers(result: Result, unit: str) -> tuple[str, ...]:
    """The codes of the unit's peer group, itself among them."""
    group = result.scheme.unit[unit].group
    return tuple(one.code for one in result.scheme.assessed if one.group == group)

"""A total as a weighted sum, and the least weight that must move to close a gap between two units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.weighing.uncertainty.findings import Swap

Number = Fraction | float
_LEVEL = 1e-12  # of floats: what differs by less is level


@dataclass(frozen=True, slots=True)
class WeightedSum:
    """Total ÷ all weight = Σ weight × reached + beside.

    ``weights`` are shares of all weight by item and sum to 1. ``reached`` holds, by unit, what it
    reached of each item; units of which a part is missing are not there. ``beside`` is what does not
    depend on the weights: bonuses and deductions.
    """

    weights: Mapping[str, Number]
    reached: Mapping[str, Mapping[str, Number]]
    beside: Mapping[str, Number]

    def lead(self, item: str, ahead: str, behind: str) -> Number:
        return self.reached[ahead][item] - self.reached[behind][item]

    def gap(self, ahead: str, behind: str) -> Number:
        """How far one unit's total is above the other's."""
        leads = (weight * self.lead(item, ahead, behind) for item, weight in self.weights.items())
        beside = self.beside.get(ahead, 0) - self.beside.get(behind, 0)
        return sum(leads, Fraction(0)) + beside


def smallest(sum_: WeightedSum, ahead: str, behind: str) -> Swap | None:
    """The least weight to move until the two are level; None if no weights do that.

    All of it goes to the item on which the one behind does best against the one ahead. It comes from
    the items on which the one ahead leads most: each share moved closes as much of the gap as any
    could (a fractional knapsack), so nothing else needs to be tried.
    """
    lead = {item: sum_.lead(item, ahead, behind) for item in sum_.weights}
    to = min(lead, key=lambda item: lead[item])
    gap, taken = sum_.gap(ahead, behind), dict[str, Number]()
    for item in sorted(lead, key=lambda item: lead[item], reverse=True):
        closes = lead[item] - lead[to]
        if gap <= _LEVEL or closes <= 0:
            break
        taken[item] = min(sum_.weights[item], gap / closes)
        gap -= taken[item] * closes
    if gap > _LEVEL:
        return None
    moved = sum(taken.values(), Fraction(0))
    after = {item: sum_.weights[item] - part for item, part in taken.items() if part}
    if moved:
        after[to] = sum_.weights[to] + moved
    changes = ((item, float(sum_.weights[item]), float(after[item])) for item in after)
    return Swap(float(moved), tuple(changes))

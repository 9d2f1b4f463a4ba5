"""From a value to its place on a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from steelyard.weighing.result import Score


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from ``least`` to ``most`` lie from ``left`` to ``right``."""

    least: float
    most: float
    left: float
    right: float

    def at(self, value: Score) -> float:
        """Where the value lies; beyond the ends it lies at the end.

        >>> Scale(0, 100, 20, 120).at(Fraction(50))
        70.0
        """
        span = self.most - self.least
        share = (float(value) - self.least) / span if span else 0.0
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    @property
    def zero(self) -> float:
        return self.at(Fraction(0))


def scale_of(values: Iterable[Score], left: float, right: float) -> Scale:
    """A scale that holds all values and zero, since a bar that starts elsewhere misleads."""
    found = [0.0, *map(float, values)]
    return Scale(min(found), max(found), left, right)

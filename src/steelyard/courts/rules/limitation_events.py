"""What may happen to a limitation period on its way?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from steelyard.kernel.bilingual import Text


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A demand, a promise to perform, a suit, an application for arbitration or enforcement …

    ``again_from``: the day on which the time starts anew where that is not the day of the event:
    the end of the proceedings, or the last day to perform of a settlement. ``still_going``: the
    proceedings have not ended.

    Raises:
        ValueError: it starts anew before it was interrupted.
    """

    on: date
    why: Text
    again_from: date | None = None
    still_going: bool = False

    def __post_init__(self) -> None:
        if self.again_from is not None and self.again_from < self.on:
            raise ValueError(f"interrupted on {self.on}, it cannot run anew from {self.again_from}")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps the creditor from asserting the claim: force majeure, no legal representative …

    ``last`` is the day on which it ended, None while it goes on.

    Raises:
        ValueError: it ended before it began.
    """

    first: date
    last: date | None
    why: Text

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"an obstacle from {self.first} cannot end on {self.last}")

"""A result: the ranking, every score behind it, and the recipe that makes it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from steelyard.scheme.model import Label, Scheme, Unit
from steelyard.weighing.points.board import Board, ItemScore
from steelyard.weighing.values import Values

if TYPE_CHECKING:
    from steelyard.weighing.index.compose import Composed
    from steelyard.weighing.uncertainty.findings import Audit, HowSure, Sensitivity

Score = Fraction | float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit stands.

    ``score`` is unrounded (exact in a points scheme), after vetoes; ``before`` is the total
    before them. ``rank`` is None for a unit that is not ranked; a half where equals share the
    mean. ``vetoes`` names those that hold.
    """

    unit: Unit
    score: Score | None
    before: Score | None
    rank: Fraction | None
    group_rank: Fraction | None
    grade: str = ""
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What ``weigh`` gives: standings from the first to the last, then those not ranked.

    ``items`` holds the score of every unit on every item of a points scheme, the root under
    ``""``. ``composed`` holds every step of an index scheme. ``how_sure``, ``sensitivity`` and
    ``audit`` are there if they were asked for.
    """

    scheme: Scheme
    values: Values
    standings: tuple[Standing, ...]
    items: Mapping[str, Mapping[str, ItemScore]] = field(default_factory=dict)
    composed: Composed | None = None
    board: Board | None = field(default=None, repr=False, compare=False)
    how_sure: HowSure | None = None
    sensitivity: Sensitivity | None = None
    audit: Audit | None = None

    def score_of(self, item: str, unit: str) -> ItemScore:
        """The score of an item; of an index, that of a node, out of 100."""
        if self.composed is None:
            return self.items[item][unit]
        score = self.composed.score(item, unit)
        return ItemScore(None if score is None else Fraction(score), Fraction(100))

    @property
    def label(self) -> Label:
        """``sample`` if the scheme, or a table of the data, is one."""
        return "sample" if self.values.sample else self.scheme.label

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """Every standing by the code of its unit."""
        return {standing.unit.code: standing for standing in self.standings}

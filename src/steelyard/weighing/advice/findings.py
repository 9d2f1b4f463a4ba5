"""What an advice says: the plan and its cost, what comes of it, or what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from steelyard.kernel.bilingual import Text
from steelyard.weighing.advice.levers import Lever
from steelyard.weighing.advice.targets import Target
from steelyard.weighing.result import Result, Score, Standing
from steelyard.weighing.values import Value

Outcome = Literal["nothing_to_do", "reached", "cannot", "unknown", "stopped"]


@dataclass(frozen=True, slots=True)
class Change:
    """One input of the plan: from what to what, its cost, and what the total would lack without it.

    ``worth`` is None where the total without it could not be weighed. ``lifts_veto``: without it a veto
    that holds now would hold still. ``is_needed``: without it the target is missed.
    """

    input: str
    before: Value
    after: Value
    cost: Fraction
    worth: Score | None
    lifts_veto: bool = False
    is_needed: bool = False


@dataclass(frozen=True)
class Advice:
    """What a unit should do to reach its target.

    ``outcome``: ``nothing_to_do`` (it is there already), ``reached`` (by ``changes``, confirmed by
    weighing them: ``after``), ``cannot`` (``reasons`` name what binds, ``after`` is what everything
    together would give), ``unknown`` (not with the best values that are known; but of ``no_best``, which
    would give more, no best value is known), ``stopped`` (stopped early without a plan).

    ``is_proven`` says that no cheaper plan exists on the grid of steps; if not, none costs less than
    ``bound``. ``has_costs`` says that costs are those of a table, and not effort points. ``rivals`` says on
    which figures of the others it rests, ``levers`` what could be changed.
    """

    unit: str
    target: Target
    outcome: Outcome
    before: Result
    after: Result
    changes: tuple[Change, ...] = ()
    cost: Fraction = Fraction(0)
    bound: Fraction = Fraction(0)
    is_proven: bool = True
    has_costs: bool = False
    levers: tuple[Lever, ...] = ()
    rivals: Text = field(default_factory=Text)
    notes: tuple[Text, ...] = ()
    reasons: tuple[Text, ...] = ()
    no_best: tuple[str, ...] = ()

    @property
    def standing_before(self) -> Standing:
        return self.before.standing[self.unit]

    @property
    def standing_after(self) -> Standing:
        return self.after.standing[self.unit]

    @property
    def overtaken(self) -> tuple[str, ...]:
        """Those who were ahead and are not any more, the best first."""
        was, now = self.standing_before, self.standing_after
        return tuple(
            one.unit.code
            for one in self.before.standings
            if _is_ahead(one, was) and not _is_ahead(self.after.standing[one.unit.code], now)
        )

    @property
    def new_values(self) -> Mapping[str, Value]:
        return {change.input: change.after for change in self.changes}


def _is_ahead(one: Standing, other: Standing) -> bool:
    if one.rank is None or one.unit == other.unit:
        return False
    return other.rank is None or one.rank < other.rank

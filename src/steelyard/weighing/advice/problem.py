"""The choice as a mathematical programme sees it: components, their options, what each adds to what.

A *component* is a set of levers that meet in one rule; an *option* is one value for each of them. What
an option adds goes to *sinks*: the total (the root, ``""``), a group whose bounds may bind, an item
that a grade or a tie-break asks about. Everything is told as the change from today, for every unit
that it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.weighing.values import Value

Amount = Fraction | float
Sink = str
Place = tuple[Sink, str]
"""A sink and a unit."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value for each input of a component: its cost, what it adds, the conditions that then hold."""

    values: tuple[Value, ...]
    cost: Fraction
    adds: Mapping[Place, Amount] = field(default_factory=dict)
    holding: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Component:
    """Inputs that meet, and the options worth looking at; the first is today, and costs nothing."""

    inputs: tuple[str, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Clamp:
    """A group of one unit that is held between bounds: its sum today, and where it goes on to.

    A point within the bounds adds ``slope`` to the sink ``into``.
    """

    item: str
    unit: str
    inner: Fraction
    low: Fraction | None
    high: Fraction | None
    into: Sink
    slope: Fraction

    @property
    def now(self) -> Fraction:
        points = self.inner if self.low is None else max(self.inner, self.low)
        return points if self.high is None else min(points, self.high)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The unit's total is at most ``at`` + Σ slope × what has been added to each sink."""

    at: Amount
    slopes: Mapping[Sink, Amount]


Plan = tuple[int, ...]
"""The number of the option chosen in each component."""


@dataclass(frozen=True)
class Problem:
    """What the unit can do, and what it does to every unit's total.

    ``totals`` are today's, before vetoes; those of a unit that could not be followed are in
    ``unclear``, so that nothing is claimed of it. ``ceilings`` bound the unit's own total from above,
    exactly where one is enough. ``slack`` is by how much totals may differ from what is said here
    (rounding, the tolerance of ties). ``grain`` is the smallest difference of two totals, 0 if unknown.
    """

    unit: str
    components: tuple[Component, ...]
    totals: Mapping[str, Amount]
    ceilings: Sequence[Ceiling]
    clamps: tuple[Clamp, ...] = ()
    watched: Mapping[Place, Amount] = field(default_factory=dict)
    unclear: frozenset[str] = frozenset()
    slack: float = 0.0
    grain: float = 0.0
    in_logs: bool = False

    def values_of(self, plan: Plan) -> dict[str, Value]:
        """The inputs that the plan changes, with their new values."""
        found: dict[str, Value] = {}
        for component, chosen in zip(self.components, plan, strict=True):
            today = component.options[0].values
            new = component.options[chosen].values
            changed = zip(component.inputs, today, new, strict=True)
            found |= {code: to for code, was, to in changed if to != was}
        return found

    def cost_of(self, plan: Plan) -> Fraction:
        chosen = zip(self.components, plan, strict=True)
        return sum((component.options[one].cost for component, one in chosen), Fraction(0))

    @property
    def nothing(self) -> Plan:
        return (0,) * len(self.components)

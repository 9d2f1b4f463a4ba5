"""What would an index have made of each component on last year's values, beside what last year's made?

An index has no points: a component has a score that the method gives it, and a weight inside its group.
Nobody has *full points*, and no rule gives a unit so much; what the method left out, filled or changed, it
says in sentences of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.assessment.rules.trials.outcomes import lacking_of, sentences_of
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import ROOT, Item
from steelyard.weighing.index.composed import Composed
from steelyard.weighing.result import Result


@dataclass(frozen=True, slots=True)
class Reached:
    """The score of a unit on a component. ``score`` None: it has none. ``before``: last year's under this
    code. ``lacks``: the figures that last year does not have. ``why``: of an indicator, how it came."""

    score: float | None
    before: float | None = None
    lacks: tuple[Text, ...] = ()
    why: Text = field(default_factory=Text)


@dataclass(frozen=True)
class Component:
    """A dimension, a component or an indicator of an index.

    ``weight``: inside its group, as the method used it; None if it was left out. ``is_old``: last year's
    index had it; ``called``: by another title then.
    """

    item: Item
    weight: float | None
    reached: Mapping[str, Reached]
    is_old: bool = False
    called: Text = field(default_factory=Text)
    children: tuple[Component, ...] = ()

    @property
    def known(self) -> tuple[float, ...]:
        return tuple(one.score for one in self.reached.values() if one.score is not None)

    @property
    def least(self) -> float | None:
        return min(self.known, default=None)

    @property
    def most(self) -> float | None:
        return max(self.known, default=None)

    @property
    def mean(self) -> float | None:
        return sum(self.known) / len(self.known) if self.known else None

    @property
    def lacking(self) -> int:
        """Of how many units last year lacks a figure."""
        return sum(bool(one.lacks) for one in self.reached.values())

    @property
    def changed(self) -> int:
        """How many would have another score than last year."""
        return sum(is_other(one) for one in self.reached.values()) if self.is_old else 0


def is_other(one: Reached) -> bool:
    """Whether two scores differ by more than how they were reckoned."""
    if one.score is None or one.before is None:
        return one.score is not one.before
    return abs(one.score - one.before) > 1e-9


def components_of(result: Result, last: Result | None) -> tuple[Component, ...]:
    """The tree of an index from its dimensions down; of a points scheme there is none."""
    if result.composed is None:
        return ()
    told = _Telling(
        result, result.composed, last if last is not None and last.composed is not None else None,
        lacking_of(result), dict(sentences_of(result)),
    )  # fmt: skip
    return tuple(told.component(one) for one in result.scheme.children[ROOT])


def notes_of(result: Result) -> tuple[Text, ...]:
    """What the method left out, filled or changed."""
    return () if result.composed is None else result.composed.notes


@dataclass(frozen=True, slots=True)
class _Telling:
    result: Result
    composed: Composed
    last: Result | None
    lacking: Mapping[str, Mapping[str, tuple[Text, ...]]]
    said: Mapping[tuple[str, str], Text]

    def component(self, item: Item) -> Component:
        before = self.last.scheme.item.get(item.code) if self.last is not None else None
        title = before.title if before is not None else item.title
        return Component(
            item, self.composed.weights.get(item.parent, {}).get(item.code),
            {unit.code: self._reached(item.code, unit.code) for unit in self.result.scheme.assessed},
            before is not None, title if title != item.title else Text(),
            tuple(self.component(child) for child in self.result.scheme.children[item.code]),
        )  # fmt: skip

    def _reached(self, item: str, unit: str) -> Reached:
        return Reached(
            self.composed.score(item, unit), self._before(item, unit),
            self.lacking.get(item, {}).get(unit, ()), self.said.get((item, unit), Text()),
        )  # fmt: skip

    def _before(self, item: str, unit: str) -> float | None:
        composed = self.last.composed if self.last is not None else None
        if composed is None or unit not in composed.units:
            return None
        return composed.score(item, unit)

"""A draft tried on last year's values: what each rule would have given, and is the scheme fit to issue?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Item, Scheme, Unit
from steelyard.weighing.result import Result
from steelyard.weighing.stress.findings import Stress
from steelyard.weighing.stress.fitness import stress, weighed
from steelyard.weighing.stress.policies import Policy
from steelyard.weighing.values import Values


@dataclass(frozen=True, slots=True)
class Tried:
    """A leaf as it would have been scored: unit → points (None: not applicable, or not computed)."""

    item: Item
    full: Fraction
    points: Mapping[str, Fraction | None]

    @property
    def known(self) -> tuple[Fraction, ...]:
        return tuple(one for one in self.points.values() if one is not None)

    @property
    def least(self) -> Fraction | None:
        return min(self.known, default=None)

    @property
    def most(self) -> Fraction | None:
        return max(self.known, default=None)

    @property
    def mean(self) -> Fraction | None:
        return sum(self.known, Fraction(0)) / len(self.known) if self.known else None

    @property
    def all_full(self) -> int:
        return sum(one == self.full for one in self.known)

    @property
    def none(self) -> int:
        return sum(one == 0 for one in self.known)


@dataclass(frozen=True)
class Trial:
    """``could_not``: what stood in the way; those values were then taken as not applicable."""

    stress: Stress
    units: Sequence[Unit] = ()
    items: Sequence[Tried] = ()
    totals: Mapping[str, Fraction | float | None] = field(default_factory=dict)
    could_not: Sequence[Text] = ()


def tried(scheme: Scheme, values: Values | None, policies: Sequence[Policy] | None) -> Trial:
    """
    Raises:
        Faulty: a value is of another type than a rule needs.
    """
    report = stress(scheme, values, policies=policies)
    if values is None:
        return Trial(report)
    result, could_not = weighed(scheme, values)
    totals = {one.unit.code: one.score for one in result.standings}
    return Trial(report, scheme.assessed, _items(result), totals, could_not)


def _items(result: Result) -> list[Tried]:
    scheme = result.scheme
    return [
        Tried(leaf, scheme.full[leaf.code], {
            code: score.points for code, score in result.items.get(leaf.code, {}).items()
        })
        for leaf in scheme.leaves
    ]  # fmt: skip


def carried_over(values: Values, before: Scheme, after: Scheme) -> Values:
    """Last year's values as if they were of this year: its period is ours, an earlier one an earlier.

    What the new scheme does not ask for is left out.
    """
    labels = dict(
        zip(
            (before.period_label, *before.earlier),
            (after.period_label, *after.earlier),
            strict=False,
        )
    )
    known = {unit.code for unit in after.units}
    cells = {
        (code, labels[period]): {unit: cell for unit, cell in of_units.items() if unit in known}
        for (code, period), of_units in values.cells.items()
        if code in after.inputs and period in labels
        and code in before.inputs and before.inputs[code].type == after.inputs[code].type
    }  # fmt: skip
    lists = {
        (name, labels[period]): {unit: rows for unit, rows in of_units.items() if unit in known}
        for (name, period), of_units in values.lists.items()
        if period in labels and after.lists.get(name) == before.lists.get(name)
    }
    statuses = {
        item: of_units for item, of_units in values.item_statuses.items() if item in after.item
    }
    return replace(values, cells=cells, lists=lists, item_statuses=statuses, fixed={})

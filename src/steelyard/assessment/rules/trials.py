"""A draft tried on last year's values: what each rule would have given, and is the scheme fit to issue?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from steelyard.assessment.rules.components import Component, components_of, notes_of
from steelyard.assessment.rules.outcomes import (
    Outcome,
    Tried,
    items_of,
    outcomes_of,
    with_knowable_vetoes,
)
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Item, Scheme, Veto
from steelyard.weighing.result import Result
from steelyard.weighing.stress.findings import Stress
from steelyard.weighing.stress.fitness import stress, weighed
from steelyard.weighing.stress.policies import Policy
from steelyard.weighing.values import Values


@dataclass(frozen=True)
class Trial:
    """``could_not``: what stood in the way; those values were then taken as not applicable.

    ``untried``: the vetoes for which there are no values. ``has_last``: whether last year's result
    stands beside; ``gone``: its items that the draft does not have. An index has ``components`` in place
    of ``items``, and ``notes`` of what its method left out, filled or changed.
    """

    scheme: Scheme
    stress: Stress
    outcomes: Sequence[Outcome] = ()
    items: Sequence[Tried] = ()
    could_not: Sequence[Text] = ()
    untried: Sequence[Veto] = ()
    has_last: bool = False
    gone: Sequence[Item] = ()
    components: Sequence[Component] = ()
    notes: Sequence[Text] = ()

    @property
    def is_index(self) -> bool:
        return self.scheme.family == "index"


def tried(
    scheme: Scheme,
    values: Values | None,
    policies: Sequence[Policy] | None,
    last: Result | None = None,
) -> Trial:
    """``last``: what was weighed last year, to stand beside.

    Raises:
        Faulty: a value is of another type than a rule needs.
    """
    if values is None:
        return Trial(scheme, stress(scheme, None, policies=policies))
    knowable, untried = with_knowable_vetoes(scheme, values)
    report = stress(knowable, values, policies=policies)
    result, could_not = weighed(knowable, values)
    return Trial(
        scheme, report, outcomes_of(result, last), items_of(result, last), could_not, untried,
        last is not None, _gone(scheme, last.scheme if last is not None else scheme),
        components_of(result, last), notes_of(result),
    )  # fmt: skip


def _gone(scheme: Scheme, before: Scheme) -> tuple[Item, ...]:
    return tuple(leaf for leaf in before.leaves if leaf.code not in scheme.item)


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

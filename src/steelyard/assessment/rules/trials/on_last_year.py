"""A draft tried on last year's values: what each rule would have given, and is the scheme fit to issue?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.assessment.rules.trials.components import Component, components_of, notes_of
from steelyard.assessment.rules.trials.outcomes import (
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
from steelyard.weighing.stress.standing_in_the_way import standing_in_the_way
from steelyard.weighing.values import Values


@dataclass(frozen=True)
class Trial:
    """``could_not``: what stood in the way, a line a figure; those values were then taken as not applicable.
    ``left_behind``: what was not taken over from last year, for its code names another thing now.

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
    left_behind: Sequence[Text] = ()

    @property
    def is_index(self) -> bool:
        return self.scheme.family == "index"


def tried(
    scheme: Scheme,
    values: Values | None,
    policies: Sequence[Policy] | None,
    last: Result | None = None,
    left_behind: Sequence[Text] = (),
) -> Trial:
    """``last``: what was weighed last year, to stand beside.

    Raises:
        Faulty: a value is of another type than a rule needs.
    """
    if values is None:
        return Trial(scheme, stress(scheme, None, policies=policies))
    knowable, untried = with_knowable_vetoes(scheme, values)
    report = stress(knowable, values, policies=policies)
    result, refused = weighed(knowable, values)
    could_not = (standing_in_the_way(knowable, values) or refused) if refused else ()
    return Trial(
        scheme, report, outcomes_of(result, last), items_of(result, last), could_not, untried,
        last is not None, _gone(scheme, last.scheme if last is not None else scheme),
        components_of(result, last), notes_of(result), left_behind,
    )  # fmt: skip


def _gone(scheme: Scheme, before: Scheme) -> tuple[Item, ...]:
    return tuple(leaf for leaf in before.leaves if leaf.code not in scheme.item)

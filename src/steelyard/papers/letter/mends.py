"""What should a unit mend first? Single steps, each weighed alone: what it gives, and for how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.faults import Faulty
from steelyard.weighing.advice.levers import Cost, Lever, levers_of
from steelyard.weighing.advice.trials import changed_values
from steelyard.weighing.result import Result, Score
from steelyard.weighing.values import Value
from steelyard.weighing.weigh import weigh

MOST = 3
_TRIED = 4
"""Values tried of each lever, beside the last one."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One input from its value ``now`` to another, and the points that the unit gains by that alone.

    ``cost`` is in the cost table's measure, None where there is no cost table.
    """

    input: str
    now: Value
    to: Value
    gain: Score
    cost: Fraction | None


def cheapest_mends(
    result: Result, unit: str, *, costs: Sequence[Cost] | None = None, most: int = MOST
) -> tuple[Mend, ...]:
    """By points gained for each unit of cost; without a cost table by points gained.

    Without a cost table an input goes to the best value of any unit, or as far as it still gains.
    """
    found = []
    for lever in _levers(result, unit, costs):
        mend = _best(result, unit, lever, has_costs=costs is not None)
        if mend is not None:
            found.append(mend)
    found.sort(key=lambda one: (-_worth(one), one.input))
    return tuple(found[:most])


def _levers(result: Result, unit: str, costs: Sequence[Cost] | None) -> Iterable[Lever]:
    if costs is not None:
        return levers_of(result.scheme, result.values, unit, costs)
    if result.scheme.family == "index":
        from steelyard.weighing.advice.usual_index import usual_index_levers

        return usual_index_levers(result, unit)
    from steelyard.weighing.advice.usual import usual_levers

    return usual_levers(result, unit).levers


def _worth(mend: Mend) -> Score:
    return mend.gain / mend.cost if mend.cost else mend.gain


def _best(result: Result, unit: str, lever: Lever, *, has_costs: bool) -> Mend | None:
    """The value worth most; of those worth the same, the one nearest to today's."""
    choices = sorted(lever.choices[1:], key=lambda one: one.cost)
    step = max(len(choices) // _TRIED, 1)
    tried = {id(one): one for one in (*choices[step - 1 :: step], *choices[-1:])}.values()
    best: Mend | None = None
    for choice in tried:
        gain = _gain(result, unit, lever.input, choice.value)
        cost = choice.cost if has_costs else None
        mend = Mend(lever.input, lever.now, choice.value, gain, cost)
        if gain > 0 and (best is None or _worth(mend) > _worth(best)):
            best = mend
    return best


def _gain(result: Result, unit: str, code: str, value: Value) -> Score:
    """What the unit's total would be more; nothing where the scheme refuses the value."""
    values = changed_values(result.values, result.scheme, unit, {code: value})
    try:
        after = weigh(result.scheme, values).standing[unit].score
    except Faulty:
        return Fraction(0)
    before = result.standing[unit].score
    return Fraction(0) if after is None or before is None else after - before

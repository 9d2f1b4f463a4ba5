"""The obvious second way: weigh every combination of every lever."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.levers import Cost, levers_of
from steelyard.weighing.advice.targets import Target, checked, reaches
from steelyard.weighing.advice.trials import changed_values
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh


def cheapest(
    scheme: Scheme, values: Values, unit: str, target: Target, costs: tuple[Cost, ...]
) -> Fraction | None:
    """The least cost of any combination that weighing says reaches the target; None if none does."""
    target = checked(target, scheme)
    levers = levers_of(scheme, values, unit, costs)
    best = None
    for chosen in product(*(lever.choices for lever in levers)):
        cost = sum((choice.cost for choice in chosen), Fraction(0))
        if best is None or cost < best:
            new = {lever.input: one.value for lever, one in zip(levers, chosen, strict=True)}
            try:
                result = weigh(scheme, changed_values(values, scheme, unit, new))
            except Faulty:
                continue
            if reaches(result, unit, target):
                best = cost
    return best

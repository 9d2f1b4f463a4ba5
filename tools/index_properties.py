"""Which property does each method of an index have? Searched for on small tables, not asserted.

A property takes a method and a source of chance, draws a small case, and gives a counterexample or
None. The search draws the same cases on any machine, so the page made from it is stable; the tests
draw others (``tests/weighing/index/test_properties.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from random import Random
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from steelyard.scheme.method import Aggregate, AggregateBy, Normalise, NormaliseBy
from steelyard.weighing.index.aggregate import aggregated
from steelyard.weighing.index.normalise import Aims, CannotNormalise, normalised

Array = NDArray[np.float64]
DRAWS = 80
DRAWS_OF_PROGRAMMES = 10  # a linear programme a unit
_CLOSE = 1e-9
_ENOUGH = 8  # counterexamples, of which the shortest is shown


@dataclass(frozen=True, slots=True)
class Method:
    """A method with its settings, as the page names it."""

    name: str
    how: Normalise | Aggregate
    draws: int = DRAWS


@dataclass(frozen=True, slots=True)
class Property:
    """``counterexample`` draws one case, and says in what way the method fails on it."""

    zh: str
    en: str
    meaning: str
    counterexample: Callable[[Method, Random], str | None]


def first_counterexample(method: Method, property_: Property) -> str | None:
    """The shortest of a few counterexamples of a seeded search; None if none was met."""
    chance = Random(f"{method.name} {property_.en}")
    drawn = (counterexample(method, property_, chance) for _ in range(method.draws))
    met = islice((one for one in drawn if one is not None), _ENOUGH)
    return min(met, key=len, default=None)


def counterexample(method: Method, property_: Property, chance: Random) -> str | None:
    """One drawn case; None too if the method refuses the drawn values."""
    try:
        return property_.counterexample(method, chance)
    except CannotNormalise:
        return None


# --- the methods -------------------------------------------------------------------------------

_HALF = Fraction(1, 2)
_NORMALISE = {
    "z_score": Normalise("z_score"),
    "categorical": Normalise(
        "categorical", bands=((_HALF, Fraction(0)), (Fraction(1), Fraction(100)))
    ),
    "distance_to_reference": Normalise("distance_to_reference", reference="mean", as_="ratio"),
}
NORMALISE: tuple[Method, ...] = (
    *(Method(by, _NORMALISE.get(by, Normalise(by))) for by in get_args(NormaliseBy)),
    Method("distance_to_maximum, ratio", Normalise("distance_to_maximum", as_="ratio")),
    Method("distance_to_maximum, difference", Normalise("distance_to_maximum", as_="difference")),
)
_OWA = Aggregate("owa", order_weights=(Fraction(1), Fraction(2), Fraction(3)))
AGGREGATE: tuple[Method, ...] = (
    *(
        Method(
            by,
            {"owa": _OWA, "generalised": Aggregate("generalised", power=_HALF)}.get(by, Aggregate(by)),
            DRAWS_OF_PROGRAMMES if by == "benefit_of_the_doubt" else DRAWS,
        )
        for by in get_args(AggregateBy)
    ),
    Method(
        "benefit_of_the_doubt, shares 20% to 60%",
        Aggregate(
            "benefit_of_the_doubt", least_share=Fraction(1, 5), most_share=Fraction(3, 5)
        ),
        DRAWS_OF_PROGRAMMES,
    ),
)  # fmt: skip


# --- normalising -------------------------------------------------------------------------------

_AIMS = Aims(goalposts=(2.0, 16.0), target=15.0)  # some values lie beyond


def _normalise(method: Method, column: Array) -> Array:
    assert isinstance(method.how, Normalise)
    return normalised(column, method.how, _AIMS)


def _column(chance: Random) -> Array:
    """Three to five different values above 0 and not above 19, in any order."""
    return np.array(chance.sample(range(1, 20), chance.randint(3, 5)), dtype=float)


def better_is_not_worse(method: Method, chance: Random) -> str | None:
    column = _column(chance)
    scores = _normalise(method, column)
    in_order = scores[np.argsort(column)]
    if (np.diff(in_order) >= -_CLOSE).all():
        return None
    return f"{_said(column)} → {_said(scores)}"


def better_is_better(method: Method, chance: Random) -> str | None:
    column = _column(chance)
    scores = _normalise(method, column)
    if (np.diff(scores[np.argsort(column)]) > _CLOSE).all():
        return None
    return f"{_said(column)} → {_said(scores)}"


def indifferent_to_the_unit_of_measure(method: Method, chance: Random) -> str | None:
    column, times = _column(chance), chance.choice([2, 10])
    return _changed(method, column, column * times, f"times {times}")


def indifferent_to_the_zero_point(method: Method, chance: Random) -> str | None:
    column, plus = _column(chance), chance.choice([1, 10])
    return _changed(method, column, column + plus, f"plus {plus}")


def _changed(method: Method, column: Array, moved: Array, how: str) -> str | None:
    before, after = _normalise(method, column), _normalise(method, moved)
    if np.allclose(before, after, atol=_CLOSE):
        return None
    return f"{_said(column)} → {_said(before)}; {how} → {_said(after)}"


def indifferent_to_the_order_of_units(method: Method, chance: Random) -> str | None:
    column = _column(chance)
    order = chance.sample(range(column.size), column.size)
    before, after = _normalise(method, column)[order], _normalise(method, column[order])
    if np.allclose(before, after, atol=_CLOSE):
        return None
    return f"{_said(column[order])} → {_said(after)}, and not {_said(before)}"


def indifferent_to_other_units(method: Method, chance: Random) -> str | None:
    column = _column(chance)
    fewer = column[:-1]
    before, after = _normalise(method, column), _normalise(method, fewer)
    if fewer.size < 3 or np.allclose(before[:-1], after, atol=_CLOSE):
        return None
    return f"{_said(column)} → {_said(before)}; without {_said(column[-1:])} → {_said(after)}"


OF_NORMALISING: tuple[Property, ...] = (
    Property(
        "单调", "monotone", "who is better never gets less", better_is_not_worse
    ),
    Property(
        "区分差异", "tells apart", "who is better gets more",
        better_is_better,
    ),
    Property(
        "与计量单位无关", "indifferent to scale", "multiplying all values changes no score",
        indifferent_to_the_unit_of_measure,
    ),
    Property(
        "与零点无关", "indifferent to the zero point", "adding to all values changes no score",
        indifferent_to_the_zero_point,
    ),
    Property(
        "与单位次序无关", "indifferent to the order of units", "rows may come in any order",
        indifferent_to_the_order_of_units,
    ),
    Property(
        "与其他单位无关", "independent of other units", "leaving one unit out changes no other's score",
        indifferent_to_other_units,
    ),
)  # fmt: skip


# --- aggregating -------------------------------------------------------------------------------

_WEIGHTS = np.array([0.5, 0.3, 0.2])


def _aggregate(method: Method, table: Array) -> Array:
    assert isinstance(method.how, Aggregate)
    return aggregated(table, _WEIGHTS, method.how)


def _table(chance: Random) -> Array:
    """Three or four units with three scores each, from 1 to 100."""
    numbers = (1, 2, 5, 10, 20, 30, 50, 80, 99, 100)
    rows = range(chance.randint(3, 4))
    return np.array([[chance.choice(numbers) for _ in range(3)] for _ in rows], dtype=float)


def a_gain_is_no_loss(method: Method, chance: Random) -> str | None:
    table = _table(chance)
    child, gain = chance.randrange(3), chance.choice([1, 10, 50])
    more = table.copy()
    more[0, child] += gain
    before, after = _aggregate(method, table)[0], _aggregate(method, more)[0]
    if after >= before - _CLOSE:
        return None
    return f"{_said(table[0])} has {before:.4g}; {_said(more[0])} has {after:.4g}"


def within_the_range_of_its_children(method: Method, chance: Random) -> str | None:
    table = _table(chance)
    scores = _aggregate(method, table)
    outside = (scores < table.min(axis=1) - _CLOSE) | (scores > table.max(axis=1) + _CLOSE)
    if not outside.any():
        return None
    row = int(np.flatnonzero(outside)[0])
    others = "" if _alone(method) else f" among {_rows(table)}"
    return f"{_said(table[row])} has {scores[row]:.4g}{others}"


def order_indifferent_to_the_scale_of_a_child(method: Method, chance: Random) -> str | None:
    table, child, times = _table(chance), chance.randrange(3), chance.choice([2, 10])
    scaled = table.copy()
    scaled[:, child] *= times
    return _other_order(
        _aggregate(method, table),
        _aggregate(method, scaled),
        table,
        f"child {child + 1} times {times}",
    )


def order_of_units_is_indifferent(method: Method, chance: Random) -> str | None:
    table = _table(chance)
    order = chance.sample(range(len(table)), len(table))
    before, after = _aggregate(method, table)[order], _aggregate(method, table[order])
    if np.allclose(before, after, atol=_CLOSE):
        return None
    return f"{_rows(table[order])} has {_said(after)}, and not {_said(before)}"


def order_of_two_is_independent_of_a_third(method: Method, chance: Random) -> str | None:
    table = _table(chance)
    before, after = _aggregate(method, table)[:-1], _aggregate(method, table[:-1])
    return _other_order(before, after, table, f"without {_said(table[-1])}")


def _other_order(before: Array, after: Array, table: Array, change: str) -> str | None:
    """Whether two units change sides, or part or join."""
    pairs = [(a, b) for a in range(len(before)) for b in range(a)]
    sides = [(_side(before[a] - before[b]), _side(after[a] - after[b])) for a, b in pairs]
    if all(was == now for was, now in sides):
        return None
    return f"{_rows(table)} have {_said(before)}; {change} they have {_said(after)}"


def _side(difference: float) -> int:
    return 0 if abs(difference) <= _CLOSE else (1 if difference > 0 else -1)


def _alone(method: Method) -> bool:
    return not method.name.startswith(("copeland", "benefit"))


OF_AGGREGATING: tuple[Property, ...] = (
    Property("单调", "monotone", "a gain on one child is no loss on the whole", a_gain_is_no_loss),
    Property(
        "在下级得分范围内", "within its children's range", "between the lowest and the highest child",
        within_the_range_of_its_children,
    ),
    Property(
        "与下级尺度无关", "indifferent to scale", "multiplying one child for all units changes no order",
        order_indifferent_to_the_scale_of_a_child,
    ),
    Property(
        "与单位次序无关", "indifferent to the order of units", "rows may come in any order",
        order_of_units_is_indifferent,
    ),
    Property(
        "与无关单位无关", "independent of irrelevant units", "leaving a third unit out changes the order of no two",
        order_of_two_is_independent_of_a_third,
    ),
)  # fmt: skip


# --- how a case is said ------------------------------------------------------------------------


def _said(numbers: Sequence[float] | Array) -> str:
    return "(" + ", ".join(f"{number + 0.0:.4g}" for number in numbers) + ")"


def _rows(table: Array) -> str:
    return ", ".join(_said(row) for row in table)

"""Which period comes before, and how far back does a scheme ask?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from steelyard.kernel.periods import Period
from steelyard.records.intake.delivery import period_of
from steelyard.scheme.formula import Call, Formula, Name, Number, children
from steelyard.scheme.model import Scheme
from steelyard.scheme.uses import formulas_in, formulas_of_quantity

_BACK = {"last": 1, "growth": 1, "mean_of_last": 10}
"""Functions that ask about earlier periods, and how many they ask for at most when they do not say."""


def before(period: Period) -> Period:
    """The period of the same length that ends where this one starts.

    Whole months stay whole months.

    >>> str(before(Period(date(2021, 1, 1), date(2022, 1, 1))))
    '[2020-01-01, 2021-01-01)'
    """
    starts, ends = period.starts, period.ends
    if starts.day == ends.day == 1:
        months = (ends.year - starts.year) * 12 + ends.month - starts.month
        first = starts.year * 12 + starts.month - 1 - months
        return Period(date(first // 12, first % 12 + 1, 1), starts)
    return Period(starts - timedelta(days=(ends - starts).days), starts)


def earlier_periods(scheme: Scheme) -> Iterator[tuple[str, Period]]:
    """The earlier periods that a scheme names, the last first.

    Where its labels are years, each names its own: a scheme may pass one over. Else each ends where
    the one after it starts.
    """
    period = scheme.period
    says_when = _named(scheme.period_label) == period
    for label in scheme.earlier:
        named = _named(label) if says_when else None
        period = named or before(period)
        yield label, period


def _named(label: str) -> Period | None:
    try:
        return period_of(label)
    except ValueError:
        return None


def earlier_asked(scheme: Scheme) -> dict[str, int]:
    """How many periods back the scheme's formulas ask, by input, and by what that is told per."""
    found: dict[str, int] = {}
    for formula in formulas_in(scheme):
        for name, back in _asked_in(formula, 0, scheme, ()):
            for code in (name, *_divisor(name, scheme)):
                found[code] = max(found.get(code, 0), back)
    return found


def _divisor(name: str, scheme: Scheme) -> tuple[str, ...]:
    """The input that an input is told per, if it is: it is needed for the same periods."""
    one = scheme.inputs.get(name)
    return (one.tally.per,) if one is not None and one.tally is not None and one.tally.per else ()


def _asked_in(
    formula: Formula, back: int, scheme: Scheme, through: tuple[str, ...]
) -> Iterator[tuple[str, int]]:
    if isinstance(formula, Name):
        quantity = scheme.quantities.get(formula.code)
        if quantity is None:
            yield formula.code, back
        elif formula.code not in through:
            for one in formulas_of_quantity(quantity):
                yield from _asked_in(one, back, scheme, (*through, formula.code))
        return
    for child in children(formula):
        yield from _asked_in(child, back + _steps(formula), scheme, through)


def _steps(formula: Formula) -> int:
    if not isinstance(formula, Call) or formula.function not in _BACK:
        return 0
    said = [one for one in formula.arguments[1:] if isinstance(one, Number)]
    if formula.function != "growth" and said:
        return int(said[0].value)
    return _BACK[formula.function]

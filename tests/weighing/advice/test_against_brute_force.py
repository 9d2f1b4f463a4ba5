"""The advice costs exactly what the cheapest of all combinations costs, and weighing confirms it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.advise import advise
from steelyard.weighing.advice.levers import Cost
from steelyard.weighing.advice.targets import (
    Target,
    ToGrade,
    ToPoints,
    ToRank,
    checked,
    reaches,
)  # fmt: skip
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.weighing import random_schemes
from tests.weighing.advice import cities
from tests.weighing.advice.brute import cheapest


def agrees(
    scheme: Scheme, values: Values, unit: str, target: Target, costs: tuple[Cost, ...]
) -> None:
    advice = advise(scheme, values, unit, target, costs=costs)
    least = cheapest(scheme, values, unit, target, costs)
    if advice.outcome == "cannot":
        assert least is None
        assert advice.reasons
        return
    assert advice.is_proven
    assert advice.cost == least
    assert reaches(advice.after, unit, advice.target)


def can_be_asked(scheme: Scheme, values: Values, target: Target) -> bool:
    """Whether the values are weighed at all, and the target is one that somebody could have."""
    try:
        weigh(scheme, values)
        checked(target, scheme)
    except Faulty:
        return False
    return True


@pytest.mark.parametrize("seed", [*range(1000, 1130), 5880, 700229])
def test_points_scheme_of_four_cities(seed: int) -> None:
    case = cities.points_case(seed)
    if can_be_asked(case[0], case[1], case[3]):
        agrees(*case)


@pytest.mark.parametrize("seed", range(1000, 1050))
def test_index_scheme_of_four_cities(seed: int) -> None:
    case = cities.index_case(seed)
    if can_be_asked(case[0], case[1], case[3]):
        agrees(*case)


def test_the_random_cases_are_worth_asking() -> None:
    """Enough of them are reached by a plan, and enough cannot be."""
    found = [advise(*case[:2], *case[2:4], costs=case[4]).outcome
             for seed in range(1000, 1040)
             for case in [cities.points_case(seed)]
             if can_be_asked(case[0], case[1], case[3])]  # fmt: skip
    assert min(found.count("reached"), found.count("cannot")) >= 5


@st.composite
def costs(draw: st.DrawFn) -> tuple[Cost, ...]:
    """A few steps of some inputs, some of them free, and a text that may be switched."""
    rows = []
    for code in draw(st.lists(st.sampled_from(random_schemes.INPUTS), min_size=1, unique=True)):
        least, more = draw(st.integers(0, 4)), draw(st.integers(1, 5))
        price = draw(st.fractions(0, 3, max_denominator=3))
        step = draw(st.fractions(1, 2, max_denominator=2))
        rows.append(Cost(code, price, step, Fraction(least), Fraction(least + more)))
    return (*rows, Cost("level_of", Fraction(draw(st.integers(0, 4))), to="province"))


TARGETS = st.one_of(
    st.builds(ToRank, st.integers(1, 4)),
    st.builds(ToGrade, st.sampled_from(["best", "good"])),
    st.builds(ToPoints, st.fractions(0, 20, max_denominator=3)),
)


@settings(
    max_examples=25,
    suppress_health_check=[
        HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much,
    ],
)  # fmt: skip
@given(
    random_schemes.schemes(), random_schemes.values(), costs(), TARGETS,
    st.sampled_from(random_schemes.UNITS),
)  # fmt: skip
def test_any_points_scheme(document, data, table, target, unit) -> None:
    try:
        scheme = Scheme.from_document(document)
        values = Values.of(scheme, data["values"], earlier=data["earlier"], lists=data["lists"])
    except Faulty:
        assume(False)
    assume(can_be_asked(scheme, values, target))
    agrees(scheme, values, unit, target, table)

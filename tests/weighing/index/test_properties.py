"""What the reference says of each method is so: looked for on tables other than the page's own.

The two grids below are the claims, written by hand. Where one says yes, Hypothesis looks for a
counterexample; where it says no, the search of the page must find one.
"""

from __future__ import annotations

from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.scheme import method as said
from tools.index_properties import (
    AGGREGATE,
    NORMALISE,
    OF_AGGREGATING,
    OF_NORMALISING,
    Method,
    Property,
    counterexample,
    first_counterexample,
)
from tools.index_reference import STEPS

# monotone, tells apart, indifferent to scale, zero point, order of units; independent of other units
NORMALISING = {
    "none": "yes yes no no yes yes",
    "min_max": "yes yes yes yes yes no",
    "z_score": "yes yes yes yes yes no",
    "rank": "yes yes yes yes yes no",
    "percentile_rank": "yes yes yes yes yes no",
    "borda": "yes yes yes yes yes no",
    "goalposts": "yes no no no yes yes",
    "distance_to_target": "yes no no no yes no",
    "distance_to_maximum": "yes yes yes yes yes no",
    "distance_to_maximum, ratio": "yes yes yes no yes no",
    "distance_to_maximum, difference": "yes yes yes no yes no",
    "distance_to_reference": "yes yes yes no yes no",
    "fraction_of_maximum": "yes yes yes no yes no",
    "above_or_below_mean": "yes no yes no yes no",
    "categorical": "yes no yes yes yes no",
}
# monotone, within its children's range, indifferent to scale, order of units; irrelevant units
AGGREGATING = {
    "arithmetic": "yes yes no yes yes",
    "geometric": "yes yes yes yes yes",
    "harmonic": "yes yes no yes yes",
    "generalised": "yes yes no yes yes",
    "owa": "yes yes no yes yes",
    "copeland": "yes no yes yes no",
    "mazziotta_pareto": "no no no yes yes",
    "adjusted_mazziotta_pareto": "no no no yes yes",
    "benefit_of_the_doubt": "yes no yes yes no",
    "benefit_of_the_doubt, shares 20% to 60%": "yes no no yes no",
}


def cases(answer: str) -> list[object]:
    """Every method with every property that it has, or has not."""
    return [
        pytest.param(method, property_, id=f"{method.name}: {property_.en}")
        for claims, methods, properties in (
            (NORMALISING, NORMALISE, OF_NORMALISING),
            (AGGREGATING, AGGREGATE, OF_AGGREGATING),
        )
        for method in methods
        for property_, claim in zip(properties, claims[method.name].split(), strict=True)
        if claim == answer
    ]


@pytest.mark.parametrize(("method", "property_"), cases("yes"))
@settings(max_examples=20, deadline=None, derandomize=True)
@given(chance=st.randoms(use_true_random=False))
def test_method_has_the_property(method: Method, property_: Property, chance: Random) -> None:
    assert counterexample(method, property_, chance) is None


@pytest.mark.parametrize(("method", "property_"), cases("no"))
def test_page_shows_where_the_property_fails(method: Method, property_: Property) -> None:
    assert first_counterexample(method, property_) is not None


def test_search_finds_the_same_on_every_run() -> None:
    method, property_ = NORMALISE[1], OF_NORMALISING[-1]
    assert first_counterexample(method, property_) == first_counterexample(method, property_)


def test_every_method_of_the_scheme_has_its_claims() -> None:
    """A method named with its settings is one that stands under its plain name too."""
    assert {name.partition(",")[0] for name in NORMALISING} == set(get_args(said.NormaliseBy))
    assert {name.partition(",")[0] for name in AGGREGATING} == set(get_args(said.AggregateBy))


def test_reference_names_every_method_of_every_step() -> None:
    kinds = (
        said.Transform, said.ImputeBy, said.TreatBy, said.NormaliseBy, said.WeighBy, said.AggregateBy
    )  # fmt: skip
    assert [set(step.methods) for step in STEPS] == [set(get_args(kind)) for kind in kinds]


def test_every_policy_on_missing_data_says_whom_it_favours() -> None:
    assert set(said.FAVOURS) == set(get_args(said.ImputeBy)) | set(get_args(said.MissingBy))
    assert all(sentence.zh and sentence.en for sentence in said.FAVOURS.values())

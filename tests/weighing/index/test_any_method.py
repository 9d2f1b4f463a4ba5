"""Any method on any table: an index, or faults that a person can act on; nothing else, and no warning."""

from __future__ import annotations

import json
from typing import Any, get_args

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.scheme.method import (
    Aggregate,
    AggregateBy,
    Direction,
    DistanceAs,
    Impute,
    ImputeBy,
    ItemMethod,
    Method,
    MissingBy,
    Normalise,
    NormaliseBy,
    Screen,
    Then,
    Transform,
    Treat,
    TreatBy,
    Weigh,
    WeighBy,
)
from steelyard.weighing.index.compose import Spec, compose
from tests.weighing.index.builders import PLACES, f, spec

CODES = ("a", "b", "c", "d")
TREES = (
    {"": CODES},
    {"": ("P", "d"), "P": ("a", "b", "c")},
    {"": ("P", "Q"), "P": ("a", "b"), "Q": ("c", "d")},
)
numbers = st.sampled_from([-2, -1, 0, "1/3", "0.5", 1, 2, 100]).map(f)
any_two = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1])
rising = st.sampled_from([(f(0), f(1)), (f(1), f(100)), (f(70), f(130))])
pairs = st.sampled_from([rising, rising, rising, any_two]).flatmap(lambda kind: kind)
usual = st.integers(1, 30).map(float) | st.floats(0.01, 1e6)
gaps = st.none() | usual
strange = st.sampled_from([None, 0.0, -1.0, 1e-300, -1e-300, 1e99, -1e99, 1e200])
values = st.sampled_from([usual, usual, usual, gaps, strange | usual])


def one_of(alias: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(alias))


imputes = st.builds(Impute, one_of(ImputeBy))
treats = st.builds(Treat, one_of(TreatBy), at_most=st.integers(0, 9), then=one_of(Then))
normalises = st.builds(
    Normalise, one_of(NormaliseBy), st.none() | pairs,
    st.sampled_from(["mean", "best", "worst", "Jiangmen", "Atlantis"]), one_of(DistanceAs),
    st.sampled_from(["others", "units"]), st.booleans(),
    st.sampled_from([(), ((f("0.5"), f(1)), (f(1), f(2)))]),
)  # fmt: skip
weighs = st.builds(Weigh, one_of(WeighBy), st.sampled_from([f(0), f(1), f(9)]))
aggregates = st.builds(
    Aggregate, one_of(AggregateBy), one_of(MissingBy), numbers,
    st.lists(numbers, max_size=4).map(tuple), st.sampled_from([-1, 1]),
    st.sampled_from([f(0), f("0.1")]), st.sampled_from([f(1), f("0.6")]),
)  # fmt: skip
methods = st.builds(
    Method, st.builds(Screen, st.sampled_from([f(0), f("0.5")]), st.sampled_from([f(0), f("0.5")])),
    imputes, treats, normalises, weighs, st.lists(aggregates, min_size=1, max_size=3).map(tuple),
)  # fmt: skip
items = st.builds(
    ItemMethod, direction=one_of(Direction), denominator=st.sampled_from(["", "people"]),
    transform=st.none() | one_of(Transform), goalposts=st.none() | pairs, target=st.none() | numbers,
    impute=st.none() | imputes, treat=st.none() | treats, normalise=st.none() | normalises,
)  # fmt: skip


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    units = draw(st.integers(1, len(PLACES)) | st.just(len(PLACES)))
    columns = values.flatmap(lambda kind: st.lists(kind, min_size=units, max_size=units))
    return spec(
        {code: draw(columns) for code in CODES},
        tree=draw(st.sampled_from(TREES)),
        method=draw(methods),
        items=draw(st.dictionaries(st.sampled_from(CODES), items, max_size=1)),
        denominators={"people": draw(columns)},
        previous=draw(st.sampled_from([{}, {code: [5.0] * units for code in CODES}])),
        groups={"": ["delta"] * units},
    )


@settings(max_examples=400, deadline=None)
@given(specs())
def test_any_method_gives_an_index_or_faults(asked: Spec) -> None:
    try:
        result = compose(asked)
    except Faulty as refused:
        for fault in refused.faults:
            assert fault.what.zh
            assert fault.what.en
            assert fault.mend.zh != fault.mend.en
        return
    json.dumps(result.document(), allow_nan=False)
    scores, ranks = result.scores[""], result.ranks[""]
    assert (np.isnan(scores) == np.isnan(ranks)).all()
    assert all(abs(sum(used.values()) - 1) < 1e-9 for used in result.weights.values())


@settings(max_examples=150, deadline=None)
@given(specs())
def test_who_has_every_value_has_a_score(asked: Spec) -> None:
    try:
        result = compose(asked)
    except Faulty:
        return
    complete = ~np.isnan(list(result.steps["normalised"].values())).any(axis=0)
    assert not np.isnan(result.scores[""][complete & result.kept]).any()

"""Many versions at once equal the exact engine, one version at a time, on random schemes."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import ROOT, Scheme
from steelyard.weighing.batch.board import Batch, Versions
from steelyard.weighing.batch.standings import outcomes
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from steelyard.weighing.what_if import what_if
from tests.builders import item, scheme
from tests.weighing.random_schemes import INPUTS, UNITS, schemes, values

SLOW = settings(
    max_examples=60,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)


def weighed(document, drawn):
    try:
        scheme = Scheme.from_document(document)
        data = Values.of(scheme, drawn["values"], earlier=drawn["earlier"], lists=drawn["lists"])
        return weigh(scheme, data)
    except Faulty:
        return None


def as_inputs(result):
    """Every number of this period as if it had been drawn, so that nothing is taken over."""
    found = {}
    for code in INPUTS:
        cells = result.values.cells.get((code, result.scheme.period_label), {})
        values_ = [cells[unit].value if unit in cells else None for unit in UNITS]
        found[code] = np.array([[np.nan if value is None else float(value) for value in values_]])
    return found


def or_nan(value):
    return np.nan if value is None else float(value)


def is_on_an_edge(result):
    """Totals so near to each other, or to a cut-off, that floats may part what is equal or not."""
    scores = [float(one.score) for one in result.standings if one.score is not None]
    cuts = [
        float(one) for g in result.scheme.grades for one in (g.at_least, g.above) if one is not None
    ]
    return any(0 < abs(a - b) < 1e-6 for a in scores for b in [*scores, *cuts])


@SLOW
@given(document=schemes(), drawn=values())
def test_what_is_computed_in_floats_equals_the_exact_result(document, drawn):
    result = weighed(document, drawn)
    if result is None:
        return
    batch = Batch(result.scheme, result.values, Versions(inputs=as_inputs(result)))
    for code, scores in result.items.items():
        found = batch.item(code)
        own = [
            np.broadcast_to(array, (1, len(UNITS)))[0] for array in (found.points, found.possible)
        ]
        expected = [
            [or_nan(scores[u].points) for u in UNITS],
            [float(scores[u].possible) for u in UNITS],
        ]
        assert own[0].tolist() == pytest.approx(expected[0], abs=1e-9, nan_ok=True), code
        assert own[1].tolist() == pytest.approx(expected[1], abs=1e-9), code


@SLOW
@given(document=schemes(), drawn=values())
def test_ranks_and_grades_equal_the_exact_ones(document, drawn):
    result = weighed(document, drawn)
    if result is None or is_on_an_edge(result):
        return
    totals = np.array([[or_nan(result.standing[unit].before) for unit in UNITS]])
    batch = Batch(result.scheme, result.values, Versions(inputs=as_inputs(result)))
    found = outcomes(
        batch, totals, lambda code: (batch.item(code).points, batch.item(code).possible)
    )
    grades = [grade.code for grade in result.scheme.grades]
    told = [result.standing[unit] for unit in UNITS]
    assert found.scores[0].tolist() == pytest.approx(
        [or_nan(one.score) for one in told], nan_ok=True
    )
    assert found.ranks[0].tolist() == pytest.approx([or_nan(one.rank) for one in told], nan_ok=True)
    assert found.grades[0].tolist() == [
        grades.index(one.grade) if one.grade else -1 for one in told
    ]


@SLOW
@given(document=schemes(), drawn=values(), data=st.data())
def test_several_versions_are_each_weighed_as_if_alone(document, drawn, data):
    """Three versions of the numbers: the batch of three equals three weighings."""
    result = weighed(document, drawn)
    if result is None:
        return
    versions = [data.draw(values())["values"] for _ in range(3)]
    inputs = {
        code: np.array(
            [
                [or_nan(_fraction(v[u][code], drawn["values"][u][code])) for u in UNITS]
                for v in versions
            ]
        )
        for code in INPUTS
    }
    batch = Batch(result.scheme, result.values, Versions(inputs=inputs))
    found = np.broadcast_to(batch.item(ROOT).points, (3, len(UNITS)))
    for row, version in enumerate(versions):
        mixed = {
            u: {c: (version[u][c] if version[u][c] is not None and c in INPUTS else drawn["values"][u][c])
                for c in drawn["values"][u]} for u in UNITS
        }  # fmt: skip
        alone = weighed(document, drawn | {"values": mixed})
        if alone is not None:
            expected = [or_nan(alone.items[ROOT][unit].points) for unit in UNITS]
            assert found[row].tolist() == pytest.approx(expected, abs=1e-9, nan_ok=True)


def _fraction(drawn, delivered):
    """A value that is drawn as missing stays as delivered."""
    written = drawn if drawn is not None else delivered
    return None if written is None else Fraction(written)


CITIES = ("p", "q")


def of_two(items, values_, **changes):
    made = scheme(units=[{"code": c, "title": c} for c in CITIES], items=items, **changes)
    return weigh(made, Values.of(made, dict(zip(CITIES, values_, strict=True))))


def points_in(batch, code):
    return np.broadcast_to(batch.item(code).points, (1, len(CITIES)))[0].tolist()


@pytest.mark.parametrize("bound", ["cap", "floor"])
def test_a_bound_that_is_unknown_leads_where_its_state_does(bound):
    result = of_two(
        [item("A", 10, {"points": "a"}, **{bound: "b"})],
        [{"a": 3, "b": 2}, {"a": 3, "b": None}],
        on={"missing": "not_applicable"},
    )
    batch = Batch(result.scheme, result.values, Versions(inputs={"a": np.array([[3.0, 3.0]])}))
    expected = [or_nan(result.items["A"][city].points) for city in CITIES]
    assert points_in(batch, "A") == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("adjustment", ["-1", "-full / 10"])
@pytest.mark.parametrize("factors", [{"G": "1/2"}, {"G": "1/2", "A": "3/4"}, {"P": "3/2"}])
def test_what_adjusts_a_group_is_not_scaled_with_its_points(adjustment, factors):
    result = of_two(
        [item("P", rule=None), item("G", rule=None, parent="P", adjust=[{"points": adjustment}]),
         item("A", 10, {"points": "a"}, parent="G"), item("B", 10, {"points": "b"}, parent="G"),
         item("C", 10, {"points": "b"})],
        [{"a": 3, "b": 2}, {"a": 4, "b": 6}],
    )  # fmt: skip
    changed = result.scheme
    for code, factor in factors.items():
        new = changed.full[code] * Fraction(factor)
        changed = what_if(changed, result.values, points={code: new}).scheme
    exact = weigh(changed, result.values)
    scaled = {code: np.array([[float(Fraction(one))]]) for code, one in factors.items()}
    batch = Batch(result.scheme, result.values, Versions(factors=scaled))
    for code in ("G", "P", ROOT):
        expected = [or_nan(exact.items[code][city].points) for city in CITIES]
        assert points_in(batch, code) == pytest.approx(expected), code


@settings(SLOW, max_examples=40)
@given(document=schemes(), drawn=values(), data=st.data())
def test_scaled_points_and_a_leaf_left_out_are_weighed_as_a_scheme_so_changed(
    document, drawn, data
):
    result = weighed(document, drawn)
    if result is None:
        return
    scaled = {
        one.code: data.draw(st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(5, 4)]))
        for one in result.scheme.items
        if one.kind == "item" and result.scheme.full[one.code]
    }
    out = data.draw(st.sampled_from([leaf.code for leaf in result.scheme.leaves]))
    changed = result.scheme
    try:
        for code, factor in scaled.items():
            new = changed.full[code] * factor
            changed = what_if(changed, result.values, points={code: new}).scheme
        exact = weigh(_without(changed, out), result.values)
    except Faulty:
        return
    versions = Versions(
        factors={code: np.array([[float(factor)]]) for code, factor in scaled.items()},
        left_out={out: np.array([[True]])},
    )
    batch = Batch(result.scheme, result.values, versions)
    for code, scores in exact.items.items():
        found = np.broadcast_to(batch.item(code).points, (1, len(UNITS)))[0]
        expected = [or_nan(scores[unit].points) for unit in UNITS]
        assert found.tolist() == pytest.approx(expected, abs=1e-9, nan_ok=True), code


def _without(changed, code):
    """The scheme in which a leaf applies to nobody."""
    items = (replace(i, applies_to=("nobody",)) if i.code == code else i for i in changed.items)
    return replace(changed, items=tuple(items))

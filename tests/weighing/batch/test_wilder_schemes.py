"""Many versions at once equal the exact engine on schemes that nest, bound, overrule and leave out.

Beyond what :mod:`tests.weighing.random_schemes` draws: groups within groups, groups that are bonuses or
deductions or have a rule, bounds and conditions of their own, statuses of data and items, several vetoes,
tie-breaks, rounded totals.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.scheme.uncertainty import Spread
from steelyard.weighing.batch.board import Batch, Versions
from steelyard.weighing.uncertainty.points.spread import factors, varied_groups
from steelyard.weighing.values import Cell, Values
from steelyard.weighing.weigh import weigh
from steelyard.weighing.what_if import what_if
from tests.weighing.batch.test_against_exact import as_inputs, or_nan
from tests.weighing.random_schemes import INPUTS, UNITS, conditions, schemes, values

SOME = settings(max_examples=40, suppress_health_check=list(HealthCheck))
STATUSES = ["missing", "not_applicable", "no_material", "unreliable", "late"]
WHEN = ["known(a) and a > 5", "known(b) and b > 4", "known(c) and c < 3", "total > 8"]
THEN = [{"grade": "rest"}, {"best_grade": "good"}, {"score": 1}, {"rank": "last"}, {"rank": "none"},
        {"lower_by": 1}, {"lower_by": 1, "rank": "last"}]  # fmt: skip


@st.composite
def wilder_schemes(draw):
    document = draw(schemes())
    groups = {one["code"]: one for one in document["items"] if "rule" not in one}
    if draw(st.booleans()):
        groups["H"] |= {"parent": "G", "weight": draw(st.integers(1, 3))}
    kind = draw(st.sampled_from(["item", "bonus", "deduction"]))
    if kind != "item":
        groups["H"] |= {"kind": kind, "points": 5, "gap": {"points": 5, "note": "random"}}
    for group in groups.values():
        group |= draw(bounds_of_groups())
        if not draw(st.integers(0, 4)):
            del group["combine"], group["not_applicable"]
            group["rule"] = {"points": f'score("{group["code"]}0") * 2'}
    document["total"] |= draw(st.fixed_dictionaries({}, optional={"rounded_to": st.integers(0, 2)}))
    breaks = st.lists(st.sampled_from(["a", 'score("G")', "all_rank(c)"]), min_size=1, max_size=2)
    document["ranking"] |= draw(st.fixed_dictionaries({}, optional={"tie_break": breaks}))
    vetoes = draw(st.lists(st.tuples(st.sampled_from(WHEN), st.sampled_from(THEN)), max_size=3))
    document["vetoes"] = [
        {"code": f"v{n}", "title": "v", "when": when, "then": then}
        for n, (when, then) in enumerate(vetoes)
    ]
    return document


def bounds_of_groups():
    return st.fixed_dictionaries(
        {},
        optional={
            "zero_if": conditions(), "full_if": conditions(), "not_applicable_if": conditions(),
            "cap": st.sampled_from(["none", 8, "full * 80%"]), "floor": st.sampled_from(["none", -2, 3]),
            "applies_to": st.just(["g2"]),
        },
    )  # fmt: skip


def of_cells():
    one = st.tuples(st.sampled_from(INPUTS), st.sampled_from(UNITS), st.sampled_from(STATUSES))
    return st.lists(one, max_size=3)


def weighed(document, drawn, of_cells=(), of_items=()):
    """The exact result with statuses of cells, and of items for all units; None if it is refused."""
    try:
        scheme = Scheme.from_document(document)
        data = Values.of(scheme, drawn["values"], earlier=drawn["earlier"], lists=drawn["lists"])
        cells = {key: dict(of_unit) for key, of_unit in data.cells.items()}
        for code, unit, status in of_cells:
            own = cells.setdefault((code, scheme.period_label), {})
            keeps = status in ("late", "unreliable") and unit in own
            own[unit] = Cell(own[unit].value if keeps else None, status)
        items = {code: dict.fromkeys(UNITS, status) for code, status in of_items}
        return weigh(scheme, replace(data, cells=cells, item_statuses=items))
    except Faulty:
        return None


def assert_equal_scores(batch, result):
    for code, of_unit in result.items.items():
        found = batch.item(code)
        points, possible = (
            np.broadcast_to(array, (1, len(UNITS)))[0] for array in (found.points, found.possible)
        )
        expected = [or_nan(of_unit[unit].points) for unit in UNITS]
        assert points.tolist() == pytest.approx(expected, abs=1e-8, nan_ok=True), code
        assert possible.tolist() == pytest.approx(
            [float(of_unit[unit].possible) for unit in UNITS], abs=1e-8
        ), code


@SOME
@given(document=wilder_schemes(), drawn=values(), statuses=of_cells())
def test_scores_of_a_wilder_scheme_equal_the_exact_ones(document, drawn, statuses):
    result = weighed(document, drawn, statuses)
    if result is not None:
        batch = Batch(result.scheme, result.values, Versions(inputs=as_inputs(result)))
        assert_equal_scores(batch, result)


@SOME
@given(document=wilder_schemes(), drawn=values(), statuses=of_cells(), data=st.data())
def test_a_leaf_left_out_is_one_that_applies_to_nobody(document, drawn, statuses, data):
    leaves = [one["code"] for one in document["items"] if one["code"][-1].isdigit()]
    leaf = data.draw(st.sampled_from(leaves))
    for one in document["items"]:
        if (
            one["code"] == leaf
        ):  # if it is unknown whether it applies, the state would be asked first
            one.pop("not_applicable_if", None)
    before = weighed(document, drawn, statuses)
    without = weighed(document, drawn, statuses, [(leaf, "not_applicable")])
    if before is None or without is None:
        return
    for inputs in ({}, as_inputs(before)):
        out = Versions(inputs=inputs, left_out={leaf: np.array([[True]])})
        assert_equal_scores(Batch(before.scheme, before.values, out), without)


@SOME
@given(document=wilder_schemes(), drawn=values(), data=st.data())
def test_drawn_points_are_those_of_the_scheme_so_scaled(document, drawn, data):
    before, spread = weighed(document, drawn), Spread(Fraction(9, 10))
    groups = varied_groups(before.scheme, spread) if before is not None else ()
    if not groups:
        return
    rows = np.array([[data.draw(st.sampled_from([0.1, 0.5, 0.9])) for own in groups for _ in own]])
    scaled = factors(before.scheme, spread, groups, rows)
    exact = what_if(before.scheme, before.values, points=new_points(before.scheme, scaled))
    for inputs in ({}, as_inputs(before)):
        versions = Versions(inputs=inputs, factors=scaled)
        assert_equal_scores(Batch(before.scheme, before.values, versions), exact)


def new_points(scheme, scaled):
    """Groups first, their items after them, each with the factors of all above it."""
    found = {}
    for one in scheme.in_order[1:]:
        factor, here = Fraction(1), one
        while here.code:
            factor *= Fraction(float(scaled[here.code][0, 0])) if here.code in scaled else 1
            here = scheme.item[here.parent]
        if one.code in scaled:
            found[one.code] = scheme.full[one.code] * factor
    return found


@SOME
@given(document=wilder_schemes(), drawn=values(), data=st.data())
def test_rows_counted_are_rows_repeated(document, drawn, data):
    before = weighed(document, drawn)
    often = {u: [data.draw(st.integers(0, 2)) for _ in drawn["lists"]["events"][u]] for u in UNITS}
    repeated = {
        unit: [row for row, n in zip(rows, often[unit], strict=True) for _ in range(n)]
        for unit, rows in drawn["lists"]["events"].items()
    }
    exact = weighed(document, drawn | {"lists": {"events": repeated}})
    if before is None or exact is None:
        return
    times = np.array([[n for unit in UNITS for n in often[unit]]], float)
    batch = Batch(before.scheme, before.values, Versions(times={"events": times}))
    assert_equal_scores(batch, exact)

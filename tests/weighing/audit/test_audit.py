"""An audit of points schemes and indexes: what it looks at, what it leaves open, and its properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.weighing.audit import audit
from steelyard.weighing.uncertainty.findings import Audit, GroupAudit, LeafAudit
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.builders import item, weighed
from tests.weighing.random_schemes import schemes
from tests.weighing.random_schemes import values as drawn_values

Rows = Mapping[str, Sequence[float | None]]
NAMES = {"jm": "江门", "zs": "中山", "zh": "珠海", "fs": "佛山", "mz": "梅州", "hy": "河源"}


def units(count: int) -> list[dict[str, str]]:
    return [{"code": code, "title": title} for code, title in list(NAMES.items())[:count]]


def values(columns: Rows) -> dict[str, dict[str, object]]:
    count = len(next(iter(columns.values())))
    return {
        unit["code"]: {code: column[row] for code, column in columns.items()}
        for row, unit in enumerate(units(count))
    }


def index(columns: Rows, items: Sequence[Any] | None = None, **more: Any) -> Audit:
    """Indicators straight under the root unless ``items`` says otherwise."""
    count = len(next(iter(columns.values())))
    made = items or [item(code) for code in columns]
    return audit(weighed(values(columns), family="index", units=units(count), items=made, **more))


def points(columns: Rows, items: Sequence[Any] | None = None, **more: Any) -> Audit:
    """Each item of 10 points gives what its column says."""
    count = len(next(iter(columns.values())))
    made = items or [item(code, 10, {"points": code}) for code in columns]
    return audit(weighed(values(columns), units=units(count), items=made, **more))


def leaf(found: Audit, code: str) -> LeafAudit:
    (one,) = [leaf for leaf in found.leaves if leaf.item == code]
    return one


def group(found: Audit, code: str = "") -> GroupAudit:
    (one,) = [group for group in found.groups if group.group == code]
    return one


def notes(found: Audit) -> str:
    return "\n".join(note.en for note in found.notes)


TWINS = {"a": [1, 2, 3, 4], "b": [2, 4, 6, 8], "c": [5, 1, 4, 2]}


# --- correlation and consistency -------------------------------------------------------------------------


def test_twins_are_redundant_and_have_alpha_one_and_one_component() -> None:
    found = index({"a": TWINS["a"], "b": TWINS["b"]})
    (flag,) = found.flags
    assert (flag.item, flag.other, flag.kind) == ("a", "b", "redundant")
    assert flag.correlation == pytest.approx(1)
    assert group(found).alpha == pytest.approx(1)
    assert (group(found).explained, group(found).kept) == (pytest.approx((1, 0)), 1)
    assert group(found).eigenvalues == pytest.approx((2, 0))


def test_a_direction_turned_over_turns_the_correlation_over() -> None:
    found = index(
        {"a": TWINS["a"], "b": TWINS["b"], "c": TWINS["a"]},
        items=[item("a"), item("b", direction="lower"), item("c")],
    )
    assert {(flag.item, flag.other, flag.kind) for flag in found.flags} == {
        ("a", "c", "redundant"), ("a", "b", "opposed"), ("b", "c", "opposed"), ("b", "", "opposed"),
    }  # fmt: skip


def test_what_chance_alone_would_give_is_not_flagged() -> None:
    # Of three units even 0.99 may come about by chance (0.997 at one in twenty).
    nearly = {"a": [1, 2, 3], "b": [1, 2.3, 3]}
    assert not index(nearly).flags
    assert "two unrelated columns correlate by ±1.00" in notes(index(nearly))


def test_pairs_are_looked_for_within_a_group_alone() -> None:
    items = [
        item("P"),
        item("Q"),
        *(item(c, parent=g) for c, g in (("a", "P"), ("c", "P"), ("b", "Q"), ("d", "Q"))),
    ]
    columns = {
        "a": [1, 2, 3, 4, 5, 6],
        "b": [1, 2, 3, 4, 5, 6],
        "c": [3, 1, 4, 1, 5, 9],
        "d": [9, 2, 6, 5, 3, 5],
    }
    found = index(columns, items=items)
    assert ("a", "b") not in {(flag.item, flag.other) for flag in found.flags}
    assert [one.group for one in found.groups] == ["", "P", "Q"]


# --- what cannot be said -----------------------------------------------------------------------------------


def test_two_units_are_too_few_and_the_note_says_so() -> None:
    found = index({"a": [1, 2], "b": [2, 1]})
    assert [(one.effective, one.skewness) for one in found.leaves] == [(None, None)] * 2
    assert (group(found).alpha, group(found).explained, found.flags) == (None, (), ())
    assert (
        "Only 2 units have a total: correlations, alpha, components and influence need 3."
        in notes(found)
    )


def test_an_item_on_which_all_score_the_same_has_no_influence_and_is_named() -> None:
    found = points({"a": [1, 2, 3, 4], "b": [7, 7, 7, 7]})
    assert leaf(found, "b").effective is None
    assert leaf(found, "a").effective == pytest.approx(1)
    assert group(found).children == ("a",)
    assert "it decides nothing: b Item b." in notes(found)


def test_equal_totals_are_said_to_be_equal() -> None:
    found = points({"a": [1, 2, 3], "b": [3, 2, 1]})
    assert [one.effective for one in found.leaves] == [None, None]
    assert "All totals are equal" in notes(found)


# --- availability ------------------------------------------------------------------------------------------


def test_what_is_known_is_counted_before_anything_is_filled_in() -> None:
    holes = {"a": [1, None, 3, 4], "b": [2, None, 6, 7]}
    found = index(holes, method={"impute": {"by": "mean"}})
    assert leaf(found, "a").known == leaf(found, "b").known == 0.75
    assert "Not all is known of (in brackets, the share of indicators known): 中山 (0%)." in notes(
        found
    )


def test_missing_scores_leave_out_their_unit_in_that_pair() -> None:
    found = index({"a": [1, 2, 3, 4, None], "b": [2, 4, 6, 8, 10], "c": [5, 1, 4, 2, 3]})
    assert ("a", "b", "redundant") in {(f.item, f.other, f.kind) for f in found.flags}
    assert "left out of those pairs alone" in notes(found)


def test_a_point_item_that_does_not_apply_is_neither_known_nor_missing() -> None:
    items = [
        item("a", 10, {"points": "a"}, on={"missing": "zero"}),
        item("b", 10, {"points": "b"}, not_applicable_if="b > 8"),
    ]
    found = points({"a": [1, None, 3, 4], "b": [2, 3, 4, 9]}, items=items)
    assert (leaf(found, "a").known, leaf(found, "b").known) == (0.75, 1.0)
    assert "中山 (50%)" in notes(found)


# --- weight and influence ------------------------------------------------------------------------------------


def test_nominal_weights_go_down_the_tree() -> None:
    items = [item("P", weight=3), item("Q", weight=1), item("a", parent="P", weight=1),
             item("b", parent="P", weight=2), item("c", parent="Q")]  # fmt: skip
    found = index({"a": [1, 2, 3], "b": [3, 1, 2], "c": [2, 3, 1]}, items=items)
    assert [one.nominal for one in found.leaves] == pytest.approx([1 / 4, 1 / 2, 1 / 4])


def test_nominal_points_are_shares_of_the_full_points_and_bonuses_have_none() -> None:
    items = [
        item("a", 30, {"points": "a"}), item("b", 10, {"points": "b"}),
        item("extra", 5, {"points": "extra"}, kind="bonus"),
    ]  # fmt: skip
    found = points({"a": [10, 10, 10, 11], "b": [5, 5, 6, 5], "extra": [0, 5, 1, 3]}, items=items)
    assert [one.nominal for one in found.leaves] == [0.75, 0.25, 0]
    assert not leaf(found, "extra").misleads
    assert "Bonuses and deductions are no part of the full points, yet have 8" in notes(found)


def test_an_item_that_hardly_varies_weighs_less_than_it_says() -> None:
    found = points({"a": [9.9, 10, 9.9, 10, 9.9], "b": [1, 9, 8, 2, 5]})
    assert leaf(found, "b").effective == pytest.approx(1, abs=0.1)
    assert leaf(found, "a").misleads
    assert not leaf(found, "b").misleads


def test_what_runs_against_the_total_is_named_with_its_correlation() -> None:
    found = points({"a": [1, 2, 3, 4, 5, 6], "b": [9, 8, 7, 6, 5, 4], "c": [0, 1, 4, 6, 8, 10]})
    assert "check the direction: b Item b (-1.00)" in notes(found)


def test_an_outlier_is_named_by_its_unit() -> None:
    found = points({"a": [0, 0, 0, 0, 0, 10], "b": [1, 2, 3, 4, 5, 6]})
    assert leaf(found, "a").outliers == ("hy",)
    assert leaf(found, "b").outliers == ()


def test_the_schemes_own_bounds_decide_who_is_an_outlier() -> None:
    lenient = {"treat": {"by": "winsorise", "skew": 50}}
    columns = {"a": [0, 0, 0, 0, 0, 10], "b": [1, 2, 3, 4, 5, 6]}
    assert leaf(index(columns), "a").outliers == ("hy",)
    assert leaf(index(columns, method=lenient), "a").outliers == ()


def test_a_skewness_of_exactly_two_is_within_the_bounds_whatever_the_order() -> None:
    one = [0, 0, 0, 1]
    turned = [one[i:] + one[:i] for i in range(4)]
    found = [points({"a": column, "b": [1, 2, 3, 4]}) for column in turned]
    assert [leaf(each, "a").outliers for each in found] == [()] * 4


# --- properties ------------------------------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[float]]:
    count = draw(st.integers(4, 6))
    numbers = st.lists(st.integers(0, 10).map(float), min_size=count, max_size=count)
    return {code: draw(numbers) for code in "abc"}


@given(tables())
@settings(max_examples=40)
def test_effective_shares_and_components_sum_to_one(columns: dict[str, list[float]]) -> None:
    found = points(columns)
    shares = [one.effective for one in found.leaves if one.effective is not None]
    assert not shares or sum(shares) == pytest.approx(1)
    explained = group(found).explained
    assert not explained or sum(explained) == pytest.approx(1)
    assert sum(one.nominal for one in found.leaves) == pytest.approx(1)


@given(tables(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_units_changes_nothing(
    columns: dict[str, list[float]], chance: Any
) -> None:
    count = len(columns["a"])
    order = list(range(count))
    chance.shuffle(order)
    given_units = units(count)
    made = [item(code, 10, {"points": code}) for code in columns]
    one = audit(weighed(values(columns), units=given_units, items=made))
    other = audit(weighed(values(columns), units=[given_units[i] for i in order], items=made))
    same_audit(one, other)


@given(tables(), st.sampled_from([0.001, 3.0, 1e6]))
@settings(max_examples=40)
def test_the_scale_of_a_leaf_changes_nothing(columns: dict[str, list[float]], scale: float) -> None:
    assume(all(len(set(column)) > 1 for column in columns.values()))
    scaled = columns | {"a": [scale * value for value in columns["a"]]}
    same_audit(index(columns), index(scaled))


strange = st.sampled_from([None, 0.0, -1.0, 1e-300, 1e99, -1e99, 1e200]) | st.floats(0.01, 1e6)


@given(st.lists(st.tuples(strange, strange, strange), min_size=1, max_size=6))
@settings(max_examples=60)
def test_any_index_that_can_be_weighed_can_be_looked_at(
    table: list[tuple[float | None, ...]],
) -> None:
    columns = dict(zip("abc", map(list, zip(*table, strict=True)), strict=True))
    try:
        found = index(columns, method={"normalise": {"by": "min_max"}})
    except Faulty:
        return
    assert {one.item for one in found.leaves} == set("abc")


@given(schemes(), drawn_values())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_points_scheme_that_can_be_weighed_can_be_looked_at(document: Any, drawn: Any) -> None:
    try:
        made = Scheme.from_document(document)
        data = Values.of(made, drawn["values"], earlier=drawn["earlier"], lists=drawn["lists"])
        result = weigh(made, data)
    except Faulty:
        return
    found = audit(result)
    assert len(found.leaves) == len(result.scheme.leaves)
    assert all(-1 <= flag.correlation <= 1 for flag in found.flags)


def same_audit(one: Audit, other: Audit) -> None:
    for a, b in zip(one.leaves, other.leaves, strict=True):
        assert (a.item, a.known, set(a.outliers)) == (b.item, b.known, set(b.outliers))
        assert a.nominal == pytest.approx(b.nominal)
        assert (a.effective is None) == (b.effective is None)
        assert a.effective == pytest.approx(b.effective, abs=1e-6)
    for x, y in zip(one.groups, other.groups, strict=True):
        assert (x.group, x.children, (x.alpha is None)) == (y.group, y.children, (y.alpha is None))
        assert x.explained == pytest.approx(y.explained, abs=1e-6)

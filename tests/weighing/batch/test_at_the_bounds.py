"""What lies exactly on a bound, or just beside it: the batch puts it where the exact engine does.

Random schemes seldom meet a bound. Here every unit stands on one, or a thousandth from it, part by part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.kernel.exact import plain
from steelyard.scheme.model import Scheme
from steelyard.weighing.batch.board import Batch, Versions
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.builders import document, item

Told = Mapping[str, object]
GAP = {"points": 10, "note": "-"}
AROUND = ("-1", "0", "1.999", "2", "2.001", "3.5", "4.999", "5", "5.001", "7")
"""About the bounds 2 and 5."""
NOISE = ({"a": "0.1", "b": "0.2"}, {"a": "0.1", "b": "0.199"}, {"a": "0.1", "b": "0.201"})
"""As floats the first two sums are no 0.3."""


def assert_the_batch_says_the_same(
    rule: Any, told: Sequence[Told], rows: Sequence[Sequence[Told]] = (), **changes: Any
) -> list[object]:
    """What one item gives units that have these values and ``rows``; every number counts as drawn."""
    units = [{"code": f"u{n}", "title": f"u{n}"} for n in range(len(told))]
    of = item("A", 10, rule, cap="none", floor="none", gap=GAP)
    given_ = {"on": {"missing": "not_applicable", "no_base": "not_applicable"}} | changes
    scheme = Scheme.from_document(document(units=units, items=[of], **given_))
    values = {f"u{n}": one for n, one in enumerate(told)}
    lists = {"events": {f"u{n}": list(one) for n, one in enumerate(rows)}} if rows else {}
    result = weigh(scheme, Values.of(scheme, values, lists=lists))
    numbers = {
        code: np.array([[_drawn(one.get(code)) for one in told]])
        for code in ("a", "b")
        if any(code in one for one in told)
    }
    batch = Batch(scheme, result.values, Versions(inputs=numbers))
    assert batch.touched.rule(scheme.item["A"]), "nothing was computed in floats"
    found = np.broadcast_to(batch.item("A").points, (1, len(told)))[0].tolist()
    points = [result.items["A"][one.code].points for one in scheme.assessed]
    expected = [float("nan") if one is None else float(one) for one in points]
    assert found == pytest.approx(expected, abs=1e-9, nan_ok=True)
    return [None if one is None else plain(one) for one in points]


def _drawn(written: object) -> float:
    return float("nan") if written is None else float(Fraction(str(written)))


def of_a(values: Sequence[object]) -> list[Told]:
    return [{"a": one} for one in values]


# --- bands ---------------------------------------------------------------------------------------------

BANDS = ("[2, 5]", "(2, 5]", "[2, 5)", "(2, 5)", ">= 2", "> 2", "<= 5", "< 5", "= 2")


@pytest.mark.parametrize("band", BANDS)
def test_a_band_holds_its_edges_or_not(band: str) -> None:
    rule = {"ladder": "a", "steps": [[band, "x + 1"]], "otherwise": -3}
    points = assert_the_batch_says_the_same(rule, of_a([*AROUND, None]))
    assert points[3] == (
        "3" if band in ("[2, 5]", "[2, 5)", ">= 2", "<= 5", "< 5", "= 2") else "-3"
    )


@pytest.mark.parametrize("band", [one.replace("2", "0.3").replace("5", "0.3") for one in BANDS[4:]])
def test_the_noise_of_a_sum_moves_nobody_over_an_edge(band: str) -> None:
    rule = {"ladder": "a + b", "steps": [[band, 4]], "otherwise": -3}
    assert_the_batch_says_the_same(rule, NOISE)


@pytest.mark.parametrize("opens", "[(")
@pytest.mark.parametrize("closes", "])")
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_every_ladder_parts_the_same_at_each_of_its_edges(
    opens: str, closes: str, data: st.DataObject
) -> None:
    tenths = st.integers(-30, 120).map(lambda one: Fraction(one, 10))
    low, high = sorted(data.draw(st.sets(tenths, min_size=2, max_size=2)))
    moved = [edge + by for edge in (low, high) for by in (0, Fraction(1, 1000), Fraction(-1, 1000))]
    band = f"{opens}{plain(low)}, {plain(high)}{closes}"
    rule = {"ladder": "a", "steps": [[band, 5]], "otherwise": "a"}
    assert_the_batch_says_the_same(rule, of_a([plain(one) for one in moved]))


def test_the_first_step_that_holds_counts() -> None:
    rule = {"ladder": "a", "steps": [["< 2", 1], ["[2, 5]", 2], ["(5, 7)", 3]], "otherwise": 4}
    points = assert_the_batch_says_the_same(rule, of_a([*AROUND, None]))
    assert points == ["1", "1", "1", "2", "2", "2", "2", "2", "3", "4", None]


def test_a_cell_of_a_matrix_is_where_both_bands_hold() -> None:
    rule = {"matrix": ["a", "b"], "rows": ["< 2", ">= 2"], "columns": ["<= 5", "(5, 9)"],
            "cells": [[1, 2], [3, 4]], "otherwise": 7}  # fmt: skip
    told = [{"a": a, "b": b} for a in ("1.999", "2", None) for b in ("5", "5.001", "9", None)]
    points = assert_the_batch_says_the_same(rule, told)
    assert points == ["1", "2", "7", None, "3", "4", "7", None, None, None, None, None]


@pytest.mark.parametrize("sign", ["<", "<=", "==", "!=", ">=", ">"])
def test_a_comparison_holds_at_equality_or_not(sign: str) -> None:
    rule = {"points": f"1 if a {sign} 2 else 0"}
    assert_the_batch_says_the_same(rule, of_a([*AROUND, None]))
    assert_the_batch_says_the_same({"points": f"1 if a + b {sign} 0.3 else 0"}, NOISE)


# --- tables --------------------------------------------------------------------------------------------

TEXT = [{"code": "t", "type": "text"}, {"code": "y", "type": "yes_no"}, {"code": "a"}]


@pytest.mark.parametrize(
    ("of", "rows"),
    [
        ("t", {"good": "a", "bad": 1}),
        ("y", {"yes": "a", "no": 1}),
        ("y", {"yes": "a"}),
        ("y", {"no": "a", "good": 2}),
        ("y", {"yes": "a", "good": 2}),
        ("a", {"2": 1, "5": 3, "good": 2}),
    ],
)
def test_a_row_of_a_table_is_its_key(of: str, rows: Told) -> None:
    told = [{"t": t, "y": y, "a": a} for t, y, a in
            (("good", "yes", "2"), ("bad", "no", "5"), ("other", None, "2.001"), (None, "no", "0"))]  # fmt: skip
    rule = {"table": of, "rows": rows, "when": "a >= 0", "otherwise": "-a"}
    assert_the_batch_says_the_same(rule, told, inputs=TEXT)


def test_a_value_that_no_row_has_counts_as_missing_without_otherwise() -> None:
    rule = {"table": "a", "rows": {"2": 1, "5": 3}}
    told = of_a(["2", "5"])
    assert_the_batch_says_the_same(rule, told)
    assert_the_batch_says_the_same({"sum": [rule | {"when": "a < 6"}, {"points": 1}]}, told)


@pytest.mark.parametrize("band", ['= "good"', "= yes", "= no", ">= 2"])
@pytest.mark.parametrize("of", ["t", "y", "a"])
def test_a_band_of_another_type_holds_nothing(of: str, band: str) -> None:
    told = [{"t": "good", "y": "yes", "a": "2"}, {"t": "yes", "y": "no", "a": "1"}]
    rule = {"ladder": of, "steps": [[band, "a"]], "otherwise": -3, "when": "a >= 0"}
    assert_the_batch_says_the_same(rule, told, inputs=TEXT)


# --- steps and shares ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", ["exact", "full", "started"])
@pytest.mark.parametrize("per", ["1", "1/3", "0.1", "b"])
@pytest.mark.parametrize(
    ("word", "more"),
    [("add", {}), ("add", {"at_most": 2}), ("add", {"at_least": 1}), ("deduct", {}), ("deduct", {"at_most": 2})],
)  # fmt: skip
def test_steps_are_counted_alike(word: str, more: Told, per: str, count: str) -> None:
    told = [{"a": a, "b": b} for a in ("-1", "0", "0.3", "1", "2", "2.001", None)
            for b in ("0.1", "0", "1", "-0.5", None)]  # fmt: skip
    assert_the_batch_says_the_same({word: "a", "each": 2, "per": per, "count": count} | more, told)


def test_a_share_of_the_target_is_between_none_and_all() -> None:
    told = [{"a": a, "b": b} for a in ("-1", "0", "3", "5", "5.001", None)
            for b in ("5", "0", "-5", "0.001", None)]  # fmt: skip
    assert_the_batch_says_the_same({"proportion": "a", "target": "b"}, told)


# --- bounds, conditions, several parts -----------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        {"at_most": 5}, {"at_least": 2}, {"at_most": "b", "at_least": 2}, {"times": "b"},
        {"when": "b > 2"}, {"when": "b > 2", "otherwise": "a + 1"}, {"when": "b > 2", "at_least": 3},
    ],
)  # fmt: skip
def test_a_part_is_bounded_and_asked_alike(more: Told) -> None:
    told = [{"a": a, "b": b} for a in (*AROUND, None) for b in ("2", "2.001", "4", None)]
    assert_the_batch_says_the_same({"points": "a"} | more, told)


@pytest.mark.parametrize("join", ["sum", "best", "worst", "first"])
def test_several_parts_join_alike(join: str) -> None:
    parts = [{"points": "a", "when": "a >= 2"}, {"points": "b", "when": "b < 5"}, {"points": 3}]
    told = [{"a": a, "b": b} for a in (*AROUND, None) for b in ("2", "5", "4.999", None)]
    assert_the_batch_says_the_same({join: parts}, told)


def test_where_no_condition_of_the_first_holds_nothing_is_given() -> None:
    rule = {"first": [{"points": 4, "when": "a > 2"}, {"points": 5, "when": "a > 1"}]}
    assert assert_the_batch_says_the_same(rule, of_a(["1", "2", "3"])) == ["0", "5", "4"]


# --- lists ---------------------------------------------------------------------------------------------

ROWS: tuple[tuple[Told, ...], ...] = (
    (),
    ({"level": "city", "size": "2"},),
    ({"level": "city", "size": "5"}, {"level": "city", "size": "-5"}, {"level": "town", "size": "2.001"}),
    tuple({"level": "city", "size": str(size)} for size in (1, 2, 3, 4, 9)),
    tuple({"level": "town", "size": str(size)} for size in (-1, -2, -3, -9)),
    ({"level": "city", "size": None}, {"level": "town", "size": "3"}),
    ({"size": "3"}, {"size": "4"}, {"level": "town", "size": "7"}),
)  # fmt: skip
KEEPS = ("sum", "highest", "lowest", "mean", "median", "trimmed_mean")


@pytest.mark.parametrize("keep", KEEPS)
@pytest.mark.parametrize(
    "more", [{}, {"where": "size > 2"}, {"where": "size >= 2"}, {"once_per": "level"},
             {"once_per": "level", "where": "size < 5"}, {"where": "size > 100"}]
)  # fmt: skip
@pytest.mark.parametrize("score", ["a * size", "size + b", "a"])
def test_what_is_kept_of_a_list_is_alike(score: str, more: Told, keep: str) -> None:
    told = [{"a": "2", "b": "1"} for _ in ROWS]
    told[1] = {"a": "-1", "b": "0"}
    trim = {"trim": 1} if keep == "trimmed_mean" else {}
    rule = {"for_each": "events", "keep": keep, "score": {"points": score}, **more, **trim}
    assert_the_batch_says_the_same(rule, told, ROWS)


@pytest.mark.parametrize("keep", KEEPS)
def test_of_lists_without_a_row_the_same_is_kept(keep: str) -> None:
    trim = {"trim": 1} if keep == "trimmed_mean" else {}
    rule = {"for_each": "events", "keep": keep, "score": {"points": "a * size"}, **trim}
    assert_the_batch_says_the_same(rule, of_a(["1", "2", None]), [(), (), ()])


@pytest.mark.parametrize("keep", KEEPS)
def test_a_figure_of_the_unit_that_is_missing_is_missing_in_each_of_its_rows(keep: str) -> None:
    trim = {"trim": 1} if keep == "trimmed_mean" else {}
    rule = {"for_each": "events", "keep": keep, "score": {"points": "a * size"}, **trim}
    assert_the_batch_says_the_same(rule, of_a([None] * len(ROWS)), ROWS)


FUNCTIONS = (
    "count_of(events)", "count_of(events, size > 2)", 'count_of(events, level == "city")',
    *(f"{name}_of(events, size{more})" for name in ("sum", "mean", "median", "max", "min")
      for more in ("", ", where = size >= 2", ", where = size > 100")),
)  # fmt: skip


@pytest.mark.parametrize("called", FUNCTIONS)
def test_a_function_of_a_list_is_alike(called: str) -> None:
    assert_the_batch_says_the_same({"points": f"a * {called}"}, of_a(["2"] * len(ROWS)), ROWS)

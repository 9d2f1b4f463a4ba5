"""Vetoes that strike many, and data that many lack."""

from __future__ import annotations

from typing import Any

import pytest

from steelyard.kernel.bilingual import Text
from tests.weighing.stress.fields import VETO, found, must_find, proved, stressed

TEN = tuple(range(1, 11))


def test_veto_that_strikes_half_stops_the_issue():
    columns = {"a": TEN, "fraud": ["yes", "no"] * 5}
    one = must_find(
        stressed(proved("A", 10, {"points": "a"}), vetoes=VETO, columns=columns),
        "veto-strikes-many",
    )
    assert (one.level, one.figures["struck"]) == ("stop", 5)


def test_veto_that_strikes_one_is_sound():
    columns = {"a": TEN, "fraud": ["yes"] + ["no"] * 9}
    assert (
        found(
            stressed(proved("A", 10, {"points": "a"}), vetoes=VETO, columns=columns),
            "veto-strikes-many",
        )
        is None
    )


def test_values_that_many_lack_are_found():
    columns = {"a": [1, 2, 3, 4, 5, 6, 7, 8, None, None]}
    test = stressed(proved("A", 10, {"points": "a"}), columns=columns, on={"missing": "zero"})
    assert must_find(test, "many-missing").figures["lacking"] == {"A": ["u9", "u10"]}


def test_value_that_the_scheme_refuses_stops_the_issue_and_the_rest_is_tested():
    columns = {"a": [1, 2, 3, 4, 5, 6, 7, 8, 9, None]}
    test = stressed(proved("A", 10, {"points": "a"}), columns=columns)
    assert must_find(test, "cannot-be-weighed").level == "stop"
    assert any("tells units apart" in text.en for text in test.sound)


@pytest.mark.parametrize("rule", [
    [{"points": "full"}, {"deduct": "all_mean(a) - a", "each": "0.5"}],
    {"points": "10 * a / all_max(a)"},
    {"points": "all_rank(a)"},
])  # fmt: skip
def test_a_figure_that_nobody_has_is_named_even_where_all_are_compared(rule: Any) -> None:
    inputs = [{"code": "a", "title": {"zh": "结案率", "en": "Closed in time"}}]
    test = stressed(proved("A", 10, rule), columns={"a": [None] * 4}, inputs=inputs)
    (line,) = must_find(test, "cannot-be-weighed").cases
    assert line == Text(
        "“结案率”缺失（A需要）：全部4个单位",
        "“Closed in time” is missing (needed by A): all 4 units",
    )


def test_where_nothing_can_be_divided_by_the_item_is_named():
    columns = {"a": [0, 0], "b": [1, 2]}
    test = stressed(proved("A", 10, {"points": "b / a"}), columns=columns)
    (line,) = must_find(test, "cannot-be-weighed").cases
    assert "“”" not in line.zh + line.en

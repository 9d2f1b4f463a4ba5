"""Where every figure is there, and a rule has nothing to divide by."""

from __future__ import annotations

from steelyard.assessment.rules.figures.bases import against_no_base, without_base
from steelyard.assessment.rules.figures.missing import MOST_NAMED
from steelyard.kernel.bilingual import Text
from steelyard.weighing.values import Cell, Values
from tests.builders import item, scheme

RATIO = [item("A", 10, {"points": "a / b"}), item("B", 10, {"points": 'score("A") + a'})]


def found(told: dict[str, dict[str, object]], **changes: object) -> list[str]:
    made = scheme(items=RATIO, **changes)
    return [one.en for one in without_base(made, Values.of(made, told))]


def test_each_unit_and_item_that_the_scheme_refuses_is_named_once() -> None:
    told = {"jm": {"a": 1, "b": 0}, "zs": {"a": 1, "b": 2}}
    assert found(told) == ["Jiangmen: A"]
    assert found({"jm": {"a": 1, "b": 0}, "zs": {"a": 0, "b": 0}}) == [
        "Jiangmen: A",
        "Zhongshan: A",
    ]


def test_where_the_scheme_weighs_it_nothing_is_named() -> None:
    told = {"jm": {"a": 1, "b": 0}, "zs": {"a": 1, "b": 2}}
    assert found(told, on={"no_base": "zero"}) == []


def test_a_figure_that_is_missing_or_has_no_base_itself_is_told_elsewhere() -> None:
    assert found({"jm": {"a": 1}, "zs": {"a": 1, "b": 2}}) == []
    made = scheme(items=RATIO)
    values = Values.of(made, {"jm": {"a": 1}, "zs": {"a": 1, "b": 2}})
    values.cells["b", made.period_label]["jm"] = Cell(None, "no_base")
    assert without_base(made, values) == ()


def test_all_are_counted_and_so_many_named() -> None:
    assert against_no_base(()) is None
    listed = [Text(f"甲{n}", f"A{n}") for n in range(MOST_NAMED + 1)]
    whole, more = against_no_base(listed[:-1]), against_no_base(listed)
    assert whole is not None
    assert more is not None
    assert (whole.code, f"A{MOST_NAMED - 1}" in whole.text.en, "…" in whole.text.en) == (
        "nothing_to_divide_by", True, False,
    )  # fmt: skip
    assert f"({MOST_NAMED + 1})" in more.text.en
    assert f"A{MOST_NAMED}" not in more.text.en
    assert "…" in more.text.en

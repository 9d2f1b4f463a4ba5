"""What meets in one rule, which options nobody would choose, and on whose figures it all rests."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from steelyard import Faulty, Values
from steelyard.scheme.formula import parse
from steelyard.weighing.advice.needs import Reader
from steelyard.weighing.advice.problem import Option
from steelyard.weighing.advice.pruning import pruned
from steelyard.weighing.advice.rivals import with_scenario
from steelyard.weighing.advice.targets import ToGrade, ToPoints, ToRank, target_of
from tests.builders import item, scheme

TWO = scheme(
    quantities=[{"code": "rate", "formula": "closed / due"}],
    items=[item("A", 10, {"points": "10 * rate"}), item("B", 10, {"points": 'score("A") / 2 + all_rank(c)'}),
           item("C", 10, {"points": "c"}, not_applicable_if="d > 1")],
)  # fmt: skip


def test_needs_go_through_quantities_scores_and_conditions() -> None:
    reader = Reader(TWO)
    assert reader.item("A").inputs == {"closed", "due"}
    assert reader.item("B").inputs == {"closed", "due", "c"}
    assert (reader.item("A").looks_across, reader.item("B").looks_across) == (False, True)
    assert reader.item("C").inputs == {"c", "d"}
    assert reader.formula(parse("total >= 9")).asks_total


def test_a_dearer_option_that_is_no_better_is_left_out() -> None:
    def option(cost: int, gain: int, *holding: str) -> Option:
        return Option(
            (Fraction(gain),), Fraction(cost), {("", "jm"): Fraction(gain)}, frozenset(holding)
        )

    options = [
        option(0, 0),
        option(3, 2),
        option(2, 2),
        option(4, 1),
        option(5, 4),
        option(1, 1, "veto:v"),
    ]
    kept = pruned(options, lambda one: (one.holding, (one.adds["", "jm"],)))
    assert [(one.cost, one.values[0]) for one in kept] == [(0, 0), (1, 1), (2, 2), (5, 4)]


@pytest.mark.parametrize(
    ("written", "target"),
    [(("2", None, None), ToRank(2)), ((None, "best", None), ToGrade("best")),
     ((None, None, "90.5"), ToPoints(Fraction(181, 2)))],
)  # fmt: skip
def test_one_target_is_read(written, target) -> None:
    assert target_of(*written) == target


@pytest.mark.parametrize(
    ("written", "code"),
    [((None, None, None), "not-one-target"), (("1", "best", None), "not-one-target"),
     (("first", None, None), "wrong-option"), ((None, None, "many"), "wrong-option")],
)  # fmt: skip
def test_no_target_two_targets_and_nonsense_are_refused(written, code) -> None:
    with pytest.raises(Faulty) as refused:
        target_of(*written)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_rivals_are_laid_over_the_data_and_named(tmp_path: Path) -> None:
    made = scheme()
    values = Values.of(made, {"jm": {"a": 3}, "zs": {"a": 4}})
    (tmp_path / "next_year.csv").write_text("unit,a\nzs,8\n", encoding="utf-8")
    assumed, says = with_scenario(made, values, "jm", tmp_path, ())
    assert assumed.cell("a", "2021", "zs").value == 8
    assert assumed.cell("a", "2021", "jm").value == 3
    assert "Zhongshan: a (Item A) 8" in says.en
    assumed, _ = with_scenario(made, values, "jm", tmp_path, (("中山", "a", "9"),))
    assert assumed.cell("a", "2021", "zs").value == 9


def test_without_a_scenario_the_rivals_are_as_published() -> None:
    made = scheme()
    values = Values.of(made, {"jm": {"a": 3}, "zs": {"a": 4}})
    assumed, says = with_scenario(made, values, "jm", None, ())
    assert assumed is values
    assert says.en == "the other units are taken as in the data, as last published"


def test_a_scenario_about_the_unit_itself_is_refused() -> None:
    made = scheme()
    values = Values.of(made, {"jm": {"a": 3}, "zs": {"a": 4}})
    with pytest.raises(Faulty, match="changes Jiangmen itself"):
        with_scenario(made, values, "jm", None, (("jm", "a", "9"),))

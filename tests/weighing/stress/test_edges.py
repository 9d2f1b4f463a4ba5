"""Units at the edge of a step, items that count the same twice, and totals that are equal."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from steelyard.weighing.stress import fitness
from tests.builders import item
from tests.weighing.stress.fields import LADDER, cases, found, must_find, proved, stressed

TEN = tuple(range(1, 11))


# --- edges ------------------------------------------------------------------------------------------


def test_ladder_with_units_at_its_edge_is_found_with_another_line():
    rates = ("89.5%", "89.6%", "89.8%", "90.1%", "84%", "84.5%", "85%", "70%", "71%", "72%")
    one = must_find(stressed(proved("A", 10, LADDER), columns={"rate": rates}), "on-the-edge")
    assert one.figures["units"] == {"A": ["u1", "u2", "u3", "u4"]}
    assert one.figures["jump"] == {"A": 5.0}
    assert "4 units stand beside the line of 90%" in cases(one)


def test_ladder_with_units_far_from_its_edges_is_sound():
    rates = ("85%", "85%", "86%", "95%", "95%", "96%", "60%", "61%", "62%", "63%")
    assert found(stressed(proved("A", 10, LADDER), columns={"rate": rates}), "on-the-edge") is None


def test_one_case_of_two_is_no_hair():
    rule = {"ladder": "n", "steps": [[">= 2", 10], ["< 2", 0]]}
    test = stressed(proved("A", 10, rule), columns={"n": (1, 2, 1, 2, 1, 2, 1, 2, 3, 0)})
    assert found(test, "on-the-edge") is None


# --- counted twice ----------------------------------------------------------------------------------


def test_items_that_rank_alike_are_found_and_the_smaller_goes():
    test = stressed(
        proved("A", 20, {"points": "2 * a"}), proved("B", 10, {"points": "b"}),
        columns={"a": TEN, "b": TEN},
    )  # fmt: skip
    assert "keep A, drop B, and 10 points are free" in cases(must_find(test, "counted-twice"))


def test_items_that_rank_otherwise_are_sound():
    test = stressed(
        proved("A", 10, {"points": "a"}), proved("B", 10, {"points": "b"}),
        columns={"a": TEN, "b": (3, 9, 1, 10, 2, 7, 4, 8, 6, 5)},
    )  # fmt: skip
    assert found(test, "counted-twice") is None


def test_same_input_in_two_items_is_found_by_its_form():
    test = stressed(proved("A", 10, {"points": "a"}), proved("B", 10, {"points": "growth(a)"}))
    assert must_find(test, "same-inputs").figures["groups"] == [["A", "B"]]


def test_alternatives_of_which_the_best_counts_are_not_counted_twice():
    test = stressed(
        item("G", combine="highest"),
        proved("A", 10, {"points": "a"}, parent="G"), proved("B", 10, {"points": "growth(a)"}, parent="G"),
    )  # fmt: skip
    assert found(test, "same-inputs") is None


# --- ties -------------------------------------------------------------------------------------------


def test_ties_of_last_year_are_found_with_the_item_that_parts_them():
    test = stressed(
        proved("A", 10, {"points": "a"}), proved("B", 10, {"points": "b"}),
        columns={"a": (1, 2, 3, 4, 5, 6), "b": (6, 5, 4, 3, 2, 1)},
    )  # fmt: skip
    one = must_find(test, "ties")
    assert one.level == "mend"
    assert "tie_break = ['score(\"A\")']: it parts 15 of the 15 pairs" in one.mend.en


def test_ties_that_a_tie_break_parts_need_no_mending():
    test = stressed(
        proved("A", 10, {"points": "a"}), proved("B", 10, {"points": "b"}),
        columns={"a": (1, 2, 3), "b": (3, 2, 1)}, ranking={"tie_break": ['score("A")']},
    )  # fmt: skip
    assert must_find(test, "ties").level == "know"


def test_no_ties_are_told_as_sound():
    test = stressed(proved("A", 10, {"points": "a"}), columns={"a": TEN})
    assert any("No ties last year: 10 units had 10" in text.en for text in test.sound)


def test_without_two_totals_nobody_says_that_there_are_no_ties():
    for columns in ({"b": [None] * 10}, {"b": [3, *[None] * 9]}):
        test = stressed(proved("A", 10, {"points": "b"}), columns=columns)
        said = [text.zh for text in (*test.sound, *test.waits) if "并列" in text.zh]
        assert not [one for one in said if one.startswith(("没有并列", "去年没有并列"))]
        assert any("看不出有没有并列" in one for one in said)


def test_what_a_page_shows_names_no_option_of_a_command():
    """The same texts stand on the page of a draft: the terminal adds what is its own."""
    here = Path(fitness.__file__).parent
    named = {
        (path.name, node.value)
        for path in here.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and re.search(r"--[a-z]", str(node.value))
    }
    assert named == {("fitness.py", "--size")}  # where a fault of the command stands


def test_few_steps_let_ties_be_expected_before_there_are_data():
    yes_no = [proved(code, 5, {"points": "full", "when": f"done_{code}"}) for code in "ABC"]
    one = must_find(
        stressed(*yes_no, units=[{"code": f"u{n}", "title": f"u{n}"} for n in TEN]),
        "ties-to-expect",
    )
    assert one.figures["possible"] == 4  # 0, 5, 10, 15
    assert one.level == "mend"

"""For every test a scheme that has the fault, and one that has not."""

from __future__ import annotations

import ast
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.weighing.stress import fitness
from steelyard.weighing.stress.fitness import stress
from steelyard.weighing.values import Cell, Values
from tests.builders import item, scheme
from tests.weighing.stress.fields import found, must_find, policy, proved, stressed

TEN = tuple(range(1, 11))
LADDER = {"ladder": "rate", "steps": [[">= 90%", 10], ["[80%, 90%)", 5], ["< 80%", 0]]}
RATES = ("55%", "60%", "65%", "70%", "75%", "84%", "85%", "86%", "95%", "97%")


def cases(finding):
    return " ".join(case.en for case in finding.cases)


# --- items that decide nothing ---------------------------------------------------------------------


def test_ladder_on_which_all_have_full_points_is_found_with_a_better_bar():
    rates = ("91%", "92%", "93%", "94%", "95%", "96%", "97%", "98%", "99%", "100%")
    test = stressed(
        proved("A", 10, LADDER), proved("B", 10, {"points": "b"}), columns={"rate": rates, "b": TEN}
    )
    one = must_find(test, "everybody-full")
    assert one.items == ("A",)
    assert one.level == "stop"  # half of all points
    assert "move full points from 90% to 98% (reached by 3 of 10 last year)" in cases(one)


def test_full_points_of_all_who_have_the_same_value_cannot_be_mended_by_a_bar():
    test = stressed(
        proved("A", 10, LADDER), proved("B", 30, {"points": "3 * b"}),
        columns={"rate": ["100%"] * 10, "b": TEN},
    )  # fmt: skip
    one = must_find(test, "everybody-full")
    assert one.level == "mend"
    assert "no bar would help" in cases(one)


def test_item_on_which_nobody_has_points_is_found():
    test = stressed(
        proved("A", 10, {"points": "full", "when": "done"}), proved("B", 10, {"points": "b"}),
        columns={"done": ["no"] * 10, "b": TEN},
    )  # fmt: skip
    assert must_find(test, "everybody-nothing").items == ("A",)


def test_item_on_which_eight_of_ten_have_full_points_is_no_finding():
    rates = ["95%"] * 8 + ["85%", "70%"]
    test = stressed(proved("A", 10, LADDER), columns={"rate": rates})
    assert found(test, "everybody-full") is None
    assert "tells units apart" in " ".join(text.en for text in test.sound)


def test_full_points_that_nobody_comes_near_are_found():
    test = stressed(proved("A", 10, {"proportion": "a", "target": 100}), columns={"a": TEN})
    one = must_find(test, "full-for-nobody")
    assert "full 10, the best had 1 (10%); move full points from 100 to 8" in cases(one)


# --- one unit decides -------------------------------------------------------------------------------


def test_share_of_the_best_with_an_outlier_is_found_with_a_target():
    values = (*range(10, 19), 1000)
    test = stressed(
        proved("A", 10, {"proportion": "a", "target": "all_max(a)"}), columns={"a": values}
    )
    one = must_find(test, "one-unit-decides")
    assert one.figures["unit"] == {"A": "u10"}
    assert "put the fixed target 17 in place of all_max" in cases(one)


def test_share_of_the_best_without_an_outlier_is_no_finding():
    test = stressed(
        proved("A", 10, {"proportion": "a", "target": "all_max(a)"}), columns={"a": range(90, 100)}
    )
    assert found(test, "one-unit-decides") is None


def test_rule_that_looks_at_nobody_else_is_sound_by_its_form():
    test = stressed(proved("A", 10, {"points": "a"}))
    assert any("No rule compares units" in text.en for text in test.sound)


# --- size -------------------------------------------------------------------------------------------

COUNTS = [{"code": "cases", "type": "count"}, {"code": "population", "type": "count",
          "title": {"zh": "常住人口", "en": "Population"}}]  # fmt: skip


def test_bare_count_that_follows_population_is_found():
    population = [100 * n for n in TEN]
    test = stressed(
        proved("A", 10, {"proportion": "cases", "target": 20}), inputs=COUNTS,
        columns={"cases": [2 * n for n in TEN], "population": population},
    )  # fmt: skip
    one = must_find(test, "measures-size")
    assert (one.items, one.level) == (("A",), "mend")
    assert one.figures["correlation"] == {"A": 1.0}
    assert "rank correlation with Population 1.00; a bare count" in cases(one)
    assert must_find(test, "total-follows-size").figures["size"] == "population"


def test_bare_count_is_told_what_dividing_it_would_leave():
    population = [100 * n for n in TEN]
    per_head = (5, 6, 5, 6, 5, 6, 5, 6, 5, 6)
    columns = {
        "cases": [n * p for n, p in zip(per_head, population, strict=True)],
        "population": population,
    }
    test = stressed(
        proved("A", 10, {"proportion": "cases", "target": 6000}), inputs=COUNTS, columns=columns
    )
    assert "divided by Population it would be 0.17" in cases(must_find(test, "measures-size"))


def test_rate_per_head_that_does_not_follow_population_is_sound():
    spread = (5, 9, 2, 7, 1, 10, 3, 8, 4, 6)
    test = stressed(
        proved("A", 10, {"proportion": "1000 * cases / population", "target": 100}), inputs=COUNTS,
        columns={"cases": [n * s for n, s in zip(TEN, spread, strict=True)], "population": [100 * n for n in TEN]},
    )  # fmt: skip
    assert found(test, "measures-size") is None
    assert any("No item's points follow Population" in text.en for text in test.sound)


def test_without_a_size_only_the_form_is_told():
    test = stressed(proved("A", 10, {"proportion": "cases", "target": 20}), inputs=COUNTS[:1])
    assert must_find(test, "bare-counts").level == "know"
    assert any("measure of size" in text.en for text in test.waits)


def test_a_size_that_came_for_too_few_units_is_not_called_missing():
    test = stressed(
        proved("A", 10, {"proportion": "cases", "target": 20}), inputs=COUNTS,
        columns={"cases": [1, 2, 3], "population": [10, 20, 30]},
    )  # fmt: skip
    assert any("'population' is known of fewer than 8" in text.en for text in test.waits)


def test_whole_marks_out_of_a_hundred_are_no_bare_count():
    inputs = [{"code": "satisfied", "least": 0, "most": 100}]
    rule = {"points": "10 * satisfied / 100"}
    test = stressed(proved("A", 10, rule), inputs=inputs, columns={"satisfied": [80, 75, 90]})
    assert found(test, "bare-counts") is None


@pytest.mark.parametrize(
    "rule",
    [
        {"points": "cases / due"},
        {"points": "10 * growth(cases)"},
        {"points": "full - cases"},
        [{"points": "full"}, {"deduct": "cases", "each": 1}],
        {"points": "full", "when": "cases > 0"},
        {"points": "full * (10 - all_rank(-cases)) / 9"},
    ],
)
def test_rule_of_a_rate_growth_or_loss_is_no_bare_count(rule):
    inputs = [COUNTS[0], {"code": "due", "type": "count"}]
    assert found(stressed(proved("A", 10, rule), inputs=inputs), "bare-counts") is None


@pytest.mark.parametrize(
    "rule",
    [
        {"points": "cases"},
        {"add": "cases", "each": 1, "at_most": 10},
        {"ladder": "cases", "steps": [[">= 20", 10], ["< 20", 0]]},
        {"points": "full * (10 - all_rank(cases)) / 9"},
        {"proportion": "cases", "target": "all_max(cases)"},
        {"points": "cases * (closed / cases)"},
    ],
)
def test_rule_of_a_bare_count_is_known_by_its_form(rule):
    inputs = [COUNTS[0], {"code": "closed", "type": "count"}]
    assert must_find(stressed(proved("A", 10, rule), inputs=inputs), "bare-counts").items == ("A",)


def test_size_that_is_no_input_is_refused():
    with pytest.raises(Faulty, match="there is no input 'gdp'"):
        stressed(proved("A", 10, {"points": "a"}), size="gdp")


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


# --- policy -----------------------------------------------------------------------------------------


def applications(title="专利申请量", english="Patent applications", **more):
    rule = more.pop("rule", {"points": "n"})
    return proved("A", 10, rule, title={"zh": title, "en": english}, **more)


def test_item_that_a_policy_forbids_is_found_with_word_and_source():
    one = must_find(stressed(applications(), policies=[policy()]), "policy-forbids")
    assert one.level == "stop"
    assert "样本通知〔2021〕1号" in one.why.en
    assert "the word 'applications' in 'Patent applications'" in cases(one)


@pytest.mark.parametrize(
    ("changes", "item_"),
    [
        ({}, applications("非正常专利申请量", "Abnormal applications")),
        ({}, applications(kind="deduction", rule={"deduct": "n", "each": 1})),
        ({}, applications(rule={"points": "n / all_n"})),
        ({"starts": date(2023, 1, 1)}, applications()),
        ({"ends": date(2021, 1, 1)}, applications()),
        ({"words": ("授权量",)}, applications()),
    ],
    ids=["acquitted by a word", "deduction", "rate", "not yet in force", "no longer", "other word"],
)
def test_item_that_a_policy_does_not_touch_is_sound(changes, item_):
    inputs = [{"code": "n", "type": "count"}, {"code": "all_n", "type": "count"}]
    test = stressed(
        item_, proved("B", 10, {"points": "b"}), policies=[policy(**changes)], inputs=inputs
    )
    assert found(test, "policy-forbids") is None


def test_clause_known_only_from_others_stops_nothing():
    test = stressed(applications(), policies=[policy(sure="reported")])
    assert must_find(test, "policy-forbids").level == "mend"
    assert "check the original" in must_find(test, "policy-forbids").why.en


def test_without_a_list_the_test_says_so():
    assert any("no policy list" in text.en for text in stressed(applications()).waits)


# --- grades -----------------------------------------------------------------------------------------


def grades(line, **quota):
    best = {"code": "best", "title": {"zh": "优秀", "en": "Excellent"}, "at_least": line}
    return [
        best | ({"quota": quota} if quota else {}),
        {"code": "rest", "title": {"zh": "合格", "en": "Pass"}},
    ]


def test_grade_that_all_have_stops_the_issue():
    test = stressed(proved("A", 10, {"points": "a"}), columns={"a": TEN}, grades=grades(1))
    one = must_find(test, "best-grade-for-most")
    assert one.level == "stop"
    assert "raise the line to 9" in one.mend.en


def test_grade_that_nobody_reaches_is_found():
    test = stressed(proved("A", 20, {"points": "a"}), columns={"a": TEN}, grades=grades(15))
    assert "lower the line to 9" in must_find(test, "grade-for-nobody").mend.en


def test_grade_beyond_all_points_is_found_by_its_form():
    test = stressed(proved("A", 10, {"points": "a"}), grades=grades(11))
    assert must_find(test, "grade-beyond-all-points").level == "stop"


@pytest.mark.parametrize(
    "items",
    [
        [proved("A", 10, {"points": "a"}, cap=20)],
        [{"code": "G", "title": "G", "adjust": [{"points": "b"}]}, proved("A", 10, {"points": "a"}, parent="G")],
        [{"code": "G", "title": "G", "rule": {"points": 'score("A") * 2'}},
         proved("A", 10, {"points": "a"}, parent="G")],
    ],
)  # fmt: skip
def test_grade_beyond_all_points_is_no_finding_where_an_item_may_give_more(items):
    assert found(stressed(*items, grades=grades(11)), "grade-beyond-all-points") is None


def test_grade_without_a_title_is_called_by_its_code():
    lines = [{"code": "top", "at_least": 11}, {"code": "rest"}]
    test = stressed(proved("A", 10, {"points": "a"}), grades=lines)
    assert "the line of top is" in must_find(test, "grade-beyond-all-points").what.en


def test_quota_that_turns_units_away_is_told_with_the_line_that_counted():
    test = stressed(proved("A", 10, {"points": "a"}), columns={"a": TEN}, grades=grades(5, count=2))
    one = must_find(test, "quota-decides")
    assert (one.figures["reach"], one.figures["turned_away"], one.figures["effective_line"]) == (
        6,
        4,
        9.0,
    )


def test_tie_that_empties_a_quota_stops_the_issue():
    test = stressed(
        proved("A", 10, {"points": "a"}),
        columns={"a": (9, 9, 9, 1, 2, 3)},
        grades=grades(5, count=2),
    )
    one = must_find(test, "tie-at-the-quota")
    assert (one.level, one.figures["got"], one.figures["places"]) == ("stop", 0, 2)
    assert "Unit 1, Unit 2, Unit 3" in cases(one)


def test_grades_that_fall_as_they_should_are_told_as_sound():
    test = stressed(proved("A", 10, {"points": "a"}), columns={"a": TEN}, grades=grades("8.8"))
    assert [finding.code for finding in test.findings if "grade" in finding.code] == []
    assert any("Excellent 2, Pass 8" in text.en for text in test.sound)


def test_grades_before_there_are_data_are_labelled_as_simulated():
    test = stressed(proved("A", 10, LADDER), grades=grades(5))
    assert any("simulated" in text.en and "(5)" in text.en for text in test.waits)


# --- points that nobody can verify ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item_", "kind"),
    [
        (item("A", 10, {"points": "mark"}), "judged"),
        (item("A", 10, LADDER), "no-proof"),
        (item("A", 10, LADDER, supplying_body="self"), "self-reported"),
    ],
)
def test_points_that_nobody_can_verify_are_found(item_, kind):
    bodies = {"self": {"zh": "被考核单位自报", "en": "The assessed unit itself"}}
    one = must_find(stressed(item_, bodies=bodies), "unverifiable")
    assert (one.level, one.figures[kind], one.figures["share"]) == ("stop", ["A"], 1.0)


@pytest.mark.parametrize(
    "items",
    [
        [item("A", 10, {"points": "mark"}, material="样表")],
        [item("A", 10, LADDER, supplying_body="bureau")],
        [item("G", material="案卷"), item("A", 10, LADDER, parent="G")],
        [item("A", 10, LADDER, supplying_body="self", material="凭证")],
    ],
    ids=["material", "supplying body", "material of the group", "self-reported with material"],
)
def test_points_with_material_or_a_body_are_sound(items):
    bodies = {"self": {"zh": "自评", "en": "self"}, "bureau": {"zh": "市监局", "en": "Bureau"}}
    test = stressed(*items, bodies=bodies)
    assert found(test, "unverifiable") is None
    assert any("Every point can be verified" in text.en for text in test.sound)


@pytest.mark.parametrize(
    ("source", "is_proof"), [("统计年鉴2021，表3", True), ("values.csv, 7", False), ("", False)]
)
def test_figures_that_came_with_their_source_can_be_verified(source, is_proof):
    made = scheme(items=[item("A", 10, LADDER)])
    values = Values(
        {
            ("rate", "2021"): {
                "jm": Cell(Fraction(1), source=source),
                "zs": Cell(Fraction(1), source=source),
            }
        }
    )
    assert (found(stress(made, values), "unverifiable") is None) is is_proof


def test_bonus_without_material_is_named_beside_the_points():
    bonus = item("B", 5, {"points": "b"}, kind="bonus")
    one = must_find(stressed(proved("A", 10, LADDER), bonus), "unverifiable")
    assert (one.level, one.figures["bonus"], one.figures["share"]) == ("know", ["B"], 0.0)


def test_a_tenth_of_the_points_is_to_be_mended_and_less_to_be_known():
    rest = proved("B", 90, {"points": "b"})
    assert must_find(stressed(item("A", 10, LADDER), rest), "unverifiable").level == "mend"
    rest = proved("B", 95, {"points": "b"})
    lone = item("A", 5, {"points": 5, "when": "done"})
    assert must_find(stressed(lone, rest), "unverifiable").level == "know"


# --- weight, bounds, vetoes, missing values -----------------------------------------------------------


def test_item_that_makes_most_of_the_differences_is_found():
    light = proved("A", 20, {"points": "2 * a"})
    flat = proved("B", 80, {"points": "70 + b"})
    test = stressed(light, flat, columns={"a": TEN, "b": (1, 2, 1, 2, 1, 2, 1, 2, 1, 2)})
    assert must_find(test, "one-item-decides").items == ("A",)


def test_items_that_spread_units_as_written_are_sound():
    test = stressed(
        proved("A", 10, {"points": "a"}), proved("B", 10, {"points": "b"}),
        columns={"a": TEN, "b": (3, 9, 1, 10, 2, 7, 4, 8, 6, 5)},
    )  # fmt: skip
    assert found(test, "one-item-decides") is None


def test_leaf_without_a_bound_is_found():
    open_ = proved("A", 0, {"add": "a", "each": 1}, cap="none")
    assert must_find(stressed(open_, proved("B", 10, {"points": "b"})), "no-bound").items == ("A",)


@pytest.mark.parametrize(
    "items",
    [
        [
            proved(
                "A",
                0,
                {"add": "a", "each": 1, "at_most": 5},
                cap="none",
                gap={"points": 0, "note": "-"},
            )
        ],
        [
            item("P", 5, kind="bonus"),
            proved("A", 5, {"add": "a", "each": 1}, parent="P", kind="bonus"),
        ],
        [
            item("P", 5, kind="bonus"),
            proved("A", None, {"add": "a", "each": 1}, parent="P", kind="bonus"),
        ],
    ],
    ids=["rule", "points", "group above"],
)
def test_leaf_that_something_bounds_is_no_finding(items):
    assert found(stressed(*items, proved("B", 10, {"points": "b"})), "no-bound") is None


VETO = [
    {"code": "v", "title": {"zh": "否决", "en": "Fraud"}, "when": "fraud", "then": {"rank": "last"}}
]


IF_KNOWN = [VETO[0] | {"when": "known(fraud) and fraud"}]


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


# --- whole ------------------------------------------------------------------------------------------


def test_sound_scheme_is_fit_and_says_what_was_tested():
    spread = (3, 9, 1, 10, 2, 7, 4, 8, 6, 5)
    test = stressed(
        proved("A", 10, {"points": "a"}), proved("B", 10, {"points": "b"}),
        columns={"a": [Fraction(n) + Fraction(n, 100) for n in TEN[:9]] + [Fraction(1, 2)], "b": spread},
        policies=[policy()], grades=grades("16"),
    )  # fmt: skip
    assert test.is_fit
    assert len(test.sound) >= 8


def test_document_carries_both_languages():
    document = stressed(item("A", 10, LADDER)).document()
    (one,) = [finding for finding in document["findings"] if finding["code"] == "unverifiable"]
    assert one["what"]["zh"].startswith("100%的分值无人能核实")
    assert one["what"]["en"].startswith("100% of the points nobody can verify")
    assert document["fit"] is False


def test_quota_that_equals_overfill_is_found():
    test = stressed(
        proved("A", 10, {"points": "a"}),
        columns={"a": (9, 9, 9, 1, 2, 3)},
        grades=grades(5, count=2, ties="in"),
    )
    assert must_find(test, "tie-at-the-quota").figures["got"] == 3


def test_other_items_that_compare_units_are_named_beside_those_that_turned_the_order():
    test = stressed(
        proved("A", 10, {"proportion": "a", "target": "all_max(a)"}),
        proved("B", 10, {"proportion": "b", "target": 10}),
        proved("C", 5, {"points": "5 if c == all_max(c) else 0"}),
        columns={"a": [10, 5, 1], "b": [0, 0, 5], "c": [1, 1, 1]},
    )
    mend = must_find(test, "order-turns").mend.en
    assert mend.startswith("let A (Item A) look at nobody else")
    assert mend.endswith("C (Item C) too compare units: test again afterwards")


def test_index_that_hangs_on_one_unit_is_told_with_goalposts():
    values = (*range(10, 19), 1000)
    test = stressed(
        {"code": "a", "title": "a"}, family="index", columns={"a": values},
        method={"normalise": {"by": "min_max"}},
    )  # fmt: skip
    assert "fix goalposts = [10.4, 558] (its 5th and 95th percentiles)" in cases(
        must_find(test, "one-unit-decides")
    )
    assert must_find(test, "skewed").items == ("a",)


def test_index_with_fixed_goalposts_hangs_on_nobody():
    test = stressed(
        {"code": "a", "title": "a", "goalposts": [0, 20]}, family="index", columns={"a": TEN},
        method={"normalise": {"by": "goalposts"}},
    )  # fmt: skip
    assert found(test, "one-unit-decides") is None
    assert found(test, "order-turns") is None


# --- what turns when a unit leaves, though no item compares ----------------------------------------------

LAST_IF_FAR_BELOW = [
    {"code": "v", "title": "V", "when": "b < all_mean(b) / 5", "then": {"rank": "last"}}
]


def said(test, words):
    return [one.en for one in (*test.sound, *test.waits) if words in one.en]


def test_what_last_year_has_no_data_of_is_said_to_wait_and_never_to_be_sound():
    """A new figure: last year's values of it are missing everywhere, so nothing about it was tested."""
    test = stressed(
        proved("A", 10, LADDER), proved("B", 10, {"points": "b"}), vetoes=IF_KNOWN,
        columns={"rate": [None] * 10, "b": [None] * 10, "fraud": [None] * 10},
    )  # fmt: skip
    tested = [one.en for one in test.sound]
    assert not [one for one in tested if "veto" in one or "alike" in one or "steps" in one]
    assert not [one for one in tested if "grades fall" in one or "tells units apart" in one]
    waits = " ".join(one.en for one in test.waits)
    assert "How many the veto Fraud would strike" in waits
    assert "Counting twice: fewer than two items" in waits
    assert "of 1 item with steps fewer than 5 units" in waits


def test_what_last_year_has_data_of_is_tested_beside_what_it_has_not():
    test = stressed(
        proved("A", 10, LADDER), proved("B", 10, {"points": "b"}), proved("C", 10, {"points": "c"}),
        vetoes=VETO,
        columns={"rate": [None] * 10, "b": TEN, "c": TEN[5:] + TEN[:5], "fraud": ["no"] * 10},
        on={"missing": "not_applicable"},
    )  # fmt: skip
    assert said(test, "nearly alike") == [
        "No two items of the 2 with last year's data rank the units nearly alike (rank correlations below 0.9)."
    ]
    assert said(test, "None of 1 veto")
    assert said(test, "of 1 item with steps")


def test_a_veto_that_compares_units_is_not_proved_to_keep_their_order():
    (wait,) = said(stressed(proved("A", 10, {"points": "a"}), vetoes=LAST_IF_FAR_BELOW), "leave")
    assert "a veto or a tie-break" in wait
    (sound,) = said(stressed(proved("A", 10, {"points": "a"})), "leaving")
    assert "proved" in sound


def test_order_that_a_comparing_veto_turns_is_found():
    test = stressed(
        proved("A", 10, {"points": "a"}), vetoes=LAST_IF_FAR_BELOW,
        columns={"a": [10, 4, 3, 3, 3, 3], "b": [50, 2, 9, 9, 9, 9]},
    )  # fmt: skip
    finding = must_find(test, "order-turns")
    assert finding.mend.en.startswith("let a veto or a tie-break look at nobody else")


def test_a_mean_of_others_that_a_group_passes_on_compares_units():
    test = stressed(
        {"code": "G", "title": "G", "on": {"missing": "mean_of_others"}},
        proved("A", 10, {"points": "a"}, parent="G"),
    )  # fmt: skip
    assert not said(test, "proved")

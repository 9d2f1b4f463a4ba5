"""What people read: one sentence a leaf, with value, rule, points and source."""

import pytest

from steelyard.weighing.explain import explain, why_no_better
from tests.builders import JIANGMEN, item, weighed

CLOSING = {
    "code": "closing_rate",
    "title": {"zh": "结案率", "en": "Closing rate"},
    "formula": "closed / due",
}


def sentence(rule, values, lang="en", full=10, **changes):
    more = {
        name: changes.pop(name)
        for name in ("zero_if", "kind", "cap", "supplying_body", "on")
        if name in changes
    }
    one = item("A", full, rule, **more) | {"title": {"zh": "办案", "en": "Cases"}}
    result = weighed({"jm": values}, units=[JIANGMEN], items=[one], **changes)
    return explain(result, "jm").children[0].sentence.say(lang)


LADDER = {"ladder": "closing_rate", "steps": [[">= 90%", 10], ["[80%, 90%)", 9]], "otherwise": 0}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Cases: Closing rate 92.3% (48 of 52) is at least 90%: 10 of 10 points."),
        ("zh", "办案：结案率92.3%（48/52），不低于90%：10分（满分10分）。"),
    ],
)
def test_a_ladder_says_value_parts_and_step(lang, said):
    assert sentence(LADDER, {"closed": 48, "due": 52}, lang, quantities=[CLOSING]) == said


def test_a_title_that_the_quantity_shares_is_said_once():
    quantity = CLOSING | {"title": {"zh": "办案", "en": "Cases"}}
    said = sentence(LADDER, {"closed": 48, "due": 52}, quantities=[quantity])
    assert said == "Cases 92.3% (48 of 52) is at least 90%: 10 of 10 points."


@pytest.mark.parametrize(
    ("rule", "values", "said"),
    [
        ([{"points": "full"}, {"deduct": "late", "each": "0.5"}], {"late": 3},
         "Cases: starts at 10; late 3, minus 1.5 (3 × 0.5): 8.5 of 10 points."),
        ([{"points": "full"}, {"deduct": "late", "each": 4}], {"late": 3},
         "Cases: starts at 10; late 3, minus 12 (3 × 4), -2 held to 0: 0 of 10 points."),
        ({"points": 5, "when": "done"}, {"done": "no"},
         "Cases: done: no, so the condition does not hold: 0 of 10 points."),
        ({"proportion": "cases", "target": 10}, {"cases": 4},
         "Cases: cases 4 against a target of 10: 4 of 10 points."),
        ({"best": [{"points": "a"}, {"points": "b"}]}, {"a": 1, "b": 2},
         "Cases: the better of: a 1; b 2: 2 of 10 points."),
        (LADDER | {"ladder": "r"}, {"r": "0.2"}, "Cases: r 0.2 reaches no step: 0 of 10 points."),
    ],
)  # fmt: skip
def test_each_part_says_what_it_did(rule, values, said):
    complete = rule if not isinstance(rule, dict) or "when" not in rule else rule | {"points": 10}
    assert sentence(complete, values) == said


def test_what_overrides_the_rule_is_said_with_its_reason():
    said = sentence({"points": 10}, {"worse": "yes"}, zero_if="worse")
    assert said == "Cases: worse: yes, so the condition for no points holds: 0 of 10 points."
    said = sentence({"points": "a"}, {"a": None}, "zh", on={"missing": "zero"})
    assert said == "办案：缺少数据：0分（满分10分）。"


@pytest.mark.parametrize(("most", "said"), [(1, "1 of 1 point."), (2, "1 of 2 points.")])
def test_one_point_is_no_points(most, said):
    one = item("A", most, {"points": "a"})
    result = weighed({"jm": {"a": 1}}, units=[JIANGMEN], items=[one])
    assert explain(result, "jm").children[0].sentence.say("en").endswith(said)


def test_the_source_names_who_supplied_the_figure():
    one = item("A", 10, {"points": "a"}, supplying_body="court", source="Art. 3")
    result = weighed(
        {"jm": {"a": 1}},
        units=[JIANGMEN],
        items=[one],
        bodies={"court": {"zh": "法院", "en": "Courts"}},
    )
    assert explain(result, "jm").children[0].source.say("zh") == "法院；Art. 3"


def test_a_grade_says_why_it_is_no_better():
    units = [{"code": code, "title": code} for code in ("u0", "u1", "u2", "u3")]
    grades = [{"code": "best", "at_least": 90, "quota": {"count": 1}},
              {"code": "good", "at_least": 60, "floors": {"B": 5}},
              {"code": "rest"}]  # fmt: skip
    values = {
        "u0": {"a": 90, "b": 6},
        "u1": {"a": 89, "b": 6},
        "u2": {"a": 88, "b": 4},
        "u3": {"a": 8, "b": 9},
    }
    items = [item("A", 90, {"points": "a"}), item("B", 10, {"points": "b"})]
    result = weighed(values, units=units, items=items, grades=grades)
    said = {unit: [reason.en for _, reason in why_no_better(result, unit)] for unit in values}
    assert said == {
        "u0": [],
        "u1": ["its quota of 1 is full"],
        "u2": ["its quota of 1 is full", "it takes at least 5 on Item B"],
        "u3": ["it takes at least 90", "it takes at least 60"],
    }


@pytest.mark.parametrize(
    ("quota", "totals", "requires", "said"),
    [
        ({"count": 1}, (9, 9, 9), None, "a tie at the edge of its quota of 1: those level are all left out"),
        ({"count": 2}, (9, 8, 8), None, "a tie at the edge of its quota of 2: those level are all left out"),
        ({"count": 1}, (9, 9, 8), None, "a tie at the edge of its quota of 1: those level are all left out"),
        ({"share": "20%"}, (9, 8, 7), None, "its quota comes to no seat among 3"),
        ({"count": 1}, (9, 8, 7), None, "its quota of 1 is full"),
        ({"count": 1}, (9, 8, 7), "b > 0", "its requirement is not met"),
    ],
)  # fmt: skip
def test_what_kept_a_unit_out_of_a_quota_is_named(quota, totals, requires, said) -> None:
    units = [{"code": code, "title": code} for code in ("u0", "u1", "u2")]
    best = {"code": "best", "at_least": 5, "quota": quota}
    if requires is not None:
        best["requires"] = requires
    values = {f"u{n}": {"a": a, "b": 1 - n} for n, a in enumerate(totals)}
    result = weighed(
        values, units=units, items=[item("A", 90, {"points": "a"})], grades=[best, {"code": "rest"}]
    )
    assert [reason.en for _, reason in why_no_better(result, "u2")] == [said]

"""The tree: bounds, states of the data, what does not apply, how groups combine."""

from fractions import Fraction as F

import pytest

from steelyard.kernel.faults import Faulty
from tests.builders import JIANGMEN, ZHONGSHAN, ZHUHAI, item, weighed


def score(values, items, **changes):
    """Jiangmen's total."""
    changes = {"units": [JIANGMEN]} | changes
    return weighed({"jm": values}, items=items, **changes).standing["jm"].score


def test_an_item_lies_between_nothing_and_its_points():
    assert score({"a": 14}, [item("A", 10, {"points": "a"})]) == 10
    assert score({"a": -4}, [item("A", 10, {"points": "a"})]) == 0


def test_a_bonus_is_on_top_of_the_hundred_and_held_to_its_own_cap():
    items = [item("A", 10, {"points": "a"}), item("B", 3, {"points": "b"}, kind="bonus")]
    assert score({"a": 10, "b": 5}, items, total={"points": 10}) == 13


def test_a_deduction_takes_at_most_its_points():
    items = [
        item("A", 10, {"points": "a"}),
        item("D", 4, {"deduct": "d", "each": 1}, kind="deduction"),
    ]
    assert score({"a": 10, "d": 9}, items) == 6


def test_a_bonus_can_open_only_above_a_base():
    bonus = item("B", 30, {"points": "b", "when": 'score("A") > 80'}, kind="bonus")
    items = [item("A", 100, {"points": "a"}), bonus]
    assert score({"a": 80, "b": 9}, items) == 80
    assert score({"a": 81, "b": 9}, items) == 90


THREE = [item("G"), item("A", 20, {"points": "a"}, parent="G"), item("B", 30, {"points": "b"}, parent="G"),
         item("C", 50, {"points": "c"}, parent="G", not_applicable_if="none")]  # fmt: skip


@pytest.mark.parametrize(
    ("how", "points"),
    [
        ("rescale", (10 + 30) * F(100, 50)),
        ("spread", F(10, 20) * (20 + 25) + 30 + 25),
        ("drop", 40),
        ("full", 90),
        ("zero", 40),
    ],
)
def test_what_does_not_apply_leads_to_what_the_group_says(how, points):
    items = [dict(THREE[0], not_applicable=how), *THREE[1:]]
    assert score({"a": 10, "b": 30, "c": 7, "none": "yes"}, items) == points


def test_what_does_not_apply_can_count_the_mean_of_the_others():
    items = [item("G", not_applicable="mean_of_others"), item("A", 10, {"points": "a"}, parent="G"),
             item("C", 50, {"points": "c"}, parent="G", not_applicable_if="none")]  # fmt: skip
    values = {
        "jm": {"a": 10, "c": 0, "none": "yes"},
        "zs": {"a": 1, "c": 20, "none": "no"},
        "zh": {"a": 1, "c": 50, "none": "no"},
    }
    result = weighed(values, units=[JIANGMEN, ZHONGSHAN, ZHUHAI], items=items)
    assert result.standing["jm"].score == 10 + F(20 + 50, 2)


def test_a_share_of_what_is_possible_can_be_the_total():
    items = [
        item("A", 20, {"points": "a"}),
        item("B", 30, {"points": "b"}, not_applicable_if="none"),
    ]
    total = {"as": "percent", "not_applicable": "drop"}
    assert score({"a": 15, "b": 0, "none": "yes"}, items, total=total) == 75


def test_missing_parts_are_weighed_anew():
    items = [item(code, 100, {"points": code.lower()}, weight=weight, on={"missing": "not_applicable"})
             for code, weight in (("A", 40), ("B", 25), ("C", 35))]  # fmt: skip
    total = {"combine": "weighted_mean"}
    assert score({"a": 80, "b": 60, "c": None}, items, total=total) == F(80 * 40 + 60 * 25, 65)


def test_the_lower_of_two_totals_counts():
    items = [item("A", 100, {"points": "a"}), item("B", 100, {"points": "b"})]
    assert score({"a": 71, "b": 64}, items, total={"combine": "lowest"}) == 64


def test_nothing_that_applies_is_no_score_and_no_rank():
    standing = weighed({"jm": {"a": 1}}, units=[JIANGMEN],
                       items=[item("A", 1, {"points": "a"}, not_applicable_if="1 > 0")]).standing["jm"]  # fmt: skip
    assert (standing.score, standing.rank, standing.grade) == (None, None, "")


def test_a_missing_value_is_refused_and_never_zero():
    with pytest.raises(Faulty) as caught:
        weighed({"jm": {"a": None}, "zs": {}})
    assert [fault.code for fault in caught.value.faults] == ["value-missing", "value-missing"]
    assert "Jiangmen (jm) has no value for a" in caught.value.faults[0].what.en


@pytest.mark.parametrize(
    ("outcome", "points"),
    [("zero", 0), ("full", 10), ("mean_of_others", 6), ("not_applicable", None)],
)
def test_a_missing_value_leads_to_what_the_scheme_says(outcome, points):
    result = weighed({"jm": {"a": None}, "zs": {"a": 6}}, on={"missing": outcome})
    assert result.items["A"]["jm"].points == points


@pytest.mark.parametrize("outcome", ["zero", "full"])
def test_a_cap_that_is_itself_unknown_is_refused(outcome):
    with pytest.raises(Faulty, match="has no value for b"):
        score(
            {"a": 3, "b": None}, [item("A", 10, {"points": "a"}, cap="b", on={"missing": outcome})]
        )


def test_no_cases_is_a_state_of_its_own():
    items = [
        item("A", 10, {"points": "10 * closed / due"}, on={"no_base": "full", "missing": "zero"})
    ]
    assert score({"closed": 0, "due": 0}, items) == 10
    assert score({"closed": 0, "due": None}, items) == 0


def test_an_override_sets_the_item_to_zero_or_full():
    items = [item("A", 10, {"points": "a"}, zero_if="worse", full_if="a > 8")]
    assert score({"a": 9, "worse": "yes"}, items) == 0
    assert score({"a": 9, "worse": "no"}, items) == 10
    assert score({"a": 7, "worse": "no"}, items) == 7


def test_an_item_can_be_for_some_groups_only():
    units = [dict(JIANGMEN, group="coast"), dict(ZHONGSHAN, group="hills")]
    items = [item("A", 10, {"points": "a"}), item("B", 10, {"points": "b"}, applies_to=["coast"])]
    result = weighed({"jm": {"a": 5, "b": 5}, "zs": {"a": 5, "b": 9}}, units=units, items=items,
                     total={"not_applicable": "drop"})  # fmt: skip
    assert [result.standing[code].score for code in ("jm", "zs")] == [10, 5]


def test_a_late_penalty_is_adjusted_on_the_group():
    adjust = [{"deduct": "days_late", "each": 1, "per": 15, "count": "full"}]
    assert (
        score(
            {"a": 10, "days_late": 31}, [item("A", 10, {"points": "a"})], total={"adjust": adjust}
        )
        == 8
    )


def test_a_pool_is_shared_by_what_each_earned():
    items = [item("P", 100, {"points": "p"}, weight=1)]
    total = {"rule": {"points": '1000 * score("P") * size / all_total(score("P") * size)'}}
    result = weighed(
        {"jm": {"p": 80, "size": 3}, "zs": {"p": 60, "size": 1}}, items=items, total=total
    )
    assert [result.standing[code].score for code in ("jm", "zs")] == [800, 200]


@pytest.mark.parametrize(
    ("formula", "points"),
    [
        ("all_rank(a)", [2, 1, 2]), ("all_rank(-a)", [1, 3, 1]), ("all_max(a)", [9, 9, 9]),
        ("all_mean(a)", [F(17, 3)] * 3), ("all_median(a)", [4, 4, 4]), ("group_mean(a)", [F(13, 2), F(13, 2), 4]),
        ("10 * a / all_max(a)", [F(40, 9), 10, F(40, 9)]), ("group_rank(a)", [2, 1, 1]),
    ],
)  # fmt: skip
def test_a_rule_can_look_at_the_other_units(formula, points):
    units = [dict(JIANGMEN, group="g"), dict(ZHONGSHAN, group="g"), dict(ZHUHAI, group="h")]
    items = [item("A", 10, {"points": formula}, cap="none", gap={"points": 10, "note": "-"})]
    result = weighed({"jm": {"a": 4}, "zs": {"a": 9}, "zh": {"a": 4}}, units=units, items=items)
    assert [result.items["A"][code].points for code in ("jm", "zs", "zh")] == points


def test_a_unit_without_a_value_does_not_count_in_the_mean_of_all():
    rule = {"points": "all_mean(a)", "when": "known(a)", "otherwise": 0}
    result = weighed({"jm": {"a": 4}, "zs": {"a": None}}, items=[item("A", 10, rule)])
    assert [result.items["A"][code].points for code in ("jm", "zs")] == [4, 0]

"""What a city is told to do next: ladders, caps, vetoes, quotas, ties; and when it cannot be done."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from steelyard import Faulty, Values, advise
from steelyard.weighing.advice.findings import Advice
from steelyard.weighing.advice.levers import Cost
from steelyard.weighing.advice.search import Limits
from steelyard.weighing.advice.targets import Target, ToGrade, ToPoints, ToRank
from tests.builders import JIANGMEN, ZHONGSHAN, ZHUHAI, item, scheme

RATE = {"ladder": "rate", "steps": [[">= 90%", 10], ["[80%, 90%)", 6]], "otherwise": 0}
GRADES = [
    {"code": "best", "title": {"zh": "优秀", "en": "Excellent"}, "at_least": 15},
    {"code": "rest", "title": "Rest"},
]


def cost(
    code: str, price: object = 1, step: object = 1, least: object = 0, most: object = 20
) -> Cost:
    return Cost(code, *(Fraction(str(one)) for one in (price, step, least, most)))


def advised(
    target: Target, values: dict[str, dict[str, Any]], *costs: Cost, limits: Limits | None = None,
    **changes: Any,
) -> Advice:  # fmt: skip
    """Jiangmen's advice."""
    changes = {"units": [JIANGMEN, ZHONGSHAN, ZHUHAI]} | changes
    made = scheme(**changes)
    return advise(
        made, Values.of(made, values), "Jiangmen", target, costs=costs or None,
        limits=limits or Limits(),
    )  # fmt: skip


def plan(advice: Advice) -> dict[str, object]:
    return dict(advice.new_values)


# --- what is cheapest ---------------------------------------------------------------------------


def test_a_ladder_is_climbed_to_its_edge_and_no_further() -> None:
    found = advised(
        ToPoints(Fraction(10)), {"jm": {"rate": "0.5"}, "zs": {"rate": 1}, "zh": {"rate": 1}},
        cost("rate", 1, "0.01", 0, 1), items=[item("A", 10, RATE)],
    )  # fmt: skip
    assert plan(found) == {"rate": Fraction(9, 10)}
    assert (found.cost, found.outcome, found.is_proven) == (Fraction(2, 5), "reached", True)
    assert found.changes[0].worth == 10


def test_a_cap_sends_the_effort_elsewhere() -> None:
    """Beyond five points the bonus group gives nothing, though it is the cheapest."""
    items = [
        item("A", 10, {"points": "a"}),
        item("B", 5, kind="bonus"),
        item("B1", 5, {"add": "b", "each": 1}, kind="bonus", parent="B"),
        item("B2", 5, {"add": "c", "each": 1}, kind="bonus", parent="B"),
    ]
    nothing = {"a": 2, "b": 0, "c": 0}
    found = advised(
        ToPoints(Fraction(9)), {"jm": nothing, "zs": nothing, "zh": nothing},
        cost("a", 5, most=10), cost("b", 1, most=4), cost("c", 2, most=4), items=items,
    )  # fmt: skip
    assert plan(found) == {"a": 4, "b": 4, "c": 1}


def test_a_rival_loses_when_the_best_value_rises() -> None:
    """10 × a ÷ the best a: what lifts Jiangmen above the best lowers everybody else."""
    items = [item("A", 10, {"points": "10 * a / all_max(a)"}), item("C", 10, {"points": "c"})]
    values = {"jm": {"a": 5, "c": 0}, "zs": {"a": 10, "c": 4}, "zh": {"a": 1, "c": 0}}
    found = advised(ToRank(1), values, cost("a", most=40), items=items)
    assert plan(found) == {"a": 17}
    assert found.after.standing["zs"].score == Fraction(100, 17) + 4
    assert found.overtaken == ("zs",)


def test_a_veto_has_to_be_cured() -> None:
    vetoes = [{"code": "v", "title": "Fraud", "when": "fraud > 0", "then": {"grade": "rest"}}]
    values = {u: {"a": 3, "fraud": 2} for u in ("jm", "zs", "zh")}
    found = advised(
        ToGrade("Excellent"), values, cost("a", most=20), cost("fraud", 7, most=2),
        items=[item("A", 20, {"points": "a"})], grades=GRADES, vetoes=vetoes,
    )  # fmt: skip
    assert plan(found) == {"a": 15, "fraud": 0}
    assert found.standing_after.grade == "best"
    assert [(one.input, one.worth, one.lifts_veto, one.is_needed) for one in found.changes] == [
        ("fraud", 0, True, True), ("a", 12, False, True),
    ]  # fmt: skip


def test_a_veto_that_still_caps_the_grade_is_noted_beside_the_rank() -> None:
    vetoes = [{"code": "v", "title": "Fraud", "when": "fraud > 0", "then": {"best_grade": "rest"}}]
    values = {"jm": {"a": 3, "fraud": 2}, "zs": {"a": 16, "fraud": 0}, "zh": {"a": 3, "fraud": 0}}
    found = advised(
        ToRank(1), values, cost("a"), items=[item("A", 20, {"points": "a"})],
        grades=GRADES, vetoes=vetoes,
    )  # fmt: skip
    lower = advised(
        ToPoints(Fraction(9)), values, cost("a"), items=[item("A", 20, {"points": "a"})],
        grades=GRADES, vetoes=vetoes,
    )  # fmt: skip
    assert lower.notes == ()
    assert [note.en for note in found.notes] == [
        "the veto Fraud still holds and keeps the grade at Rest"
    ]


def test_a_lost_tie_must_be_beaten_and_a_shared_one_need_not() -> None:
    values = {"jm": {"a": 1, "b": 1}, "zs": {"a": 5, "b": 2}, "zh": {"a": 0, "b": 0}}
    shared = advised(ToRank(1), values, cost("a"), items=[item("A", 10, {"points": "a"})])
    broken = advised(
        ToRank(1), values, cost("a"), items=[item("A", 10, {"points": "a"})],
        ranking={"tie_break": ["b"]},
    )  # fmt: skip
    assert (plan(shared), plan(broken)) == ({"a": 5}, {"a": 6})


def test_a_tie_may_be_won_by_the_key_that_breaks_it() -> None:
    values = {"jm": {"a": 1, "b": 1}, "zs": {"a": 5, "b": 2}, "zh": {"a": 0, "b": 0}}
    found = advised(
        ToRank(1), values, cost("a", 10), cost("b", 1), items=[item("A", 10, {"points": "a"})],
        ranking={"tie_break": ["b"]},
    )  # fmt: skip
    assert plan(found) == {"a": 5, "b": 2}
    assert [(one.input, one.is_needed) for one in found.changes] == [("b", True), ("a", True)]


def test_a_quota_asks_for_a_place_and_not_only_for_points() -> None:
    grades = [GRADES[0] | {"quota": {"count": 1}}, GRADES[1]]
    values = {"jm": {"a": 3}, "zs": {"a": 17}, "zh": {"a": 3}}
    found = advised(
        ToGrade("best"), values, cost("a"), items=[item("A", 20, {"points": "a"})], grades=grades
    )
    assert plan(found) == {"a": 18}


def test_a_full_quota_is_seen_though_the_unit_moves_everybody() -> None:
    """One seat; the best two stay ahead whatever Jiangmen's a does to the shares of all."""
    grades = [{**GRADES[0], "at_least": 10, "quota": {"count": 1}}, GRADES[1]]
    items = [item("A", 10, {"points": "10 * a / all_max(a)"}), item("C", 20, {"points": "c"}),
             item("D", 5, {"points": "d / 40"})]  # fmt: skip
    values = {"jm": {"a": 1, "c": 0, "d": 0}, "zs": {"a": 100, "c": 17, "d": 0},
              "zh": {"a": 90, "c": 16, "d": 0}}  # fmt: skip
    found = advised(
        ToGrade("best"), values, cost("a", most=150), cost("d", most=200), items=items,
        grades=grades, limits=Limits(plans=1),
    )  # fmt: skip
    assert (found.outcome, found.is_proven) == ("cannot", True)


@pytest.mark.parametrize(("total", "least"), [("== 31", 42), ("> 100", None)])
def test_few_plans_are_weighed_one_by_one_where_no_row_can_tell(total, least) -> None:
    """A requirement on the total is no row of the programme: 441 plans, 20 of them solved for."""
    grades = [{**GRADES[0], "requires": f"total {total}"}, GRADES[1]]
    items = [item("A", 20, {"points": "a"}), item("B", 20, {"points": "b"})]
    values = {u: {"a": 0, "b": 0} for u in ("jm", "zs", "zh")}
    found = advised(
        ToGrade("best"), values, cost("a"), cost("b", 2), items=items, grades=grades,
        limits=Limits(plans=21),
    )  # fmt: skip
    assert found.is_proven
    assert (found.cost if found.changes else None) == least


def test_a_floor_of_a_grade_counts() -> None:
    grades = [GRADES[0] | {"floors": {"B": 4}}, GRADES[1]]
    items = [item("A", 20, {"points": "a"}), item("B", 10, {"points": "b"})]
    values = {u: {"a": 3, "b": 1} for u in ("jm", "zs", "zh")}
    found = advised(ToGrade("best"), values, cost("a"), cost("b", 9), items=items, grades=grades)
    assert plan(found) == {"a": 11, "b": 4}


def test_a_floor_no_longer_asks_about_an_item_that_ceases_to_apply() -> None:
    """Without B the total is lower, but the floor on B is gone: cheaper than reaching it."""
    grades = [GRADES[0] | {"floors": {"B": 4}}, GRADES[1]]
    items = [
        item("A", 20, {"points": "a"}),
        item("B", 10, {"points": "b"}, not_applicable_if="c > 0"),
    ]
    values = {u: {"a": 18, "b": 1, "c": 0} for u in ("jm", "zs", "zh")}
    found = advised(
        ToGrade("best"), values, cost("b", 9), cost("c", most=1), items=items, grades=grades
    )
    assert (plan(found), found.cost, found.is_proven) == ({"c": 1}, 1, True)


def test_a_floor_no_longer_asks_about_an_item_that_loses_its_base() -> None:
    grades = [GRADES[0] | {"floors": {"B": 4}}, GRADES[1]]
    items = [item("A", 20, {"points": "a"}),
             item("B", 10, {"points": "b / c"}, on={"no_base": "not_applicable"})]  # fmt: skip
    values = {u: {"a": 18, "b": 1, "c": 1} for u in ("jm", "zs", "zh")}
    found = advised(
        ToGrade("best"), values, cost("b", 9), cost("c", most=1), items=items, grades=grades
    )
    assert (plan(found), found.cost, found.is_proven) == ({"c": 0}, 1, True)


def test_switching_a_yes_or_a_text_has_its_own_cost() -> None:
    items = [item("A", 10, {"table": "level", "rows": {"town": 1, "city": 6, "province": 10}}),
             item("B", 5, {"points": "5 if film else 0"})]  # fmt: skip
    values = {u: {"level": "town", "film": "no"} for u in ("jm", "zs", "zh")}
    costs = (
        Cost("level", Fraction(9), to="province"), Cost("level", Fraction(4), to="city"),
        Cost("film", Fraction(2), to=True),
    )  # fmt: skip
    found = advised(ToPoints(Fraction(10)), values, *costs, items=items)
    assert (plan(found), found.cost) == ({"level": "city", "film": True}, 6)


def test_a_row_for_the_unit_goes_before_the_row_for_all() -> None:
    values = {u: {"a": 1} for u in ("jm", "zs", "zh")}
    own = Cost("a", Fraction(3), Fraction(2), Fraction(0), Fraction(10), unit="jm")
    found = advised(
        ToPoints(Fraction(5)), values, cost("a"), own, items=[item("A", 10, {"points": "a"})]
    )
    assert (plan(found), found.cost) == ({"a": 6}, 15)


# --- nothing to do, cannot, stopped ---------------------------------------------------------------


def test_a_target_already_reached_costs_nothing() -> None:
    values = {"jm": {"a": 9}, "zs": {"a": 1}, "zh": {"a": 1}}
    found = advised(ToRank(2), values, cost("a"))
    assert (found.outcome, found.changes, found.cost) == ("nothing_to_do", (), 0)


def test_what_cannot_be_reached_says_which_range_binds() -> None:
    values = {"jm": {"a": 1}, "zs": {"a": 9}, "zh": {"a": 1}}
    found = advised(ToRank(1), values, cost("a", most=5))
    assert found.outcome == "cannot"
    said = [reason.en for reason in found.reasons]
    assert said[0] == "with every lever at its best for the total, that is 5.00, rank 2"
    assert said[1] == "still ahead: Zhongshan (9.00)"
    assert said[2].endswith("can only be from 0 to 5")


COUNTED = {"proportion": "a", "target": 20}


def test_a_count_of_which_no_best_value_is_known_puts_nothing_out_of_reach() -> None:
    values = {"jm": {"a": 9}, "zs": {"a": 5}, "zh": {"a": 1}}
    found = advised(ToPoints(Fraction(10)), values, items=[item("A", 10, COUNTED)])
    assert (found.outcome, found.no_best) == ("unknown", ("a",))


def test_what_is_out_of_reach_with_any_amount_of_it_is_told_so() -> None:
    values = {"jm": {"a": 9}, "zs": {"a": 5}, "zh": {"a": 1}}
    items = [item("A", 10, COUNTED), item("B", 10, {"points": "0"}, gap={"points": 10, "note": "-"})]  # fmt: skip
    found = advised(ToPoints(Fraction(15)), values, items=items)
    assert (found.outcome, found.no_best) == ("cannot", ())


def test_the_best_of_another_unit_or_a_bound_is_a_best_value_that_is_known() -> None:
    items = [item("A", 10, COUNTED)]
    ahead = {"jm": {"a": 9}, "zs": {"a": 12}, "zh": {"a": 1}}
    assert advised(ToPoints(Fraction(10)), ahead, items=items).outcome == "cannot"
    bounded = [{"code": "a", "title": {"zh": "a"}, "type": "count", "most": 15}]
    first = {"jm": {"a": 9}, "zs": {"a": 5}, "zh": {"a": 1}}
    found = advised(ToPoints(Fraction(10)), first, items=items, inputs=bounded)
    assert (found.outcome, found.no_best) == ("cannot", ())


def test_a_veto_that_no_lever_cures_is_named() -> None:
    vetoes = [
        {
            "code": "v",
            "title": {"zh": "弄虚作假", "en": "Fraud"},
            "when": "fraud",
            "then": {"rank": "last"},
        }
    ]
    values = {u: {"a": 1, "fraud": "yes" if u == "jm" else "no"} for u in ("jm", "zs", "zh")}
    found = advised(ToRank(1), values, cost("a"), vetoes=vetoes)
    assert any("Fraud still holds" in reason.en for reason in found.reasons)


def test_a_veto_that_takes_only_the_grade_stands_in_the_way_of_no_rank() -> None:
    grade = {"code": "rest", "title": {"zh": "其余", "en": "Rest"}}
    then = {"grade": "rest"}
    vetoes = [
        {"code": "v", "title": {"zh": "弄虚作假", "en": "Fraud"}, "when": "fraud", "then": then}
    ]
    values = {u: {"a": 1, "fraud": "yes" if u == "jm" else "no"} for u in ("jm", "zs", "zh")}
    values["zs"]["a"] = 9
    found = advised(ToRank(1), values, cost("a", most=2), grades=[grade], vetoes=vetoes)
    assert found.reasons
    assert not any("Fraud" in reason.en for reason in found.reasons)


def test_stopped_early_it_states_the_gap() -> None:
    """No seconds at all: the most ambitious plan, thinned out, is confirmed; nothing is proven."""
    items = [item(code, 10, {"points": code.lower()}) for code in "ABC"]
    values = {u: dict.fromkeys("abc", 1) for u in ("jm", "zs", "zh")}
    found = advised(
        ToPoints(Fraction(20)), values, cost("a", 3), cost("b", 2), cost("c", 5), items=items,
        limits=Limits(seconds=0),
    )  # fmt: skip
    assert not found.is_proven
    assert found.outcome == "reached"
    assert found.standing_after.score >= 20
    assert 0 <= found.bound <= 43 <= found.cost


def test_free_levers_are_pulled_for_nothing() -> None:
    values = {"jm": {"a": 1}, "zs": {"a": 9}, "zh": {"a": 1}}
    assert advised(ToRank(1), values, cost("a", 0)).cost == 0


# --- what is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "code"),
    [(ToRank(0), "no-such-rank"), (ToRank(4), "no-such-rank"), (ToGrade("gold"), "unknown-grade"),
     (ToPoints(Fraction(11)), "too-many-points")],
)  # fmt: skip
def test_a_target_that_nobody_could_have_is_refused(target: Target, code: str) -> None:
    with pytest.raises(Faulty) as refused:
        advised(target, {u: {"a": 1} for u in ("jm", "zs", "zh")}, cost("a"), grades=GRADES)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_too_many_combinations_in_one_rule_are_refused_by_its_name() -> None:
    rule = {"points": "a * b * c / 100"}
    values = {u: {"a": 1, "b": 1, "c": 1} for u in ("jm", "zs", "zh")}
    with pytest.raises(
        Faulty, match="Item A depends on a, b, c together: 68921 combinations are too many"
    ):
        advised(
            ToPoints(Fraction(9)),
            values,
            *(cost(i, most=40) for i in "abc"),
            items=[item("A", 10, rule)],
        )


def test_too_many_steps_are_refused() -> None:
    with pytest.raises(Faulty, match="more than 5000"):
        advised(
            ToRank(1),
            {u: {"a": i} for i, u in enumerate(("jm", "zs", "zh"))},
            cost("a", 1, "0.001", 0, 20),
        )


# --- without a cost table -----------------------------------------------------------------------------


def test_without_costs_an_input_goes_up_to_the_best_and_the_whole_way_costs_100() -> None:
    values = {"jm": {"a": 0}, "zs": {"a": 8}, "zh": {"a": 4}}
    found = advised(ToRank(2), values)
    assert (plan(found), found.cost, found.has_costs) == ({"a": 4}, 50, False)


def test_without_costs_a_ratio_goes_up_to_the_best_ratio_and_its_divisor_stays() -> None:
    """Zhuhai is small: 9 of 10 is better than Zhongshan's 80 of 100, and 45 of 50 is as good."""
    items = [item("A", 10, {"points": "10 * closed / due"})]
    values = {
        "jm": {"closed": 20, "due": 50},
        "zs": {"closed": 80, "due": 100},
        "zh": {"closed": 9, "due": 10},
    }
    found = advised(ToRank(1), values, items=items)
    assert [lever.input for lever in found.levers] == ["closed"]
    assert plan(found) == {"closed": 45}


def test_without_costs_less_is_better_where_the_rule_takes_away() -> None:
    items = [item("A", 10, [{"points": "full"}, {"deduct": "complaints", "each": 1}])]
    values = {"jm": {"complaints": 7}, "zs": {"complaints": 2}, "zh": {"complaints": 9}}
    assert plan(advised(ToRank(1), values, items=items)) == {"complaints": 2}


def test_without_costs_the_steps_hold_the_edges_of_the_ladder() -> None:
    values = {"jm": {"rate": "0.413"}, "zs": {"rate": "0.957"}, "zh": {"rate": "0.5"}}
    found = advised(ToPoints(Fraction(10)), values, items=[item("A", 10, RATE)])
    assert plan(found) == {"rate": Fraction(9, 10)}

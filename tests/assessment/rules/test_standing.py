"""A unit's own estimate, from values alone."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.assessment.rules.schemes.division import division
from steelyard.assessment.rules.standing.estimate import Estimate, estimate
from steelyard.assessment.rules.standing.past import Past
from steelyard.assessment.rules.standing.told import told
from steelyard.assessment.rules.standing.unknown import Case
from steelyard.assessment.rules.standing.values import (
    Given,
    Said,
    estimated_scheme,
    estimated_values,
)
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.weighing.advice.search import Limits
from steelyard.weighing.advice.targets import ToPoints
from steelyard.weighing.values import Values
from tests.assessment.year import scheme

RIVAL = {"trained": Fraction(200), "closed_in_time": Fraction("0.96")}
TYPES = {"trained": "count", "closed_in_time": "share"}
FULL = {"A2": Fraction(20), "B2": Fraction(10)}
WHOLE = Past(
    {"440100": RIVAL}, {"440100": {"A2": Fraction(18), "B2": Fraction(8)}}, types=TYPES, full=FULL
)
SAID = {
    "A1": Said(Fraction(40), {"closed_in_time": "85%"}, material=1),
    "A2": Said(Fraction(15)),
    "B2": Said(Fraction(9), material=1),
}

WELL_JUDGED = {**SAID, "A2": Said(Fraction(19)), "B2": Said(Fraction(10), material=1)}


def changed(**rules: object) -> Scheme:
    """The scheme with other rules of these items."""
    items = [
        row | {"rule": rules.get(row["code"], row.get("rule"))}
        for row in scheme().document["items"]
    ]
    kept = [{key: one for key, one in row.items() if one is not None} for row in items]
    return Scheme.from_document({**scheme().document, "items": kept})


def estimated(
    past: Past | None, said: dict[str, Said] = SAID, of: Scheme | None = None
) -> Estimate:
    of = of or scheme()
    divided = division(of)
    own = estimated_scheme(of, divided)
    records = Values.of(of, {"440700": {"trained": 150}, "440100": {"trained": 1}})
    values, known = estimated_values(own, divided, "440700", records, said, past)
    return estimate(own, divided, "440700", values, known, said, Text(), Limits(seconds=5))


def test_days_filed_late_are_counted_of_the_unit_and_of_no_rival() -> None:
    document = dict(scheme().document)
    late = {"code": "days_filed_late", "title": {"zh": "逾期", "en": "late"}, "type": "count"}
    of = scheme_from_document({**document, "inputs": [*document["inputs"], late]})
    values, _ = estimated_values(
        of, division(of), "440700", Values(), {}, None, {"days_filed_late": Given("3")}
    )
    cells = values.cells["days_filed_late", "2021"]
    assert {unit: cell.value for unit, cell in cells.items()} == {"440700": 3, "440100": 0}


def test_rivals_stand_where_they_were_last_weighed() -> None:
    found = estimated(WHOLE)
    assert found.rank == 2
    assert found.result.standing["440100"].score == 40 + 18 + 30 + 8


def test_own_points_are_computed_supplied_and_self_scored() -> None:
    assert estimated(WHOLE).result.standing["440700"].score == 30 + 15 + Fraction("22.5") + 9


def test_there_is_no_rank_while_a_value_of_a_rival_is_unknown() -> None:
    without = replace(WHOLE, values={"440100": {"trained": Fraction(200)}})
    assert estimated(without).rank is None
    assert estimated(None).rank is None


def test_the_cheapest_way_up_aims_at_the_next_rank() -> None:
    advice = estimated(WHOLE, WELL_JUDGED).way_up.advice
    assert advice is not None
    assert (advice.outcome, advice.standing_after.rank) == ("reached", 1)


def test_a_grade_is_not_out_of_reach_where_no_best_value_of_a_count_is_known() -> None:
    """150 persons of the 200 asked for, nothing published of the others, and no bound: nobody knows."""
    grades = [
        row | ({"at_least": 95} if row["code"] == "excellent" else {})
        for row in scheme().document["grades"]
    ]
    other = Scheme.from_document({**scheme().document, "grades": grades})
    found = estimated(None, WELL_JUDGED, of=other)
    way = told(found).way
    assert (way.outcome, [one.en for one in way.no_best]) == ("unknown", ["Persons trained"])


def test_a_higher_self_score_is_no_way_up() -> None:
    """A2 and B2 are judged: only what is counted of A1 and B1 can be improved."""
    way = told(estimated(WHOLE, WELL_JUDGED)).way
    assert way.steps
    assert not [step for step in way.steps if "self-score" in step.what.en]
    full = {"A1": SAID["A1"], "A2": Said(Fraction(1)), "B2": Said(Fraction(1))}
    assert "self-score" not in str(told(estimated(WHOLE, full)).way)


def test_a_veto_of_which_nobody_has_published_a_figure_is_left_out_by_name() -> None:
    document = scheme().document
    found = Scheme.from_document({
        **document,
        "inputs": [*document["inputs"], {
            "code": "major_event", "title": {"zh": "重大事件", "en": "Major events"}, "type": "count",
            "supplying_body": "market",
        }],
        "vetoes": [{"code": "event", "title": {"zh": "重大事件一票否决", "en": "A major event"},
                    "when": "major_event > 0", "then": {"lower_by": 1}}],
    })  # fmt: skip
    estimate = estimated(WHOLE, of=found)
    said = told(estimate)
    assert [one.en for one in said.untold] == ["A major event"]
    assert said.now.score == told(estimated(WHOLE)).now.score
    assert said.way is not None


def test_while_an_item_is_not_known_the_way_up_aims_at_points_and_no_rank() -> None:
    found = estimated(WHOLE, {"A1": SAID["A1"], "B2": SAID["B2"]})
    assert found.way_up.advice.target == ToPoints(Fraction(67))  # it has 61.5
    said = told(found)
    assert said.now.rank is None
    assert not any("rank" in one.en for one in said.way.reasons)


def test_of_a_group_it_is_told_whether_all_or_some_of_it_is_known() -> None:
    said = told(estimated(WHOLE, {"B2": SAID["B2"]}))
    lines = {one.code: (one.points, one.is_known) for one in said.lines}
    assert (lines["A"], lines["A1"]) == ((None, False), (None, False))
    assert lines["B"] == (Fraction("31.5"), True)
    some = {one.code: one.why.en for one in told(estimated(WHOLE, {"A2": SAID["A2"]})).lines}
    assert some["B"].endswith("; without what is not known yet")


def test_an_item_claimed_as_not_applicable_is_left_out_of_the_estimate() -> None:
    said = {**SAID, "A2": Said(claim="not_applicable")}
    assert estimated(None, said).result.items["A2"]["440700"].points is None


def test_with_nothing_unknown_the_worst_and_the_best_are_the_estimate() -> None:
    found = estimated(WHOLE)
    now = found.result.standing["440700"]
    assert found.unknown == ()
    assert found.worst == found.best == Case(now.score, now.rank, now.grade)


def test_what_is_not_known_is_named_and_the_total_lies_between_its_bounds() -> None:
    said = {"A2": Said(Fraction(15)), "B2": Said()}
    found = estimated(WHOLE, said)
    assert [(one.item, one.least, one.most) for one in found.unknown] == [
        ("A1", 0, 40), ("B2", 0, 10),
    ]  # fmt: skip
    least = 15 + Fraction("22.5")
    assert (found.worst.score, found.best.score) == (least, least + 50)
    assert (found.worst.grade, found.best.grade) == ("fail", "pass")
    assert (found.worst.rank, found.best.rank) == (2, 2)


def test_an_item_that_compares_is_not_known_while_the_others_are_not() -> None:
    compared = changed(B1={"proportion": "trained", "target": "all_max(trained)"})
    assert [one.item for one in estimated(None, of=compared).unknown] == ["B1"]
    assert estimated(WHOLE, of=compared).unknown == ()


def test_what_is_not_known_of_another_item_keeps_no_comparison_back() -> None:
    """A2 gives other points than last year, so of the rivals there is no total: what B1 compares is known."""
    compared = changed(B1={"proportion": "trained", "target": "all_max(trained)"})
    amended = replace(WHOLE, full={"A2": Fraction(25), "B2": Fraction(10)})
    found = estimated(amended, of=compared)
    assert (found.rank, found.among, found.unknown) == (None, 1, ())
    whole = estimated(WHOLE, of=compared)
    assert found.result.items["B1"]["440700"] == whole.result.items["B1"]["440700"]


def test_a_rival_to_which_the_item_did_not_apply_is_not_waited_for() -> None:
    compared = changed(B1={"proportion": "trained", "target": "all_max(trained)"})
    without = replace(
        WHOLE, values={"440100": {"closed_in_time": Fraction("0.96")}}, full={},
        statuses={"440100": {"B1": "not_applicable"}},
    )  # fmt: skip
    assert estimated(without, of=compared).unknown == ()


def test_what_was_published_counts_only_where_it_still_means_the_same() -> None:
    assert estimated(replace(WHOLE, types=TYPES | {"trained": "share"})).rank is None
    assert estimated(replace(WHOLE, full=FULL | {"B2": Fraction(8)})).rank is None


def test_an_item_that_did_not_apply_to_a_rival_does_not_stand_in_the_way_of_a_rank() -> None:
    points = {"440100": {"B2": Fraction(8)}}
    past = replace(WHOLE, points=points, statuses={"440100": {"A2": "not_applicable"}})
    found = estimated(past)
    assert found.rank == 2
    assert found.result.items["A2"]["440100"].points is None


def test_what_has_no_base_counts_as_the_scheme_says() -> None:
    document = {**scheme().document, "on": {"no_base": "not_applicable", "missing": "refuse"}}
    of = estimated_scheme(Scheme.from_document(document), division(scheme()))
    assert of.on == {"no_base": "not_applicable", "missing": "zero"}


@given(
    scores=st.fixed_dictionaries({}, optional={"A2": st.integers(0, 20), "B2": st.integers(0, 10)}),
    closed=st.none() | st.integers(0, 100),
)
@settings(max_examples=25, deadline=None)
def test_the_estimate_and_every_way_it_may_turn_out_lie_between_worst_and_best(
    scores: dict[str, int], closed: int | None
) -> None:
    said = {code: Said(Fraction(one)) for code, one in scores.items()}
    if closed is not None:
        said["A1"] = Said(None, {"closed_in_time": f"{closed}%"})
    found = estimated(WHOLE, said)
    whole = {"A2": Said(Fraction(7)), "B2": Said(Fraction(3)), "A1": SAID["A1"], **said}
    later = estimated(WHOLE, whole)
    for one in (found, later):
        assert found.worst.score <= one.result.standing["440700"].score <= found.best.score
        assert found.best.rank <= one.rank <= found.worst.rank


def fewer_points() -> Scheme:
    """B2, which is judged, gives 4 in place of the 10 that it gave when the rivals were published."""
    document = dict(scheme().document)
    items = [
        row | {"points": {"B2": 4, "B1": 36}.get(row["code"], row.get("points"))}
        for row in document["items"]
    ]
    inputs = [
        row | ({"most": 4} if row["code"] == "plan_points" else {}) for row in document["inputs"]
    ]
    kept = [{key: one for key, one in row.items() if one is not None} for row in items]
    return Scheme.from_document({**document, "items": kept, "inputs": inputs})


def test_what_an_amendment_makes_unknown_of_rivals_leaves_a_rank_between_bounds() -> None:
    """The rival has 40 + 18 + 36 that are published, and B2 between 0 and 4."""
    own = {**WELL_JUDGED, "A1": Said(None, {"closed_in_time": "96%"}), "B2": Said(Fraction(4))}
    between = estimated(WHOLE, own, fewer_points())
    assert between.unknown == ()
    assert between.rank is None
    assert (between.best.rank, between.worst.rank) == (2, 2)  # 90 is below 94 in either case
    records = {**RIVAL, "trained": Fraction(160)}
    lower = replace(WHOLE, values={"440100": records})  # 40 + 18 + 28.8: between 86.8 and 90.8
    found = estimated(lower, own, fewer_points())
    assert found.result.standing["440700"].score == 40 + 19 + 27 + 4
    assert (found.best.rank, found.worst.rank) == (1, 2)
    assert found.best.score == found.worst.score == 90


def test_a_figure_of_another_item_keeps_its_points_when_an_amendment_moves_one_elsewhere() -> None:
    compared = {"proportion": "trained", "target": "all_max(trained)"}
    document = fewer_points().document
    items = [row | ({"rule": compared} if row["code"] == "B1" else {}) for row in document["items"]]
    found = estimated(WHOLE, of=Scheme.from_document({**document, "items": items}))
    assert found.unknown == ()
    assert found.result.items["B1"]["440700"].points == 27  # 150 of the rival's 200, of 36


def test_nobody_of_whom_nothing_is_published_has_a_rank_between_bounds() -> None:
    found = estimated(replace(WHOLE, values={}, points={}))
    assert (found.best.rank, found.worst.rank) == (None, None)


def why(found: Estimate) -> Text:
    return told(found).way.why


def test_the_way_up_says_which_rival_stands_next_above_and_with_what() -> None:
    said = why(estimated(WHOLE, WELL_JUDGED))
    assert "next above is Guangzhou with 96.00 points at rank 1" in said.en
    assert "we have 81.50" in said.en
    assert "紧接在前的是广州市（96.00分，第1名" in said.zh


def test_the_way_up_says_where_the_grade_begins_that_it_aims_at() -> None:
    said = why(estimated(None, WELL_JUDGED))
    assert "the grade excellent begins at 90 points; we have 81.50" in said.en
    assert "名次说不准" in said.zh


def test_the_way_up_says_by_which_rule_it_takes_a_number_of_points() -> None:
    """61.5 and a twentieth of 100 are 66.5, in whole points 67."""
    found = estimated(WHOLE, {"A1": SAID["A1"], "B2": SAID["B2"]})
    said = why(found)
    assert "items that are not known yet (1) are left out" in said.en
    assert "the next boundary above is that of excellent, 90 points" in said.en
    assert "the 61.50 points of now and 5, a twentieth of the 100" in said.en
    assert "进为整数" in said.zh


def test_a_grade_for_so_many_is_no_aim_and_that_is_said() -> None:
    grades = [
        row | ({"quota": {"count": 1}} if row["code"] == "excellent" else {})
        for row in scheme().document["grades"]
    ]
    found = estimated(
        None, WELL_JUDGED, Scheme.from_document({**scheme().document, "grades": grades})
    )
    assert "excellent, is for so many units only" in why(found).en

"""What a scoring body types: read exactly, refused with everything at once, weighed in any order."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.judging import (
    Judgement,
    Judging,
    RowFacts,
    Status,
    Taken,
    Typed,
    against_reopening,
    against_scoring,
    against_the_stage,
    deductions_as_typed,
    judging,
    read,
    read_deductions,
    unexplained,
)
from steelyard.assessment.rules.judging.following import follow, ignored_statuses
from steelyard.assessment.rules.schemes.division import division
from steelyard.assessment.rules.states import ScoreState, Stage
from steelyard.kernel.bilingual import Text
from tests.assessment.year import scheme

ROW = RowFacts("440700", Text("江门市", "Jiangmen"), ScoreState.OPEN)
JUDGED = {"B2": "plan_points", "A2": "file_points"}


def of(item: str) -> Judging:
    divided = division(scheme())
    return judging(scheme(), divided, divided.of(item), ignored_statuses(scheme(), item))


def wrong(typed: Typed, item: str = "B2", row: RowFacts = ROW) -> list[str]:
    return [one.code for one in read(typed, of(item), row)[1]]


def b2(points: str, deductions: str = "", **more: str) -> Typed:
    return Typed({"plan_points": points}, deductions=deductions, **more)


def test_only_an_item_whose_rule_is_a_judged_figure_is_judged_in_points() -> None:
    assert of("B2").points_by == "plan_points"
    assert of("A2").points_by == ""
    assert [one.code for one in of("A2").judged] == ["file_points"]
    assert of("A1").judged == ()


@pytest.mark.parametrize("points", ["81", "10.01", "-1"])
def test_points_that_the_item_cannot_have_are_refused(points: str) -> None:
    unbounded = replace(of("B2").judged[0], least=None, most=None)
    _, refusals = read(b2(points), replace(of("B2"), judged=(unbounded,)), ROW)
    assert [one.code for one in refusals] == ["points_out_of_range"]
    assert "0到10" in refusals[0].text.zh
    assert "from 0 to 10" in refusals[0].text.en


def test_full_points_need_no_reason_and_less_needs_one_for_all_that_is_missing() -> None:
    assert wrong(b2("10")) == []
    assert wrong(b2("8")) == ["deductions_short"]
    assert wrong(b2("8", "1.5 缺少年度计划\n0.5 逾期")) == []
    assert wrong(b2("8", "3 缺少年度计划")) == ["deductions_over"]
    found, refusals = read(b2("8", "1.5 缺少年度计划"), of("B2"), ROW)
    assert "0.5" in refusals[0].text.zh
    assert "0.5" in refusals[0].text.en
    assert refusals[0].field == "440700"
    assert found.judged == {"plan_points": "8"}


def test_of_a_deduction_what_is_taken_away_needs_a_reason_and_of_a_bonus_nothing() -> None:
    found = Judgement(judged={"file_points": "1"})
    for kind, points, codes in (
        ("deduction", 0, []), ("deduction", -1, ["no_reason"]), ("bonus", 0, []), ("bonus", 2, []),
    ):  # fmt: skip
        divided = division(scheme())
        duty = divided.of("A2")
        duty = replace(duty, item=replace(duty.item, kind=kind))
        judged = judging(scheme(), divided, duty, frozenset())
        refusals = unexplained(found, judged, Fraction(points), ROW)
        assert [one.code for one in refusals] == codes, (kind, points)
    duty = replace(divided.of("B2"), item=replace(divided.of("B2").item, kind="deduction"))
    assert judging(scheme(), divided, duty, frozenset()).points_by == ""


def test_everything_that_is_wrong_is_said_at_once() -> None:
    typed = b2("11", "缺少年度计划", status="unreliable")
    assert wrong(typed) == ["out_of_bounds", "wrong_deduction", "no_reason"]
    assert wrong(b2("")) == ["not_judged"]
    assert wrong(b2("九分"))


def test_a_status_stands_in_the_place_of_what_is_judged_unless_the_scheme_ignores_it() -> None:
    assert wrong(Typed(status="no_material", reason="未提交")) == []
    assert wrong(Typed(status="late", reason="晚了三天")) == ["not_judged"]
    assert wrong(Typed(status="no_material")) == ["no_reason"]
    assert wrong(Typed(status="lost", reason="?"))[0] == "unknown_status"


CLAIMED = replace(ROW, claimed="not_applicable")


@pytest.mark.parametrize(
    ("claim", "status", "codes"),
    [
        ("", "", ["claim_open"]),
        ("upheld", "not_applicable", []),
        ("refused", "", []),
        ("upheld", "", []),
        ("upheld", "unreliable", ["claim_and_status"]),
        ("refused", "not_applicable", ["claim_and_status"]),
        ("refused_counts", "", ["claim_open"]),
    ],
)
def test_a_claim_is_answered_and_the_status_says_the_same(
    claim: str, status: str, codes: list[str]
) -> None:
    typed = b2("10", claim=claim, status=status, reason="有文件依据")
    assert wrong(typed, row=CLAIMED) == codes
    assert "no_claim" in wrong(b2("10", claim="upheld", reason="x"))


def test_points_by_a_rule_that_are_less_than_full_need_a_reason() -> None:
    found, refusals = read(Typed({"file_points": "80"}), of("A2"), ROW)
    assert not refusals
    assert [one.code for one in unexplained(found, of("A2"), Fraction(16), ROW)] == ["no_reason"]
    assert not unexplained(replace(found, reason="两卷缺页"), of("A2"), Fraction(16), ROW)
    assert not unexplained(found, of("A2"), Fraction(20), ROW)
    assert wrong(Typed({"file_points": "80"}, deductions="4 缺页"), "A2") == ["no_points_judged"]


@pytest.mark.parametrize(("state", "is_own"), list(product(ScoreState, (False, True))))
def test_only_an_open_score_of_a_unit_that_is_not_ones_own_is_given(
    state: ScoreState, is_own: bool
) -> None:
    codes = [one.code for one in against_scoring(replace(ROW, state=state, is_own=is_own))]
    assert codes == (
        ["not_allowed"] if is_own else [] if state is ScoreState.OPEN else ["wrong_state"]
    )


@pytest.mark.parametrize("state", ScoreState)
def test_only_a_given_score_is_opened_again_and_only_with_a_reason(state: ScoreState) -> None:
    row = replace(ROW, state=state)
    codes = [one.code for one in against_reopening(row, " ")]
    assert codes == (["no_reason"] if state is ScoreState.SCORED else ["wrong_state"])
    assert (not against_reopening(row, "录入有误")) == (state is ScoreState.SCORED)
    assert against_reopening(replace(row, is_own=True), "录入有误")[0].code == "not_allowed"


@pytest.mark.parametrize("stage", Stage)
def test_scores_are_given_at_one_stage_alone(stage: Stage) -> None:
    assert (not against_the_stage(stage)) == (stage is Stage.SCORING)


REASONS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=20
).filter(
    lambda text: not text.startswith(tuple("分:：,，;；、0123456789.-−–０１２３４５６７８９．"))
)
TAKEN = st.builds(
    Taken,
    st.decimals(min_value="0.0001", max_value=999, places=4),
    REASONS,
)


@given(st.lists(TAKEN, max_size=8))
def test_deductions_that_were_written_are_read_as_they_were(taken: list[Taken]) -> None:
    assert read_deductions(deductions_as_typed(tuple(taken))) == (tuple(taken), ())


@given(st.text(max_size=60))
def test_whatever_is_typed_is_either_a_deduction_or_refused(text: str) -> None:
    found, refusals = read_deductions(text)
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(found) + len(refusals) == min(len(lines), 50) + (len(lines) > 50)
    assert all(one.points > 0 and one.reason for one in found)


UNITS = ("440100", "440700")
ACTS = st.permutations([(item, unit) for item in JUDGED for unit in UNITS])


@given(
    ACTS, ACTS,
    st.fixed_dictionaries({(item, unit): st.integers(0, 10) for item in JUDGED for unit in UNITS}),
    st.fixed_dictionaries({unit: st.sampled_from(["", *Status, "forged"]) for unit in UNITS}),
)  # fmt: skip
def test_the_order_of_scoring_changes_nothing(
    first: list[tuple[str, str]], second: list[tuple[str, str]],
    points: dict[tuple[str, str], int], statuses: dict[str, str],
) -> None:  # fmt: skip
    def weighed(order: list[tuple[str, str]]) -> object:
        book: dict[tuple[str, str], Judgement] = {}
        figures: dict[tuple[str, str], str] = {}
        seen = []
        for item, unit in order:
            typed = Typed({JUDGED[item]: str(points[item, unit])}, status="late", reason="理由")
            book[item, unit] = read(typed, of(item), ROW)[0]
            figures[unit, JUDGED[item]] = book[item, unit].judged[JUDGED[item]]
            seen.append(follow(scheme(), item, figures, statuses).get(unit))
        after = {item: follow(scheme(), item, figures, statuses) for item in JUDGED}
        by_act = dict(zip(order, seen, strict=True))
        return book, after, [by_act[act] for act in sorted(order)]

    assert weighed(first) == weighed(second)


def test_what_was_found_to_be_forged_follows_to_nothing() -> None:
    figures = {(unit, "plan_points"): "9" for unit in UNITS}
    found = follow(scheme(), "B2", figures, {"440700": "forged"})
    assert (found["440100"].points, found["440700"].points) == (9, 0)
    assert found["440700"].why == "forged"

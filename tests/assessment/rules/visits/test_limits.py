"""Every state of a visit × every step × every stage; what a plan, a finding and a report have to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from steelyard.assessment.rules.states import VISIT, Stage, VisitMove, VisitState
from steelyard.assessment.rules.visits import (
    Plan,
    VisitFacts,
    against_finding,
    against_move,
    against_plan,
    against_report,
    unit_sees,
)
from steelyard.kernel.refusals import Refusal

DAY, A_DAY = date(2022, 1, 5), timedelta(1)
TIME = (Stage.ISSUED, Stage.COLLECTING, Stage.COMPARING, Stage.SCORING)
PLAN = Plan(planned_on=DAY, team="检查一组", items=("A1",))
ANNOUNCED = VisitFacts(VisitState.ANNOUNCED, was_announced=True)


def codes(refusals: tuple[Refusal, ...]) -> list[str]:
    return [one.code for one in refusals]


def of_plan(plan: Plan, **told: Any) -> list[str]:
    given = {"stage": Stage.SCORING, "items": ("A1",), "today": DAY, "last": DAY + 9 * A_DAY} | told
    return codes(against_plan(plan, **given))


@pytest.mark.parametrize(("changes", "refused"), [
    ({}, []),
    ({"planned_on": DAY - A_DAY}, ["visit_in_the_past"]),
    ({"planned_on": DAY + 9 * A_DAY}, []),
    ({"planned_on": DAY + 10 * A_DAY}, ["visit_after_the_assessment"]),
    ({"team": " "}, ["no_team"]),
    ({"items": ()}, ["no_items"]),
    ({"items": ("A1", "C9")}, ["unknown_item"]),
    ({"team": "", "items": ()}, ["no_team", "no_items"]),
])  # fmt: skip
def test_a_plan_says_when_who_and_what(changes: dict[str, Any], refused: list[str]) -> None:
    assert of_plan(replace(PLAN, **changes)) == refused


@pytest.mark.parametrize("stage", Stage)
def test_visits_are_planned_from_the_issue_of_the_scheme_until_the_freeze(stage: Stage) -> None:
    assert of_plan(PLAN, stage=stage) == ([] if stage in TIME else ["not_the_time_of_visits"])


@pytest.mark.parametrize(("state", "move", "stage"), list(product(VisitState, VisitMove, Stage)))
def test_a_visit_moves_by_its_table_and_is_cancelled_at_any_time(
    state: VisitState, move: VisitMove, stage: Stage
) -> None:
    found = codes(against_move(VisitFacts(state), move, stage=stage, reason="台风"))
    if (state, move) not in VISIT.table:
        assert found == ["wrong_state"]
    else:
        is_time = stage in TIME or move is VisitMove.CANCEL
        assert found == ([] if is_time else ["not_the_time_of_visits"])


@pytest.mark.parametrize(("planned_on", "is_unannounced", "refused"), [
    (DAY, False, []),
    (DAY - A_DAY, False, ["visit_in_the_past"]),
    (DAY, True, ["unannounced"]),
    (DAY - A_DAY, True, ["unannounced", "visit_in_the_past"]),
])  # fmt: skip
def test_only_a_visit_to_come_that_is_to_be_known_is_announced(
    planned_on: date, is_unannounced: bool, refused: list[str]
) -> None:
    visit = VisitFacts(VisitState.PLANNED, is_unannounced=is_unannounced)
    told = {"stage": Stage.SCORING, "planned_on": planned_on, "today": DAY}
    assert codes(against_move(visit, VisitMove.ANNOUNCE, **told)) == refused


def test_a_visit_is_cancelled_with_a_reason() -> None:
    found = against_move(ANNOUNCED, VisitMove.CANCEL, stage=Stage.FROZEN, reason=" ")
    assert codes(found) == ["no_reason"]


def test_a_visit_whose_day_is_over_is_still_cancelled() -> None:
    told: dict[str, Any] = {"planned_on": DAY - A_DAY, "today": DAY, "reason": "台风"}
    assert codes(against_move(ANNOUNCED, VisitMove.CANCEL, stage=Stage.SCORING, **told)) == []


@pytest.mark.parametrize(("changes", "refused"), [
    ({}, []),
    ({"visited_on": DAY + A_DAY}, ["visit_to_come"]),
    ({"visited_on": DAY - 10 * A_DAY}, ["visit_before_its_plan"]),
    ({"summary": " "}, ["no_summary"]),
    ({"findings": 0}, ["nothing_found"]),
    ({"visited_on": DAY + A_DAY, "summary": "", "findings": 0},
     ["visit_to_come", "no_summary", "nothing_found"]),
])  # fmt: skip
def test_a_report_says_when_what_in_all_and_what_was_found(
    changes: dict[str, Any], refused: list[str]
) -> None:
    told = {
        "visited_on": DAY,
        "summary": "总体较好",
        "findings": 1,
        "today": DAY,
        "planned_at": DAY - 9 * A_DAY,
    }
    assert codes(against_report(ANNOUNCED, stage=Stage.SCORING, **told | changes)) == refused


def test_a_visit_that_is_to_be_known_is_announced_before_it_is_reported() -> None:
    told: dict[str, Any] = {
        "stage": Stage.SCORING, "visited_on": DAY, "summary": "总体较好", "findings": 1, "today": DAY,
        "planned_at": DAY - 9 * A_DAY,
    }  # fmt: skip
    planned = VisitFacts(VisitState.PLANNED)
    assert codes(against_report(planned, **told)) == ["not_announced"]
    assert codes(against_report(replace(planned, is_unannounced=True), **told)) == []


@pytest.mark.parametrize("state", VisitState)
def test_findings_are_written_down_until_the_visit_is_over(state: VisitState) -> None:
    told: dict[str, Any] = {
        "stage": Stage.SCORING, "items": ("A1",), "planned_on": DAY, "today": DAY,
    }  # fmt: skip
    is_over = state in (VisitState.DONE, VisitState.CANCELLED)
    found = codes(against_finding(VisitFacts(state), text="台账缺失", item="A1", **told))
    assert found == (["wrong_state"] if is_over else [])
    if not is_over:
        wrong = codes(against_finding(VisitFacts(state), text=" ", item="C9", **told))
        assert wrong == ["no_text", "unknown_item"]
        assert codes(against_finding(VisitFacts(state), text="台账缺失", item="", **told)) == []
        early = told | {"planned_on": DAY + A_DAY}
        assert codes(against_finding(VisitFacts(state), text="x", item="", **early)) == [
            "visit_to_come"
        ]


@pytest.mark.parametrize(("state", "was_announced"), list(product(VisitState, (False, True))))
def test_a_visit_exists_for_the_unit_once_it_is_announced_or_done(
    state: VisitState, was_announced: bool
) -> None:
    sees = unit_sees(VisitFacts(state, was_announced=was_announced))
    assert sees is (was_announced or state is VisitState.DONE)

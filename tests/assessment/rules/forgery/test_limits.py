"""Suspicions: every state with every step, and all that stands against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from steelyard.assessment.rules.forgery import (
    WHEN,
    Raised,
    Step,
    SuspicionFacts,
    against,
    against_raising,
    against_stating,
)
from steelyard.assessment.rules.states import SUSPICION, Stage, SuspicionMove, SuspicionState

DAY = date(2022, 3, 1)
FACTS = SuspicionFacts(state=SuspicionState.SUSPECTED, stage=Stage.SCORING, raised_on=DAY)
STEPS = {
    move: Step(move=move, text="该市称系扫描错误", on=DAY, said_on=DAY) for move in SuspicionMove
}
RAISED = Raised(stage=Stage.SCORING, grounds="公章与备案不符")


def codes(found: tuple) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(("state", "move"), list(product(SuspicionState, SuspicionMove)))
def test_a_step_is_possible_just_where_the_table_has_it(
    state: SuspicionState, move: SuspicionMove
) -> None:
    found = against(replace(FACTS, state=state), STEPS[move])
    assert codes(found) == ([] if (state, move) in SUSPICION.table else ["wrong_state"])


def test_nobody_is_condemned_unheard() -> None:
    assert SUSPICION.after(SuspicionState.SUSPECTED, SuspicionMove.CONFIRM) is None
    leads_to_confirmed = {
        state for (state, _), end in SUSPICION.table.items() if end == "confirmed"
    }
    assert leads_to_confirmed == {SuspicionState.HEARD}


@pytest.mark.parametrize("move", [SuspicionMove.CONFIRM, SuspicionMove.CLEAR])
def test_nobody_decides_on_what_they_raised(move: SuspicionMove) -> None:
    heard = replace(FACTS, state=SuspicionState.HEARD, by_whoever_raised_it=True)
    assert codes(against(heard, STEPS[move])) == ["not_allowed"]
    assert not against(replace(heard, by_whoever_raised_it=False), STEPS[move])


def test_every_step_needs_its_words_and_a_hearing_its_day() -> None:
    hear = STEPS[SuspicionMove.HEAR]
    assert codes(against(FACTS, replace(hear, text=" ", said_on=None))) == ["no_reason", "no_day"]
    assert codes(against(FACTS, replace(hear, said_on=date(2022, 3, 2)))) == ["in_the_future"]
    assert codes(against(FACTS, replace(hear, said_on=date(2022, 2, 28)))) == [
        "before_it_was_raised"
    ]
    assert codes(against(FACTS, replace(STEPS[SuspicionMove.CLEAR], text=""))) == ["no_reason"]


@pytest.mark.parametrize("stage", Stage)
def test_suspicions_are_of_the_stages_from_collecting_until_results(stage: Stage) -> None:
    is_wrong = [] if stage in WHEN else ["wrong_stage"]
    assert codes(against(replace(FACTS, stage=stage), STEPS[SuspicionMove.HEAR])) == is_wrong
    assert codes(against_raising(replace(RAISED, stage=stage))) == is_wrong


def test_whoever_holds_a_role_in_the_unit_takes_no_part() -> None:
    own = replace(FACTS, is_own=True)
    assert codes(against(own, STEPS[SuspicionMove.HEAR])) == ["not_allowed"]
    assert codes(against_raising(replace(RAISED, is_own=True))) == ["not_allowed"]


def test_everything_against_raising_is_said_at_once() -> None:
    asked = replace(
        RAISED, grounds="", is_leaf=False, is_of_item=False, has_open=True, is_forged_already=True
    )
    assert codes(against_raising(asked)) == [
        "no_reason", "no_such_item", "not_of_the_item", "open_already", "forged_already",
    ]  # fmt: skip
    assert codes(against_raising(replace(RAISED, grounds="x" * 4001))) == ["too_long"]


def test_silence_counts_for_a_hearing_only_after_the_day_that_was_given() -> None:
    silent = Step(move=SuspicionMove.HEAR, text="", on=DAY, was_silent=True)
    due = [date(2022, 2, 28), DAY, date(2022, 3, 2)]
    found = [codes(against(replace(FACTS, answer_due=day), silent)) for day in due]
    assert found == [[], ["not_due_yet"], ["not_due_yet"]]
    stated = replace(FACTS, answer_due=due[0], has_stated=True)
    assert codes(against(stated, silent)) == ["not_silent"]


def test_a_hearing_is_written_down_once_the_unit_answered_or_its_days_are_over() -> None:
    hear = STEPS[SuspicionMove.HEAR]
    due = [date(2022, 2, 28), DAY, date(2022, 3, 2)]
    found = [codes(against(replace(FACTS, answer_due=day), hear)) for day in due]
    assert found == [[], ["days_to_answer"], ["days_to_answer"]]
    assert codes(against(replace(FACTS, answer_due=DAY, has_stated=True), hear)) == []
    (said,) = against(replace(FACTS, answer_due=DAY), hear)
    assert "陈述申辩期限到2022-03-01" in said.text.zh


def test_nobody_is_condemned_before_the_days_for_an_answer_are_over_or_it_came() -> None:
    heard = replace(FACTS, state=SuspicionState.HEARD, answer_due=DAY)
    confirm = STEPS[SuspicionMove.CONFIRM]
    assert codes(against(heard, confirm)) == ["days_to_answer"]
    assert codes(against(replace(heard, has_stated=True), confirm)) == []
    assert codes(against(replace(heard, answer_due=date(2022, 2, 28)), confirm)) == []
    assert codes(against(heard, STEPS[SuspicionMove.CLEAR])) == []


@pytest.mark.parametrize("state", SuspicionState)
def test_the_unit_states_its_case_once_before_it_is_decided(state: SuspicionState) -> None:
    is_open = state in (SuspicionState.SUSPECTED, SuspicionState.HEARD)
    found = against_stating(replace(FACTS, state=state), "系扫描错误")
    assert codes(found) == ([] if is_open else ["wrong_state"])
    assert codes(against_stating(FACTS, " ")) == ["no_reason"]
    assert codes(against_stating(replace(FACTS, has_stated=True), "又")) == ["stated_already"]

"""When does the clock freeze by itself, and what does it say stands against it?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from steelyard.assessment.rules.frozen.cut_off import (
    BEFORE_THE_FREEZE,
    FREEZES_FROM,
    against_freezing,
    freezes_by_itself,
)
from steelyard.assessment.rules.stages import AssessmentState
from steelyard.assessment.rules.states import Stage

CUT_OFF = date(2022, 1, 10)
EVENING = datetime.combine(CUT_OFF, FREEZES_FROM)


@pytest.mark.parametrize(("at", "freezes"), [
    (EVENING - timedelta(days=1), False),
    (datetime.combine(CUT_OFF, time(0)), False),
    (EVENING - timedelta(minutes=1), False),
    (EVENING, True),
    (EVENING + timedelta(hours=15), False),
    (EVENING + timedelta(days=1), True),
])  # fmt: skip
def test_it_freezes_in_the_evening_of_the_day_and_of_each_day_after(
    at: datetime, freezes: bool
) -> None:
    assert freezes_by_itself(Stage.SCORING, CUT_OFF, at) is freezes


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.SCORING])
def test_nothing_but_what_is_scored_is_frozen_by_the_clock(stage: Stage) -> None:
    assert not freezes_by_itself(stage, CUT_OFF, EVENING)


@pytest.mark.parametrize("stage", BEFORE_THE_FREEZE)
def test_the_steps_that_are_ahead_stand_against_it(stage: Stage) -> None:
    state = AssessmentState(
        stage=stage, unlocked=1, closes_on=CUT_OFF + timedelta(9), open_differences=1, unscored=1
    )
    found = {one.code for one in against_freezing(state, CUT_OFF)}
    assert (
        found
        == {
            Stage.COLLECTING: {"steps_are_ahead", "still_collecting"},
            Stage.COMPARING: {"steps_are_ahead", "open_differences"},
            Stage.SCORING: {"open_differences", "unscored_items"},
        }[stage]
    )

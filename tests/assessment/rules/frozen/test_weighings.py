"""When are frozen records frozen and weighed anew, and what does the worker do just now?"""

from __future__ import annotations

from itertools import product

import pytest

from steelyard.assessment.rules.frozen.weighings import Step, against_another, step_of
from steelyard.assessment.rules.states import Stage, WeighingState


@pytest.mark.parametrize(
    ("last", "forged_since"), list(product([None, *WeighingState], (False, True)))
)
def test_only_what_was_refused_or_missed_a_forgery_is_weighed_anew(
    last: WeighingState | None, forged_since: bool
) -> None:
    found = [one.code for one in against_another(Stage.FROZEN, last, forged_since=forged_since)]
    expected = {
        None: ["not_frozen"],
        WeighingState.ASKED: ["being_weighed"],
        WeighingState.RUNNING: ["being_weighed"],
        WeighingState.DONE: [] if forged_since else ["weighed_already"],
        WeighingState.REFUSED: [],
    }
    assert found == expected[last]


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.FROZEN])
def test_nothing_is_weighed_anew_before_the_freeze(stage: Stage) -> None:
    found = against_another(stage, WeighingState.REFUSED)
    assert [one.code for one in found] == ["not_frozen"]


@pytest.mark.parametrize(("progress", "step"), [
    (0, Step.FREEZES), (9, Step.FREEZES), (10, Step.WEIGHS), (29, Step.WEIGHS), (30, Step.VARIES),
    (79, Step.VARIES), (80, Step.WRITES), (100, Step.WRITES),
])  # fmt: skip
def test_the_worker_says_what_it_does_by_how_far_it_is(progress: int, step: Step) -> None:
    assert step_of(WeighingState.RUNNING, progress) is step
    assert step_of(WeighingState.ASKED, progress) is Step.WAITS

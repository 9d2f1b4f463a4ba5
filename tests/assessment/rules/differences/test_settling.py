"""When figures are compared and a difference settled, and which words are too many."""

from __future__ import annotations

import pytest

from steelyard.assessment.rules.differences.settling import (
    LONGEST_REASON,
    Asked,
    DifferenceFacts,
    against,
    against_comparing,
)
from steelyard.assessment.rules.states import DifferenceMove, DifferenceState, Stage

SETTLED_AT = {Stage.COMPARING, Stage.SCORING}


def codes(stage: Stage = Stage.COMPARING, *, state: DifferenceState = DifferenceState.OPEN,
          move: DifferenceMove = DifferenceMove.SETTLE, **asked: str) -> list[str]:  # fmt: skip
    found = DifferenceFacts(state=state, stage=stage, supplied="0.8", taken="supplied", value="0.8")
    told = {"taken": "reported", "reason": "查实", **asked}
    return [one.code for one in against(found, Asked(move=move, **told))]


@pytest.mark.parametrize("stage", Stage)
def test_figures_are_compared_until_the_freeze_and_at_no_other_stage(stage: Stage) -> None:
    told = [one.code for one in against_comparing(stage)]
    assert told == ([] if stage in SETTLED_AT else ["wrong_stage"])
    assert codes(stage) == told
    anew = codes(stage, state=DifferenceState.SETTLED, move=DifferenceMove.SETTLE_ANEW)
    assert anew == told


@pytest.mark.parametrize("stage", Stage)
def test_a_difference_is_opened_again_only_while_figures_are_compared(stage: Stage) -> None:
    told = codes(stage, state=DifferenceState.SETTLED, move=DifferenceMove.REOPEN)
    assert told == ([] if stage is Stage.COMPARING else ["wrong_stage"])


def test_the_longest_reason_is_taken_and_no_longer_one() -> None:
    assert codes(reason="由" * LONGEST_REASON) == []
    assert codes(reason="由" * (LONGEST_REASON + 1)) == ["too_long"]
    assert codes(reason=" \n") == ["no_reason"]


def test_settled_otherwise_is_by_another_figure() -> None:
    anew = {"state": DifferenceState.SETTLED, "move": DifferenceMove.SETTLE_ANEW}
    assert codes(taken="supplied", **anew) == ["settled_so"]
    assert codes(taken="reported", **anew) == []
    assert codes(taken="other", value="0.8", **anew) == []
    assert codes(taken="agreed", **anew) == ["nothing_taken"]

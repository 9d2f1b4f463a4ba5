"""When a record is contested and answered, and what each has to say."""

from __future__ import annotations

from typing import Any

import pytest

from steelyard.assessment.rules.collection.objections import against_answering, against_raising
from steelyard.assessment.rules.states import Stage

SAID: dict[str, Any] = {
    "stage": Stage.COLLECTING, "text": "应为160人", "is_computed": True, "is_there": True,
    "is_open": False,
}  # fmt: skip


def codes(**changes: Any) -> list[str]:
    return [one.code for one in against_raising(**SAID | changes)]


@pytest.mark.parametrize("stage", Stage)
def test_a_record_is_contested_while_figures_are_collected_or_compared(stage: Stage) -> None:
    is_time = stage in (Stage.COLLECTING, Stage.COMPARING)
    assert codes(stage=stage) == ([] if is_time else ["too_late_to_contest"])


@pytest.mark.parametrize(("changes", "refused"), [
    ({"text": " "}, ["no_reason"]),
    ({"text": "错" * 2000}, []),
    ({"text": "错" * 2001}, ["too_long"]),
    ({"is_computed": False, "is_there": False}, ["not_computed"]),
    ({"is_there": False}, ["no_such_record"]),
    ({"is_open": True}, ["contested_already"]),
    ({"text": "", "is_there": False, "is_open": True, "stage": Stage.FROZEN},
     ["no_reason", "too_late_to_contest", "no_such_record", "contested_already"]),
])  # fmt: skip
def test_everything_that_stands_against_an_objection_is_said_at_once(
    changes: dict[str, Any], refused: list[str]
) -> None:
    assert codes(**changes) == refused


@pytest.mark.parametrize(("reason", "refused"), [
    ("与台账一致", []), (" ", ["no_reason"]), ("一" * 2001, ["too_long"]),
])  # fmt: skip
def test_an_answer_says_why(reason: str, refused: list[str]) -> None:
    assert [one.code for one in against_answering(reason)] == refused

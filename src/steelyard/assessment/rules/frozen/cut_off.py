"""The cut-off of records has come: does the clock freeze them now, and what stands against it?"""

from __future__ import annotations

from datetime import date, datetime, time

from steelyard.assessment.rules.stages import Asked, AssessmentState, against
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

FREEZES_FROM = time(18)
"""In the region: whoever works on the cut-off day itself has the day, for its records count."""

BY_THE_CLOCK = "freeze_on_the_cut_off"
"""In the trail, for what a person would do as ``freeze_assessment``."""

LEADS_ON = {
    Stage.COLLECTING: StageMove.COMPARE,
    Stage.COMPARING: StageMove.SCORE,
    Stage.SCORING: StageMove.FREEZE,
}
"""The move by which an assessment comes nearer to its freeze."""

BEFORE_THE_FREEZE = tuple(LEADS_ON)
"""Stages in which the cut-off is set and nothing is frozen."""

NOBODY_ORDERS_IT = refusal(
    "nobody_orders_it",
    Text("确定截止日的人已无权组织本次考核，不会自动冻结",
         "whoever set the cut-off may not run the assessment any more: it is not frozen by itself"),
    Text("请由考核办其他人员办理冻结", "somebody else of the office freezes it"),
)  # fmt: skip


def freezes_by_itself(stage: Stage, cut_off: date, at: datetime) -> bool:
    """Whether the clock tries it now. ``at``: the hour in the region.

    >>> evening = datetime(2022, 1, 10, 18)
    >>> freezes_by_itself(Stage.SCORING, date(2022, 1, 10), evening)
    True
    >>> freezes_by_itself(Stage.SCORING, date(2022, 1, 10), evening.replace(hour=17))
    False
    >>> freezes_by_itself(Stage.SCORING, date(2022, 1, 11), evening)
    False
    """
    return stage is Stage.SCORING and at.date() >= cut_off and at.time() >= FREEZES_FROM


def against_freezing(found: AssessmentState, on: date) -> tuple[Refusal, ...]:
    """What stands between an assessment and its freeze; before the scoring, the steps that are ahead too."""
    move = LEADS_ON[found.stage]
    if move is StageMove.FREEZE:
        return against(found, Asked(move=move, on=on))
    here, ahead = ASSESSMENT.states[found.stage], ASSESSMENT.moves[move]
    still = refusal(
        "steps_are_ahead",
        Text(f"还在“{here.zh}”阶段", f"its stage is still “{here.en}”"),
        Text(f"请先办理“{ahead.zh}”", f"next: {ahead.en}"),
    )
    return (still, *against(found, Asked(move=move, on=on)))

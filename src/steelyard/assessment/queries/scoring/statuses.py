"""The statuses of items that are frozen and weighed."""

from __future__ import annotations

from steelyard.assessment.models import Assessment
from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.states import ScoreState, SuspicionState


def statuses_that_count(assessment: Assessment) -> dict[Key, str]:
    """(unit, item) → the status of the item; *forged*, where that was found, before all others."""
    given = assessment.scores.filter(state=ScoreState.SCORED).exclude(status="").order_by()
    found = {
        (unit, item): status
        for unit, item, status in given.values_list("unit__code", "item", "status")
    }
    forged = assessment.suspicions.filter(state=SuspicionState.CONFIRMED).order_by()
    return found | dict.fromkeys(forged.values_list("unit__code", "item"), "forged")

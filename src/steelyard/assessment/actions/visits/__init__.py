"""Plan a visit, change it, announce it, report, cancel. What was found is written down by ``findings``."""

from steelyard.assessment.actions.visits.planning import (
    announce_visit,
    cancel_visit,
    change_visit,
    plan_visit,
    report_visit,
)

__all__ = [
    "announce_visit",
    "cancel_visit",
    "change_visit",
    "plan_visit",
    "report_visit",
]

"""What speaks against planning, announcing, reporting, cancelling a visit? And who sees which?"""

from steelyard.assessment.rules.visits.limits import (
    DAYS_TO_REPORT,
    STAGES,
    Plan,
    VisitFacts,
    against_finding,
    against_move,
    against_plan,
    against_report,
    against_what_is_reported,
    against_what_was_found,
    last_day_of_visits,
    unit_sees,
)

__all__ = [
    "DAYS_TO_REPORT",
    "STAGES",
    "Plan",
    "VisitFacts",
    "against_finding",
    "against_move",
    "against_plan",
    "against_report",
    "against_what_is_reported",
    "against_what_was_found",
    "last_day_of_visits",
    "unit_sees",
]

"""What every step of a visit begins with: the row held still, and whoever asks may plan visits."""

from __future__ import annotations

from datetime import date

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Assessment, Visit
from steelyard.assessment.permissions import may_not
from steelyard.assessment.rules.states import VisitState
from steelyard.assessment.rules.visits import VisitFacts
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action


def facts_of(visit: Visit) -> VisitFacts:
    return VisitFacts(
        VisitState(visit.state), visit.is_unannounced, was_announced=visit.announced_at is not None
    )


def held_visit(visit: int, by: int, today: date) -> Visit:
    """The row of a visit and that of its assessment, locked until the transaction ends."""
    number = Visit.objects.values_list("assessment", flat=True).get(pk=visit)
    assessment = held_still(number)
    refuse_unless_planner(by, assessment, today)
    found = Visit.objects.select_for_update(of=("self",)).select_related("unit").get(pk=visit)
    found.assessment = assessment
    return found


def refuse_unless_planner(by: int, assessment: Assessment, today: date) -> None:
    held = load_held(by, today)
    refuse_if_any(may_not(held, Action.PLAN_VISITS, assessment.office_id, today))

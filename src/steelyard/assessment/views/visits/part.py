"""Visits on the page of an assessment."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.visits import offices_whose_visits
from steelyard.assessment.queries.visits import visits_seen_by
from steelyard.assessment.rules.states import Stage, VisitState
from steelyard.assessment.views.part import Part
from steelyard.people.rules.roles import Action

BEFORE = (Stage.DRAFTING, Stage.COMMENTS, Stage.CHECKED)


def visits_part(request: HttpRequest, found: Assessment) -> Part | None:
    """For a unit it is there as soon as there is a visit that it may know of."""
    counts = visits_seen_by(request.held, request.today).filter(assessment=found).aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(state=VisitState.DONE)),
        due=Count("pk", filter=Q(
            state__in=(VisitState.PLANNED, VisitState.ANNOUNCED), planned_on__lte=request.today
        )),
    )  # fmt: skip
    is_office = found.office_id in offices_whose_visits(request.held, request.today)
    if not counts["all"] and (not is_office or found.stage in BEFORE):
        return None
    plans = not may_not(request.held, Action.PLAN_VISITS, found.office_id, request.today)
    said = _("Visits: %(all)s, done: %(done)s") % counts
    url = reverse("assessment:visits", args=[found.code])
    return Part(_("On-site visits"), url, said, waits=plans and bool(counts["due"]))

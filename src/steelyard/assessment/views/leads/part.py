"""Leads on the page of an assessment."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.visits import offices_whose_leads
from steelyard.assessment.queries.leads import leads_seen_by
from steelyard.assessment.rules.states import LeadState, Stage
from steelyard.assessment.views.part import Part
from steelyard.people.rules.roles import Action

BEFORE = (Stage.DRAFTING, Stage.COMMENTS, Stage.CHECKED)


def leads_part(request: HttpRequest, found: Assessment) -> Part | None:
    """For the office alone."""
    if (
        found.office_id not in offices_whose_leads(request.held, request.today)
        or found.stage in BEFORE
    ):
        return None
    counts = leads_seen_by(request.held, request.today).filter(assessment=found).aggregate(
        all=Count("pk"), new=Count("pk", filter=Q(state=LeadState.NEW))
    )  # fmt: skip
    handles = not may_not(request.held, Action.HANDLE_LEADS, found.office_id, request.today)
    said = _("Leads: %(all)s, new: %(new)s") % counts
    url = reverse("assessment:leads", args=[found.code])
    return Part(_("Leads from the public"), url, said, waits=handles and bool(counts["new"]))

"""Which leads, of an assessment or of the inbox, and for whom?"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from steelyard.assessment.models import Assessment, Lead
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.visits import offices_whose_leads
from steelyard.assessment.queries.leads import leads_seen_by
from steelyard.assessment.queries.leads.form_leads import inbox_seen_by
from steelyard.assessment.views.finding import find
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed


def find_for_office(request: HttpRequest, code: str, action: Action | None = None) -> Assessment:
    """
    Raises:
        Http404: there is no such assessment for this person, or they know of no leads.
        NotAllowed: they do, and this is not for them.
    """
    found = find(request, code)
    if found.office_id not in offices_whose_leads(request.held, request.today):
        raise Http404
    if action is not None:
        refuse_unless(request, action, found.office_id)
    return found


def find_lead(request: HttpRequest, code: str, number: int, action: Action | None = None) -> Lead:
    assessment = find_for_office(request, code)
    seen = leads_seen_by(request.held, request.today).filter(pk=number, assessment=assessment)
    found = seen.select_related(
        "unit", "assessment", "received_by", "concluded_by", "visit__unit", "informant"
    ).first()
    if found is None:
        raise Http404
    if action is not None:
        refuse_unless(request, action, assessment.office_id)
    return found


def find_in_inbox(request: HttpRequest, number: int, action: Action) -> Lead:
    """
    Raises:
        Http404: there is none of this number in an inbox of this person.
        NotAllowed: there is, and this is not for them.
    """
    found = inbox_seen_by(request.held, request.today).filter(pk=number).first()
    if found is None:
        raise Http404
    refuse_unless(request, action, found.office_id)
    return found


# --- what they may ---------------------------------------------------------------------------------


def may(request: HttpRequest, action: Action, found: Lead) -> bool:
    return not may_not(request.held, action, found.office_id, request.today)


def refuse_unless(request: HttpRequest, action: Action, office: int) -> None:
    """
    Raises:
        NotAllowed: it is not for whoever asks.
    """
    refusals = may_not(request.held, action, office, request.today)
    if refusals:
        raise NotAllowed(refusals)

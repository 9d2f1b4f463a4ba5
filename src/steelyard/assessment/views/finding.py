"""Which assessment is it, as far as it exists for whoever asks?"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import assessments_seen_by
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed


def find(request: HttpRequest, code: str) -> Assessment:
    """The assessment, if it exists for whoever asks."""
    found = assessments_seen_by(request.held, request.today).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def find_for(request: HttpRequest, code: str, action: Action) -> Assessment:
    """The assessment, if this person may do it towards the office that runs it.

    Raises:
        Http404: it does not exist for this person.
        NotAllowed: it does, and this is not for them.
    """
    found = find(request, code)
    refusals = may_not(request.held, action, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    return found

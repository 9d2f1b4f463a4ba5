"""Which visits, and for whom?"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from steelyard.assessment.models import Assessment, Visit
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.visits import offices_whose_visits
from steelyard.assessment.queries.visits import visits_seen_by
from steelyard.assessment.views.finding import find
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed


def find_visits(request: HttpRequest, code: str) -> tuple[Assessment, QuerySet[Visit]]:
    """The assessment, and those of its visits that exist for this person.

    Raises:
        Http404: none does, and this person is not of its office.
    """
    found = find(request, code)
    seen = visits_seen_by(request.held, request.today).filter(assessment=found)
    if not is_office_of(request, found) and not seen.exists():
        raise Http404
    return found, seen


def find_visit(request: HttpRequest, code: str, number: int) -> Visit:
    """
    Raises:
        Http404: it does not exist for this person.
    """
    found = visits_seen_by(request.held, request.today).filter(
        pk=number, assessment=find(request, code)
    )
    one = found.select_related("unit", "assessment__office", "planned_by", "reported_by").first()
    if one is None:
        raise Http404
    return one


def find_visit_for_office(request: HttpRequest, code: str, number: int) -> Visit:
    found = find_visit(request, code, number)
    if not is_office_of(request, found.assessment):
        raise NotAllowed(against_planning(request, found.assessment))
    return found


def find_visit_for_planner(request: HttpRequest, code: str, number: int) -> Visit:
    found = find_visit(request, code, number)
    refusals = against_planning(request, found.assessment)
    if refusals:
        raise NotAllowed(refusals)
    return found


def against_planning(request: HttpRequest, found: Assessment) -> tuple[Any, ...]:
    return may_not(request.held, Action.PLAN_VISITS, found.office_id, request.today)


def may_plan(request: HttpRequest, found: Assessment) -> bool:
    return not against_planning(request, found)


def is_office_of(request: HttpRequest, found: Assessment) -> bool:
    return found.office_id in offices_whose_visits(request.held, request.today)


def page_of_visit(found: Visit) -> str:
    return reverse("assessment:visit", args=[found.assessment.code, found.pk])

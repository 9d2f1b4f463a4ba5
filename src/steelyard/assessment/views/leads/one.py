"""One lead of an assessment, and its steps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions import leads as actions
from steelyard.assessment.views.leads import page as lead_page
from steelyard.assessment.views.leads.finding import find_lead
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when


@never_cache
@require_safe
def lead(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return lead_page.show(request, find_lead(request, code, number))


@require_http_methods(["POST"])
def check(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = find_lead(request, code, number, Action.HANDLE_LEADS)
    form = lead_page.check_form(found, request.POST)
    return lead_page.stepped(request, found, form, lambda told: actions.check_lead(
        lead=found.pk, visit=told["visit"].pk if told["visit"] else None, seen=told["version"],
        **who_and_when(request)), lead_page.Asked(check=form))  # fmt: skip


@require_http_methods(["POST"])
def conclude(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    return lead_page.concluded(request, find_lead(request, code, number, Action.HANDLE_LEADS))


@never_cache
@require_http_methods(["POST"])
def informant(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return lead_page.opened(request, find_lead(request, code, number, Action.OPEN_INFORMANTS))

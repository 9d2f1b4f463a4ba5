"""Leads from the public, for the office alone: the list of an assessment, one, its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions import leads as actions
from steelyard.assessment.forms.leads import LeadForm
from steelyard.assessment.models import Assessment, Lead
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.visits import offices_whose_leads
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.leads import leads_by_unit, leads_seen_by
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules.leads import Channel
from steelyard.assessment.views import lead_page
from steelyard.assessment.views.finding import find
from steelyard.people.lists import ordered, page_of
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import done, posted, status_of, who_and_when

ORDERS = {"received": "received_at", "unit": "unit__code", "state": "state"}


@require_safe
def leads(request: HttpRequest, code: str) -> HttpResponse:
    found = find_for_office(request, code)
    seen = leads_seen_by(request.held, request.today).filter(assessment=found)
    page = page_of(ordered(seen, request, ORDERS, "received"), request)
    for one in page:
        lead_page.with_words(one)
    handles = not may_not(request.held, Action.HANDLE_LEADS, found.office_id, request.today)
    context = {
        "assessment": found, "page": page, "by_unit": leads_by_unit(found),
        "sort": request.GET.get("sort", "received"),
        "handles": handles and issued(found) is not None,
    }  # fmt: skip
    return render(request, "assessment/leads/leads.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, code: str) -> HttpResponse:
    found = find_for_office(request, code, Action.HANDLE_LEADS)
    form = LeadForm(posted(request), units=_units(found), items=items_of(found))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        lead = done(form, lambda: actions.receive_lead(
            assessment=found.pk, unit=told["unit"].pk, channel=Channel(told["channel"]),
            item=told["item"], text=told["text"], told=form.told, **who_and_when(request)))  # fmt: skip
        if lead is not None:
            said = _("Taken in. The receipt number, for whoever told it: %(number)s")
            messages.success(request, said % {"number": lead.receipt})
            return redirect("assessment:lead", code, lead.pk)
    context = {"assessment": found, "form": form}
    return render(request, "assessment/leads/receive.html", context, status=status_of(form))


@never_cache
@require_safe
def lead(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return lead_page.show(request, _find(request, code, number))


@require_http_methods(["POST"])
def check(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = _find(request, code, number, Action.HANDLE_LEADS)
    form = lead_page.check_form(found, request.POST)
    return lead_page.stepped(request, found, form, lambda told: actions.check_lead(
        lead=found.pk, visit=told["visit"].pk if told["visit"] else None, seen=told["version"],
        **who_and_when(request)), lead_page.Asked(check=form))  # fmt: skip


@require_http_methods(["POST"])
def conclude(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    return lead_page.concluded(request, _find(request, code, number, Action.HANDLE_LEADS))


@never_cache
@require_http_methods(["POST"])
def informant(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return lead_page.opened(request, _find(request, code, number, Action.OPEN_INFORMANTS))


# --- which one, and for whom --------------------------------------------------------------------


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
        lead_page.refuse_unless(request, action, found.office_id)
    return found


def _find(request: HttpRequest, code: str, number: int, action: Action | None = None) -> Lead:
    assessment = find_for_office(request, code)
    seen = leads_seen_by(request.held, request.today).filter(pk=number, assessment=assessment)
    found = seen.select_related(
        "unit", "assessment", "received_by", "concluded_by", "visit__unit", "informant"
    ).first()
    if found is None:
        raise Http404
    if action is not None:
        lead_page.refuse_unless(request, action, assessment.office_id)
    return found


def _units(found: Assessment) -> Any:
    version = issued(found)
    units = units_of(version).values() if version else ()
    return Organisation.objects.filter(pk__in=[one.pk for one in units])

"""The inbox: leads from the public form that belong to no assessment yet, to be assigned or closed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions.leads.form_leads import place_lead
from steelyard.assessment.permissions.visits import offices_whose_leads
from steelyard.assessment.queries.leads import leads_seen_by
from steelyard.assessment.queries.leads.form_leads import inbox_seen_by
from steelyard.assessment.views.leads import page as lead_page
from steelyard.assessment.views.leads.finding import find_in_inbox
from steelyard.people.lists import ordered, page_of
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when

ORDERS = {"received": "received_at", "state": "state"}


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    if not offices_whose_leads(request.held, request.today):
        raise Http404
    seen = inbox_seen_by(request.held, request.today)
    page = page_of(ordered(seen, request, ORDERS, "state"), request)
    for one in page:
        lead_page.with_words(one)
    context = {"page": page, "sort": request.GET.get("sort", "state")}
    return render(request, "assessment/leads/inbox.html", context)


@never_cache
@require_safe
def lead(request: HttpRequest, number: int) -> HttpResponseBase:
    """One of the inbox; of one that belongs to an assessment by now, the page is there."""
    seen = leads_seen_by(request.held, request.today)
    found = seen.select_related("visit__unit", "informant").filter(pk=number).first()
    if found is None:
        raise Http404
    if found.assessment is not None:
        return redirect(lead_page.page_of_lead(found))
    return lead_page.show(request, found)


@require_http_methods(["POST"])
def place(request: HttpRequest, number: int) -> HttpResponseBase:
    found = find_in_inbox(request, number, Action.HANDLE_LEADS)
    form = lead_page.place_form(found, request.POST)
    return lead_page.stepped(request, found, form, lambda told: place_lead(
        lead=found.pk, assessment=told["assessment"].pk, unit=told["unit"].pk,
        item=told["item"], seen=told["version"], **who_and_when(request)),
        lead_page.Asked(place=form))  # fmt: skip


@require_http_methods(["POST"])
def conclude(request: HttpRequest, number: int) -> HttpResponseBase:
    return lead_page.concluded(request, find_in_inbox(request, number, Action.HANDLE_LEADS))


@never_cache
@require_http_methods(["POST"])
def informant(request: HttpRequest, number: int) -> HttpResponse:
    return lead_page.opened(request, find_in_inbox(request, number, Action.OPEN_INFORMANTS))

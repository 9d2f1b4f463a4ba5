"""The leads of an assessment, and a new one is taken in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions import leads as actions
from steelyard.assessment.forms.leads import LeadForm
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import issued, units_assessed
from steelyard.assessment.queries.leads import leads_by_unit, leads_seen_by
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules.leads import Channel
from steelyard.assessment.views.leads import page as lead_page
from steelyard.assessment.views.leads.finding import find_for_office
from steelyard.people.lists import ordered, page_of
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
    form = LeadForm(posted(request), units=units_assessed(found), items=items_of(found))
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

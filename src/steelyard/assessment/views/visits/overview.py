"""The visits of an assessment, and a new one is planned."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions.visits import plan_visit
from steelyard.assessment.forms.visits import PlanForm
from steelyard.assessment.queries.assessments import units_assessed
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules.states import VISIT, VisitState
from steelyard.assessment.rules.visits import STAGES
from steelyard.assessment.views.finding import find_for
from steelyard.assessment.views.visits.finding import find_visits, is_office_of, may_plan
from steelyard.look.language import say
from steelyard.people.lists import ordered, page_of
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import done, posted, status_of, who_and_when

ORDERS = {"day": "planned_on", "unit": "unit__code", "state": "state"}


@require_safe
def visits(request: HttpRequest, code: str) -> HttpResponse:
    found, seen = find_visits(request, code)
    plans = may_plan(request, found)
    page = page_of(ordered(seen, request, ORDERS, "day"), request)
    for one in page:
        one.state_said = say(VISIT.states[VisitState(one.state)])
    context = {
        "assessment": found, "page": page, "may_plan": plans and found.stage in STAGES,
        "is_office": is_office_of(request, found), "sort": request.GET.get("sort", "day"),
    }  # fmt: skip
    return render(request, "assessment/visits/visits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, code: str) -> HttpResponse:
    found = find_for(request, code, Action.PLAN_VISITS)
    form = PlanForm(posted(request), units=units_assessed(found), items=items_of(found))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        planned = done(form, lambda: plan_visit(
            assessment=found.pk, unit=told["unit"].pk, unannounced=told["unannounced"],
            plan=form.plan, **who_and_when(request)))  # fmt: skip
        if planned is not None:
            messages.success(request, _("Saved."))
            return redirect("assessment:visit", code, planned.pk)
    context = {
        "assessment": found,
        "form": form,
        "title": _("Plan a visit"),
        "button": _("Plan it"),
    }
    return render(request, "assessment/visits/form.html", context, status=status_of(form))

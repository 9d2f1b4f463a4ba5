"""Leads from the public, for the office alone: the list, one, its steps, the seal of who told it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions import leads as actions
from steelyard.assessment.forms.visits import (
    CheckLeadForm,
    ConcludeLeadForm,
    LeadForm,
    OpenInformantForm,
)
from steelyard.assessment.models import Assessment, Lead, Visit
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.visits import offices_whose_leads
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.leads import leads_by_unit, leads_seen_by, reads_of
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules.leads import CHANNELS, Channel, Told
from steelyard.assessment.rules.states import LEAD, LeadMove, LeadState
from steelyard.assessment.views.finding import find
from steelyard.look.language import say
from steelyard.people.lists import ordered, page_of
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.trail.side_by_side import show_both

ORDERS = {"received": "received_at", "unit": "unit__code", "state": "state"}
CONCLUDE = (LeadMove.CONFIRM, LeadMove.CLOSE)


@require_safe
def leads(request: HttpRequest, code: str) -> HttpResponse:
    found = _for_office(request, code)
    seen = leads_seen_by(request.held, request.today).filter(assessment=found)
    page = page_of(ordered(seen, request, ORDERS, "received"), request)
    for one in page:
        _with_words(one)
    context = {
        "assessment": found, "page": page, "by_unit": leads_by_unit(found),
        "sort": request.GET.get("sort", "received"),
        "handles": _may(request, Action.HANDLE_LEADS, found) and issued(found) is not None,
    }  # fmt: skip
    return render(request, "assessment/leads/leads.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, code: str) -> HttpResponse:
    found = _for_office(request, code, Action.HANDLE_LEADS)
    form = LeadForm(posted(request), units=_units(found), items=items_of(found))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        lead = done(form, lambda: actions.receive_lead(
            assessment=found.pk, unit=told["unit"].pk, channel=Channel(told["channel"]),
            item=told["item"], text=told["text"], told=form.told, **who_and_when(request)))  # fmt: skip
        if lead is not None:
            messages.success(request, _("Taken in."))
            return redirect("assessment:lead", code, lead.pk)
    context = {"assessment": found, "form": form}
    return render(request, "assessment/leads/receive.html", context, status=status_of(form))


@never_cache
@require_safe
def lead(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return _shown(request, _find(request, code, number))


def _shown(
    request: HttpRequest, found: Lead, *, check: CheckLeadForm | None = None,
    conclude: ConcludeLeadForm | None = None, informant: OpenInformantForm | None = None,
    told: Told | None = None,
) -> HttpResponse:  # fmt: skip
    _with_words(found)
    handles = _may(request, Action.HANDLE_LEADS, found.assessment)
    opens = _may(request, Action.OPEN_INFORMANTS, found.assessment)
    is_sealed = hasattr(found, "informant")
    moves = LEAD.moves_from(LeadState(found.state))
    if handles and LeadMove.CHECK in moves:
        check = check or _check_form(found, None)
    concluding = [one for one in CONCLUDE if one in moves]
    if handles and concluding:
        conclude = conclude or _conclude_form(found, None)
    forms = (check, conclude, informant)
    context = {
        "assessment": found.assessment,
        "lead": found,
        "item_title": say(items_of(found.assessment)[found.item]) if found.item else "",
        "check": check,
        "conclude": conclude,
        "is_sealed": is_sealed,
        "opens": opens and is_sealed,
        "informant": informant or (OpenInformantForm() if opens and is_sealed else None),
        "reads": reads_of(found),
        "told": told,
    }
    status = max(status_of(one) for one in forms)
    return render(request, "assessment/leads/lead.html", context, status=status)


@require_http_methods(["POST"])
def check(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = _find(request, code, number, Action.HANDLE_LEADS)
    form = _check_form(found, request.POST)
    if form.is_valid():
        visit = form.cleaned_data["visit"]
        saved = done(form, lambda: actions.check_lead(
            lead=found.pk, visit=visit.pk if visit else None, seen=form.cleaned_data["version"],
            **who_and_when(request)))  # fmt: skip
        if form.meanwhile is not None:
            return show_both(request, form.meanwhile, back=_page_of(found))
        if saved is not None:
            return redirect(_page_of(found))
    return _shown(request, found, check=form)


@require_http_methods(["POST"])
def conclude(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = _find(request, code, number, Action.HANDLE_LEADS)
    form = _conclude_form(found, request.POST)
    if form.is_valid():
        told = form.cleaned_data
        saved = done(form, lambda: actions.conclude_lead(
            lead=found.pk, move=LeadMove(told["move"]), conclusion=told["conclusion"],
            seen=told["version"], **who_and_when(request)))  # fmt: skip
        if form.meanwhile is not None:
            return show_both(request, form.meanwhile, back=_page_of(found))
        if saved is not None:
            return redirect(_page_of(found))
    return _shown(request, found, conclude=form)


@never_cache
@require_http_methods(["POST"])
def informant(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The seal is opened on this answer alone: the page of the lead never shows who told it."""
    found = _find(request, code, number, Action.OPEN_INFORMANTS)
    form = OpenInformantForm(request.POST)
    told = None
    if form.is_valid():
        told = done(form, lambda: actions.open_informant(
            lead=found.pk, reason=form.cleaned_data["reason"], **who_and_when(request)))  # fmt: skip
    return _shown(request, found, informant=form if told is None else None, told=told)


# --- which one, and for whom --------------------------------------------------------------------


def _for_office(request: HttpRequest, code: str, action: Action | None = None) -> Assessment:
    """
    Raises:
        Http404: there is no such assessment for this person, or they know of no leads.
        NotAllowed: they do, and this is not for them.
    """
    found = find(request, code)
    if found.office_id not in offices_whose_leads(request.held, request.today):
        raise Http404
    if action is not None:
        _refuse_unless(request, action, found)
    return found


def _find(request: HttpRequest, code: str, number: int, action: Action | None = None) -> Lead:
    assessment = _for_office(request, code)
    seen = leads_seen_by(request.held, request.today).filter(pk=number, assessment=assessment)
    found = seen.select_related(
        "unit", "assessment", "received_by", "concluded_by", "visit__unit", "informant"
    ).first()
    if found is None:
        raise Http404
    if action is not None:
        _refuse_unless(request, action, assessment)
    return found


def _refuse_unless(request: HttpRequest, action: Action, found: Assessment) -> None:
    refusals = may_not(request.held, action, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)


def _may(request: HttpRequest, action: Action, found: Assessment) -> bool:
    return not may_not(request.held, action, found.office_id, request.today)


def _check_form(found: Lead, sent: Any) -> CheckLeadForm:
    visits = Visit.objects.filter(assessment=found.assessment_id, unit=found.unit_id)
    start = {"version": found.version}
    return CheckLeadForm(sent, visits=visits.select_related("unit"), initial=start)


def _conclude_form(found: Lead, sent: Any) -> ConcludeLeadForm:
    moves = [one for one in CONCLUDE if one in LEAD.moves_from(LeadState(found.state))]
    start = {"version": found.version}
    return ConcludeLeadForm(sent, moves=moves or CONCLUDE, initial=start)


def _with_words(found: Lead) -> None:
    found.state_said = say(LEAD.states[LeadState(found.state)])
    found.channel_said = say(CHANNELS[Channel(found.channel)])


def _units(found: Assessment) -> Any:
    version = issued(found)
    units = units_of(version).values() if version else ()
    return Organisation.objects.filter(pk__in=[one.pk for one in units])


def _page_of(found: Lead) -> str:
    return reverse("assessment:lead", args=[found.assessment.code, found.pk])

"""Visits: the plan, one, its sheet, what was found. What the unit must not know does not exist for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions import visits as actions
from steelyard.assessment.actions.visits import Picture, Seen
from steelyard.assessment.forms.visits import (
    CancelForm,
    ChangePlanForm,
    CorrectFindingForm,
    FindingFields,
    FindingForm,
    PlanForm,
    ReportForm,
)
from steelyard.assessment.models import Assessment, Finding, Visit
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.visits import offices_whose_visits
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.visits import (
    findings_of,
    items_of,
    load_sheet,
    photographs_of,
    visits_seen_by,
)
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.states import VISIT, VisitState
from steelyard.assessment.rules.visits import STAGES
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.papers.taken import links_to
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.people.lists import ordered, page_of
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)
from steelyard.trail.side_by_side import Told, show_both, told_of, version_of
from steelyard.trail.versions import ChangedMeanwhile

ORDERS = {"day": "planned_on", "unit": "unit__code", "state": "state"}
OPEN = (VisitState.PLANNED, VisitState.ANNOUNCED)


@require_safe
def visits(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    seen = visits_seen_by(request.held, request.today).filter(assessment=found)
    plans = _plans(request, found)
    if not _is_office(request, found) and not seen.exists():
        raise Http404
    page = page_of(ordered(seen, request, ORDERS, "day"), request)
    for one in page:
        one.state_said = say(VISIT.states[VisitState(one.state)])
    context = {
        "assessment": found, "page": page, "may_plan": plans and found.stage in STAGES,
        "is_office": _is_office(request, found), "sort": request.GET.get("sort", "day"),
    }  # fmt: skip
    return render(request, "assessment/visits/visits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, code: str) -> HttpResponse:
    found = _for_planners(request, code)
    form = PlanForm(posted(request), units=units_to_visit(found), items=items_of(found))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        planned = done(form, lambda: actions.plan_visit(
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


@require_safe
def visit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return _shown(request, _find(request, code, number))


def _shown(
    request: HttpRequest, found: Visit, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    is_office = _is_office(request, found.assessment)
    plans = _plans(request, found.assessment)
    sees_findings = is_office or found.state == VisitState.DONE
    titles = items_of(found.assessment)
    findings = findings_of(found) if sees_findings else []
    context = {
        "visit": found,
        "assessment": found.assessment,
        "state": say(VISIT.states[VisitState(found.state)]),
        "items": [(one, say(titles.get(one, Text("", "")))) for one in found.items],
        "findings": findings,
        "sees_findings": sees_findings,
        "is_office": is_office,
        "plans": plans and found.state in OPEN and found.assessment.stage in STAGES,
        "may_announce": not found.is_unannounced and found.state == VisitState.PLANNED,
        "refusals": refusals,
        "papers": links_to(found.assessment, PaperKind.VISIT, str(found.pk)),
    }
    return render(request, "assessment/visits/visit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = _find_for_planner(request, code, number)
    form = ChangePlanForm(
        posted(request), items=items_of(found.assessment), initial=ChangePlanForm.of(found)
    )
    return _saved(request, found, form, _("Change the plan"), _("Save"), lambda told: (
        actions.change_visit(
            visit=found.pk, plan=form.plan, seen=told["version"], **who_and_when(request))
    ))  # fmt: skip


@require_POST
def announce(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = _find_for_planner(request, code, number)
    try:
        actions.announce_visit(
            visit=found.pk, seen=version_of(request.POST, "version"), **who_and_when(request)
        )
    except Refused as refused:
        refused_for_a_right(refused)
        return _shown(request, found, tuple(say(one.text) for one in refused.refusals), 409)
    except ChangedMeanwhile as changed:
        return show_both(request, changed, back=_page_of(found))
    messages.success(request, _("Announced. The unit was told."))
    return redirect(_page_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = _find_for_planner(request, code, number)
    form = CancelForm(posted(request), initial={"version": found.version})
    return _saved(request, found, form, _("Cancel the visit"), _("Cancel it"), lambda told: (
        actions.cancel_visit(
            visit=found.pk, reason=told["reason"], seen=told["version"], **who_and_when(request))
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = _find_for_planner(request, code, number)
    start = {"version": found.version, "visited_on": min(found.planned_on, request.today)}
    form = ReportForm(posted(request), initial=start)
    return _saved(request, found, form, _("Report on the visit"), _("Hand the report in"),
        lambda told: actions.report_visit(
            visit=found.pk, visited_on=told["visited_on"], summary=told["summary"],
            seen=told["version"], **who_and_when(request)),
        note=_("With the report the findings stand, and the unit sees them."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def add_finding(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = _find_for_planner(request, code, number)
    start = {"item": request.GET.get("item", "")}
    items = items_of(found.assessment)
    form = FindingForm(posted(request), request.FILES or None, items=items, initial=start)
    return _saved(request, found, form, _("Write a finding down"), _("Write it down"), lambda _told: (
        actions.record_finding(
            visit=found.pk, seen=_seen(form), pictures=_pictures(form), **who_and_when(request))
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, code: str, number: int, finding: int) -> HttpResponseBase:
    found = _find_for_planner(request, code, number)
    row = Finding.objects.filter(visit=found, pk=finding).first()
    if row is None:
        raise Http404
    start = {
        "item": row.item, "is_defect": str(row.is_defect), "text": row.text, "place": row.place,
        "version": row.version,
    }  # fmt: skip
    items = items_of(found.assessment)
    form = CorrectFindingForm(
        posted(request), request.FILES or None, items=items, hung=photographs_of(row), initial=start
    )
    return _saved(request, found, form, _("Correct the finding"), _("Save"), lambda told: (
        actions.correct_finding(
            finding=row.pk, seen=_seen(form), pictures=_pictures(form), off=told.get("off", ()),
            seen_version=told["version"], **who_and_when(request))
    ), thing=row)  # fmt: skip


@require_safe
def sheet(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find_visit_for_office(request, code, number)
    context = {
        "visit": found, "assessment": found.assessment, "sheet": load_sheet(found, lang()),
        "blank": range(4),
        "papers": links_to(found.assessment, PaperKind.VISIT, str(found.pk)),
    }  # fmt: skip
    return render(request, "assessment/visits/sheet.html", context)


# --- which one, and for whom --------------------------------------------------------------------


def _find(request: HttpRequest, code: str, number: int) -> Visit:
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
    found = _find(request, code, number)
    if not _is_office(request, found.assessment):
        raise NotAllowed(_against_planning(request, found.assessment))
    return found


def _find_for_planner(request: HttpRequest, code: str, number: int) -> Visit:
    found = _find(request, code, number)
    refusals = _against_planning(request, found.assessment)
    if refusals:
        raise NotAllowed(refusals)
    return found


def _for_planners(request: HttpRequest, code: str) -> Assessment:
    return find_for(request, code, Action.PLAN_VISITS)


def _against_planning(request: HttpRequest, found: Assessment) -> tuple[Any, ...]:
    return may_not(request.held, Action.PLAN_VISITS, found.office_id, request.today)


def _plans(request: HttpRequest, found: Assessment) -> bool:
    return not _against_planning(request, found)


def _is_office(request: HttpRequest, found: Assessment) -> bool:
    return found.office_id in offices_whose_visits(request.held, request.today)


def units_to_visit(found: Assessment) -> Any:
    version = issued(found)
    units = units_of(version).values() if version else ()
    return Organisation.objects.filter(pk__in=[one.pk for one in units])


def _page_of(found: Visit) -> str:
    return reverse("assessment:visit", args=[found.assessment.code, found.pk])


def _seen(form: FindingFields) -> Seen:
    told = form.cleaned_data
    return Seen(
        text=told["text"], item=told["item"], is_defect=told["is_defect"], place=told["place"]
    )


def _pictures(form: FindingFields) -> list[Picture]:
    return [Picture(one.name, one.file) for one in form.cleaned_data["photographs"]]


def _saved(
    request: HttpRequest, found: Visit, form: Any, title: str, button: str,
    act: Callable[[dict[str, Any]], object], *, note: str = "", thing: Finding | None = None,
) -> HttpResponseBase:  # fmt: skip
    """A form about a visit: shown, refused, met with another saver, or done and back to the visit."""
    if request.method == "POST" and form.is_valid():
        saved = done(form, lambda: act(form.cleaned_data))
        if form.meanwhile is not None:
            return show_both(
                request, form.meanwhile, told=_told_besides(form.meanwhile), back=_page_of(found)
            )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect(_page_of(found))
    context = {
        "visit": found, "assessment": found.assessment, "form": form, "title": title,
        "button": button, "note": note, "thing": thing,
    }  # fmt: skip
    return render(request, "assessment/visits/form.html", context, status=status_of(form))


def _told_besides(changed: ChangedMeanwhile) -> list[Told]:
    """What was changed meanwhile besides, with the items, which are chosen by ticking."""
    before, theirs = changed.before.get("items"), changed.theirs.get("items")
    found = told_of(changed)
    if changed.model is Visit and before != theirs and theirs is not None:
        found.append(Told(_("Items to check"), ", ".join(before or ()), ", ".join(theirs)))
    return found

"""One visit and its steps: change the plan, announce, cancel, report, correct the report; its sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions import visits as actions
from steelyard.assessment.actions.visits import report_corrections as actions_of_corrections
from steelyard.assessment.forms.visits import (
    CancelForm,
    ChangePlanForm,
    CorrectReportForm,
    ReportForm,
)
from steelyard.assessment.models import Visit
from steelyard.assessment.queries.visits import (
    corrections_of,
    findings_of,
    items_of,
    load_sheet,
    with_originals,
)
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.states import VISIT, VisitState
from steelyard.assessment.rules.visits import STAGES
from steelyard.assessment.views.papers.taken import links_to
from steelyard.assessment.views.visits.asking import saved
from steelyard.assessment.views.visits.finding import (
    find_visit,
    find_visit_for_office,
    find_visit_for_planner,
    is_office_of,
    may_plan,
    page_of_visit,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.people.views.asking import (
    posted,
    refused_for_a_right,
    who_and_when,
)
from steelyard.trail.side_by_side import show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile

OPEN = (VisitState.PLANNED, VisitState.ANNOUNCED)


@require_safe
def visit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return _shown(request, find_visit(request, code, number))


def _shown(
    request: HttpRequest, found: Visit, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    is_office = is_office_of(request, found.assessment)
    plans = may_plan(request, found.assessment) and found.assessment.stage in STAGES
    sees_findings = is_office or found.state == VisitState.DONE
    titles = items_of(found.assessment)
    findings = findings_of(found) if sees_findings else []
    findings = with_originals(findings) if is_office else findings
    context = {
        "visit": found,
        "assessment": found.assessment,
        "state": say(VISIT.states[VisitState(found.state)]),
        "items": [(one, say(titles.get(one, Text("", "")))) for one in found.items],
        "findings": findings,
        "sees_findings": sees_findings,
        "is_office": is_office,
        "plans": plans and found.state in OPEN,
        "corrects": plans and found.state == VisitState.DONE,
        "has_come": found.planned_on <= request.today,
        "corrections": corrections_of(found) if sees_findings else [],
        "may_announce": not found.is_unannounced and found.state == VisitState.PLANNED,
        "refusals": refusals,
        "papers": links_to(found.assessment, PaperKind.VISIT, str(found.pk)),
    }
    return render(request, "assessment/visits/visit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = find_visit_for_planner(request, code, number)
    form = ChangePlanForm(
        posted(request), items=items_of(found.assessment), initial=ChangePlanForm.of(found)
    )
    return saved(request, found, form, _("Change the plan"), _("Save"), lambda told: (
        actions.change_visit(
            visit=found.pk, plan=form.plan, seen=told["version"], **who_and_when(request))
    ))  # fmt: skip


@require_POST
def announce(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find_visit_for_planner(request, code, number)
    try:
        actions.announce_visit(
            visit=found.pk, seen=version_of(request.POST, "version"), **who_and_when(request)
        )
    except Refused as refused:
        refused_for_a_right(refused)
        return _shown(request, found, tuple(say(one.text) for one in refused.refusals), 409)
    except ChangedMeanwhile as changed:
        return show_both(request, changed, back=page_of_visit(found))
    messages.success(request, _("Announced. The unit was told."))
    return redirect(page_of_visit(found))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = find_visit_for_planner(request, code, number)
    form = CancelForm(posted(request), initial={"version": found.version})
    return saved(request, found, form, _("Cancel the visit"), _("Cancel it"), lambda told: (
        actions.cancel_visit(
            visit=found.pk, reason=told["reason"], seen=told["version"], **who_and_when(request))
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = find_visit_for_planner(request, code, number)
    start = {"version": found.version, "visited_on": min(found.planned_on, request.today)}
    form = ReportForm(posted(request), initial=start)
    return saved(request, found, form, _("Report on the visit"), _("Hand the report in"),
        lambda told: actions.report_visit(
            visit=found.pk, visited_on=told["visited_on"], summary=told["summary"],
            seen=told["version"], **who_and_when(request)),
        note=_("With the report the findings stand, and the unit sees them."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The report, once it is in."""
    found = find_visit_for_planner(request, code, number)
    start = {
        "version": found.version, "visited_on": found.visited_on, "summary": found.summary,
    }  # fmt: skip
    form = CorrectReportForm(posted(request), initial=start)
    return saved(request, found, form, _("Correct the report"), _("Correct the report"),
        lambda told: actions_of_corrections.correct_report(
            visit=found.pk, visited_on=told["visited_on"], summary=told["summary"],
            reason=told["reason"], seen=told["version"], **who_and_when(request)),
        note=_("What it said before stays beside it, with your name and your reason. The unit is told."),
    )  # fmt: skip


@require_safe
def sheet(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find_visit_for_office(request, code, number)
    context = {
        "visit": found, "assessment": found.assessment, "sheet": load_sheet(found, lang()),
        "blank": range(4),
        "papers": links_to(found.assessment, PaperKind.VISIT, str(found.pk)),
    }  # fmt: skip
    return render(request, "assessment/visits/sheet.html", context)

"""Which visit, and for whom? And how a form about one ends. For the pages of visits and of what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment, Finding, Visit
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.visits import offices_whose_visits
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.visits import visits_seen_by
from steelyard.assessment.views.finding import find
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, done, status_of
from steelyard.trail.side_by_side import Told, show_both, told_of
from steelyard.trail.versions import ChangedMeanwhile


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


def units_to_visit(found: Assessment) -> Any:
    version = issued(found)
    units = units_of(version).values() if version else ()
    return Organisation.objects.filter(pk__in=[one.pk for one in units])


def page_of_visit(found: Visit) -> str:
    return reverse("assessment:visit", args=[found.assessment.code, found.pk])


def saved(
    request: HttpRequest, found: Visit, form: Any, title: str, button: str,
    act: Callable[[dict[str, Any]], object], *, note: str = "", thing: Finding | None = None,
) -> HttpResponseBase:  # fmt: skip
    """A form about a visit: shown, refused, met with another saver, or done and back to the visit."""
    if request.method == "POST" and form.is_valid():
        saved = done(form, lambda: act(form.cleaned_data))
        if form.meanwhile is not None:
            return show_both(
                request,
                form.meanwhile,
                told=_told_besides(form.meanwhile),
                back=page_of_visit(found),
            )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect(page_of_visit(found))
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

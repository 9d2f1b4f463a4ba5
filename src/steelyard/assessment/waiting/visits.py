"""What of visits and leads waits for the office: a visit whose day has come, a lead to look into."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Lead, Visit
from steelyard.assessment.rules.states import LeadState, VisitState
from steelyard.assessment.rules.visits import STAGES
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_visits(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    return [*_to_report(held, today), *_to_handle(held, today)]


def _to_report(held: tuple[Held, ...], today: date) -> list[Waiting]:
    offices = reach(held, Action.PLAN_VISITS, today)
    if not offices:
        return []
    found = Visit.objects.filter(
        assessment__office__in=offices, planned_on__lte=today, assessment__stage__in=STAGES,
        state__in=(VisitState.PLANNED, VisitState.ANNOUNCED),
    ).select_related("unit", "assessment")  # fmt: skip
    return [
        Waiting(
            _("Report on the visit to %(unit)s") % {"unit": say(one.unit.name)},
            reverse("assessment:visit", args=[one.assessment.code, one.pk]), one.planned_on, AREA,
        )
        for one in found.order_by("planned_on", "pk")[:MOST]
    ]  # fmt: skip


def _to_handle(held: tuple[Held, ...], today: date) -> list[Waiting]:
    """A lead says nothing of itself here: the first page is seen over shoulders."""
    offices = reach(held, Action.HANDLE_LEADS, today)
    if not offices:
        return []
    found = Lead.objects.filter(office__in=offices, state=LeadState.NEW)
    return [
        Waiting(
            _("Look into lead no. %(number)s") % {"number": one.pk},
            _page_of(one), None, AREA,
        )
        for one in found.select_related("assessment").order_by("pk")[:MOST]
    ]  # fmt: skip


def _page_of(lead: Lead) -> str:
    if lead.assessment is None:
        return reverse("assessment:lead_of_form", args=[lead.pk])
    return reverse("assessment:lead", args=[lead.assessment.code, lead.pk])

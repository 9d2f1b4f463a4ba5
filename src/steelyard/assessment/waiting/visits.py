"""What of visits and leads waits for whom: a visit to announce, to report, to be ready for; a lead to look into.

From the day of a visit on, its report waits for the office with its day, as a deadline.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Lead, Visit
from steelyard.assessment.queries.visits import with_a_day
from steelyard.assessment.rules.states import LeadState, VisitState
from steelyard.assessment.rules.visits import STAGES
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_visits(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    return [*_of_the_office(held, today), *_of_units(held, today), *_to_handle(held, today)]


def _of_the_office(held: tuple[Held, ...], today: date) -> list[Waiting]:
    """To announce, until its day has come; from then on to report, until that waits as a deadline."""
    offices = reach(held, Action.PLAN_VISITS, today)
    if not offices:
        return []
    found = _open().filter(assessment__office__in=offices)
    to_announce = found.filter(state=VisitState.PLANNED, is_unannounced=False, planned_on__gt=today)
    has_a_day = Exists(with_a_day().filter(object_id=OuterRef("pk")))
    to_report = found.filter(~has_a_day, planned_on__lte=today)
    return [
        *_said(to_announce, _("Announce the visit to %(unit)s")),
        *_said(to_report, _("Report on the visit to %(unit)s")),
    ]


def _of_units(held: tuple[Held, ...], today: date) -> list[Waiting]:
    """A visit that was announced, until its day is over."""
    units = reach(held, Action.DIVIDE_ITEMS, today) | reach(held, Action.SIGN_SUBMISSION, today)
    if not units:
        return []
    found = _open().filter(unit__in=units, state=VisitState.ANNOUNCED, planned_on__gte=today)
    return _said(found, _("Be ready for the on-site visit to %(unit)s"))


def _open() -> QuerySet[Visit]:
    return Visit.objects.filter(
        assessment__stage__in=STAGES, state__in=(VisitState.PLANNED, VisitState.ANNOUNCED)
    )


def _said(found: QuerySet[Visit], what: str) -> list[Waiting]:
    return [
        Waiting(
            what % {"unit": say(one.unit.name)},
            reverse("assessment:visit", args=[one.assessment.code, one.pk]), one.planned_on, AREA,
        )
        for one in found.select_related("unit", "assessment").order_by("planned_on", "pk")[:MOST]
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

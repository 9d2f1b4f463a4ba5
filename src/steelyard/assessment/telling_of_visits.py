"""Who is told of a visit? The unit, once it may know. Of a lead from the form? Who handles leads, and no word of it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Lead, Visit
from steelyard.kernel.bilingual import same
from steelyard.notices.actions import tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import Action

TOLD = (Action.DIVIDE_ITEMS, Action.SIGN_SUBMISSION)
"""Whoever may do this for the unit is told."""


def tell_of_visit(visit: Visit, kind: Kind, *, by: int, now: datetime) -> None:
    today = timezone.localdate(now)
    whom = {one for action in TOLD for one in who_may(action, visit.unit_id, today)}
    tell(
        kind,
        sorted(whom - {by}),
        area="assessment",
        object_id=visit.pk,
        path=reverse("assessment:visit", args=[visit.assessment.code, visit.pk]),
        words={
            "what": visit.assessment.title,
            "who": visit.unit.name,
            "due": same(str(visit.visited_on or visit.planned_on)),
            "reason": same(visit.reason),
        },
        once=f"visit:{visit.pk}:{kind.value}:{visit.version}",
        now=now,
    )


def tell_of_lead(lead: Lead, *, now: datetime) -> None:
    """That one came in, and its number: neither the unit, nor what, nor who."""
    tell(
        Kind.LEAD_RECEIVED,
        who_may(Action.HANDLE_LEADS, lead.office_id, timezone.localdate(now)),
        area="assessment",
        object_id=lead.pk,
        path=reverse("assessment:lead_of_form", args=[lead.pk]),
        words={"what": same(str(lead.pk))},
        once=f"lead:{lead.pk}",
        now=now,
    )

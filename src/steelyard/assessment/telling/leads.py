"""Who is told of a lead from the form? Who handles leads, and no word of it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Lead
from steelyard.kernel.bilingual import same
from steelyard.notices.actions import tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import Action


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

"""What of forged material waits for whom: the office hears, its head decides."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Suspicion
from steelyard.assessment.rules.states import SuspicionState
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_suspicions(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """To hear, and to decide once heard: nobody decides on what they raised."""
    hears, decides = (
        reach(held, action, today) for action in (Action.RAISE_SUSPICION, Action.DECIDE_SUSPICION)
    )
    if not hears and not decides:
        return []
    found = (
        Suspicion.objects.filter(
            Q(assessment__office__in=hears, state=SuspicionState.SUSPECTED)
            | Q(assessment__office__in=decides, state=SuspicionState.HEARD) & ~Q(raised_by=account)
        )
        .select_related("unit", "assessment")
        .order_by("pk")[:MOST]
    )
    return [
        Waiting(
            _said(one),
            reverse("assessment:suspicion", args=[one.assessment.code, one.pk]),
            None,
            AREA,
        )
        for one in found
    ]


def _said(one: Suspicion) -> str:
    told = {"unit": say(one.unit.name), "item": one.item}
    if one.state == SuspicionState.SUSPECTED:
        return _("Hear %(unit)s on the material of item %(item)s") % told
    return _("Decide on the material of %(unit)s, item %(item)s") % told

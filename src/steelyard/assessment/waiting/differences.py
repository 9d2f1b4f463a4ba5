"""Open differences wait for the office: one line for each assessment."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Assessment
from steelyard.assessment.rules.settling import WHEN
from steelyard.assessment.rules.states import DifferenceMove, DifferenceState
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_differences(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    offices = reach(held, Action.SETTLE_DIFFERENCES, today)
    if not offices:
        return []
    still = Count("differences", filter=Q(differences__state=DifferenceState.OPEN))
    found = Assessment.objects.filter(
        office__in=offices, stage__in=sorted(WHEN[DifferenceMove.SETTLE])
    )
    return [
        Waiting(
            _("Settle differences (%(count)s): %(assessment)s")
            % {"count": one.still, "assessment": say(one.title)},
            reverse("assessment:differences", args=[one.code]) + "?state=open",
            None, AREA,
        )
        for one in found.annotate(still=still).filter(still__gt=0).order_by("pk")[:MOST]
    ]  # fmt: skip

"""Open differences wait for the office: one line for each assessment."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.actions import differences
from steelyard.assessment.models import Assessment
from steelyard.assessment.rules.differences.settling import WHEN
from steelyard.assessment.rules.states import DifferenceMove, DifferenceState
from steelyard.look.language import say
from steelyard.notices.models import Deadline
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
    ).exclude(pk__in=_with_a_day())
    return [
        Waiting(
            _("Settle differences (%(count)s): %(assessment)s")
            % {"count": one.still, "assessment": say(one.title)},
            reverse("assessment:differences", args=[one.code]) + "?state=open",
            None, AREA,
        )
        for one in found.annotate(still=still).filter(still__gt=0).order_by("pk")[:MOST]
    ]  # fmt: skip


def _with_a_day() -> QuerySet[Deadline, int]:
    """Assessments of which the deadline waits already, with its day."""
    running = Deadline.objects.filter(area=differences.AREA, task=differences.TASK, ended_on=None)
    return running.values_list("object_id", flat=True)

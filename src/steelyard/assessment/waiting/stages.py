"""What of the assessment itself waits for its office: from the cut-off day on, its freeze."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Assessment
from steelyard.assessment.rules.cut_off import BEFORE_THE_FREEZE
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_freezes(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    offices = reach(held, Action.RUN_ASSESSMENT, today)
    if not offices:
        return []
    come = Assessment.objects.filter(
        office__in=offices, stage__in=BEFORE_THE_FREEZE, cut_off__lte=today
    )
    return [
        Waiting(
            _("The cut-off has come, to be frozen: %(assessment)s") % {"assessment": say(one.title)},
            reverse("assessment:assessment", args=[one.code]), one.cut_off, AREA,
        )
        for one in come.order_by("cut_off", "pk")[:MOST]
    ]  # fmt: skip

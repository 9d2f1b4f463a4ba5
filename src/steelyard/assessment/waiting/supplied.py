"""A correction that a body has begun waits for it; a sheet that it owes waits with its day, as a deadline."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Sheet
from steelyard.assessment.queries.supplied import input_of
from steelyard.assessment.rules.states import SheetState
from steelyard.assessment.rules.supplied.limits import WHEN
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_sheets(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    bodies = reach(held, Action.SUPPLY_FIGURES, today)
    if not bodies:
        return []
    found = Sheet.objects.filter(
        body__in=bodies, state=SheetState.MENDING, assessment__stage__in=sorted(WHEN)
    )
    return [
        Waiting(
            _("Sign the correction of %(figure)s") % {"figure": say(input_of(one).title)},
            reverse("assessment:sheet", args=[one.assessment.code, one.pk]),
            None, AREA,
        )
        for one in found.select_related("assessment", "body").order_by("pk")[:MOST]
    ]  # fmt: skip

"""What of forged material waits for whom beside the deadlines: for a city's officer, to state its case.

That waits with its day for whoever signs for the city, as a deadline; so does the hearing for the office,
and the decision for its head. To hear lies with the unit until it has stated its case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.actions.forgery.clocks import AREA as CODE
from steelyard.assessment.actions.forgery.clocks import to_hear
from steelyard.assessment.models import Suspicion
from steelyard.assessment.queries.forgery import ANSWER
from steelyard.assessment.rules.states import SuspicionState
from steelyard.kernel.bilingual import Text
from steelyard.notices.models import Deadline
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_suspicions(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    units = reach(held, Action.DIVIDE_ITEMS, today) - reach(held, Action.SIGN_SUBMISSION, today)
    if not units:
        return []
    found = Suspicion.objects.filter(unit__in=units, state=SuspicionState.SUSPECTED, statement="")
    rows = list(found.select_related("assessment").order_by("pk")[:MOST])
    due = _due(one.pk for one in rows)
    return [
        Waiting(
            _("State your case on the material of item %(item)s") % {"item": one.item},
            reverse("assessment:suspicion", args=[one.assessment.code, one.pk]), due.get(one.pk), AREA,
        )
        for one in rows
    ]  # fmt: skip


def hearings_with_units(numbers: frozenset[int]) -> dict[int, Text]:
    """What is said to those who are to hear a unit that has not stated its case: until when it may."""
    found = Suspicion.objects.filter(pk__in=numbers, state=SuspicionState.SUSPECTED, statement="")
    rows = list(found)
    due = _due(one.pk for one in rows)
    return {one.pk: _stated_by(to_hear(one), due[one.pk]) for one in rows if one.pk in due}


def _stated_by(what: Text, due: date) -> Text:
    return Text(f"{what.zh}，该单位陈述期限{due}", f"{what.en}; it may state its case until {due}")


def _due(numbers) -> Mapping[int, date]:
    running = Deadline.objects.filter(
        area=CODE, task=ANSWER, object_id__in=list(numbers), ended_on=None
    )
    return dict(running.values_list("object_id", "due"))

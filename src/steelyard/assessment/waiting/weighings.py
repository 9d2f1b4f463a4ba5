"""What of the weighing waits for the office: one that was refused, or that forgery found since outdates."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Suspicion, Weighing
from steelyard.assessment.rules.states import Stage, SuspicionState, WeighingState
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_weighings(_account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """The last weighing of each frozen assessment, where it is to be frozen and weighed again."""
    offices = reach(held, Action.RUN_ASSESSMENT, today)
    if not offices:
        return []
    of_the_same = Weighing.objects.filter(assessment=OuterRef("assessment")).order_by("-pk")
    forged_since = Suspicion.objects.filter(
        assessment=OuterRef("assessment"), state=SuspicionState.CONFIRMED,
        decided_at__gt=OuterRef("asked_at"),
    )  # fmt: skip
    found = Weighing.objects.filter(
        Q(state=WeighingState.REFUSED) | Q(Exists(forged_since), state=WeighingState.DONE),
        pk=Subquery(of_the_same.values("pk")[:1]),
        assessment__office__in=offices, assessment__stage=Stage.FROZEN,
    )  # fmt: skip
    return [
        Waiting(
            _said(one), reverse("assessment:weighing", args=[one.assessment.code, one.pk]), None, AREA
        )
        for one in found.select_related("assessment").order_by("pk")[:MOST]
    ]  # fmt: skip


def _said(one: Weighing) -> str:
    title = {"title": say(one.assessment.title)}
    if one.state == WeighingState.REFUSED:
        return _("Could not be weighed, to be mended and weighed again: %(title)s") % title
    return _("Material was found to be forged since, to be weighed again: %(title)s") % title

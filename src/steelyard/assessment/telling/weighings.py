"""Who is told that a weighing ended? Refused, whoever asked for it; done, the units, which may read their points."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Weighing
from steelyard.assessment.queries.assessments import units_of
from steelyard.assessment.rules.states import WeighingState
from steelyard.notices.actions import tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Action

AREA = "assessment"
OF_A_UNIT = (Action.DIVIDE_ITEMS, Action.SIGN_SUBMISSION)
"""Whoever may do this for a unit is told of its points."""


def tell_of_the_end(ended: Weighing, now: datetime) -> None:
    """Weighed anew, the units are told anew: their points may be others."""
    if ended.state == WeighingState.REFUSED:
        _tell_who_asked(ended, now)
    elif ended.state == WeighingState.DONE:
        for unit in units_of(ended.scheme).values():
            _tell_unit(ended, unit, now)


def _tell_who_asked(ended: Weighing, now: datetime) -> None:
    found = ended.assessment
    tell(
        Kind.WEIGHING_REFUSED, [ended.asked_by_id], area=AREA, object_id=ended.pk,
        path=reverse("assessment:weighing", args=[found.code, ended.pk]),
        words={"what": found.title}, once=f"weighing:{ended.pk}:refused", now=now,
    )  # fmt: skip


def _tell_unit(ended: Weighing, unit: Organisation, now: datetime) -> None:
    found, today = ended.assessment, timezone.localdate(now)
    tell(
        Kind.POINTS_TO_READ,
        sorted({one for action in OF_A_UNIT for one in who_may(action, unit.pk, today)}),
        area=AREA, object_id=ended.pk,
        path=reverse("assessment:unit_items", args=[found.code, unit.code]),
        words={"what": found.title, "who": unit.name},
        once=f"weighing:{ended.pk}:points:{unit.pk}", now=now,
    )  # fmt: skip

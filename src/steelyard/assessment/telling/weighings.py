"""Who is told of a freeze by the clock, and that a weighing ended? The office and its head; refused, whoever
asked for it; done, the units too, which may read their points."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Assessment, Weighing
from steelyard.assessment.queries.assessments import units_of
from steelyard.assessment.rules.states import WeighingState
from steelyard.kernel.bilingual import same
from steelyard.notices.actions import tell
from steelyard.notices.queries import load_holders, who_may_each
from steelyard.notices.rules.texts import Kind
from steelyard.notices.telling import notices, write_notices
from steelyard.people.rules.roles import Action, Role

AREA = "assessment"
OF_A_UNIT = (Action.DIVIDE_ITEMS, Action.SIGN_SUBMISSION)
"""Whoever may do this for a unit is told of its points."""


def tell_of_the_end(ended: Weighing, now: datetime) -> None:
    """Weighed anew, the units are told anew: their points may be others."""
    if ended.state == WeighingState.REFUSED:
        _tell_who_asked(ended, now)
    elif ended.state == WeighingState.DONE:
        _tell_the_office(ended, now)
        _tell_units(ended, now)


def tell_that_it_froze_by_itself(found: Assessment, now: datetime) -> None:
    """Nobody pressed anything: whoever set the day is told too."""
    tell(
        Kind.FROZEN_BY_ITSELF, _of_the_office(found, now), area=AREA, object_id=found.pk,
        path=reverse("assessment:weighings", args=[found.code]),
        words={"what": found.title, "due": same(str(found.cut_off))},
        once=f"frozen:{found.pk}:{found.cut_off}", now=now,
    )  # fmt: skip


def _tell_the_office(ended: Weighing, now: datetime) -> None:
    found = ended.assessment
    tell(
        Kind.WEIGHED, _of_the_office(found, now), area=AREA, object_id=ended.pk,
        path=reverse("assessment:weighing", args=[found.code, ended.pk]),
        words={"what": found.title}, once=f"weighing:{ended.pk}:done", now=now,
    )  # fmt: skip


def _of_the_office(found: Assessment, now: datetime) -> list[int]:
    """Those who run it, and the head of their office."""
    posts = {(found.office_id, role.value) for role in (Role.ASSESSING_OFFICE, Role.OFFICE_HEAD)}
    holders = load_holders(posts, timezone.localdate(now))
    return sorted({one for accounts in holders.values() for one in accounts})


def _tell_who_asked(ended: Weighing, now: datetime) -> None:
    found = ended.assessment
    tell(
        Kind.WEIGHING_REFUSED, [ended.asked_by_id], area=AREA, object_id=ended.pk,
        path=reverse("assessment:weighing", args=[found.code, ended.pk]),
        words={"what": found.title}, once=f"weighing:{ended.pk}:refused", now=now,
    )  # fmt: skip


def _tell_units(ended: Weighing, now: datetime) -> None:
    found, units = ended.assessment, list(units_of(ended.scheme).values())
    numbers, today = [unit.pk for unit in units], timezone.localdate(now)
    those = [who_may_each(action, numbers, today) for action in OF_A_UNIT]
    write_notices([
        notice
        for unit in units
        for notice in notices(
            Kind.POINTS_TO_READ, sorted({one for who in those for one in who[unit.pk]}), AREA, ended.pk,
            reverse("assessment:unit_items", args=[found.code, unit.code]),
            {"what": found.title, "who": unit.name}, f"weighing:{ended.pk}:points:{unit.pk}", now,
        )
    ])  # fmt: skip

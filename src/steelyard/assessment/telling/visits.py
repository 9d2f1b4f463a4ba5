"""Who is told of a visit? The unit, once it may know. Of a correction? Who scored by it, too."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import ReportCorrection, Score, Visit
from steelyard.assessment.rules.states import ScoreState
from steelyard.kernel.bilingual import same
from steelyard.notices.actions import tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import Action

TOLD = (Action.DIVIDE_ITEMS, Action.SIGN_SUBMISSION)
"""Whoever may do this for the unit is told."""


def tell_of_visit(visit: Visit, kind: Kind, *, by: int, now: datetime) -> None:
    today = timezone.localdate(now)
    whom = {one for action in TOLD for one in who_may(action, visit.unit_id, today)}
    tell(
        kind,
        sorted(whom - {by}),
        area="assessment",
        object_id=visit.pk,
        path=reverse("assessment:visit", args=[visit.assessment.code, visit.pk]),
        words={
            "what": visit.assessment.title,
            "who": visit.unit.name,
            "due": same(str(visit.visited_on or visit.planned_on)),
            "reason": same(visit.reason),
        },
        once=f"visit:{visit.pk}:{kind.value}:{visit.version}",
        now=now,
    )


def tell_of_correction(
    correction: ReportCorrection, items: Collection[str], *, by: int, now: datetime
) -> None:
    """The unit; and for each of these items those who scored it at the unit already."""
    visit, today = correction.visit, timezone.localdate(now)
    whom = {one for action in TOLD for one in who_may(action, visit.unit_id, today)}
    page = reverse("assessment:visit", args=[visit.assessment.code, visit.pk])
    _tell_corrected(correction, whom - {by}, page, "unit", now)
    scored = Score.objects.filter(
        assessment=visit.assessment_id, unit=visit.unit_id, item__in=items, state=ScoreState.SCORED
    )
    for one in scored:
        bodies = set(who_may(Action.SCORE_ITEMS, one.body_id, today))
        page = reverse(
            "assessment:unit_item", args=[visit.assessment.code, one.item, visit.unit.code]
        )
        _tell_corrected(correction, bodies - {by}, page, one.item, now)


def _tell_corrected(
    correction: ReportCorrection, whom: Collection[int], path: str, to: str, now: datetime
) -> None:
    visit = correction.visit
    tell(
        Kind.VISIT_CORRECTED,
        sorted(whom),
        area="assessment",
        object_id=visit.pk,
        path=path,
        words={
            "what": visit.assessment.title,
            "who": visit.unit.name,
            "due": same(str(visit.visited_on)),
            "reason": same(correction.reason),
        },
        once=f"correction:{correction.pk}:{to}",
        now=now,
    )

"""By which day is an assessment's own work due: the differences settled, the items scored?"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.rules.states import ScoreState
from steelyard.notices.models import Deadline

AREA, SCORING, SETTLING = "assessment", "scoring-", "settle"
"""Under which a scoring body has its deadline, and the office its own."""


def task_of(body: int) -> str:
    return f"{SCORING}{body}"


def running(task: str = SCORING) -> QuerySet[Deadline]:
    """Those that have not ended, of all assessments."""
    return Deadline.objects.filter(area=AREA, task__startswith=task, ended_on=None)


def due_of_scoring(found: Assessment, bodies: frozenset[int]) -> date | None:
    """The earliest day of these bodies; None if none of them has one."""
    own = running().filter(object_id=found.pk, organisation__in=bodies)
    return own.order_by("due").values_list("due", flat=True).first()


def bodies_that_score(found: Assessment) -> list[int]:
    """Those that still have scores to give."""
    waiting = Score.objects.filter(assessment=found, state=ScoreState.OPEN).order_by("body")
    return list(waiting.values_list("body", flat=True).distinct())

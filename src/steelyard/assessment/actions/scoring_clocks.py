"""Until when do the scoring bodies score? Their deadlines run from the day on which the scoring opens.

One a body and assessment: it ends when none of the body's scores is open, and goes on, to the day that it
had, when one is opened again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.queries.scoring_days import AREA, task_of
from steelyard.assessment.rules.states import ScoreState
from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import end_deadline, reopen_deadline, start_deadline
from steelyard.people.rules.roles import Role


def start_scoring(
    found: Assessment, bodies: Iterable[int], *, working_days: int, by: int, now: datetime
) -> None:
    for body in sorted(set(bodies)):
        start_deadline(
            area=AREA, object_id=found.pk, task=task_of(body), what=_what(found),
            path=reverse("assessment:scoring", args=[found.code]), organisation=body,
            role=Role.SCORING_BODY, working_days=working_days, by=by, now=now,
        )  # fmt: skip


def end_if_all_is_scored(
    found: Assessment, bodies: Iterable[int], *, by: int, now: datetime
) -> None:
    still = set(
        Score.objects.filter(assessment=found, body__in=set(bodies), state=ScoreState.OPEN)
        .order_by()
        .values_list("body", flat=True)
    )
    for body in sorted(set(bodies) - still):
        end_deadline(area=AREA, object_id=found.pk, task=task_of(body), by=by, now=now)


def go_on_scoring(found: Assessment, bodies: Iterable[int], *, by: int, now: datetime) -> None:
    for body in sorted(set(bodies)):
        reopen_deadline(area=AREA, object_id=found.pk, task=task_of(body), by=by, now=now)


def _what(found: Assessment) -> Text:
    return Text(f"完成{found.title_zh}评分", f"Score for {found.title_en or found.title_zh}")

"""Until when do the scoring bodies score? Their deadlines run from the day on which the scoring opens.

One a body and assessment: it ends when none of the body's scores is open, and goes on, to the day that it
had, when one is opened again. The office urges all bodies that have scores to give, once a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_for_the_office
from steelyard.assessment.actions.urging import note_urging
from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.queries.scoring.scoring_days import (
    AREA,
    bodies_that_score,
    due_of_scoring,
    task_of,
)
from steelyard.assessment.rules.judging import against_the_stage
from steelyard.assessment.rules.states import ScoreState, Stage
from steelyard.assessment.rules.urging import NOTHING_TO_SCORE
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import refuse_if_any
from steelyard.notices.actions import end_deadline, reopen_deadline, start_deadline, tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import Action, Role
from steelyard.trail.acting import acting


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


def urge_scoring(*, assessment: int, by: int, now: datetime) -> int:
    """Tell whoever scores for a body that has scores to give once more; at most once a day. How many
    bodies were urged.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
    """
    with acting("urge_scoring", by=by):
        found = held_for_the_office(assessment, by, now)
        refuse_if_any(against_the_stage(Stage(found.stage)))
        bodies = bodies_that_score(found)
        note_urging(
            found, "scoring_urged_on", waiting=len(bodies), nothing=NOTHING_TO_SCORE, now=now
        )
        for body in bodies:
            _urge(found, body, now)
        return len(bodies)


def _urge(found: Assessment, body: int, now: datetime) -> None:
    today = timezone.localdate(now)
    due = due_of_scoring(found, frozenset({body})) or today
    tell(
        Kind.REQUEST_URGED, who_may(Action.SCORE_ITEMS, body, today), area=AREA, object_id=found.pk,
        path=f"{reverse('assessment:scoring', args=[found.code])}?show=open",
        words={"what": _what(found), "due": same(str(due))},
        once=f"scoring:{found.pk}:{body}:urged:{today}", now=now,
    )  # fmt: skip


def _what(found: Assessment) -> Text:
    return Text(f"完成{found.title_zh}评分", f"Score for {found.title_en or found.title_zh}")

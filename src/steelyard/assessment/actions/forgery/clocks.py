"""Until when is a suspicion answered, heard, decided? Each step has its own days, from when it opens.

The unit's days to state its case and the office's to hear it run from the day on which it is raised; those
of the head of the office to decide from the hearing. The unit's end when it has stated its case, or
let them pass; whatever still runs ends with the decision.

The office's own deadlines name the item and the number of the suspicion, and not the unit: more people see
deadlines than suspicions.
"""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from steelyard.assessment.models import Assessment, Suspicion
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.forgery import ANSWER, DECIDE, HEAR
from steelyard.assessment.rules.forgery import DAYS_TO_ANSWER, DAYS_TO_DECIDE, DAYS_TO_HEAR
from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import end_deadline, start_deadline
from steelyard.people.rules.roles import Role

AREA = "assessment"


def it_is_raised(made: Suspicion, found: Assessment, *, by: int, now: datetime) -> None:
    title = scheme_of(issued(found)).item[made.item].title
    start_deadline(
        area=AREA, object_id=made.pk, task=ANSWER, path=_path(found, made),
        organisation=made.unit_id, role=Role.CITY_HEAD, working_days=DAYS_TO_ANSWER, by=by, now=now,
        what=Text(
            f"就“{made.item} {title.zh}”的材料作出陈述",
            f"State your case on the material of {made.item} {title.en or title.zh}",
        ),
    )  # fmt: skip
    start_deadline(
        area=AREA, object_id=made.pk, task=HEAR, path=_path(found, made),
        organisation=found.office_id, role=Role.ASSESSING_OFFICE, working_days=DAYS_TO_HEAR, by=by,
        now=now, what=to_hear(made),
    )  # fmt: skip


def it_is_stated(made: Suspicion, *, by: int, now: datetime) -> None:
    end_deadline(area=AREA, object_id=made.pk, task=ANSWER, by=by, now=now)


def it_is_heard(made: Suspicion, found: Assessment, *, by: int, now: datetime) -> None:
    if made.was_silent:
        end_deadline(area=AREA, object_id=made.pk, task=ANSWER, by=by, now=now, met=False)
    end_deadline(area=AREA, object_id=made.pk, task=HEAR, by=by, now=now)
    start_deadline(
        area=AREA, object_id=made.pk, task=DECIDE, path=_path(found, made),
        organisation=found.office_id, role=Role.OFFICE_HEAD, working_days=DAYS_TO_DECIDE, by=by,
        now=now,
        what=Text(
            f"就造假嫌疑第{made.pk}号作出决定（项目{made.item}）",
            f"Decide on suspicion no. {made.pk}, item {made.item}",
        ),
    )  # fmt: skip


def it_is_decided(made: Suspicion, *, by: int, now: datetime) -> None:
    for task in (ANSWER, HEAR):
        end_deadline(area=AREA, object_id=made.pk, task=task, by=by, now=now, met=False)
    end_deadline(area=AREA, object_id=made.pk, task=DECIDE, by=by, now=now)


def to_hear(made: Suspicion) -> Text:
    return Text(
        f"听取陈述：造假嫌疑第{made.pk}号（项目{made.item}）",
        f"Hear the unit: suspicion no. {made.pk}, item {made.item}",
    )


def _path(found: Assessment, made: Suspicion) -> str:
    return reverse("assessment:suspicion", args=[found.code, made.pk])

"""Until when is a visit reported? From its day on the office has its working days.

They begin with the day that was planned, by the clock that looks every ten minutes, and are counted then. A visit
that takes place on another day, or not at all, ends them; so does the freeze, after which there is nothing
left to report.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Assessment, Visit
from steelyard.assessment.queries.visits import AREA, REPORT, with_a_day
from steelyard.assessment.rules.states import VisitState
from steelyard.assessment.rules.visits import DAYS_TO_REPORT, STAGES
from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import end_deadline, end_deadlines, start_deadline
from steelyard.people.rules.roles import Role
from steelyard.trail.acting import acting

OPEN = (VisitState.PLANNED, VisitState.ANNOUNCED)


def start_reports(now: datetime) -> int:
    """Every ten minutes: of the visits whose day has come. How many; run again, it finds none."""
    today = timezone.localdate(now)
    come = _to_report(today).order_by("pk").values_list("assessment", "pk")
    return sum(_started(assessment, number, today, now) for assessment, number in come)


def _to_report(today: date) -> QuerySet[Visit]:
    return Visit.objects.filter(
        ~Exists(with_a_day().filter(object_id=OuterRef("pk"))), planned_on__lte=today,
        state__in=OPEN, assessment__stage__in=STAGES,
    )  # fmt: skip


def _started(assessment: int, number: int, today: date, now: datetime) -> bool:
    with acting("start_report_of_visit"):
        found = held_still(assessment)
        visit = _to_report(today).filter(pk=number).select_related("unit").first()
        if visit is None:
            return False
        start_deadline(
            area=AREA, object_id=visit.pk, task=REPORT, what=_what(visit),
            path=reverse("assessment:visit", args=[found.code, visit.pk]),
            organisation=found.office_id, role=Role.ASSESSING_OFFICE, working_days=DAYS_TO_REPORT,
            by=None, now=now,
        )  # fmt: skip
        return True


def it_is_reported(visit: Visit, *, by: int, now: datetime) -> None:
    end_deadline(area=AREA, object_id=visit.pk, task=REPORT, by=by, now=now)


def it_is_let_go(visit: Visit, *, by: int, now: datetime) -> None:
    """Cancelled, or put off to another day."""
    end_deadline(area=AREA, object_id=visit.pk, task=REPORT, by=by, now=now, met=False)


def close_reports(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """The records are frozen: what was not reported until now comes to no score."""
    owed = found.visits.filter(state__in=OPEN).values_list("pk", flat=True)
    end_deadlines(area=AREA, object_ids=owed, task=REPORT, by=by, now=now, met=False)


def _what(visit: Visit) -> Text:
    """More people see deadlines than unannounced visits: of one of these, the unit is not named."""
    day, unit = visit.planned_on, visit.unit.name
    if visit.is_unannounced:
        return Text(f"报告{day}的实地检查", f"Report on the visit of {day}")
    return Text(
        f"报告{day}对{unit.zh}的实地检查", f"Report on the visit to {unit.say('en')} of {day}"
    )

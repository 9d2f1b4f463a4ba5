"""How many things of an assessment still stand open? All of them counted in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from steelyard.assessment.models import (
    Assessment,
    Difference,
    DrawnFile,
    Objection,
    Score,
    Sheet,
    Submission,
    Suspicion,
    Visit,
)
from steelyard.assessment.rules.states import (
    DifferenceState,
    FileState,
    ObjectionState,
    ScoreState,
    SheetState,
    SubmissionState,
    SuspicionState,
    VisitState,
)
from steelyard.notices.models import Deadline
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.rules.requests import State

AREA, TO_ANSWER = "assessment", "answer"
"""Under which a source has its days to answer an objection."""
TO_COME = (VisitState.PLANNED, VisitState.ANNOUNCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOpen:
    """``closes_on``: the last day on which a submission may be signed in time, extensions included.
    ``contested``: objections that wait for their answer, and their day is not over; ``uncorrected``: those
    that were upheld, and the corrected delivery is not accepted yet."""

    unlocked: int
    unsigned_sheets: int
    outdated_sheets: int
    open_differences: int
    unscored: int
    unreviewed_files: int
    open_suspicions: int
    contested: int
    uncorrected: int
    planned_visits: int
    closes_on: date | None


def load_open(assessment: Assessment, today: date) -> StillOpen:
    last = _of(Submission.objects.all()).annotate(last=Max("deadline__due")).values("last")
    found = Assessment.objects.filter(pk=assessment.pk).values(
        unlocked=_count(Submission.objects.exclude(state=SubmissionState.LOCKED)),
        unsigned_sheets=_count(Sheet.objects.exclude(state=SheetState.SIGNED)),
        outdated_sheets=_count(Sheet.objects.filter(state=SheetState.OUTDATED)),
        open_differences=_count(Difference.objects.filter(state=DifferenceState.OPEN)),
        unscored=_count(Score.objects.exclude(state=ScoreState.SCORED)),
        unreviewed_files=_count(_unreviewed(), "draw__assessment"),
        open_suspicions=_count(
            Suspicion.objects.filter(state__in=(SuspicionState.SUSPECTED, SuspicionState.HEARD))
        ),
        contested=_count(_awaited(today)),
        uncorrected=_count(_uncorrected()),
        planned_visits=_count(Visit.objects.filter(state__in=TO_COME)),
        closes_on=Subquery(last),
    )
    return StillOpen(**found.get())


def _unreviewed() -> QuerySet[DrawnFile]:
    return DrawnFile.objects.filter(
        Q(state=FileState.RECEIVED) | Q(state=FileState.ASKED, is_reserve=False)
    )


def _awaited(today: date) -> QuerySet[Objection]:
    """A source that does not answer in its time holds nothing up for ever."""
    runs = Deadline.objects.filter(
        area=AREA, task=TO_ANSWER, object_id=OuterRef("pk"), ended_on=None, due__gte=today
    )
    return Objection.objects.filter(Exists(runs), state=ObjectionState.OPEN)


def _uncorrected() -> QuerySet[Objection]:
    """What the office withdraws, it has decided to leave as it is."""
    waits = Q(asked__state=State.OPEN)
    waits |= Q(asked__delivery__status=Status.SIGNED) | Q(correction__status=Status.SIGNED)
    return Objection.objects.filter(waits, state=ObjectionState.UPHELD)


def _of(rows: QuerySet[Any], by: str = "assessment") -> QuerySet[Any]:
    """Those of the assessment that is asked about, as one group."""
    return rows.filter(**{by: OuterRef("pk")}).order_by().values(by)


def _count(rows: QuerySet[Any], by: str = "assessment") -> Coalesce:
    counted = _of(rows, by).annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

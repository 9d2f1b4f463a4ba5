"""How many things of an assessment still stand open? All of them counted in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from steelyard.assessment.models import (
    Assessment,
    Difference,
    DrawnFile,
    Score,
    Sheet,
    Submission,
    Suspicion,
    Visit,
)
from steelyard.assessment.rules.states import (
    DifferenceState,
    FileState,
    ScoreState,
    SheetState,
    SubmissionState,
    SuspicionState,
    VisitState,
)

TO_COME = (VisitState.PLANNED, VisitState.ANNOUNCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOpen:
    """``closes_on``: the last day on which a submission may be signed in time, extensions included."""

    unlocked: int
    unsigned_sheets: int
    open_differences: int
    unscored: int
    unreviewed_files: int
    open_suspicions: int
    planned_visits: int
    closes_on: date | None


def load_open(assessment: Assessment) -> StillOpen:
    last = _of(Submission.objects.all()).annotate(last=Max("deadline__due")).values("last")
    found = Assessment.objects.filter(pk=assessment.pk).values(
        unlocked=_count(Submission.objects.exclude(state=SubmissionState.LOCKED)),
        unsigned_sheets=_count(Sheet.objects.exclude(state=SheetState.SIGNED)),
        open_differences=_count(Difference.objects.filter(state=DifferenceState.OPEN)),
        unscored=_count(Score.objects.exclude(state=ScoreState.SCORED)),
        unreviewed_files=_count(_unreviewed(), "draw__assessment"),
        open_suspicions=_count(
            Suspicion.objects.filter(state__in=(SuspicionState.SUSPECTED, SuspicionState.HEARD))
        ),
        planned_visits=_count(Visit.objects.filter(state__in=TO_COME)),
        closes_on=Subquery(last),
    )
    return StillOpen(**found.get())


def _unreviewed() -> QuerySet[DrawnFile]:
    return DrawnFile.objects.filter(
        Q(state=FileState.RECEIVED) | Q(state=FileState.ASKED, is_reserve=False)
    )


def _of(rows: QuerySet[Any], by: str = "assessment") -> QuerySet[Any]:
    """Those of the assessment that is asked about, as one group."""
    return rows.filter(**{by: OuterRef("pk")}).order_by().values(by)


def _count(rows: QuerySet[Any], by: str = "assessment") -> Coalesce:
    counted = _of(rows, by).annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

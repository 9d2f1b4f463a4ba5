"""The earlier assessments of the same units by the same office, one a period."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Q, QuerySet

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.published import publications_before
from steelyard.assessment.rules.earlier import Earlier, that_count
from steelyard.assessment.rules.states import WeighingState


def assessments_before(found: Assessment, now: datetime) -> list[Assessment]:
    """Those that were weighed and count, the latest first."""
    weighed = {one.pk: one for one in _weighed(found)}
    if len(weighed) < 2:
        return list(weighed.values())
    shown = {
        one.assessment.pk: one.package.head.shown_from for one in publications_before(found, now)
    }
    all_of_them = [
        Earlier(one.pk, one.starts, one.ends, one.last, shown.get(one.pk))
        for one in weighed.values()
    ]
    return [weighed[one.number] for one in that_count(all_of_them)]


def _weighed(found: Assessment) -> QuerySet[Assessment]:
    done = Max("weighings", filter=Q(weighings__state=WeighingState.DONE))
    return (
        Assessment.objects.filter(
            office=found.office_id, within=found.within_id, ends__lte=found.starts
        )
        .annotate(last=done)
        .filter(last__isnull=False)
        .order_by("-starts", "-pk")
    )

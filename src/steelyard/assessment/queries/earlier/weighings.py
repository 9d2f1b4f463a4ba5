"""How the same units fared before: the weighings of earlier assessments by the same office, one a period.

An assessment looks at today's while it runs. Once it is frozen to be weighed, it looks for ever at those of
that moment: what is weighed, published or corrected later makes no other figure of what was judged.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from steelyard.assessment.models import Assessment, Weighing
from steelyard.assessment.queries.earlier.published import publications_before
from steelyard.assessment.rules.states import Stage, WeighingState
from steelyard.assessment.rules.trials.earlier import Earlier, that_count


def weighings_before(found: Assessment, now: datetime) -> list[Weighing]:
    """Those that count, with their assessments, the latest first."""
    at = looks_back_from(found, now)
    weighed = {one.assessment_id: one for one in _weighed(found, at)}
    if len(weighed) < 2:
        return list(weighed.values())
    shown = {
        one.assessment.pk: one.package.head.shown_from for one in publications_before(found, at)
    }
    all_of_them = [
        Earlier(number, one.assessment.starts, one.assessment.ends, one.pk, shown.get(number))
        for number, one in weighed.items()
    ]
    return [weighed[one.number] for one in that_count(all_of_them)]


def looks_back_from(found: Assessment, now: datetime) -> datetime:
    """When it was frozen to be weighed, the last time that this was not refused; until then, now."""
    if Stage(found.stage) is not Stage.FROZEN:
        return now
    asked = found.weighings.exclude(state=WeighingState.REFUSED)
    return asked.values_list("asked_at", flat=True).first() or now


def _weighed(found: Assessment, at: datetime) -> QuerySet[Weighing]:
    """The last of each."""
    return (
        Weighing.objects.filter(
            assessment__office=found.office_id, assessment__within=found.within_id,
            assessment__ends__lte=found.starts, state=WeighingState.DONE, ended_at__lte=at,
        )
        .select_related("assessment")
        .order_by("assessment_id", "-pk")
        .distinct("assessment_id")
    )  # fmt: skip

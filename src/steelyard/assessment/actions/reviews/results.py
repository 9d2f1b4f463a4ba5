"""What the settled files of a unit say is proposed to those who score the item that it feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from steelyard.assessment.actions.touched import reopen_items
from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.assessments import division_of, issued
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import ScoreState


def propose_judged(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """A step of a stage: propose what the finished file reviews say to those who score.

    Call it after the scores were opened, in their transaction.
    """
    for input_code in set(found.draws.values_list("input_code", flat=True)):
        propose(found, input_code, None, by=by, now=now)


def propose(
    found: Assessment, input_code: str, units: Sequence[int] | None, *, by: int, now: datetime
) -> None:
    """Write the figure into the open scores of the items that use the input, where it is judged.

    A score that was given with another figure, without saying why, is open again first. While a unit's
    files are not all settled nothing is proposed, and what was is taken back.
    """
    version = issued(found)
    if version is None or division_of(version).way.get(input_code) is not Way.JUDGED:
        return
    items = [one.item.code for one in division_of(version).duties if input_code in one.inputs]
    told = queries.load_judged(found, input_code, units)
    scores = Score.objects.filter(assessment=found, item__in=items, unit__in=list(told))
    _open_what_departs(found, scores, input_code, told, by=by, now=now)
    for score in scores.filter(state=ScoreState.OPEN).select_for_update().order_by("pk"):
        _write(score, input_code, told[score.unit_id])


def _open_what_departs(
    found: Assessment, scores: QuerySet[Score], input_code: str, told: Mapping[int, str | None],
    *, by: int, now: datetime,
) -> None:  # fmt: skip
    given = scores.filter(state=ScoreState.SCORED, reason="", status="").select_related("unit")
    departing = {
        (one.unit.code, one.item)
        for one in given
        if told[one.unit_id] is not None and one.judged.get(input_code) != told[one.unit_id]
    }
    reopen_items(found, departing, by=by, now=now)


def _write(score: Score, input_code: str, value: str | None) -> None:
    if score.judged.get(input_code) == value:
        return
    kept = {code: one for code, one in score.judged.items() if code != input_code}
    score.judged = kept if value is None else {**kept, input_code: value}
    score.save()

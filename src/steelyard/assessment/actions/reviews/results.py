"""What the settled files of a unit say is proposed to those who score the item that it feeds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.assessments import division_of, issued
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.reviews.results import judged
from steelyard.assessment.rules.states import ScoreState


def propose_judged(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """A step of a stage: propose what the finished file reviews say to those who score.

    Call it after the scores were opened, in their transaction.
    """
    for input_code in set(found.draws.values_list("input_code", flat=True)):
        propose(found, input_code, None)


def propose(found: Assessment, input_code: str, units: Sequence[int] | None) -> None:
    """Write the figure into the open scores of the items that use the input, where it is judged.

    While a unit's files are not all settled nothing is proposed, and what was is taken back.
    """
    version = issued(found)
    if version is None or division_of(version).way.get(input_code) is not Way.JUDGED:
        return
    items = [one.item.code for one in division_of(version).duties if input_code in one.inputs]
    measure = queries.measure_for(found, input_code)
    told = {
        unit: judged(one, measure)
        for unit, one in queries.results_of_input(found, input_code, units).items()
    }
    scores = Score.objects.select_for_update().filter(
        assessment=found, item__in=items, unit__in=list(told), state=ScoreState.OPEN
    )
    for score in scores.order_by("pk"):
        value = told[score.unit_id]
        if score.judged.get(input_code) == value:
            continue
        kept = {code: one for code, one in score.judged.items() if code != input_code}
        score.judged = kept if value is None else {**kept, input_code: value}
        score.save()

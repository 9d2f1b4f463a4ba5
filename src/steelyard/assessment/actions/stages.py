"""Lead the assessment from a stage to the next, with all that the step brings.

One transaction: the limits are asked under the lock of the assessment, the part that the step
belongs to does its work, and the stage moves. Deadlines begin here, frozen as they are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.actions import (
    assessments,
    collection,
    differences,
    reviews,
    schemes,
    scoring,
    supplied,
    weighings,
)
from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.visits import clocks as visit_clocks
from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.stages import Asked, against
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a step sets: the days given for comments (0: no day is set); the cut-off of records, and
    the days given for the collection; the days for settling differences, and for scoring; the reason
    of a step back or out, or of one that leaves out what is usual."""

    days_to_comment: int = 0
    cut_off: date | None = None
    days_to_supply: int = 15
    days_to_fill: int = 20
    days_to_settle: int = 15
    days_to_score: int = 15
    reason: str = ""


Step = Callable[[Assessment, Terms, int, datetime], None]

STEPS: Mapping[StageMove, tuple[Step, ...]] = {
    StageMove.SEND_OUT: (schemes.send_out,),
    StageMove.DRAFT_AGAIN: (schemes.draft_again,),
    StageMove.SETTLE: (schemes.settle,),
    StageMove.SETTLE_UNHEARD: (schemes.settle_unheard,),
    StageMove.CLOSE_COMMENTS: (schemes.settle,),
    StageMove.ISSUE: (schemes.issue,),
    StageMove.COLLECT: (supplied.open_sheets, collection.open_submissions),
    StageMove.COMPARE: (collection.close_submissions, differences.find),
    StageMove.SCORE: (differences.close, scoring.open_scores, reviews.propose_judged),
    StageMove.FREEZE: (supplied.close_sheets, visit_clocks.close_reports, weighings.freeze),
    StageMove.REOPEN: (weighings.reopen,),
    StageMove.WITHDRAW: (schemes.drop, assessments.withdraw),
}


def move_on(
    *, assessment: int, move: StageMove, by: int, now: datetime, seen: int | None = None,
    terms: Terms = Terms(), code: str = "",
) -> Assessment:  # fmt: skip
    """Make a move of the table. ``code``: under which the trail has it, if not as a person's own act.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting(code or f"{move}_assessment", by=by):
        found = held_still(assessment)
        held = load_held(by, today)
        refuse_if_any(may_not(held, Action.RUN_ASSESSMENT, found.office_id, today))
        asked = Asked(move=move, on=today, seen=seen, cut_off=terms.cut_off, reason=terms.reason)
        refuse_if_any(against(load_state(found, today), asked))
        for step in STEPS[move]:
            step(found, terms, by, now)
        return _moved(found, move)


def _moved(found: Assessment, move: StageMove) -> Assessment:
    leads_to = ASSESSMENT.after(Stage(found.stage), move)
    if leads_to is None:
        raise AssertionError(f"{found.stage} × {move} was let through")
    found.stage = leads_to
    found.save()
    found.version += 1
    return found

"""The points that follow, and why none do, in words."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.queries.assessments import scheme_of
from steelyard.assessment.queries.scoring import (
    ItemPage,
    ScoreRow,
)
from steelyard.assessment.rules.collection.not_applicable import NOT_APPLICABLE, where_its_points_go
from steelyard.assessment.rules.judging import CLAIM_REFUSED, STATUSES
from steelyard.assessment.rules.judging.following import said_why
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import shown
from steelyard.look.language import say

WHY: Mapping[str, Text] = {
    **{one.value: text for one, text in STATUSES.items()},
    "forged": Text("造假", "forged"),
    CLAIM_REFUSED: Text("加分申请不予认可", "the claim was refused"),
    "zero_if": Text("按规则记零分", "nothing, by the rule"),
    "full_if": Text("按规则记满分", "full points, by the rule"),
}


def said_points(row: ScoreRow) -> str:
    """The points that follow, of a unit of which something is known."""
    return shown(row.follows.points) if row.follows.points is not None else ""


def said_reason(row: ScoreRow, page: ItemPage) -> str:
    """What stood in the place of the rule, or what is missing for it."""
    why = row.follows.why.partition(":")[0]
    if why == NOT_APPLICABLE:
        return say(where_its_points_go(scheme_of(page.version), page.duty.item.code))
    return say(WHY[why]) if why in WHY else say(said_why(scheme_of(page.version), row.follows))

"""May this row be scored, or opened again?"""

from __future__ import annotations

from steelyard.assessment.rules.judging.refusals import at, too_long
from steelyard.assessment.rules.judging.values import LONGEST_REASON, RowFacts
from steelyard.assessment.rules.states import SCORE, ScoreMove, Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.kernel.refusing import refusal


def against_the_stage(stage: Stage) -> tuple[Refusal, ...]:
    if stage is Stage.SCORING:
        return ()
    what = Text("考核不在评分阶段，不能评分", "the assessment is not being scored just now")
    return (Refusal("wrong_stage", what),)


def against_scoring(row: RowFacts) -> tuple[Refusal, ...]:
    """Of one's own organisation nobody scores anything; a given score is opened again first."""
    if row.is_own:
        return (ones_own(row),)
    return tuple(at(row, one) for one in SCORE.against(row.state, ScoreMove.SCORE))


def ones_own(row: RowFacts) -> Refusal:
    what = Text(f"{row.title.zh}：您在该单位任职", f"{row.title.en}: you hold a role in this unit")
    mend = Text("须由他人评分", "somebody else has to score it")
    return refusal(NOT_ALLOWED, what, mend, row.unit)


def against_reopening(row: RowFacts, why: str) -> tuple[Refusal, ...]:
    if row.is_own:
        return (ones_own(row),)
    missing = SCORE.against(row.state, ScoreMove.REOPEN)
    if missing:
        return missing
    if not why.strip():
        return (Refusal("no_reason", Text("请写明重评理由", "say why"), "why"),)
    if len(why) > LONGEST_REASON:
        return (Refusal("too_long", too_long(LONGEST_REASON), "why"),)
    return ()

"""Which limits hold for which move, and everything that stands against one."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.rules.stages.facts import Asked, AssessmentState, Limit
from steelyard.assessment.rules.stages.of_the_collection import (
    every_difference_is_settled,
    every_missing_figure_is_decided,
    every_sheet_says_what_the_scheme_asks,
    everything_is_in_or_the_time_is_over,
    the_cut_off_is_near_the_period,
)
from steelyard.assessment.rules.stages.of_the_freeze import (
    every_file_is_reviewed,
    every_item_is_scored,
    every_rule_has_a_base,
    every_wrong_record_is_corrected,
    no_record_is_contested,
    no_suspicion_is_open,
    the_cut_off_has_come,
    the_places_are_there,
)
from steelyard.assessment.rules.stages.of_the_scheme import (
    every_adopted_comment_is_carried_out,
    every_comment_is_answered,
    every_step_can_be_taken,
    every_step_has_approved,
    every_unit_stands_below,
    everybody_has_spoken_or_the_time_is_over,
    it_was_out_for_comments,
    no_round_was_held,
    nothing_changed_meanwhile,
    the_draft_is_sound,
    there_is_a_draft,
)
from steelyard.assessment.rules.stages.of_ways_back import (
    a_reason_is_given,
    its_weighing_was_refused,
    no_visit_is_planned,
)
from steelyard.assessment.rules.states import ASSESSMENT, StageMove
from steelyard.kernel.refusals import Refusal

LIMITS: Mapping[StageMove, tuple[Limit, ...]] = {
    StageMove.SEND_OUT: (
        nothing_changed_meanwhile, there_is_a_draft, the_draft_is_sound, every_unit_stands_below,
    ),
    StageMove.DRAFT_AGAIN: (nothing_changed_meanwhile,),
    StageMove.SETTLE: (
        nothing_changed_meanwhile, there_is_a_draft, it_was_out_for_comments, the_draft_is_sound,
        every_unit_stands_below, every_comment_is_answered, every_adopted_comment_is_carried_out,
    ),
    StageMove.SETTLE_UNHEARD: (
        nothing_changed_meanwhile, there_is_a_draft, no_round_was_held, the_draft_is_sound,
        every_unit_stands_below, every_comment_is_answered, every_adopted_comment_is_carried_out,
        a_reason_is_given,
    ),
    StageMove.CLOSE_COMMENTS: (
        nothing_changed_meanwhile, the_draft_is_sound, every_unit_stands_below,
        everybody_has_spoken_or_the_time_is_over, every_comment_is_answered,
        every_adopted_comment_is_carried_out,
    ),
    StageMove.ISSUE: (
        nothing_changed_meanwhile, the_draft_is_sound, every_unit_stands_below,
        every_step_has_approved,
        every_step_can_be_taken,
    ),
    StageMove.COLLECT: (nothing_changed_meanwhile, the_cut_off_is_near_the_period),
    StageMove.COMPARE: (
        nothing_changed_meanwhile, every_sheet_says_what_the_scheme_asks, everything_is_in_or_the_time_is_over,
    ),
    StageMove.SCORE: (
        nothing_changed_meanwhile, every_sheet_says_what_the_scheme_asks, every_difference_is_settled,
        every_missing_figure_is_decided,
    ),
    StageMove.FREEZE: (
        nothing_changed_meanwhile, every_sheet_says_what_the_scheme_asks, every_difference_is_settled,
        every_missing_figure_is_decided, every_item_is_scored, every_rule_has_a_base, every_file_is_reviewed,
        no_suspicion_is_open, no_record_is_contested, every_wrong_record_is_corrected, the_cut_off_has_come,
        the_places_are_there,
    ),
    StageMove.REOPEN: (nothing_changed_meanwhile, its_weighing_was_refused, a_reason_is_given),
    StageMove.WITHDRAW: (nothing_changed_meanwhile, no_visit_is_planned, a_reason_is_given),
}  # fmt: skip


DIVIDES = frozenset(
    {
        StageMove.SEND_OUT,
        StageMove.SETTLE,
        StageMove.SETTLE_UNHEARD,
        StageMove.CLOSE_COMMENTS,
        StageMove.ISSUE,
    }
)
"""Moves that need the work divided: a supplying body and a scoring body for every indicator. Before it goes
out, too: those who comment are to see who does what, and what is out is not mended."""


def against(found: AssessmentState, asked: Asked) -> tuple[Refusal, ...]:
    """Everything that stands against a move; one that does not exist is refused for that alone."""
    missing = ASSESSMENT.against(found.stage, asked.move)
    if missing:
        return missing
    asks = (limit(found, asked) for limit in LIMITS[asked.move])
    refusals = tuple(one for one in asks if one is not None)
    return refusals + (found.undivided if asked.move in DIVIDES else ())

"""What keeps an assessment from its next stage: all of it at once, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from steelyard.assessment.rules.schemes.rounds import was_held
from steelyard.assessment.rules.stages import LIMITS, Asked, AssessmentState, against
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove, WeighingState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal

DAY = date(2022, 3, 1)
READY = AssessmentState(
    stage=Stage.DRAFTING, version=3, rounds=1, held_round=1, has_draft=True, is_approved=True, closes_on=DAY,
    last_weighing=WeighingState.REFUSED,
)  # fmt: skip


def ready_for(move: StageMove, **told: object) -> AssessmentState:
    """Nothing stands against the move. A draft that was heard is not settled unheard."""
    stage = next(start for start, one in ASSESSMENT.table if one is move)
    heard = 0 if move is StageMove.SETTLE_UNHEARD else READY.held_round
    return replace(READY, **{"stage": stage, "held_round": heard, **told})


WAITS = {
    "no_draft": {"has_draft": False},
    "unsound_scheme": {"faults": 2},
    "strange_units": {"strangers": ("320100",)},
    "never_out": {"rounds": 0, "held_round": 0},
    "round_not_held": {"held_round": 0},
    "comments_still_come": {"comments_due": DAY},
    "open_comments": {"open_comments": 1},
    "not_approved": {"is_approved": False},
    "vacant_steps": {
        "vacant_steps": (Text("“负责人签发”（考核办负责人空缺）", "“head” (no head)"),)
    },
    "still_collecting": {"unlocked": 1},
    "open_differences": {"open_differences": 4},
    "nothing_to_divide_by": {"without_base": (Text("江门市·B2", "Jiangmen: B2"),)},
    "unscored_items": {"unscored": 1},
    "unreviewed_files": {"unreviewed_files": 1},
    "open_suspicions": {"open_suspicions": 1},
    "contested_records": {"contested": 1},
    "uncorrected_records": {"uncorrected": 2},
    "cut_off_out_of_period": {"starts": DAY - timedelta(800), "ends": DAY - timedelta(400)},
    "before_the_cut_off": {"cut_off": DAY + timedelta(1)},
    "no_places": {"lacks_places": True},
    "units_without_place": {"without_place": ("440604", "440605")},
    "planned_visits": {"planned_visits": 1},
    "not_refused": {"last_weighing": WeighingState.DONE},
    "no_scoring_body": {"undivided": (Refusal("no_scoring_body", Text("缺", "none")),)},
}
BLOCKS = {
    StageMove.SEND_OUT: {"no_draft", "unsound_scheme", "strange_units", "no_scoring_body"},
    StageMove.DRAFT_AGAIN: set(),
    StageMove.SETTLE: {
        "no_draft",
        "never_out",
        "round_not_held",
        "unsound_scheme",
        "strange_units",
        "open_comments",
        "no_scoring_body",
    },
    StageMove.SETTLE_UNHEARD: {
        "no_draft",
        "unsound_scheme",
        "strange_units",
        "open_comments",
        "no_scoring_body",
    },
    StageMove.CLOSE_COMMENTS: {
        "unsound_scheme",
        "strange_units",
        "comments_still_come",
        "open_comments",
        "no_scoring_body",
    },
    StageMove.ISSUE: {
        "unsound_scheme",
        "strange_units",
        "not_approved",
        "vacant_steps",
        "no_scoring_body",
    },
    StageMove.COLLECT: {"cut_off_out_of_period"},
    StageMove.COMPARE: {"still_collecting"},
    StageMove.SCORE: {"open_differences"},
    StageMove.FREEZE: {
        "nothing_to_divide_by",
        "open_differences",
        "unscored_items",
        "unreviewed_files",
        "open_suspicions",
        "contested_records",
        "uncorrected_records",
        "before_the_cut_off",
        "no_places",
        "units_without_place",
    },
    StageMove.REOPEN: {"not_refused"},
    StageMove.WITHDRAW: {"planned_visits"},
}


def codes(state: AssessmentState, move: StageMove, **asked: object) -> set[str]:
    asked = {"cut_off": DAY, **asked}
    return {one.code for one in against(state, Asked(move=move, on=DAY, **asked))}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("move", StageMove)
def test_a_move_is_made_from_where_the_table_says_and_nowhere_else(
    stage: Stage, move: StageMove
) -> None:
    found = codes(ready_for(move, stage=stage), move)
    assert found == (set() if ASSESSMENT.after(stage, move) else {"wrong_state"})


@pytest.mark.parametrize("code", WAITS)
@pytest.mark.parametrize("move", StageMove)
def test_each_kind_of_open_work_blocks_the_steps_that_need_it_done(
    move: StageMove, code: str
) -> None:
    found = codes(ready_for(move, **WAITS[code]), move)
    assert found == ({code} & BLOCKS[move])


@pytest.mark.parametrize("move", StageMove)
def test_whoever_looked_at_it_before_it_was_changed_makes_no_move(move: StageMove) -> None:
    found = ready_for(move)
    assert codes(found, move, seen=found.version) == set()
    assert codes(found, move, seen=found.version - 1) == {"changed_meanwhile"}


def test_comments_are_awaited_until_the_last_minute_of_their_day() -> None:
    out = replace(READY, stage=Stage.COMMENTS, comments_due=DAY)
    assert codes(out, StageMove.CLOSE_COMMENTS) == {"comments_still_come"}
    over = replace(out, comments_due=DAY - timedelta(1))
    assert codes(over, StageMove.CLOSE_COMMENTS) == set()
    assert codes(replace(out, comments_due=None), StageMove.CLOSE_COMMENTS) == set()


def test_a_draft_that_was_heard_is_not_settled_as_one_that_was_not() -> None:
    heard = replace(READY, stage=Stage.DRAFTING)
    assert codes(heard, StageMove.SETTLE_UNHEARD, reason="急") == {"round_was_held"}


@pytest.mark.parametrize(("due", "held"), [
    (None, True), (DAY, False), (DAY + timedelta(1), False), (DAY - timedelta(1), True),
])  # fmt: skip
def test_a_round_counts_once_its_day_is_over_or_all_have_answered(
    due: date | None, held: bool
) -> None:
    assert was_held(due, DAY) is held


def test_everything_that_stands_against_it_is_said_at_once() -> None:
    state = replace(
        READY, stage=Stage.SCORING, unscored=1, unreviewed_files=1, open_suspicions=1, version=4
    )
    found = codes(state, StageMove.FREEZE, seen=3)
    assert found == {"changed_meanwhile", "unscored_items", "unreviewed_files", "open_suspicions"}


def test_after_the_last_day_what_is_not_in_blocks_nothing() -> None:
    late = replace(READY, stage=Stage.COLLECTING, unlocked=2, closes_on=DAY - timedelta(1))
    assert codes(late, StageMove.COMPARE) == set()
    assert codes(replace(late, closes_on=DAY), StageMove.COMPARE) == {"still_collecting"}
    assert codes(replace(late, closes_on=None), StageMove.COMPARE) == {"still_collecting"}


def test_records_are_frozen_on_the_cut_off_day_or_later() -> None:
    scored = replace(READY, stage=Stage.SCORING, cut_off=DAY)
    assert codes(scored, StageMove.FREEZE) == set()
    sooner = Asked(move=StageMove.FREEZE, on=DAY - timedelta(1))
    assert [one.code for one in against(scored, sooner)] == ["before_the_cut_off"]


def test_every_move_has_its_limits() -> None:
    assert set(LIMITS) == set(StageMove) == set(BLOCKS)


@pytest.mark.parametrize(("cut_off", "refused"), [
    (date(2022, 2, 27), True), (date(2022, 2, 28), False),
    (date(2023, 3, 2), False), (date(2023, 3, 3), True), (None, False),
])  # fmt: skip
def test_the_cut_off_lies_from_the_last_day_of_the_period_to_a_year_after_it(
    cut_off: date | None, refused: bool
) -> None:
    state = replace(READY, stage=Stage.ISSUED, starts=date(2021, 3, 1), ends=date(2022, 3, 1))
    expected = {"cut_off_out_of_period"} if refused else set()
    assert codes(state, StageMove.COLLECT, cut_off=cut_off) == expected


@pytest.mark.parametrize(("move", "stage"), [
    (StageMove.SETTLE_UNHEARD, Stage.DRAFTING), (StageMove.REOPEN, Stage.FROZEN), (StageMove.WITHDRAW, Stage.DRAFTING),
    (StageMove.WITHDRAW, Stage.ISSUED),
])  # fmt: skip
def test_a_step_back_or_out_has_a_reason_once_it_is_asked_for(
    move: StageMove, stage: Stage
) -> None:
    state = ready_for(move, stage=stage)
    assert codes(state, move) == set()
    assert codes(state, move, reason="  ") == {"no_reason"}
    assert codes(state, move, reason="误建") == set()


@pytest.mark.parametrize("last", [None, *WeighingState])
def test_only_what_could_not_be_weighed_is_opened_again(last: WeighingState | None) -> None:
    state = replace(READY, stage=Stage.FROZEN, last_weighing=last)
    expected = set() if last is WeighingState.REFUSED else {"not_refused"}
    assert codes(state, StageMove.REOPEN, reason="评分有误") == expected

"""Every state of a submission × every move, in time and too late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from steelyard.assessment.rules.collection.answers import Question, Said, scores_above
from steelyard.assessment.rules.collection.submissions import (
    NOT_SUBMITTED,
    LeftOpen,
    Standing,
    against,
    against_filing_late,
    against_leaving_open,
    against_scores_above,
    closed,
    is_missing,
    title_of,
)
from steelyard.assessment.rules.states import (
    SUBMISSION,
    Stage,
    SubmissionMove,
    SubmissionState,
)
from tests.assessment.year import scheme

DUE = date(2022, 3, 1)


def standing(state: SubmissionState, **changes: object) -> Standing:
    told: dict[str, object] = {"stage": Stage.COLLECTING, "state": state, "due": DUE}
    return Standing(**told | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("state", "move"), list(product(SubmissionState, SubmissionMove)))
def test_a_move_exists_where_the_table_has_it_and_nowhere_else(
    state: SubmissionState, move: SubmissionMove
) -> None:
    exists = (state, move) in SUBMISSION.table
    assert (against(standing(state), move) == ()) is exists


@pytest.mark.parametrize("move", [SubmissionMove.FILL, SubmissionMove.PUT_UP])
def test_after_the_deadline_nothing_is_filled_in_or_put_up_unless_it_is_filed_late(
    move: SubmissionMove,
) -> None:
    closed = standing(SubmissionState.FILLING, is_closed=True)
    assert [one.code for one in against(closed, move)] == ["closed"]
    late = standing(SubmissionState.FILLING, is_closed=True, is_late=True)
    assert against(late, move) == ()


def test_where_the_collection_is_over_nobody_is_told_of_the_deadline_too() -> None:
    over = standing(SubmissionState.FILLING, stage=Stage.SCORING, is_closed=True)
    assert [one.code for one in against(over, SubmissionMove.FILL)] == ["not_collecting"]


@pytest.mark.parametrize("state", [SubmissionState.APPROVING, SubmissionState.LOCKED])
def test_who_fills_in_what_is_put_up_or_signed_is_told_how_it_stands(
    state: SubmissionState,
) -> None:
    (said,) = against(standing(state), SubmissionMove.FILL)
    assert said.code == "not_filling"
    assert SUBMISSION.states[state].en in said.text.en
    (missing,) = against(standing(SubmissionState.LOCKED), SubmissionMove.PUT_UP)
    assert missing.code == "wrong_state"


def test_without_a_step_of_approval_nothing_is_put_up_and_all_else_goes_on() -> None:
    filling = standing(SubmissionState.FILLING, steps=0)
    assert [one.code for one in against(filling, SubmissionMove.PUT_UP)] == ["no_steps"]
    assert against(filling, SubmissionMove.FILL) == ()


def test_what_was_put_up_in_time_is_signed_after_the_deadline() -> None:
    assert against(standing(SubmissionState.APPROVING, is_closed=True), SubmissionMove.SIGN) == ()


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.COLLECTING])
def test_only_while_the_assessment_collects(stage: Stage) -> None:
    found = against(standing(SubmissionState.FILLING, stage=stage), SubmissionMove.FILL)
    assert [one.code for one in found] == ["not_collecting"]


def test_filing_late_is_declared_once_after_the_deadline_with_a_reason() -> None:
    closed = standing(SubmissionState.FILLING, is_closed=True)
    assert against_filing_late(closed, "停电") == ()
    assert [one.code for one in against_filing_late(closed, " ")] == ["no_reason"]
    early = standing(SubmissionState.FILLING)
    assert [one.code for one in against_filing_late(early, "停电")] == ["not_late_yet"]
    again = standing(SubmissionState.FILLING, is_closed=True, is_late=True)
    assert [one.code for one in against_filing_late(again, "停电")] == ["late_already"]


# --- after the collection -------------------------------------------------------------------------


@pytest.mark.parametrize("move", [one for one in SubmissionMove if one != SubmissionMove.FILL])
def test_while_figures_are_compared_what_is_there_is_still_signed_if_the_scheme_admits_it(
    move: SubmissionMove,
) -> None:
    state = next(one for one in SubmissionState if (one, move) in SUBMISSION.table)
    told = {"stage": Stage.COMPARING, "is_closed": True, "is_late": True}
    assert against(standing(state, **told), move) == ()
    refused = against(standing(state, **told, is_admitted=False), move)
    assert [one.code for one in refused] == ["late_not_admitted"]


def test_after_the_collection_filing_late_is_declared_until_the_scoring_begins() -> None:
    for stage, found in (
        (Stage.COMPARING, []), (Stage.SCORING, ["not_collecting"]), (Stage.FROZEN, ["not_collecting"]),
    ):  # fmt: skip
        closed = standing(SubmissionState.FILLING, stage=stage, is_closed=True)
        assert [one.code for one in against_filing_late(closed, "停电")] == found


@pytest.mark.parametrize(("stage", "state"), list(product(Stage, SubmissionState)))
def test_unsigned_after_the_collection_it_was_not_submitted(
    stage: Stage, state: SubmissionState
) -> None:
    is_over = stage in (Stage.COMPARING, Stage.SCORING, Stage.FROZEN)
    wanted = is_over and state is not SubmissionState.LOCKED
    assert is_missing(state, stage) is wanted
    assert title_of(state, stage) == (NOT_SUBMITTED if wanted else SUBMISSION.states[state])


def leaves(*codes: str) -> LeftOpen:
    return LeftOpen(tuple(scheme().item[code] for code in codes))


def test_each_item_is_answered_or_the_unit_states_why_it_is_left_open() -> None:
    assert against_leaving_open(LeftOpen(), "") == ()
    (refusal,) = against_leaving_open(leaves("A1", "B2"), " ")
    assert (refusal.code, refusal.field) == ("unanswered_items", "why_unanswered")
    assert "A1 按期办结、B2 工作方案" in refusal.text.zh
    assert "A1 Closed in time, B2 Plan of work" in refusal.text.en
    assert against_leaving_open(leaves("A1", "B2"), "本年没有工作方案") == ()


def test_nobody_signs_nothing_without_stating_so() -> None:
    for nothing in (LeftOpen(is_empty=True), LeftOpen(leaves("A1").items, is_empty=True)):
        (refusal,) = against_leaving_open(nothing, "")
        assert refusal.code == "nothing_filed"
        assert against_leaving_open(nothing, "本年没有需要报送的内容") == ()


def test_a_statement_has_an_end() -> None:
    assert [one.code for one in against_leaving_open(LeftOpen(), "长" * 2001)] == ["too_long"]


def test_a_closed_submission_says_the_day_as_people_say_it() -> None:
    text = closed(date(2026, 12, 4)).text
    assert text.zh.startswith("填报已于2026年12月4日24时截止，这次没有保存；")
    assert text.en.startswith(
        "the submission closed at the end of 4 December 2026; this was not saved;"
    )
    assert closed(None).text.zh.startswith("填报已截止，这次没有保存；")


@pytest.mark.parametrize("stage", [Stage.COLLECTING, Stage.COMPARING])
def test_more_points_than_an_item_has_are_lowered_while_they_can_be(stage: Stage) -> None:
    asked = [Question(scheme().item["B2"], Fraction(4)), Question(scheme().item["B1"], None)]
    said = {"B2": Said(self_score=Decimal(9)), "B1": Said(self_score=Decimal(99))}
    found = against_scores_above(
        standing(SubmissionState.FILLING, stage=stage), scores_above(asked, said)
    )
    if stage is Stage.COMPARING:
        assert found == ()
        return
    (refusal,) = found
    assert refusal.code == "scores_above_the_points"
    assert "B2 9分（满分4分）" in refusal.text.zh
    assert "B1" not in refusal.text.zh

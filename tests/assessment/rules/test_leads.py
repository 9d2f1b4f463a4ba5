"""Every state of a lead × every step; what is said before one is taken in, placed, concluded, unsealed."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from steelyard.assessment.rules.leads import (
    NOBODY,
    RUNNING,
    Told,
    against_lead,
    against_move,
    against_opening,
    against_placing,
)
from steelyard.assessment.rules.states import LEAD, LeadMove, LeadState, Stage
from steelyard.kernel.refusals import Refusal

TOLD: dict[str, Any] = {
    "text": "市场内销售仿冒品", "item": "A1", "items": ("A1", "B2"), "is_assessed": True,
    "stage": Stage.COLLECTING,
}  # fmt: skip


def codes(refusals: tuple[Refusal, ...]) -> list[str]:
    return [one.code for one in refusals]


@pytest.mark.parametrize(("told", "refused"), [
    ({}, []),
    ({"item": ""}, []),
    ({"text": " "}, ["no_text"]),
    ({"item": "C9"}, ["unknown_item"]),
    ({"is_assessed": False}, ["not_assessed"]),
    ({"is_same_office": False}, ["other_office"]),
    ({"text": "", "item": "C9", "is_assessed": False}, ["no_text", "not_assessed", "unknown_item"]),
])  # fmt: skip
def test_what_is_wrong_with_a_lead_is_said_all_at_once(
    told: dict[str, Any], refused: list[str]
) -> None:
    assert codes(against_lead(**TOLD | told)) == refused


@pytest.mark.parametrize("stage", Stage)
def test_leads_are_taken_in_from_the_issue_of_the_scheme_on(stage: Stage) -> None:
    before = stage in (Stage.DRAFTING, Stage.COMMENTS, Stage.CHECKED)
    assert codes(against_lead(**TOLD | {"stage": stage})) == (["no_scheme_yet"] if before else [])


@pytest.mark.parametrize(("state", "move"), list(product(LeadState, LeadMove)))
def test_a_lead_moves_by_its_table_and_ends_with_a_conclusion(
    state: LeadState, move: LeadMove
) -> None:
    exists = (state, move) in LEAD.table
    assert codes(against_move(state, move, conclusion="属实")) == (
        [] if exists else ["wrong_state"]
    )
    if exists:
        silent = codes(against_move(state, move, conclusion=" "))
        assert silent == ([] if move is LeadMove.CHECK else ["no_conclusion"])


@pytest.mark.parametrize("move", LeadMove)
def test_a_lead_of_no_assessment_can_only_be_closed(move: LeadMove) -> None:
    state = next(start for start, one in LEAD.table if one is move)
    found = codes(against_move(state, move, conclusion="与考核无关", is_placed=False))
    assert found == ([] if move is LeadMove.CLOSE else ["not_placed"])


@pytest.mark.parametrize("state", LeadState)
def test_a_lead_is_placed_once_and_while_it_is_new(state: LeadState) -> None:
    found = codes(against_placing(state, is_placed=False))
    assert found == ([] if state is LeadState.NEW else ["over"])
    assert codes(against_placing(state, is_placed=True)) == ["placed_already"]


def test_no_seal_is_opened_without_a_reason() -> None:
    assert codes(against_opening("核查需要")) == []
    assert codes(against_opening(" ")) == ["no_reason"]


@pytest.mark.parametrize(
    "told", [Told(name="张三"), Told(contact="13900000000"), Told(note="同事")]
)
def test_whatever_gives_an_informant_away_is_somebody_to_be_sealed(told: Told) -> None:
    assert told
    assert not NOBODY
    assert repr(told) == "Told(***)"


def test_a_lead_from_the_form_goes_by_itself_to_what_is_under_way() -> None:
    assert RUNNING == (Stage.ISSUED, Stage.COLLECTING, Stage.COMPARING, Stage.SCORING)

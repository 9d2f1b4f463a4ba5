"""Limits of sheets and of differences: every state × move × stage."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from steelyard.assessment.rules.differences import settling
from steelyard.assessment.rules.differences.settling import DifferenceFacts
from steelyard.assessment.rules.states import (
    DIFFERENCE,
    SHEET,
    DifferenceMove,
    DifferenceState,
    SheetMove,
    SheetState,
    Stage,
)
from steelyard.assessment.rules.supplied import limits as supplying
from steelyard.assessment.rules.supplied.limits import SheetFacts, Standing, standing

DAY = date(2022, 3, 1)


def codes(refusals) -> list[str]:
    return [one.code for one in refusals]


@pytest.mark.parametrize(("state", "move", "stage"), [*product(SheetState, SheetMove, Stage)])
def test_a_sheet_moves_by_its_table_until_the_records_are_frozen(state, move, stage) -> None:
    facts = SheetFacts(state=state, stage=stage, filled=1, missing=1)
    found = codes(supplying.against(facts, supplying.Asked(move=move, on=DAY, reason="错")))
    if SHEET.after(state, move) is None:
        assert found == ["wrong_state"]
    else:
        is_time = stage in (Stage.COLLECTING, Stage.COMPARING, Stage.SCORING)
        assert found == ([] if is_time else ["wrong_stage"])


def test_an_empty_sheet_is_not_signed() -> None:
    facts = SheetFacts(state=SheetState.OPEN, stage=Stage.COLLECTING)
    asked = supplying.Asked(move=SheetMove.SIGN, on=DAY)
    assert codes(supplying.against(facts, asked)) == ["nothing_filled_in"]


def test_a_correction_says_why_and_changes_something() -> None:
    signed = SheetFacts(state=SheetState.SIGNED, stage=Stage.SCORING)
    asked = supplying.Asked(move=SheetMove.CORRECT, on=DAY, reason=" ")
    assert codes(supplying.against(signed, asked)) == ["no_reason"]
    same = SheetFacts(state=SheetState.MENDING, stage=Stage.SCORING, filled=2, is_changed=False)
    asked = supplying.Asked(move=SheetMove.SIGN, on=DAY)
    assert codes(supplying.against(same, asked)) == ["nothing_changed"]
    first = SheetFacts(state=SheetState.OPEN, stage=Stage.SCORING, filled=2, is_changed=False)
    assert codes(supplying.against(first, asked)) == []


@pytest.mark.parametrize(("letters", "refused"), [(2000, []), (2001, ["too_long"])])
def test_a_reason_has_as_many_letters_as_the_page_says(letters: int, refused: list[str]) -> None:
    signed = SheetFacts(state=SheetState.SIGNED, stage=Stage.SCORING)
    asked = supplying.Asked(move=SheetMove.CORRECT, on=DAY, reason="错" * letters)
    assert codes(supplying.against(signed, asked)) == refused
    facts = DifferenceFacts(state=DifferenceState.OPEN, stage=Stage.COMPARING, supplied="1")
    settled = settling.Asked(move=DifferenceMove.SETTLE, taken="supplied", reason="错" * letters)
    assert codes(settling.against(facts, settled)) == refused


def test_a_sheet_is_urged_once_a_day() -> None:
    facts = SheetFacts(state=SheetState.OPEN, stage=Stage.COLLECTING, urged_on=DAY)
    asked = supplying.Asked(move=SheetMove.URGE, on=DAY)
    assert codes(supplying.against(facts, asked)) == ["urged_today"]


def test_a_signed_sheet_is_urged_only_where_a_figure_is_missing() -> None:
    asked = supplying.Asked(move=SheetMove.URGE, on=DAY)
    whole = SheetFacts(state=SheetState.SIGNED, stage=Stage.SCORING, filled=2)
    assert codes(supplying.against(whole, asked)) == ["nothing_missing"]
    lacking = SheetFacts(state=SheetState.SIGNED, stage=Stage.SCORING, filled=2, missing=1)
    assert supplying.against(lacking, asked) == ()


def test_a_sheet_stands_as_the_list_says() -> None:
    told = {"due": DAY, "today": DAY, "days_late": 0, "versions": 0}
    assert standing(SheetState.OPEN, **told) is Standing.OPEN
    assert standing(SheetState.OPEN, **told | {"due": None}) is Standing.OPEN
    assert standing(SheetState.OPEN, **told | {"today": date(2022, 3, 2)}) is Standing.MISSING
    assert standing(SheetState.SIGNED, **told | {"versions": 1}) is Standing.SIGNED
    assert standing(SheetState.SIGNED, **told | {"versions": 1, "days_late": 1}) is Standing.LATE
    assert standing(SheetState.SIGNED, **told | {"versions": 2}) is Standing.CORRECTED
    assert standing(SheetState.MENDING, **told | {"versions": 1}) is Standing.MENDING


@pytest.mark.parametrize(
    ("state", "move", "stage"), [*product(DifferenceState, DifferenceMove, Stage)]
)
def test_a_difference_moves_by_its_table_in_its_stages(state, move, stage) -> None:
    facts = DifferenceFacts(state=state, stage=stage, supplied="1")
    asked = settling.Asked(move=move, taken="supplied", reason="依据台账")
    found = codes(settling.against(facts, asked))
    if DIFFERENCE.after(state, move) is None:
        assert found == ["wrong_state"]
    else:
        is_time = stage is Stage.COMPARING or (
            stage is Stage.SCORING and move in (DifferenceMove.SETTLE, DifferenceMove.SETTLE_ANEW)
        )
        assert found == ([] if is_time else ["wrong_stage"])


@pytest.mark.parametrize("stage", Stage)
def test_figures_are_compared_again_until_the_freeze(stage) -> None:
    is_time = stage in (Stage.COMPARING, Stage.SCORING)
    assert codes(settling.against_comparing(stage)) == ([] if is_time else ["wrong_stage"])


@pytest.mark.parametrize(
    ("taken", "value", "supplied", "reason", "own", "refused"),
    [
        ("reported", "", "", "依据台账", False, []),
        ("supplied", "", "", "依据台账", False, ["none_supplied"]),
        ("other", "3", "1", "依据台账", False, []),
        ("other", "", "1", "依据台账", False, ["no_figure"]),
        ("agreed", "", "1", "依据台账", False, ["nothing_taken"]),
        ("reported", "", "1", " ", True, ["ones_own_unit", "no_reason"]),
    ],
)
def test_a_figure_is_taken_with_a_reason_by_somebody_else(
    taken, value, supplied, reason, own, refused
) -> None:
    facts = DifferenceFacts(
        state=DifferenceState.OPEN, stage=Stage.COMPARING, supplied=supplied, is_ones_own=own
    )
    asked = settling.Asked(move=DifferenceMove.SETTLE, taken=taken, value=value, reason=reason)
    assert codes(settling.against(facts, asked)) == refused

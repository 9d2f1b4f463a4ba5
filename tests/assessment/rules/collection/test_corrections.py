"""What became of a record after the objection to it was upheld."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.collection.corrections import (
    OUTCOMES,
    OUTSTANDING,
    Outcome,
    Traces,
    outcome,
)
from steelyard.assessment.rules.states import ObjectionState
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.rules.requests import State

UPHELD = ObjectionState.UPHELD


def test_each_step_of_a_correction_has_its_name() -> None:
    asked, met = State.OPEN, State.MET
    for found, wanted in (
        (Traces(state=ObjectionState.OPEN), Outcome.NOTHING),
        (Traces(state=ObjectionState.REJECTED), Outcome.NOTHING),
        (Traces(state=UPHELD, is_delivered=False), Outcome.ELSEWHERE),
        (Traces(state=UPHELD, asked=asked), Outcome.ASKED),
        (Traces(state=UPHELD, asked=asked, is_late=True), Outcome.LATE),
        (Traces(state=UPHELD, asked=State.WITHDRAWN, is_late=True), Outcome.GIVEN_UP),
        (Traces(state=UPHELD, asked=met, correction=Status.SIGNED), Outcome.SIGNED),
        (Traces(state=UPHELD, asked=met, correction=Status.ACCEPTED), Outcome.ACCEPTED),
        (Traces(state=UPHELD, correction=Status.REPLACED, is_frozen=True), Outcome.COUNTED),
    ):
        assert outcome(found) is wanted


TRACES = st.builds(
    Traces, state=st.just(UPHELD), is_delivered=st.just(value=True),
    asked=st.sampled_from([*State, None]), is_late=st.booleans(),
    correction=st.sampled_from([*Status, None]), is_frozen=st.booleans(),
)  # fmt: skip


@given(TRACES)
def test_an_upheld_objection_is_over_only_when_its_correction_counts_or_is_given_up(
    found: Traces,
) -> None:
    over = outcome(found) not in OUTSTANDING
    counts = found.correction in (Status.ACCEPTED, Status.REPLACED) and found.is_frozen
    given_up = found.asked is State.WITHDRAWN and found.correction not in (
        Status.SIGNED, Status.ACCEPTED, Status.REPLACED,
    )  # fmt: skip
    assert over == (counts or given_up)


def test_every_outcome_has_its_words() -> None:
    assert set(OUTCOMES) == set(Outcome)

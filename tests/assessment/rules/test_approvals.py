"""An approval is of a content: when that changes, it stands and counts no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.approvals import (
    Decision,
    Given,
    Step,
    against_approving,
    is_last,
    next_step,
    standings,
)
from steelyard.kernel.bilingual import Text

STEPS = (Step(11, 1, Text("审核", "checked")), Step(12, 2, Text("签发", "signed")))
CHEN, ZHAO = 1, 2
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def gave(step: int, by: int, content: str = "v1", minute: int = 0, **more: Decision) -> Given:
    decision = more.get("decision", Decision.APPROVED)
    return Given(step, decision, content, by, AT + timedelta(minutes=minute))


def codes(given: list[Given], step: int, by: int, content: str = "v1", seen: str = "v1") -> set:
    found = standings(STEPS, given, content)
    return {one.code for one in against_approving(found, step, by, content, seen)}


def test_the_last_step_is_the_one_that_alone_has_still_to_approve_what_is_there() -> None:
    def last(given: list[Given], content: str = "v1") -> bool:
        return is_last(standings(STEPS, given, content))

    assert not last([])
    assert last([gave(11, CHEN)])
    assert not last([gave(11, CHEN)], "v2")
    assert last([gave(11, CHEN, decision=Decision.APPROVED), gave(12, ZHAO, "v0")])
    assert not last([gave(11, CHEN), gave(12, ZHAO)])


def test_the_steps_are_taken_in_order_by_different_persons() -> None:
    assert codes([], 11, CHEN) == set()
    assert codes([], 12, ZHAO) == {"not_the_next_step"}
    assert codes([gave(11, CHEN)], 12, ZHAO) == set()
    assert codes([gave(11, CHEN)], 12, CHEN) == {"approved_before"}
    assert codes([gave(11, CHEN), gave(12, ZHAO)], 12, ZHAO) == {
        "not_the_next_step", "approved_before",
    }  # fmt: skip


def test_who_saw_another_content_does_not_approve_this_one() -> None:
    assert codes([], 11, CHEN, seen="v0") == {"changed_meanwhile"}


def test_a_change_takes_every_approval_back_to_the_first_step_and_says_so() -> None:
    given = [gave(11, CHEN), gave(12, ZHAO, minute=1)]
    assert next_step(standings(STEPS, given, "v1")) is None
    changed = standings(STEPS, given, "v2")
    assert [one.has_changed_since for one in changed] == [True, True]
    assert [one.has_changed_since for one in standings(STEPS, given, "v1")] == [False, False]
    assert [one.has_changed_since for one in standings(STEPS, [], "v1")] == [False, False]
    assert next_step(changed) == STEPS[0]


def test_whoever_approved_an_earlier_wording_may_take_another_step_of_this_one() -> None:
    given = [gave(12, CHEN, "v0"), gave(11, ZHAO, minute=1)]
    assert codes(given, 12, CHEN) == set()


def test_a_return_is_no_approval_and_the_last_decision_of_a_step_is_the_one_that_stands() -> None:
    given = [gave(11, CHEN), gave(11, CHEN, minute=1, decision=Decision.RETURNED)]
    (first, second) = standings(STEPS, given, "v1")
    assert (first.counts, first.has_changed_since, second.given) == (False, False, None)


@given(st.permutations([gave(11, CHEN), gave(12, ZHAO, minute=1), gave(11, CHEN, "v2", minute=2)]))
def test_the_order_in_which_decisions_are_read_changes_nothing(given: list[Given]) -> None:
    assert standings(STEPS, given, "v2") == standings(
        STEPS, sorted(given, key=lambda one: one.at), "v2"
    )

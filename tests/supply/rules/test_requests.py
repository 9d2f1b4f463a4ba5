"""Every pair of states, every standing and every limit of a delivery request, without a database."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.kernel.working_days import WorkingDays
from steelyard.notices.rules.deadlines import LONGEST
from steelyard.people.rules.roles import MAY, Action, Role
from steelyard.supply.rules import deliveries, wishes
from steelyard.supply.rules.requests import (
    DAYS_TO_DELIVER,
    DAYS_TO_MEND,
    LIMITS,
    MOVE_NAMES,
    MOVES,
    STANDINGS,
    STATES,
    WHO,
    Asked,
    Move,
    RequestState,
    Standing,
    State,
    after,
    against,
    days_late,
    days_to_mend_are_in_bounds,
    diagram,
    last_working_day,
    standing,
)
from steelyard.supply.rules.wishes import OF_THE_BODY, OF_THE_THING, Wish

TODAY = date(2022, 1, 12)
YEAR = Period(date(2021, 1, 1), date(2022, 1, 1))
LEADS = {
    ("open", "met"): ["meet"],
    ("met", "open"): ["reopen"],
    ("open", "open"): ["urge"],
    ("open", "withdrawn"): ["withdraw"],
}
"""Every other pair has no way between."""


@pytest.mark.parametrize(("start", "end"), list(product(State, State)))
def test_between_two_states_leads_what_the_table_says_and_nothing_else(
    start: State, end: State
) -> None:
    assert [move for move in Move if after(start, move) is end] == LEADS.get((start, end), [])


def test_everything_has_a_name_and_the_office_alone_has_buttons() -> None:
    assert (set(STATES), set(STANDINGS)) == (set(State), set(Standing))
    assert set(MOVE_NAMES) == set(WHO) == set(LIMITS) == set(Move)
    asking = {role for role, allowed in MAY.items() if Action.REQUEST_DELIVERY in allowed}
    assert ({action for action in WHO.values() if action}, asking) == (
        {Action.REQUEST_DELIVERY}, {Role.ASSESSING_OFFICE},
    )  # fmt: skip


def test_the_diagram_has_an_arrow_for_every_move() -> None:
    assert diagram().splitlines()[1:3] == ["    [*] --> open: ask", "    open --> met: meet"]
    assert len(diagram().splitlines()) == len(MOVES) + 2


S = deliveries.Status
STANDS = {
    (State.OPEN, None): ("not_begun", "not_signed"),
    (State.OPEN, S.DRAFT): ("draft", "not_signed"),
    (State.OPEN, S.RETURNED): ("returned", "returned"),
    (State.MET, S.SIGNED): ("signed", "signed"),
    (State.MET, S.ACCEPTED): ("accepted", "accepted"),
    (State.MET, S.REPLACED): ("accepted", "accepted"),
}
"""(to the body, to the office); what is withdrawn is withdrawn."""


@pytest.mark.parametrize(("state", "delivery"), STANDS)
def test_where_a_request_stands_for_the_body_and_for_the_office(
    state: State, delivery: deliveries.Status | None
) -> None:
    told = (standing(state, delivery), standing(state, delivery, sees_drafts=False))
    assert told == STANDS[state, delivery]


@pytest.mark.parametrize("delivery", [None, *S])
def test_what_is_withdrawn_stands_withdrawn_whatever_was_begun(
    delivery: deliveries.Status | None,
) -> None:
    assert standing(State.WITHDRAWN, delivery) is Standing.WITHDRAWN


@pytest.mark.parametrize("state", State)
def test_whoever_sees_no_drafts_cannot_tell_whether_there_is_one(state: State) -> None:
    told = {
        standing(state, one, sees_drafts=False) for one in (None, S.DRAFT) if state is not State.MET
    }
    assert len(told) <= 1


days = st.dates(date(2024, 1, 1), date(2024, 3, 31))


@given(days, days)
def test_late_is_what_was_due_before_the_last_working_day(due: date, today: date) -> None:
    calendar = WorkingDays()
    if not calendar.is_day_off(due):
        assert (due < last_working_day(today, calendar)) == (days_late(due, today, calendar) > 0)


def test_a_weekend_makes_nothing_late() -> None:
    friday = date(2024, 3, 1)
    late = [days_late(friday, friday + timedelta(n), WorkingDays()) for n in range(-1, 5)]
    assert late == [0, 0, 0, 0, 1, 2]


def codes(of: RequestState, move: Move, **changes: Any) -> list[str]:
    given: dict[str, Any] = {"move": move, "on": TODAY, "seen": 3, "reason": "不再需要"}
    return [one.code for one in against(of, Asked(**given | changes))]


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_a_move_may_be_made_only_from_where_it_begins(state: State, move: Move) -> None:
    expected = [] if (state, move) in MOVES else ["wrong_state"]
    assert codes(RequestState(state=state, version=3), move) == expected


def test_a_request_is_withdrawn_with_a_reason_and_by_who_saw_it_as_it_is() -> None:
    found = RequestState(state=State.OPEN, version=3)
    assert codes(found, Move.WITHDRAW, reason=" ", seen=2) == ["changed_meanwhile", "no_reason"]


@pytest.mark.parametrize(("before", "refused"), [(None, []), (1, []), (0, ["urged_today"])])
def test_a_body_is_urged_once_a_day(before: int | None, refused: list[str]) -> None:
    last = None if before is None else TODAY - timedelta(before)
    assert codes(RequestState(state=State.OPEN, version=3, urged_on=last), Move.URGE) == refused


def wish(**changes: Any) -> Wish:
    given: dict[str, Any] = {
        "body": Text("江门市市场监督管理局", "Jiangmen"),
        "table": "trainings",
        "period": YEAR,
        "cut_off": date(2022, 1, 10),
        "working_days": 15,
        "due": date(2022, 2, 9),
        "known": {"trainings"},
    }
    return Wish(**given | changes)


def asking(*wished: Wish) -> list[str]:
    return [one.code for one in wishes.against(wished)]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, []),
        ({"table": "nothing"}, ["unknown_table"]),
        ({"working_days": 0, "due": None}, ["days_out_of_bounds"]),
        ({"working_days": LONGEST + 1, "due": None}, ["days_out_of_bounds"]),
        ({"working_days": 1}, []),
        ({"working_days": LONGEST}, []),
        ({"cut_off": date(2020, 12, 31)}, ["cut_off_before_period"]),
        ({"cut_off": date(2021, 1, 1)}, []),
        ({"cut_off": date(2022, 2, 9)}, []),
        ({"cut_off": date(2022, 2, 10)}, ["due_before_cut_off"]),
        ({"supplies": False}, ["nobody_supplies"]),
        ({"delivered": "trainings-2021-x"}, ["delivered_already"]),
        ({"delivered": "trainings-2021-x", "is_accepted": True}, ["delivered_already"]),
        ({"is_asked": True}, ["asked_already"]),
    ],
)
def test_what_may_not_be_asked_for_is_refused_for_what_is_wrong_with_it(
    changes: dict[str, Any], refused: list[str]
) -> None:
    assert asking(wish(**changes)) == refused


def test_every_check_has_its_case() -> None:
    assert len(OF_THE_THING) + len(OF_THE_BODY) == 7


def test_what_is_delivered_already_is_named_with_its_body_and_what_to_do() -> None:
    (signed,) = wishes.against([wish(delivered="trainings-2021-x")])
    (accepted,) = wishes.against([wish(delivered="trainings-2021-x", is_accepted=True)])
    assert signed.text.zh == "江门市市场监督管理局的trainings-2021-x已经签发；请接收或者退回它"
    assert accepted.text.en == (
        "trainings-2021-x of Jiangmen is accepted already; if it is wrong, have it corrected"
    )


def test_what_is_wrong_with_the_thing_is_said_once_and_of_the_bodies_each() -> None:
    two = wish(table="nothing", is_asked=True), wish(table="nothing", is_asked=True)
    assert asking(*two) == ["unknown_table", "asked_already", "asked_already"]
    assert asking() == ["no_body"]


@pytest.mark.parametrize("number", [0, 1, DAYS_TO_MEND, LONGEST, LONGEST + 1])
def test_days_to_mend_have_bounds(number: int) -> None:
    assert bool(days_to_mend_are_in_bounds(number)) == (not 1 <= number <= LONGEST)


def test_mending_has_a_shorter_clock_than_delivering() -> None:
    assert DAYS_TO_MEND < DAYS_TO_DELIVER

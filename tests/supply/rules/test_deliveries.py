"""Every pair of states and every move, without a database."""

from itertools import product

import pytest

from steelyard.people.rules.roles import Action
from steelyard.supply.rules.deliveries import (
    BY_ITSELF,
    COLLECTED,
    COUNTED,
    INSIDE,
    LISTED,
    MOVE_NAMES,
    MOVES,
    OPEN,
    STATUSES,
    WHO,
    Move,
    Status,
    after,
    diagram,
    moves_from,
)

LEADS = {
    ("draft", "draft"): ["upload"],
    ("draft", "signed"): ["sign"],
    ("draft", "discarded"): ["discard"],
    ("signed", "draft"): ["withdraw"],
    ("signed", "accepted"): ["accept"],
    ("signed", "returned"): ["return"],
    ("returned", "draft"): ["upload"],
    ("returned", "discarded"): ["discard"],
    ("accepted", "accepted"): ["correct"],
    ("accepted", "replaced"): ["replace"],
    ("accepted", "discarded"): ["lapse"],
}
"""Read aloud: from a draft to signed by signing …; every other pair has no way between."""


@pytest.mark.parametrize(("start", "end"), list(product(Status, Status)))
def test_between_two_states_leads_what_the_table_says_and_nothing_else(
    start: Status, end: Status
) -> None:
    found = [move for move in moves_from(start) if after(start, move) is end]
    assert found == LEADS.get((start, end), [])


def test_what_is_replaced_or_discarded_stays_so() -> None:
    assert moves_from(Status.REPLACED) == moves_from(Status.DISCARDED) == ()


def test_every_state_can_be_reached() -> None:
    assert {Status.DRAFT, *MOVES.values()} == set(Status)


def test_every_state_and_move_has_a_name_and_every_move_someone_who_may() -> None:
    assert (set(STATUSES), set(MOVE_NAMES), set(WHO)) == (set(Status), set(Move), set(Move))


def test_the_assessing_office_decides_and_the_body_does_the_rest() -> None:
    office = {move for move, action in WHO.items() if action is Action.ACCEPT_DELIVERY}
    assert office == {Move.ACCEPT, Move.RETURN, Move.REPLACE}


def test_what_is_under_way_does_not_count_yet() -> None:
    assert not OPEN & LISTED
    assert COUNTED < LISTED
    assert not INSIDE & LISTED


def test_the_diagram_has_an_arrow_for_every_move() -> None:
    assert diagram().splitlines()[1:4] == [
        "    [*] --> draft: upload",
        "    [*] --> accepted: collected",
        "    draft --> draft: upload",
    ]
    assert len(diagram().splitlines()) == len(MOVES) + 3


def test_what_is_collected_stands_where_it_is_frozen_and_nowhere_before() -> None:
    begins, moves = Status.ACCEPTED, (Move.REPLACE, Move.LAPSE)
    assert {begins, *(after(begins, move) for move in moves)} == COLLECTED
    assert set(moves) == BY_ITSELF
    assert not COLLECTED & OPEN

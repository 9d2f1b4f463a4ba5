"""What stands against a move: all of it, by its code."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from steelyard.kernel.periods import Period
from steelyard.supply.rules.deliveries import BY_ITSELF, MOVES, Move, Status
from steelyard.supply.rules.delivery_limits import LIMITS, Asked, DeliveryState, against

LI, CHEN = 1, 2
YEAR = Period(date(2021, 1, 1), date(2022, 1, 1))


def delivery(status: Status = Status.DRAFT, **changes: Any) -> DeliveryState:
    given: dict[str, Any] = {
        "name": "trainings-2021-x",
        "status": status,
        "table": "trainings",
        "period": YEAR,
        "cut_off": date(2021, 12, 31),
        "version": 3,
        "rows": 2,
        "signer": None if status is Status.DRAFT else LI,
    }
    return DeliveryState(**given | changes)


def codes(of: DeliveryState, move: Move, **changes: Any) -> list[str]:
    given: dict[str, Any] = {
        "move": move,
        "by": LI if move in (Move.SIGN, Move.UPLOAD, Move.WITHDRAW) else CHEN,
        "on": date(2022, 1, 12),
        "seen": 3,
        "reason": "第三行数字有误",
    }
    return [one.code for one in against(of, Asked(**given | changes))]


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_a_move_may_be_made_only_from_where_it_begins(status: Status, move: Move) -> None:
    found = codes(delivery(status), move)
    if (status, move) in MOVES:
        assert found == []
    elif (status, move) == (Status.SIGNED, Move.SIGN):
        assert found == ["already_signed"]
    else:
        assert found == ["wrong_status"]


def test_open_faults_cannot_be_signed() -> None:
    assert codes(delivery(rows=None, faults=4), Move.SIGN) == ["faults_open"]


def test_nothing_cannot_be_signed() -> None:
    assert codes(delivery(rows=None), Move.SIGN) == ["nothing_to_sign"]
    assert codes(delivery(rows=0), Move.SIGN) == ["nothing_to_sign"]


def test_whoever_saw_an_older_version_is_told_so_whatever_they_want() -> None:
    for status, move in MOVES:
        if move not in BY_ITSELF:
            assert codes(delivery(status), move, seen=2) == ["changed_meanwhile"]


def test_nobody_signs_for_days_to_come() -> None:
    early = delivery(cut_off=date(2022, 1, 13))
    assert codes(early, Move.SIGN) == ["signed_before_cut_off"]
    assert codes(early, Move.SIGN, on=date(2022, 1, 13)) == []


def test_a_cut_off_before_the_period_says_nothing_of_it() -> None:
    before = delivery(cut_off=date(2020, 12, 31))
    assert codes(before, Move.SIGN) == ["cut_off_before_period"]
    assert codes(delivery(cut_off=date(2021, 1, 1)), Move.SIGN) == []


def test_figures_that_know_less_than_was_asked_for_are_not_signed() -> None:
    asked = delivery(asked_cut_off=date(2022, 1, 1))
    assert codes(asked, Move.SIGN) == ["cut_off_before_asked"]
    for day in (date(2021, 12, 31), date(2021, 12, 30)):
        assert codes(delivery(asked_cut_off=day), Move.SIGN) == []


def test_a_correction_names_what_it_replaces_and_why() -> None:
    named = {"replaces": "trainings-2021", "replaced": Status.ACCEPTED}
    assert codes(delivery(**named), Move.SIGN) == ["correction_without_reason"]
    assert codes(delivery(why="数字有误"), Move.SIGN) == ["correction_without_reason"]
    assert codes(delivery(**named, why="数字有误"), Move.SIGN) == []


def test_only_what_stands_is_corrected() -> None:
    gone = delivery(replaces="trainings-2021", replaced=Status.REPLACED, why="数字有误")
    assert codes(gone, Move.SIGN) == ["not_standing"]
    assert codes(delivery(Status.SIGNED, replaces="x", replaced=Status.REPLACED, why="y"), Move.ACCEPT) == ["not_standing"]  # fmt: skip


def test_beside_one_that_stands_only_its_correction_is_signed_or_accepted() -> None:
    assert codes(delivery(standing="trainings-2021"), Move.SIGN) == ["stands_already"]
    assert codes(delivery(Status.SIGNED, standing="trainings-2021"), Move.ACCEPT) == ["stands_already"]  # fmt: skip
    own = {"replaces": "t", "replaced": Status.ACCEPTED, "why": "y", "standing": "t"}
    assert codes(delivery(**own), Move.SIGN) == []


def test_a_return_says_why() -> None:
    assert codes(delivery(Status.SIGNED), Move.RETURN, reason=" ") == ["no_reason"]


def test_nobody_decides_on_what_they_signed() -> None:
    for move in (Move.ACCEPT, Move.RETURN):
        assert codes(delivery(Status.SIGNED), move, by=LI) == ["own_signature"]


def test_all_that_stands_against_it_is_said_at_once() -> None:
    worst = delivery(rows=None, faults=1, cut_off=date(2023, 1, 1), why="?", standing="other")
    assert codes(worst, Move.SIGN, seen=1) == [
        "changed_meanwhile",
        "faults_open",
        "signed_before_cut_off",
        "correction_without_reason",
        "stands_already",
    ]


def test_every_move_has_its_limits() -> None:
    assert set(LIMITS) == set(Move)


def test_a_table_that_nobody_knows_is_not_delivered() -> None:
    assert codes(delivery(is_table_known=False), Move.UPLOAD) == ["unknown_table"]


def test_the_cut_off_does_not_lie_before_the_period() -> None:
    assert codes(delivery(cut_off=date(2020, 12, 31)), Move.UPLOAD) == ["cut_off_before_period"]


def test_a_second_of_the_same_thing_waits_for_the_first() -> None:
    assert codes(delivery(under_way="trainings-2021-y"), Move.UPLOAD) == ["under_way"]


def test_what_is_accepted_is_corrected_and_not_delivered_again() -> None:
    stands = {"standing": "trainings-2021-y"}
    assert codes(delivery(**stands), Move.UPLOAD) == ["stands_already"]
    assert codes(delivery(**stands, replaces="trainings-2021-y", why="数字有误"), Move.UPLOAD) == []


def test_what_an_office_collected_itself_no_sheet_corrects() -> None:
    found = delivery(Status.ACCEPTED, collection="main")
    assert codes(found, Move.CORRECT) == ["collected"]
    assert codes(found, Move.CORRECT, reason=" ") == ["collected", "no_reason"]
    assert codes(found, Move.REPLACE) == codes(found, Move.LAPSE) == []


def test_a_correction_says_why() -> None:
    wanted = delivery(replaces="trainings-2021-y", replaced=Status.ACCEPTED)
    assert codes(wanted, Move.UPLOAD) == ["correction_without_reason"]

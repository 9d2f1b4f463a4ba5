"""What stands against opening a delivery, by its code."""

from datetime import date
from typing import Any

from steelyard.assessment.rules.delivery_openings import Opening, against
from steelyard.kernel.periods import Period


def codes(**changes: Any) -> list[str]:
    given: dict[str, Any] = {
        "table": "trainings",
        "period": Period(date(2021, 1, 1), date(2022, 1, 1)),
        "cut_off": date(2022, 1, 10),
        "known": {"trainings"},
    }
    return [one.code for one in against(Opening(**given | changes))]


def test_a_known_table_of_a_period_may_be_delivered() -> None:
    assert codes() == []


def test_a_table_that_nobody_knows_may_not() -> None:
    assert codes(table="training") == ["unknown_table"]


def test_the_cut_off_does_not_lie_before_the_period() -> None:
    assert codes(cut_off=date(2020, 12, 31)) == ["cut_off_before_period"]


def test_a_second_of_the_same_thing_waits_for_the_first() -> None:
    assert codes(open="trainings-2021-x") == ["under_way"]


def test_what_is_accepted_is_corrected_and_not_delivered_again() -> None:
    assert codes(standing="trainings-2021-x") == ["stands_already"]
    assert codes(standing="trainings-2021-x", replaces="trainings-2021-x", why="数字有误") == []


def test_a_correction_says_why() -> None:
    assert codes(replaces="trainings-2021-x") == ["correction_without_reason"]

"""May units, or scoring bodies, be urged?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from steelyard.assessment.rules.states import Stage
from steelyard.assessment.rules.urging import (
    NOTHING_TO_FILE,
    NOTHING_TO_SCORE,
    Urging,
    against_the_stage_of_units,
    against_urging,
)

TODAY = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("waiting", "urged_on", "codes"),
    [
        (2, None, []),
        (2, TODAY - timedelta(1), []),
        (2, TODAY, ["urged_today"]),
        (0, None, ["nobody_to_urge"]),
        (0, TODAY, ["nobody_to_urge", "urged_today"]),
    ],
)
def test_urging_is_refused_with_all_that_stands_against_it(
    waiting: int, urged_on: date | None, codes: list[str]
) -> None:
    asked = Urging(waiting=waiting, urged_on=urged_on, on=TODAY, nothing=NOTHING_TO_SCORE)
    assert [one.code for one in against_urging(asked)] == codes


def test_who_has_nothing_to_do_is_told_what_is_done() -> None:
    asked = Urging(waiting=0, urged_on=None, on=TODAY, nothing=NOTHING_TO_FILE)
    assert [one.text for one in against_urging(asked)] == [NOTHING_TO_FILE]


@pytest.mark.parametrize("stage", list(Stage))
def test_units_are_urged_while_they_can_file(stage: Stage) -> None:
    may = stage in (Stage.COLLECTING, Stage.COMPARING)
    assert (against_the_stage_of_units(stage) == ()) is may

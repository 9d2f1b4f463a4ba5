"""May the scoring bodies be urged?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from steelyard.assessment.rules.urging import Urging, against_urging

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
    found = against_urging(Urging(waiting=waiting, urged_on=urged_on, on=TODAY))
    assert [one.code for one in found] == codes

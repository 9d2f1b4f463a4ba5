"""The table against the texts read one after another, over every cell of the space."""

from datetime import date, timedelta

import pytest

from steelyard.courts.rules.jurisdiction import space
from tests.courts import slow_jurisdiction as slow
from tests.courts.china_jurisdiction import TABLE

DAYS_OF_THE_ORACLE = {day for name, day in vars(slow).items() if isinstance(day, date)}
FILED = sorted(
    {
        day - timedelta(days=back)
        for day in (*TABLE.filing_days, *DAYS_OF_THE_ORACLE)
        for back in (0, 1)
    }
)
JUDGED = sorted(
    {
        day - timedelta(days=back)
        for day in (*TABLE.judgment_days, *DAYS_OF_THE_ORACLE)
        for back in (0, 1)
    }
)


@pytest.mark.parametrize("filed", FILED, ids=str)
def test_the_table_and_the_texts_name_the_same_kind_of_court(filed: date) -> None:
    differing = {
        (one, TABLE.first_row(one).code, TABLE.first_row(one).court): slow.first(one)
        for one in space.settings(filed)
        if TABLE.first_row(one).court != slow.first(one)
    }
    assert differing == {}


@pytest.mark.parametrize("judged", JUDGED, ids=str)
def test_the_table_and_the_texts_name_the_same_court_of_appeal(judged: date) -> None:
    differing = {
        (one, tried_by, TABLE.appeal_row(one, tried_by, judged).code): expected
        for one, tried_by in space.appeal_cells(judged)
        if TABLE.appeal_row(one, tried_by, judged).court
        != (expected := slow.appeal(one, tried_by, judged))
    }
    assert differing == {}

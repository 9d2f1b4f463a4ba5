"""The festivals of the Chinese calendar: computed again, held against the notices, and counted with."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.counting import Length, count
from steelyard.kernel.working_days import WorkingDays, read_working_days
from steelyard.notices.rules.deadlines import counted
from steelyard.regions import HOLIDAYS
from tools import lunisolar, movable_festivals

with HOLIDAYS.open(encoding="utf-8", newline="") as _lines:
    CHINA = read_working_days(_lines, file=HOLIDAYS.name)
NOT_NOTICED = range(2027, 2051)


def test_the_table_holds_what_is_computed() -> None:
    listed = HOLIDAYS.read_text("utf-8").splitlines()
    assert [line for line in listed if ",movable," in line] == movable_festivals.rows()


def test_every_festival_of_a_year_with_a_notice_is_named_by_the_notice() -> None:
    festivals = {day: told for day, told in CHINA.movable.items() if day.year in CHINA.years}
    assert len(festivals) == 10 * (3 + 3) + 2 * (4 + 3)  # the eve is off again since 2025
    for day, festival in festivals.items():
        noticed = CHINA.noticed[day]
        assert noticed.off, day
        assert festival.name.zh in noticed.name.zh, day


def test_no_day_rests_on_a_moment_so_close_to_midnight_that_the_arithmetic_could_miss_it() -> None:
    closest = {year: lunisolar.closest_to_midnight(year) for year in movable_festivals.YEARS}
    assert min(closest.values()) > timedelta(seconds=50)
    assert min(closest[year] for year in NOT_NOTICED) > timedelta(minutes=3)


@pytest.mark.parametrize(
    ("year", "month", "first"),
    [  # as the Hong Kong Observatory publishes them; the hard ones
        (2027, 1, date(2027, 2, 6)),  # the new moon four minutes before midnight
        (2030, 1, date(2030, 2, 3)),  # and seven after it
        (2033, 8, date(2033, 8, 25)),  # before the leap month that follows the eleventh
        (2034, 1, date(2034, 2, 19)),
    ],
)
def test_a_month_begins_on_the_day_of_the_new_moon(year: int, month: int, first: date) -> None:
    assert lunisolar.first_of_month(year, month) == first


def test_leap_months_are_where_the_calendar_has_them() -> None:
    """Of 2000 to 2050, by the almanac: that after the eleventh month of 2033 lies in the row of 2034."""
    leap = {
        year: before
        for year in range(2000, 2051)
        for (_, before), (_, number) in pairwise(lunisolar.months(year))
        if number == 0
    }
    assert leap == {
        2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6,
        2028: 5, 2031: 3, 2034: 11, 2036: 6, 2039: 5, 2042: 2, 2044: 7, 2047: 5, 2050: 3,
    }  # fmt: skip


def test_a_period_is_counted_without_the_festivals_of_a_year_that_has_no_notice() -> None:
    new_year = count(date(2027, 1, 20), Length(16, "day"), CHINA)
    assert new_year.last_day == date(2027, 2, 9)
    assert new_year.provisional
    assert "2027-02-05是星期五，春节放假，国务院令第795号" in new_year.steps[2].zh


def test_a_deadline_is_counted_without_them_names_them_and_stays_provisional() -> None:
    found = counted(date(2027, 6, 8), 2, CHINA)
    assert found.due == date(2027, 6, 11)
    assert found.provisional
    assert "2027-06-09放假（端午节，国务院令第795号）" in found.how.zh
    assert "未计调休" in found.how.zh
    assert "2027-06-09 off (Dragon Boat Festival, 国务院令第795号)" in found.how.en


@given(st.sampled_from(sorted(CHINA.movable)))
def test_a_festival_is_settled_and_the_working_day_after_it_waits_for_the_notice(day: date) -> None:
    assert CHINA.is_day_off(day)
    assert not CHINA.is_provisional(day)
    after = CHINA.next_working_day(day)
    assert CHINA.is_provisional(after) == (after.year not in CHINA.years)


def test_a_notice_goes_before_the_computed_day() -> None:
    day = date(2027, 6, 9)
    noticed = WorkingDays({}, frozenset({2027}), movable=CHINA.movable)
    assert CHINA.is_day_off(day)
    assert not noticed.is_day_off(day)

"""Periods counted, against a slow count that walks one day at a time by another hand's calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.counting import Count, Excluded, Length, count, count_back, count_hours
from steelyard.kernel.bilingual import Text
from tests.courts.china import days_off as china
from tests.courts.slow_count import walked

DAY = timedelta(days=1)
STARTS = st.dates(date(2015, 1, 1), date(2026, 6, 30))
LENGTHS = st.one_of(
    st.builds(Length, st.integers(1, 120), st.just("day")),
    st.builds(Length, st.integers(1, 30), st.just("working_day")),
    st.builds(Length, st.integers(1, 6), st.just("month")),
)


def ends(start: date, number: int, unit: str = "day") -> date:
    return count(start, Length(number, unit), china()).last_day  # type: ignore[arg-type]


@given(STARTS, LENGTHS)
def test_the_slow_count_ends_on_the_same_day(start: date, length: Length) -> None:
    assert count(start, length, china()).last_day == walked(start, length)


@pytest.mark.parametrize(("number", "unit"), [(5, "day"), (15, "day"), (30, "day"), (6, "month")])
def test_the_slow_count_agrees_from_every_day_of_2015_to_mid_2026(number: int, unit: str) -> None:
    length = Length(number, unit)  # type: ignore[arg-type]
    days = [date(2015, 1, 1) + n * DAY for n in range((date(2026, 6, 30) - date(2015, 1, 1)).days)]
    differing = [day for day in days if count(day, length, china()).last_day != walked(day, length)]
    assert differing == []


@given(STARTS, st.integers(0, 40), LENGTHS)
def test_a_later_start_never_ends_earlier(start: date, later: int, length: Length) -> None:
    first, second = (count(day, length, china()) for day in (start, start + later * DAY))
    assert first.last_day <= second.last_day


@given(STARTS, LENGTHS)
def test_a_period_ends_after_it_starts_and_on_a_working_day(start: date, length: Length) -> None:
    last = count(start, length, china()).last_day
    assert last > start
    assert not china().is_day_off(last)


@given(STARTS, st.integers(1, 120))
def test_a_longer_period_never_ends_earlier(start: date, days: int) -> None:
    assert ends(start, days) <= ends(start, days + 1)


@given(STARTS, st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 20)), max_size=3))
def test_excluded_days_leave_as_many_counted_days(
    start: date, spans: list[tuple[int, int]]
) -> None:
    out = tuple(
        Excluded(start + a * DAY, start + (a + n) * DAY, Text("鉴定", "appraisal"))
        for a, n in spans
    )
    last = count(start, Length(30, "day"), china(), moves=False, excluded=out).last_day
    left_out = {one.first + n * DAY for one in out for n in range((one.last - one.first).days + 1)}
    counted = [n for n in range(1, (last - start).days + 1) if start + n * DAY not in left_out]
    assert len(counted) == 30
    assert last not in left_out


def test_every_step_is_said_in_both_languages() -> None:
    counted = count(date(2024, 4, 15), Length(15, "day"), china())
    assert counted == Count(
        date(2024, 4, 15),
        date(2024, 4, 30),
        False,
        (
            Text(
                "2024-04-15为起始日，不计入，自2024-04-16起算",
                "2024-04-15 starts the period and is not counted; it runs from 2024-04-16",
            ),
            Text("15日，至2024-04-30（星期二）", "15 days, to 2024-04-30 (Tuesday)"),
            Text("2024-04-30是星期二，是工作日", "2024-04-30 is a working day (Tuesday)"),
        ),
    )


def test_a_last_day_in_a_festival_says_which_days_were_passed_over() -> None:
    steps = count(date(2024, 4, 20), Length(15, "day"), china()).steps
    assert steps[-2].zh == "期满日为休假日：2024-05-05是星期日，劳动节放假，国办发明电〔2023〕7号"
    assert steps[-1].zh == "以休假日后的第一日2024-05-06（星期一）为期满日"


def test_a_year_without_a_notice_says_that_it_is_provisional() -> None:
    counted = count(date(2027, 1, 20), Length(15, "day"), china())
    assert counted.provisional
    assert counted.steps[-1].zh.startswith("暂定")


def test_a_period_that_ends_before_the_unknown_days_is_not_provisional() -> None:
    assert not count(date(2026, 12, 1), Length(15, "day"), china()).provisional


def test_working_days_over_unknown_days_are_provisional() -> None:
    assert count(date(2026, 12, 20), Length(10, "working_day"), china()).provisional


def test_what_merely_lasts_ends_on_a_day_off_too() -> None:
    lasted = count(date(2023, 10, 1), Length(1, "year"), china(), moves=False)
    assert lasted.last_day == date(2024, 10, 1)


def test_notice_three_days_before_a_hearing() -> None:
    assert count_back(date(2024, 3, 15), 3, china()).last_day == date(2024, 3, 12)


def test_a_day_counted_back_to_a_holiday_is_said_to_be_one() -> None:
    found = count_back(date(2023, 10, 9), 3, china())
    assert found.last_day == date(2023, 10, 6)
    assert found.steps[-1].zh.startswith("向前第3日为2023-10-06（星期五，中秋节、国庆节放假")


def test_days_left_out_before_the_period_are_said_to_change_nothing() -> None:
    early = Excluded(date(2022, 3, 31), date(2022, 4, 20), Text("鉴定", "appraisal"))
    found = count(date(2023, 3, 1), Length(6, "month"), china(), excluded=(early,))
    assert found.last_day == date(2023, 9, 1)
    assert found.steps[2].zh == "2022-03-31至2022-04-20（鉴定）不在期限之内，不影响计算"
    assert not any("顺延" in step.zh for step in found.steps)


def test_forty_eight_hours_run_from_the_next_hour() -> None:
    assert count_hours(datetime(2024, 12, 31, 23, 0), 48) == datetime(2025, 1, 3, 0, 0)


@pytest.mark.parametrize(
    "refused", [lambda: Length(0, "day"), lambda: count_back(date(2024, 1, 1), 0, china())]
)
def test_no_time_at_all_is_refused(refused: object) -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        refused()  # type: ignore[operator]


def test_excluded_days_are_given_from_the_earlier_to_the_later() -> None:
    with pytest.raises(ValueError, match="give the earlier day first"):
        Excluded(date(2024, 1, 2), date(2024, 1, 1), Text("鉴定", "appraisal"))

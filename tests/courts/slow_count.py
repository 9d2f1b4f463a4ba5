"""The obvious count of a period: one day after another, by another hand's calendar."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

from steelyard.courts.rules.counting import Length

DAY = timedelta(days=1)


def walked(start: date, length: Length, *, moves: bool = True) -> date:
    """The last day, a month at a time by the day's number."""
    day, left, wanted = start, length.number, start.day
    if length.unit == "day":
        while left:
            day, left = day + DAY, left - 1
    elif length.unit == "working_day":
        while left:
            day += DAY
            left -= chinese_calendar.is_workday(day)
    else:
        months = left * (12 if length.unit == "year" else 1)
        for _ in range(months):
            day = _first_of_next_month(day)
        while day.day < wanted and (day + DAY).month == day.month:
            day += DAY
    while moves and chinese_calendar.is_holiday(day):
        day += DAY
    return day


def _first_of_next_month(day: date) -> date:
    month = day.month
    while day.month == month:
        day += DAY
    return day

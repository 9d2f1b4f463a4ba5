"""The obvious count of a period: one day after another, by another hand's calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import chinese_calendar

from steelyard.courts.rules.counting import Length

DAY = timedelta(days=1)


def walked(
    start: date,
    length: Length,
    *longer: Length,
    moves: bool = True,
    left_out: Collection[date] = (),
) -> date:
    """The last day, a month at a time by the day's number, extensions one unit after another; days
    left out are walked over without being counted."""
    nominal = start
    for whole in _of_one_unit((length, *longer)):
        nominal = _walked_once(nominal, whole)
    day, counted = start, 0
    while counted < (nominal - start).days:
        day += DAY
        counted += day not in left_out
    while moves and chinese_calendar.is_holiday(day):
        day += DAY
    return day


def limitation_walked(
    start: date,
    length: Length,
    interrupted: Collection[date] = (),
    obstacles: Collection[tuple[date, date]] = (),
) -> date:
    """A limitation period lived through one day after another: a demand while it runs starts it
    anew; while an obstacle lies on it in its last six months it cannot end, and once the obstacle
    does, six months are left."""
    end, window = _end_and_window(start, length)
    day = start
    while day < end or any(first <= end and day < last for first, last in obstacles):
        day += DAY
        if day in interrupted:
            end, window = _end_and_window(day, length)
        for first, last in obstacles:
            if last == day and last > window and first <= end:
                end, window = max(end, walked(last, Length(6, "month"))), last
    return end


def _end_and_window(start: date, length: Length) -> tuple[date, date]:
    nominal = walked(start, length, moves=False)
    return walked(start, length), _half_a_year_before(nominal)


def _half_a_year_before(day: date) -> date:
    wanted = day.day
    for _ in range(6):
        day = day.replace(day=1) - DAY
    while day.day > wanted:
        day -= DAY
    return day


def _of_one_unit(lengths: tuple[Length, ...]) -> list[Length]:
    merged: list[Length] = []
    for one in lengths:
        if merged and merged[-1].unit == one.unit:
            merged[-1] = Length(merged[-1].number + one.number, one.unit)
        else:
            merged.append(one)
    return merged


def _walked_once(start: date, length: Length) -> date:
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
    return day


def _first_of_next_month(day: date) -> date:
    month = day.month
    while day.month == month:
        day += DAY
    return day

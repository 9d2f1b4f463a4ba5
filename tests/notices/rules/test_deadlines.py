"""A deadline in working days: counted once, in words that hold, and put off with a reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text
from steelyard.kernel.working_days import NoticedDay, WorkingDays, read_working_days
from steelyard.notices.rules.deadlines import LONGEST, Extension, LaterStep, against, counted
from steelyard.regions import HOLIDAYS

with HOLIDAYS.open(encoding="utf-8", newline="") as lines:
    CALENDAR = read_working_days(lines, file=HOLIDAYS.name)

days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
"""Off by law, where no notice is known."""


def slowly(starts: date, working_days: int) -> date:
    """The day after the start, and the next, and the next, crossing off one at a time."""
    day, left = starts, working_days
    while left:
        day += timedelta(days=1)
        named = CALENDAR.noticed.get(day)
        works = day.isoweekday() <= 5 if named is None else not named.off
        by_law = (day.month, day.day) in FIXED or day in CALENDAR.movable
        works = works and (day.year in CALENDAR.years or not by_law)
        left -= works
    return day


@given(days, st.integers(1, LONGEST))
def test_due_day_equals_a_slow_count_day_by_day(starts: date, working_days: int) -> None:
    assert counted(starts, working_days, CALENDAR).due == slowly(starts, working_days)


@given(days, st.integers(1, 30))
def test_a_count_is_provisional_if_any_of_its_days_is(starts: date, working_days: int) -> None:
    count = counted(starts, working_days, CALENDAR)
    between = [starts + timedelta(days=n) for n in range(1, (count.due - starts).days + 1)]
    assert count.provisional == any(CALENDAR.is_provisional(day) for day in between)


def test_a_count_says_which_days_off_it_left_out_and_by_which_notice() -> None:
    count = counted(date(2024, 9, 12), 3, CALENDAR)
    assert count.how == Text(
        "自2024-09-12次日起3个工作日，至2024-09-18届满；"
        "2024-09-14调休上班（中秋节，国办发明电〔2023〕7号）；"
        "2024-09-15/2024-09-17放假（中秋节，国办发明电〔2023〕7号）",
        "3 working days from the day after 2024-09-12, ending with 2024-09-18; "
        "2024-09-14 made working days (Mid-Autumn Festival, 国办发明电〔2023〕7号); "
        "2024-09-15/2024-09-17 off (Mid-Autumn Festival, 国办发明电〔2023〕7号)",
    )


def test_a_count_over_a_year_without_a_notice_says_that_it_is_provisional() -> None:
    count = counted(date(2031, 3, 3), 2, CALENDAR)
    assert count.provisional
    assert "2031年的放假安排当时尚未全部公布" in count.how.zh


def test_a_calendar_that_changes_later_does_not_move_what_was_counted() -> None:
    before = counted(date(2031, 3, 3), 2, CALENDAR)
    off = NoticedDay(True, Text("节", "festival"), "号")
    later = WorkingDays({date(2031, 3, 4): off}, frozenset({2031}))
    assert counted(date(2031, 3, 3), 2, later).due == date(2031, 3, 6)
    assert before.due == date(2031, 3, 5)


def test_a_deadline_of_more_than_a_year_of_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 250"):
        counted(date(2024, 1, 1), 251, CALENDAR)


def wish(**changed: object) -> Extension:
    told: dict = {
        "due": date(2024, 3, 8),
        "is_over": False,
        "is_ones_own": False,
        "working_days": 3,
        "reason": "系统停机",
        "today": date(2024, 3, 7),
        "calendar": CALENDAR,
    }
    return Extension(**{**told, **changed})


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"reason": " \n"}, ["no_reason"]),
        ({"is_over": True}, ["is_over"]),
        ({"is_ones_own": True}, ["is_ones_own"]),
        ({"working_days": 0}, ["days_out_of_bounds"]),
        ({"working_days": 251}, ["days_out_of_bounds"]),
        ({"working_days": None}, ["days_or_a_day"]),
        ({"until": date(2024, 3, 12)}, ["days_or_a_day"]),
        ({"working_days": None, "until": date(2024, 3, 12)}, []),
        ({"working_days": None, "until": date(2024, 3, 8)}, ["day_not_later"]),
        ({"working_days": None, "until": date(2024, 3, 1)}, ["day_not_later"]),
        ({"working_days": None, "until": date(2024, 3, 9)}, ["day_off"]),
        ({"working_days": None, "until": date(2025, 12, 31)}, ["days_out_of_bounds"]),
        ({"working_days": None, "until": date(9999, 12, 31)}, ["days_out_of_bounds"]),
        (
            {"working_days": None, "until": date(2024, 3, 12), "today": date(2024, 3, 12)},
            ["ends_before_tomorrow"],
        ),
        ({"today": date(2024, 3, 13)}, ["ends_before_tomorrow"]),
        ({"today": date(2024, 3, 12)}, []),
        (
            {"reason": "", "is_over": True, "working_days": -1},
            ["no_reason", "is_over", "days_out_of_bounds"],
        ),
    ],
)
def test_an_extension_keeps_to_its_limits(changed: dict, codes: list[str]) -> None:
    assert [refusal.code for refusal in against(wish(**changed))] == codes


def test_an_extension_is_counted_on_from_the_day_it_is_due_now() -> None:
    assert wish().counted().due == date(2024, 3, 13)


@pytest.mark.parametrize("days", [1, 7, 40, 250])
def test_a_day_is_counted_as_the_working_days_that_lead_to_it(days: int) -> None:
    by_days = wish(working_days=days).counted()
    assert wish(working_days=None, until=by_days.due).counted() == by_days


def test_a_day_off_is_refused_with_the_working_day_after_it() -> None:
    (refusal,) = against(wish(working_days=None, until=date(2024, 3, 9)))
    assert refusal.text.en == "2024-03-09 is no working day; the first after it is 2024-03-11"


STEP = LaterStep(date(2024, 3, 12), Text("截止日", "cut-off"))


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, ["passes_a_later_step"]),  # to 13 March
        ({"passes_knowingly": True}, []),
        ({"working_days": None, "until": date(2024, 3, 12)}, []),  # that day itself
        ({"working_days": None, "until": date(2024, 3, 13)}, ["passes_a_later_step"]),
        ({"later": (LaterStep(date(2024, 1, 2), STEP.what),)}, []),  # passed long ago
        ({"working_days": 0}, ["days_out_of_bounds"]),
    ],
)
def test_a_later_step_is_passed_knowingly_alone(changed: dict, codes: list[str]) -> None:
    found = against(wish(**{"later": (STEP,), **changed}))
    assert [refusal.code for refusal in found] == codes


def test_whoever_would_pass_a_later_step_is_told_the_day_and_what_is_on_it() -> None:
    (refusal,) = against(wish(later=(STEP,)))
    assert "2024-03-12 cut-off" in refusal.text.en
    assert "2024-03-13" in refusal.text.zh
    assert refusal.field == "passes_knowingly"

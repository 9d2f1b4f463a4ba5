"""A reminder is due once, whenever and however often one asks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.working_days import read_working_days
from steelyard.notices.rules.deadlines import counted
from steelyard.notices.rules.reminders import (
    SCHEDULE,
    Entry,
    Reminder,
    day_of,
    reminder_due,
    working_days_between,
)
from steelyard.regions import HOLIDAYS

with HOLIDAYS.open(encoding="utf-8", newline="") as lines:
    CALENDAR = read_working_days(lines, file=HOLIDAYS.name)

starts_on = st.dates(date(2016, 1, 1), date(2026, 6, 30))
lengths = st.integers(1, 30)


def run(starts: date, due: date, on: list[date]) -> list[tuple[date, Reminder]]:
    """Ask on each of these days, and note what was told."""
    told: set[str] = set()
    heard = []
    for day in on:
        reminder = reminder_due(starts, due, told, day, CALENDAR)
        if reminder:
            told.add(reminder.entry.code)
            heard.append((day, reminder))
    return heard


def due_of(starts: date, length: int) -> date:
    return counted(starts, length, CALENDAR).due


def wanted(starts: date, due: date) -> list[Entry]:
    """The entries that this deadline has."""
    return [entry for entry in SCHEDULE if day_of(entry, due, CALENDAR) > starts]


def every_day(starts: date, due: date) -> list[date]:
    last = day_of(SCHEDULE[-1], due, CALENDAR)
    return [starts + timedelta(days=n) for n in range((last - starts).days + 1)]


@given(starts_on, lengths)
def test_asked_every_day_each_entry_is_told_once_on_its_day(starts: date, length: int) -> None:
    due = due_of(starts, length)
    heard = run(starts, due, every_day(starts, due))
    assert heard == [
        (day_of(entry, due, CALENDAR), Reminder(entry)) for entry in wanted(starts, due)
    ]


@given(starts_on, lengths, st.integers(2, 5))
def test_asked_many_times_a_day_it_is_the_same(starts: date, length: int, times: int) -> None:
    due = due_of(starts, length)
    days = every_day(starts, due)
    often = [day for day in days for _ in range(times)]
    assert run(starts, due, often) == run(starts, due, days)


@given(starts_on, lengths, st.lists(st.integers(0, 70), max_size=12))
def test_whatever_the_days_of_asking_each_entry_is_told_or_spoken_for_once(
    starts: date, length: int, gaps: list[int]
) -> None:
    due = due_of(starts, length)
    day, on = starts, []
    for gap in gaps:
        day += timedelta(days=gap)
        on.append(day)
    on.append(max(day, day_of(SCHEDULE[-1], due, CALENDAR)))
    heard = run(starts, due, on)
    spoken = [entry for _, one in heard for entry in (*one.instead_of, one.entry)]
    assert spoken == wanted(starts, due)


@given(starts_on, lengths, st.integers(0, 90))
def test_after_a_silence_of_any_length_at_most_one_is_told(
    starts: date, length: int, silence: int
) -> None:
    due = due_of(starts, length)
    assert len(run(starts, due, [starts + timedelta(days=silence)] * 3)) <= 1


def test_after_a_gap_of_a_week_the_last_speaks_for_those_that_were_missed() -> None:
    starts, due = date(2024, 3, 1), date(2024, 3, 15)  # Friday to Friday, ten working days
    first, second, third = SCHEDULE[:3]
    heard = run(starts, due, [date(2024, 3, 8), date(2024, 3, 15), date(2024, 3, 15)])
    assert heard == [
        (date(2024, 3, 8), Reminder(first)),
        (date(2024, 3, 15), Reminder(third, (second,))),
    ]


def test_a_deadline_of_three_days_is_not_reminded_of_five_days_before() -> None:
    starts = date(2024, 3, 4)
    heard = run(starts, due_of(starts, 3), every_day(starts, due_of(starts, 3)))
    assert [one.entry.code for _, one in heard][:2] == ["1_before", "on_the_day"]


def test_the_schedule_is_in_the_order_of_its_days() -> None:
    days = [entry.working_days for entry in SCHEDULE]
    assert days == sorted(set(days))
    assert len({entry.code for entry in SCHEDULE}) == len(SCHEDULE)


@given(starts_on, starts_on)
def test_days_between_are_the_same_number_both_ways(one: date, other: date) -> None:
    assert working_days_between(one, other, CALENDAR) == -working_days_between(other, one, CALENDAR)


@given(starts_on, lengths)
def test_days_left_at_the_start_are_those_of_the_deadline(starts: date, length: int) -> None:
    assert working_days_between(starts, due_of(starts, length), CALENDAR) == length

"""Which reminder of a deadline is due today? Each once, whenever one asks.

The schedule is data. Whoever asks says what was told already, so that asking twice a day or after
a week of silence makes no difference: what was missed is not told late one by one; the last
reminder whose day has come speaks for those before it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.kernel.working_days import ONE_DAY, WorkingDays


@dataclass(frozen=True, slots=True)
class Entry:
    """One reminder: so many working days after the day something is due, before it if negative."""

    code: str
    working_days: int


SCHEDULE: tuple[Entry, ...] = (
    Entry("5_before", -5),
    Entry("1_before", -1),
    Entry("on_the_day", 0),
    Entry("1_after", 1),
    Entry("5_after", 5),
    Entry("20_after", 20),
)
"""In the order of their days."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder to be told now; ``instead_of``: earlier ones, missed, for which it speaks too."""

    entry: Entry
    instead_of: tuple[Entry, ...] = ()


def day_of(entry: Entry, due: date, calendar: WorkingDays) -> date:
    """The day on which a reminder is told.

    >>> day_of(Entry("1_before", -1), date(2024, 3, 4), WorkingDays())
    datetime.date(2024, 3, 1)
    """
    if entry.working_days > 0:
        return calendar.add_working_days(due, entry.working_days)
    day = due
    for _ in range(-entry.working_days):
        day -= ONE_DAY
        while calendar.is_day_off(day):
            day -= ONE_DAY
    return day


def reminder_due(
    starts: date,
    due: date,
    told: Collection[str],
    today: date,
    calendar: WorkingDays,
    schedule: Sequence[Entry] = SCHEDULE,
) -> Reminder | None:
    """The one reminder that is to be told now, if any.

    ``told``: the codes told so far. A reminder whose day is not after ``starts`` is none: who is
    told of a deadline of three days needs no word that it is due in five.
    """
    come = [
        entry
        for entry in schedule
        if starts < (day := day_of(entry, due, calendar)) and day <= today
    ]
    heard = max((n for n, entry in enumerate(come, start=1) if entry.code in told), default=0)
    fresh = come[heard:]
    return Reminder(fresh[-1], tuple(fresh[:-1])) if fresh else None


def working_days_between(day: date, until: date, calendar: WorkingDays) -> int:
    """How many working days after ``day`` up to and with ``until``; negative the other way.

    >>> working_days_between(date(2024, 3, 1), date(2024, 3, 5), WorkingDays())
    2
    """
    if until < day:
        return -working_days_between(until, day, calendar)
    between = ((day + n * ONE_DAY) for n in range(1, (until - day).days + 1))
    return sum(not calendar.is_day_off(each) for each in between)

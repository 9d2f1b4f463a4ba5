"""On which day does a period end, and how was it counted?

Civil Procedure Law, Art. 85 (numbers of 2023), its Interpretation of 2022, Art. 125, and, for
months and years, Civil Code, Art. 202 by analogy:

- the day (or hour) on which a period starts is not counted;
- months end on the same day of the month, or on its last day where it has no such day;
- a last day on a day off moves to the next working day. 法定休假日 is read as weekends, festivals
  and days in lieu; a Saturday or Sunday made a working day is no day off, so a period ends on it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal, assert_never, get_args

from steelyard.kernel.bilingual import Text
from steelyard.kernel.working_days import WorkingDays

Unit = Literal["day", "working_day", "month", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)
_UNIT_WORDS = {
    "day": ("日", "day"),
    "working_day": ("个工作日", "working day"),
    "month": ("个月", "month"),
    "year": ("年", "year"),
}


@dataclass(frozen=True, slots=True)
class Length:
    """How long a period is.

    >>> Length(15, "day").say("zh"), Length(6, "month").say("en")
    ('15日', '6 months')

    Raises:
        ValueError: fewer than 1.
    """

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"a period of {self.number} holds no day; give 1 or more")

    def say(self, lang: Literal["zh", "en"]) -> str:
        zh, en = _UNIT_WORDS[self.unit]
        if lang == "zh":
            return f"{self.number}{zh}"
        return f"{self.number} {en}" if self.number == 1 else f"{self.number} {en}s"


@dataclass(frozen=True, slots=True)
class Excluded:
    """Days that the law leaves out of a period (publication, expert appraisal, a jurisdiction
    objection …), both ends belonging, and why.

    Raises:
        ValueError: the last day lies before the first.
    """

    first: date
    last: date
    why: Text

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(
                f"{self.first} to {self.last} holds no day; give the earlier day first"
            )


@dataclass(frozen=True, slots=True)
class Suspended:
    """A stop whose end is not known yet: from this day on, the day itself belonging, nothing runs.
    Once it has ended, it is :class:`Excluded`."""

    first: date
    why: Text


@dataclass(frozen=True, slots=True)
class Count:
    """A period counted: its last day, whether a notice that is not known could move it, and every
    step in words."""

    start: date
    last_day: date
    provisional: bool
    steps: tuple[Text, ...]


def count(
    start: date,
    length: Length,
    calendar: WorkingDays,
    *,
    moves: bool = True,
    longer: tuple[Length, ...] = (),
    excluded: tuple[Excluded, ...] = (),
) -> Count:
    """The last day of a period that starts with the event of ``start``.

    ``moves``: a last day on a day off moves; false for what merely lasts, such as a seizure.
    ``longer``: extensions, in order; those of one unit in a row are added up before they are
    counted, so that 6 months and 6 months end on the day of the month on which 12 do.
    ``excluded`` days lengthen the whole by as many days as lie within it, each counted once.

    Raises:
        ValueError: the period ends after the last day that a calendar can write.
    """
    steps = [_starts(start)]
    nominal = runs_to(start, (length,), calendar)
    steps.append(_says_end(nominal, length, calendar))
    for many, extension in enumerate(longer, start=1):
        nominal = runs_to(start, (length, *longer[:many]), calendar)
        steps.append(_extended_to(nominal, extension))
    if excluded:
        nominal, said = _lengthened(start, nominal, excluded)
        steps.extend(said)
    last = calendar.next_working_day(nominal) if moves else nominal
    if moves:
        steps.extend(_passed_over(nominal, last, calendar))
    units = {one.unit for one in (length, *longer)}
    provisional = _is_provisional(start, nominal, last, units, calendar, moves=moves)
    if provisional:
        steps.append(_provisional(last))
    return Count(start, last, provisional, tuple(steps))


def count_back(event: date, days: int, calendar: WorkingDays) -> Count:
    """The last day on which something may be done that must be done so many days before an event.

    The day of the event is not counted. No article moves this day when it is a day off, but it is
    said to be one.

    Raises:
        ValueError: fewer than 1 day.
    """
    if days < 1:
        raise ValueError(f"{days} days before an event is no time; give 1 or more")
    last = event - timedelta(days=days)
    said = calendar.say(last)
    steps = (
        Text(
            f"{event}当日不计入，向前计算", f"the day itself, {event}, is not counted; count back"
        ),
        Text(f"向前第{days}日为{last}（{said.zh}）", f"{days} days back is {last} ({said.en})"),
    )
    return Count(event, last, False, steps)


def count_hours(start: datetime, hours: int) -> datetime:
    """The end of a period in hours: the hour in which it starts is not counted (Interpretation,
    Art. 125: it runs from the next hour). A day off does not move it.

    >>> count_hours(datetime(2024, 3, 1, 9, 20), 48)
    datetime.datetime(2024, 3, 3, 10, 0)

    Raises:
        ValueError: fewer than 1 hour.
    """
    if hours < 1:
        raise ValueError(f"a period of {hours} hours holds no hour; give 1 or more")
    next_hour = start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return next_hour + timedelta(hours=hours)


def same_day_of_month(start: date, months: int) -> date:
    """So many months on: the same day of the month, or its last (Civil Code, Art. 202).

    >>> same_day_of_month(date(2023, 8, 31), 6)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def runs_to(start: date, lengths: tuple[Length, ...], calendar: WorkingDays) -> date:
    """Where these lengths, one after another, end before any day off moves the end."""
    end = start
    for unit, alike in groupby(lengths, key=lambda one: one.unit):
        end = _after(end, Length(sum(one.number for one in alike), unit), calendar)
    return end


def _after(start: date, length: Length, calendar: WorkingDays) -> date:
    match length.unit:
        case "day":
            return start + timedelta(days=length.number)
        case "working_day":
            return calendar.add_working_days(start, length.number)
        case "month":
            return same_day_of_month(start, length.number)
        case "year":
            return same_day_of_month(start, 12 * length.number)
        case _:
            assert_never(length.unit)


def _lengthened(
    start: date, nominal: date, excluded: tuple[Excluded, ...]
) -> tuple[date, list[Text]]:
    """Walks day by day, so that overlapping exclusions count once and later ones still reach in."""
    left_out = {day for span in excluded for day in _days(span) if day > start}
    end = nominal
    owed = len([day for day in left_out if day <= end])
    while owed:
        end += timedelta(days=1)
        if end not in left_out:
            owed -= 1
    said = [_left_out(span, start, end) for span in excluded]
    days = (end - nominal).days
    if days:
        said.append(Text(f"顺延{days}日，至{end}", f"the end moves by {days} days, to {end}"))
    return end, said


def _left_out(span: Excluded, start: date, end: date) -> Text:
    zh, en = (
        f"{span.first}至{span.last}（{span.why.zh}）",
        f"{span.first} to {span.last} ({span.why.en})",
    )
    if span.last <= start or span.first > end:
        return Text(
            f"{zh}不在期限之内，不影响计算", f"{en} lies outside the period and changes nothing"
        )
    return Text(f"{zh}不计入", f"{en} does not count")


def _days(span: Excluded) -> list[date]:
    return [span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)]


def _passed_over(nominal: date, last: date, calendar: WorkingDays) -> list[Text]:
    if nominal == last:
        said = calendar.say(last)
        return [Text(f"{last}是{said.zh}，是工作日", f"{last} is a working day ({said.en})")]
    off = [nominal + timedelta(days=n) for n in range((last - nominal).days)]
    zh = "；".join(f"{day}是{calendar.say(day).zh}" for day in off)
    en = "; ".join(f"{day} is {calendar.say(day).en}" for day in off)
    said = calendar.say(last)
    return [
        Text(f"期满日为休假日：{zh}", f"the last day is a day off: {en}"),
        Text(
            f"以休假日后的第一日{last}（{said.zh}）为期满日",
            f"the period ends on the first day after it, {last} ({said.en})",
        ),
    ]


def _is_provisional(
    start: date, nominal: date, last: date, units: set[Unit], calendar: WorkingDays, *, moves: bool
) -> bool:
    if "working_day" in units:
        days = range((last - start).days)
        return any(calendar.is_provisional(start + timedelta(days=n + 1)) for n in days)
    return moves and any(
        calendar.is_provisional(nominal + timedelta(days=n))
        for n in range((last - nominal).days + 1)
    )


def _starts(start: date) -> Text:
    after = start + timedelta(days=1)
    return Text(
        f"{start}为起始日，不计入，自{after}起算",
        f"{start} starts the period and is not counted; it runs from {after}",
    )


def _says_end(nominal: date, length: Length, calendar: WorkingDays) -> Text:
    zh, en = length.say("zh"), length.say("en")
    said = calendar.say(nominal)
    return Text(f"{zh}，至{nominal}（{said.zh}）", f"{en}, to {nominal} ({said.en})")


def _extended_to(nominal: date, extension: Length) -> Text:
    zh, en = extension.say("zh"), extension.say("en")
    return Text(f"延长{zh}，至{nominal}", f"extended by {en}, to {nominal}")


def _provisional(last: date) -> Text:
    return Text(
        f"暂定：涉及日期的放假安排尚无通知（或未收录），仅按周末和已收录的法定节日计算，未计调休，{last}可能变动",
        f"provisional: no notice on days off is known for the days concerned; weekends and the festivals "
        f"on record were counted, days in lieu and make-up working days were not, and {last} may change",
    )

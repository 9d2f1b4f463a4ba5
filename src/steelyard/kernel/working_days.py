"""Which days are days off, and which is the next working day?

Weekends are days off, save those that a notice makes working days; weekdays work, save those that
a notice gives off (festivals and days in lieu). The notices are data of a region; this module
reads no file and no clock. Where no notice is known for a day, the answer follows the weekends and
the festivals that the law gives off, and is *provisional*: days in lieu and make-up working days are
announced by notice alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Unreadable, Where, raise_if_any

UNREADABLE = Unreadable(
    "unreadable-run-of-days",
    Text("这一段放假或上班日", "this run of days"),
    Text(
        "年份写整数，日期写2024-02-10，kind写off、work、yearly或movable，止日不早于起日",
        "write the year as a whole number, days as 2024-02-10, kind as off, work, yearly or "
        "movable, and the last day not before the first",
    ),
)

ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_LAST_WEEK = (12, 25)
_WEEKDAYS = (
    Text("星期一", "Monday"),
    Text("星期二", "Tuesday"),
    Text("星期三", "Wednesday"),
    Text("星期四", "Thursday"),
    Text("星期五", "Friday"),
    Text("星期六", "Saturday"),
    Text("星期日", "Sunday"),
)
_COLUMNS = ("year", "kind", "first", "last", "name_zh", "name_en", "notice", "issued_on")


@dataclass(frozen=True, slots=True)
class NoticedDay:
    """A day that a notice names: off, or a working day that makes up for one off.

    ``notice`` is the document number; empty where it is not known.
    """

    off: bool
    name: Text
    notice: str


@dataclass(frozen=True, slots=True)
class Festival:
    """A day that the law gives off every year, from ``since`` on; no notice makes it a working day."""

    since: date
    day: NoticedDay

    def is_on(self, day: date) -> bool:
        return (day.month, day.day) == (self.since.month, self.since.day) and day >= self.since


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar of days off. ``years`` have a notice; of other days only the weekday is known, the
    ``festivals`` that fall on the same day every year, and the ``movable`` ones, each day by itself."""

    noticed: Mapping[date, NoticedDay] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    festivals: tuple[Festival, ...] = ()
    movable: Mapping[date, NoticedDay] = field(default_factory=dict)

    def is_day_off(self, day: date) -> bool:
        """A festival, a day in lieu, or a weekend that no notice makes a working day."""
        named = self.named(day)
        return day.weekday() >= _SATURDAY if named is None else named.off

    def named(self, day: date) -> NoticedDay | None:
        """What a notice of its year, or else the law, says of the day."""
        noticed = self.noticed.get(day)
        if noticed is not None or day.year in self.years:
            return noticed
        if day in self.movable:
            return self.movable[day]
        return next((one.day for one in self.festivals if one.is_on(day)), None)

    def is_provisional(self, day: date) -> bool:
        """No notice settles this day: its year has none, or it lies in the last week of December
        and the next year's, which may move days there (as that of 2019 did), is not known."""
        if self.named(day) is not None:
            return False
        if day.year not in self.years:
            return True
        return (day.month, day.day) >= _LAST_WEEK and day.year + 1 not in self.years

    def next_working_day(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        while self.is_day_off(day):
            day += ONE_DAY
        return day

    def add_working_days(self, start: date, days: int) -> date:
        """The last of so many working days after ``start``, which is not counted.

        Raises:
            ValueError: fewer than 1 day.
        """
        if days < 1:
            raise ValueError(f"a period of {days} working days holds no day; give 1 or more")
        day = start
        for _ in range(days):
            day = self.next_working_day(day + ONE_DAY)
        return day

    def say(self, day: date) -> Text:
        """What a day is, in words.

        >>> WorkingDays().say(date(2024, 2, 10)).say("en")
        'Saturday'
        """
        weekday = _WEEKDAYS[day.weekday()]
        noticed = self.named(day)
        if noticed is None:
            return weekday
        by = noticed.notice
        if noticed.off:
            return Text(
                f"{weekday.zh}，{noticed.name.zh}放假{f'，{by}' if by else ''}",
                f"{weekday.en}, off for {noticed.name.en}{f', {by}' if by else ''}",
            )
        return Text(
            f"{weekday.zh}，调休上班（{noticed.name.zh}）{f'，{by}' if by else ''}",
            f"{weekday.en}, made a working day ({noticed.name.en}){f', {by}' if by else ''}",
        )


def read_working_days(lines: Iterable[str], *, file: str) -> WorkingDays:
    """A calendar from the rows of a region's ``holidays.csv``: one row a run of days of a notice; or of days
    that the law gives off in that year and, by their month and day, in every later one (``yearly``); or
    of a festival that the law gives off, on other days every year (``movable``).

    Raises:
        Faulty: a column is missing, a value is not a year, a day or a kind, a run ends before it
            starts, or two rows name one day.
    """
    rows = csv.DictReader(lines)
    lacking = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    raise_if_any(_lacks(name, file) for name in lacking)
    noticed: dict[date, NoticedDay] = {}
    years: set[int] = set()
    festivals: list[Festival] = []
    movable: dict[date, NoticedDay] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows, start=2):
        where = Where(file=file, row=number)
        try:
            run, year = _run(row), int(row["year"])
        except (TypeError, ValueError) as error:
            faults.append(UNREADABLE.at(where, error))
            continue
        told = NoticedDay(
            row["kind"] != "work", Text(row["name_zh"], row["name_en"]), row["notice"]
        )
        if row["kind"] == "yearly":
            festivals += [Festival(day, told) for day in run]
            continue
        if row["kind"] == "movable":
            known = movable
        else:
            known = noticed
            years.add(year)
        faults.extend(_named_twice(day, where) for day in run if day in known)
        known.update(dict.fromkeys(run, told))
    raise_if_any(faults)
    return WorkingDays(noticed, frozenset(years), tuple(festivals), movable)


def _run(row: Mapping[str, str]) -> list[date]:
    first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
    if row["kind"] not in {"off", "work", "yearly", "movable"}:
        raise ValueError(f"kind {row['kind']!r}")
    if last < first:
        raise ValueError(f"{first} … {last}")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _lacks(column: str, file: str) -> Fault:
    return Fault(
        "no-column",
        Text(f"缺少“{column}”列", f"column {column} is missing"),
        Text("请补上该列", "add the column"),
        Where(file=file, column=column),
    )


def _named_twice(day: date, where: Where) -> Fault:
    return Fault(
        "day-named-twice",
        Text(f"{day}已在前面的行出现", f"{day} stands in an earlier row too"),
        Text(
            "后发通知改变安排的，只保留最后有效的一行", "keep the row that was in force in the end"
        ),
        where,
    )

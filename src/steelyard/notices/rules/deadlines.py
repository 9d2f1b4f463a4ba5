"""When is something due, how was that counted, and may it be put off?

A deadline is counted once, on the day it starts, and then stands: a later change of the calendar
does not move it. What it was counted by is kept as text, so that it can be answered for years on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.working_days import ONE_DAY, NoticedDay, WorkingDays
from steelyard.notices.rules.reminders import working_days_between

LONGEST = 250
"""Working days of about a year: what is due later than that has a day of its own."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many working days after ``starts``, which is not counted, end with ``due``.

    ``how`` says so in words, with the days off between and their notices. ``provisional``: of some
    of these days no notice had settled whether they are days off.
    """

    starts: date
    working_days: int
    due: date
    how: Text
    provisional: bool


def counted(starts: date, working_days: int, calendar: WorkingDays) -> Counted:
    """A deadline of so many working days, counted by the calendar as it is known today.

    >>> counted(date(2024, 3, 1), 1, WorkingDays()).due
    datetime.date(2024, 3, 4)

    Raises:
        ValueError: fewer than 1 day, or more than ``LONGEST``.
    """
    if working_days > LONGEST:
        raise ValueError(f"{working_days} working days; give a day, or at most {LONGEST}")
    due = calendar.add_working_days(starts, working_days)
    days = [starts + n * ONE_DAY for n in range(1, (due - starts).days + 1)]
    unsettled = sorted({day.year for day in days if calendar.is_provisional(day)})
    how = _how(starts, working_days, due, _runs(days, calendar), unsettled)
    return Counted(starts, working_days, due, how, provisional=bool(unsettled))


def _runs(days: Iterable[date], calendar: WorkingDays) -> Iterator[tuple[NoticedDay, date, date]]:
    """The days that a notice or the law names, neighbours of one festival together."""
    named = [(told, day) for day in days if (told := calendar.named(day)) is not None]
    for noticed, run in groupby(named, key=lambda pair: pair[0]):
        listed = [day for _, day in run]
        yield noticed, listed[0], listed[-1]


def _how(
    starts: date,
    working_days: int,
    due: date,
    runs: Iterable[tuple[NoticedDay, date, date]],
    unsettled: list[int],
) -> Text:
    parts = [
        Text(
            f"自{starts}次日起{working_days}个工作日，至{due}届满",
            f"{_days(working_days)} from the day after {starts}, ending with {due}",
        ),
        *(_said(noticed, first, last) for noticed, first, last in runs),
        *([_unsettled(unsettled)] if unsettled else []),
    ]
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _unsettled(years: list[int]) -> Text:
    zh, en = "、".join(map(str, years)), " and ".join(map(str, years))
    return Text(
        f"{zh}年的放假安排当时尚未全部公布，其日按周末和已收录的法定节日推算，未计调休",
        f"the days off of {en} were not all announced then; weekends and the festivals on record were counted, "
        "days in lieu and make-up working days were not",
    )


def _said(noticed: NoticedDay, first: date, last: date) -> Text:
    when = same(f"{first}" if first == last else f"{first}/{last}")
    by = f"，{noticed.notice}" if noticed.notice else ""
    by_en = f", {noticed.notice}" if noticed.notice else ""
    if noticed.off:
        return Text(
            f"{when.zh}放假（{noticed.name.zh}{by}）", f"{when.en} off ({noticed.name.en}{by_en})"
        )
    return Text(
        f"{when.zh}调休上班（{noticed.name.zh}{by}）",
        f"{when.en} made working days ({noticed.name.en}{by_en})",
    )


def _days(number: int) -> str:
    return f"{number} working day" if number == 1 else f"{number} working days"


@dataclass(frozen=True, slots=True)
class LaterStep:
    """A day of the same work, and what is on it: what comes after that day comes too late for it."""

    on: date
    what: Text


def passed_by(steps: Iterable[LaterStep], due: date) -> tuple[LaterStep, ...]:
    """The steps whose day is over before a deadline ends on ``due``.

    >>> step = LaterStep(date(2024, 3, 4), Text("截止", "cut-off"))
    >>> passed_by([step], date(2024, 3, 4)), passed_by([step], date(2024, 3, 5)) == (step,)
    ((), True)
    """
    return tuple(one for one in steps if one.on < due)


@dataclass(frozen=True, slots=True)
class Extension:
    """Someone wants a deadline put off from ``due``, its day now: by ``working_days``, or to a day, ``until``.

    ``is_over``: it was met or let go. ``is_ones_own``: it is theirs to meet. ``later``: what comes after it in the
    same work; ``passes_knowingly``: they know which of that the new day comes after, and want it.
    """

    due: date
    is_over: bool
    is_ones_own: bool
    working_days: int | None
    reason: str
    today: date
    calendar: WorkingDays
    until: date | None = None
    later: tuple[LaterStep, ...] = ()
    passes_knowingly: bool = False

    @property
    def passes(self) -> tuple[LaterStep, ...]:
        """The later steps that the new day comes after, and the day of now does not."""
        ahead = [one for one in self.later if one.on >= self.due]
        return passed_by(ahead, self.counted().due)

    @property
    def field(self) -> str:
        """What is at fault if the length is."""
        return "working_days" if self.until is None else "until"

    @property
    def length(self) -> int:
        """In working days, counted on from where the deadline stands; 0 if none can be told.

        Only so many as may be given are counted, and one more: a day in the year 9999 costs no time.
        """
        if self.until is None:
            return self.working_days or 0
        latest = self.due + (2 * LONGEST + 1) * ONE_DAY
        return max(0, working_days_between(self.due, min(self.until, latest), self.calendar))

    def counted(self) -> Counted:
        """The deadline counted on from where it stands.

        Raises:
            ValueError: see :func:`counted`.
        """
        return counted(self.due, self.length, self.calendar)


Limit = Callable[[Extension], Refusal | None]


def reason_is_given(wish: Extension) -> Refusal | None:
    if wish.reason.strip():
        return None
    return Refusal("no_reason", Text("延期必须写明理由", "say why it is extended"), "reason")


def it_is_open(wish: Extension) -> Refusal | None:
    if not wish.is_over:
        return None
    return Refusal("is_over", Text("该期限已经了结，不能延期", "this deadline is over already"))


def it_is_another_s(wish: Extension) -> Refusal | None:
    """Who must meet a deadline does not put it off for themselves."""
    if not wish.is_ones_own:
        return None
    text = Text("不能延长自己应当遵守的期限", "nobody extends a deadline that is theirs to meet")
    return Refusal("is_ones_own", text)


def it_says_how_long(wish: Extension) -> Refusal | None:
    """In one way: two might not agree."""
    if (wish.working_days is None) != (wish.until is None):
        return None
    text = Text(
        "请填写延长的工作日数，或者填写延至哪天，二者填一项",
        "give the working days more, or the day it is extended to: one of the two",
    )
    return Refusal("days_or_a_day", text, "working_days")


def the_day_is_later(wish: Extension) -> Refusal | None:
    if wish.until is None or wish.until > wish.due:
        return None
    text = Text(
        f"延至之日应晚于现在的届满日（{wish.due}）",
        f"give a day after {wish.due}, on which it is due now",
    )
    return Refusal("day_not_later", text, "until")


def the_day_is_a_working_day(wish: Extension) -> Refusal | None:
    if wish.until is None or not wish.calendar.is_day_off(wish.until):
        return None
    following = wish.calendar.next_working_day(wish.until)
    text = Text(
        f"{wish.until}不是工作日；其后第一个工作日是{following}",
        f"{wish.until} is no working day; the first after it is {following}",
    )
    return Refusal("day_off", text, "until")


def days_are_in_bounds(wish: Extension) -> Refusal | None:
    if 1 <= wish.length <= LONGEST:
        return None
    text = Text(f"延期应为1至{LONGEST}个工作日", f"extend by 1 to {LONGEST} working days")
    return Refusal("days_out_of_bounds", text, wish.field)


def it_ends_after_today(wish: Extension) -> Refusal | None:
    """An extension that is over when it is given would only hide a delay."""
    if (due := wish.counted().due) > wish.today:
        return None
    text = Text(
        f"延期后于{due}届满，不晚于今天（{wish.today}）；请多延几日",
        f"it would end on {due}, which is not after today, {wish.today}; give more days",
    )
    return Refusal("ends_before_tomorrow", text, wish.field)


def it_passes_no_later_step_unawares(wish: Extension) -> Refusal | None:
    passes = wish.passes
    if wish.passes_knowingly or not passes:
        return None
    due = wish.counted().due
    zh = "；".join(f"{one.on} {one.what.zh}" for one in passes)
    en = "; ".join(f"{one.on} {one.what.en}" for one in passes)
    text = Text(
        f"延期后于{due}届满，晚于同一工作的后续日期：{zh}。确需如此的，请勾选确认",
        f"it would end on {due}, after a later day of the same work: {en}. If that is meant, tick that it is",
    )
    return Refusal("passes_a_later_step", text, "passes_knowingly")


OF_ITS_LENGTH: tuple[Limit, ...] = (
    it_says_how_long,
    the_day_is_later,
    the_day_is_a_working_day,
    days_are_in_bounds,
    it_ends_after_today,
    it_passes_no_later_step_unawares,
)
"""Each is asked only where those before it have nothing to say."""


def its_length_is_right(wish: Extension) -> Refusal | None:
    return next((refusal for limit in OF_ITS_LENGTH if (refusal := limit(wish))), None)


LIMITS: tuple[Limit, ...] = (
    reason_is_given,
    it_is_open,
    it_is_another_s,
    its_length_is_right,
)
"""What an extension must keep to."""


def against(wish: Extension) -> tuple[Refusal, ...]:
    """All that speaks against an extension; nothing means yes."""
    return tuple(refusal for limit in LIMITS if (refusal := limit(wish)))

"""Until which day may, or must, something be done, by which article?

The row of the table is chosen by the day on which the period starts. What the law leaves open is
not answered: it goes to a person, who is told why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from steelyard.courts.rules.counting import (
    Count,
    Excluded,
    Length,
    count,
    count_back,
    count_hours,
)
from steelyard.courts.rules.limit_rows import LAWS, Rule, Way, read_rules
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.kernel.working_days import WorkingDays

MEANS: Mapping[Way, Text] = {
    "within": Text("最迟应在该日完成", "to be done by this day"),
    "deemed": Text("该日届满，视为送达", "deemed served when this day has passed"),
    "at_least": Text(
        "法院确定的期限不得早于该日届满", "the court may fix no day earlier than this"
    ),
    "at_most": Text("法院确定的期限不得晚于该日届满", "the court may fix no day later than this"),
    "lasts": Text("措施至该日届满", "the measure ends with this day"),
    "before": Text("最迟应在该日通知", "notice to be given by this day"),
    "same_day": Text("该日为送达日期", "served on this day"),
    "hours": Text("以小时计算", "counted in hours"),
    "none": Text("没有该项期限", "no such limit"),
    "person": Text("由人决定", "a person decides"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on one case: its days, its article, and every step of the count in words.

    ``last_day`` is None where there is no limit, and for hours, which need a moment. ``way`` says
    what the day means. ``provisional``: a notice on days off that is not known could move it.
    """

    code: str
    title: Text
    way: Way
    start: date
    last_day: date | None
    article: Text
    provisional: bool
    steps: tuple[Text, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ForAPerson:
    """The law leaves it open: who is asked is told why, and what each reading would give."""

    code: str
    title: Text
    start: date
    article: Text
    why: Text
    readings: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """The rows, in the order of the file."""

    rules: tuple[Rule, ...]

    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(rule.code for rule in self.rules))

    def rule_on(self, code: str, day: date) -> Rule | None:
        """The row of this code that holds on a day; None where the table does not reach.

        Raises:
            Faulty: no row has this code.
        """
        rows = [rule for rule in self.rules if rule.code == code]
        if not rows:
            raise Faulty([_no_such_limit(code)])
        return next((rule for rule in rows if rule.holds_on(day)), None)

    def limit(
        self,
        code: str,
        start: date,
        calendar: WorkingDays,
        *,
        extended: bool = False,
        excluded: tuple[Excluded, ...] = (),
    ) -> Limit | ForAPerson:
        """The limit that starts with the event of a day.

        ``extended``: the extension that the text names was granted. ``excluded``: days that do not
        count, for the limits of a trial.

        Raises:
            Faulty: no such limit; it cannot be extended; days cannot be excluded from it.
        """
        rule = self.rule_on(code, start)
        if rule is None:
            return _before_the_table(code, start, self)
        raise_if_any(_misused(rule, extended=extended, excluded=excluded))
        if rule.way == "person":
            return _left_open(rule, start, calendar)
        if extended and rule.longer_is_open:
            return _length_left_open(rule, start)
        return _answer(rule, start, calendar, extended=extended, excluded=excluded)

    def ends_at(self, code: str, start: datetime) -> datetime:
        """When a limit in hours ends that starts with the event of a moment.

        Raises:
            Faulty: no such limit on that day, or it is not counted in hours.
        """
        rule = self.rule_on(code, start.date())
        if rule is None or rule.hours is None:
            raise Faulty([_not_in_hours(code)])
        return count_hours(start, rule.hours)


def _answer(
    rule: Rule,
    start: date,
    calendar: WorkingDays,
    *,
    extended: bool,
    excluded: tuple[Excluded, ...],
) -> Limit:
    counted = _counted(rule, start, calendar, extended=extended, excluded=excluded)
    return Limit(
        rule.code,
        rule.title,
        rule.way,
        start,
        None if counted is None else counted.last_day,
        rule.article_on(start),
        counted is not None and counted.provisional,
        () if counted is None else counted.steps,
        _notes(rule, extended=extended),
    )


def _counted(
    rule: Rule,
    start: date,
    calendar: WorkingDays,
    *,
    extended: bool,
    excluded: tuple[Excluded, ...],
) -> Count | None:
    if rule.way == "same_day":
        return Count(start, start, False, (Text(f"送达日期为{start}", f"served on {start}"),))
    if rule.length is None:
        return None
    if rule.way == "before":
        return count_back(start, rule.length.number)
    length = _with_extension(rule, rule.length) if extended else rule.length
    return count(start, length, calendar, moves=rule.moves, excluded=excluded)


def _with_extension(rule: Rule, length: Length) -> Length:
    longer = cast("Length", rule.longer)
    return Length(length.number + longer.number, length.unit)


def _notes(rule: Rule, *, extended: bool) -> tuple[Text, ...]:
    said = [MEANS[rule.way]]
    if rule.way == "within" and rule.who == "party":
        said.append(Text("期满前交邮的，不算过期", "what is posted by then is in time"))
    if extended:
        said.append(Text(f"已延长：{rule.longer_by.zh}", f"extended: {rule.longer_by.en}"))
    elif rule.longer_by:
        said.append(Text(f"可以延长：{rule.longer_by.zh}", f"may be extended: {rule.longer_by.en}"))
    if rule.note:
        said.append(rule.note)
    return tuple(said)


def _left_open(rule: Rule, start: date, calendar: WorkingDays) -> ForAPerson:
    readings = tuple(count(start, length, calendar) for length in rule.readings)
    return ForAPerson(rule.code, rule.title, start, rule.article_on(start), rule.person, readings)


def _length_left_open(rule: Rule, start: date) -> ForAPerson:
    why = Text(
        f"延长多久由有权者决定：{rule.longer_by.zh}",
        f"how much longer is for those to decide who may: {rule.longer_by.en}",
    )
    return ForAPerson(rule.code, rule.title, start, rule.article_on(start), why)


def _before_the_table(code: str, start: date, table: TimeLimits) -> ForAPerson:
    first = next(rule for rule in table.rules if rule.code == code)
    why = Text(
        f"表中这一期限自{first.starts}起，{start}应适用的规定未收录",
        f"the table holds this limit from {first.starts} on; what held on {start} is not in it",
    )
    return ForAPerson(code, first.title, start, LAWS[first.law], why)


def _misused(rule: Rule, *, extended: bool, excluded: tuple[Excluded, ...]) -> list[Fault]:
    faults = []
    if extended and rule.longer is None and not rule.longer_is_open:
        faults.append(
            Fault(
                "no-extension",
                Text(f"“{rule.title.zh}”没有可以延长的规定", f"no text extends: {rule.title.en}"),
                Text("请不带延长计算", "count it without an extension"),
                Where(key=rule.code),
            )
        )
    if excluded and not rule.may_exclude:
        faults.append(
            Fault(
                "no-exclusion",
                Text(
                    f"“{rule.title.zh}”没有扣除期间的规定",
                    f"no text leaves days out of: {rule.title.en}",
                ),
                Text("扣除期间只用于审限", "leave out days from the limits of a trial alone"),
                Where(key=rule.code),
            )
        )
    return faults


def _no_such_limit(code: str) -> Fault:
    return Fault(
        "no-such-limit",
        Text(f"没有代码为“{code}”的期限", f"no time limit has the code {code!r}"),
        Text("请查看期限表的code列", "see column code of the table of limits"),
        Where(key=code),
    )


def _not_in_hours(code: str) -> Fault:
    return Fault(
        "not-in-hours",
        Text(f"“{code}”不以小时计算", f"{code} is not counted in hours"),
        Text("请按日计算", "count it in days"),
        Where(key=code),
    )


def read_time_limits(lines: Iterable[str], *, file: str) -> TimeLimits:
    """The table from the rows of a region's ``time_limits.csv``.

    Raises:
        Faulty: a row cannot be read, or two rows of one code hold on one day.
    """
    return TimeLimits(read_rules(lines, file=file))

"""Until which day may, or must, something be done, by which article?

The row of the table is chosen by the day on which the period starts. What the law leaves open is
not answered: it goes to a person, who is told why. A period that stands still has no last day yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from steelyard.courts.rules.counting import (
    Count,
    Excluded,
    Length,
    Suspended,
    count,
    count_back,
    count_hours,
)
from steelyard.courts.rules.extensions import Granted, Taken, refusals, taken
from steelyard.courts.rules.laws import LAWS
from steelyard.courts.rules.left_out import say_grounds
from steelyard.courts.rules.limit_faults import (
    no_exclusion,
    no_such_ground,
    no_such_limit,
    not_in_hours,
)
from steelyard.courts.rules.limit_rows import Rule, Way, read_rules
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
    "lasts": Text("至该日届满", "it ends with this day"),
    "before": Text("最迟应在该日作出", "to be done by this day"),
    "not_before": Text("自该日起至届满前作出", "to be done from this day on, before the end"),
    "after": Text("该日届满之后方可提出", "to be done only once this day has passed"),
    "same_day": Text("该日为送达日期", "served on this day"),
    "hours": Text("以小时计算", "counted in hours"),
    "none": Text("没有该项期限", "no such limit"),
    "person": Text("由人决定", "a person decides"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on one case: its days, its article, and every step of the count in words.

    ``last_day`` is None where there is no limit, for hours, which need a moment, and where the
    period stands still: ``stands_still_from`` is then the day from which it does. ``way`` says
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
    stands_still_from: date | None = None


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
class Changes:
    """What happened to a period on its way: extensions in the order in which they were granted,
    days that do not count, a stop that still goes on."""

    granted: tuple[Granted, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    suspended: Suspended | None = None


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
            raise Faulty([no_such_limit(code)])
        return next((rule for rule in rows if rule.holds_on(day)), None)

    def limit(
        self,
        code: str,
        start: date,
        calendar: WorkingDays,
        *,
        granted: tuple[Granted, ...] = (),
        excluded: tuple[Excluded, ...] = (),
        suspended: Suspended | None = None,
    ) -> Limit | ForAPerson:
        """The limit that starts with the event of a day.

        ``granted``: its extensions. ``excluded``: days that do not count. ``suspended``: a stop
        whose end is not known, so that there is no last day yet.

        Raises:
            Faulty: no such limit; no text extends it, so often or so far; no text leaves days out.
        """
        rule = self.rule_on(code, start)
        if rule is None:
            return outside_the_table(code, start, self)
        changes = Changes(granted, excluded, suspended)
        raise_if_any(_misused(rule, start, calendar, changes))
        if rule.way == "person":
            return _left_open(rule, start, calendar)
        took = taken(rule.longer, granted)
        if took.unknown is not None:
            return _length_left_open(rule, start, calendar, took, excluded)
        return _answer(rule, start, calendar, changes, took)

    def leave_out(self, code: str, ground: str, first: date, last: date) -> Excluded:
        """Days that do not count in this limit, on a ground of the law, both ends belonging.

        Raises:
            Faulty: no such limit; its law does not leave days out on this ground.
            ValueError: the last day lies before the first.
        """
        rule = self.rule_on(code, first) or next(one for one in self.rules if one.code == code)
        if ground not in rule.left_out:
            raise Faulty([no_such_ground(rule, ground)])
        return Excluded(first, last, rule.left_out[ground].said())

    def ends_at(self, code: str, start: datetime) -> datetime:
        """When a limit in hours ends that starts with the event of a moment.

        Raises:
            Faulty: no such limit on that day, or it is not counted in hours.
        """
        rule = self.rule_on(code, start.date())
        if rule is None or rule.hours is None:
            raise Faulty([not_in_hours(code)])
        return count_hours(start, rule.hours)


def _answer(
    rule: Rule, start: date, calendar: WorkingDays, changes: Changes, took: Taken
) -> Limit | ForAPerson:
    counted = _counted(rule, start, calendar, took.lengths, changes.excluded)
    stop = changes.suspended
    if counted is not None and stop is not None and stop.first <= counted.last_day:
        return _stands_still(rule, start, stop, counted, took)
    return Limit(
        rule.code,
        rule.title,
        rule.way,
        start,
        None if counted is None else counted.last_day,
        rule.article_on(start),
        counted is not None and counted.provisional,
        () if counted is None else counted.steps,
        _notes(rule, took),
    )


def _counted(
    rule: Rule,
    start: date,
    calendar: WorkingDays,
    longer: tuple[Length, ...],
    excluded: tuple[Excluded, ...],
) -> Count | None:
    if rule.way == "same_day":
        return Count(start, start, False, (Text(f"送达日期为{start}", f"served on {start}"),))
    if rule.length is None:
        return None
    if rule.way in {"before", "not_before"}:
        return count_back(start, rule.length.number, calendar)
    return count(start, rule.length, calendar, moves=rule.moves, longer=longer, excluded=excluded)


def _stands_still(rule: Rule, start: date, stop: Suspended, counted: Count, took: Taken) -> Limit:
    """Whether the end falls on a day off is not known yet, so what is left is not told in days."""
    still = max(stop.first, start)
    steps = (
        *counted.steps[:1],
        Text(
            f"{still}起停止计算（{stop.why.zh}），尚未恢复；不停止的，至{counted.last_day}届满",
            f"from {still} on it stands still ({stop.why.en}) and has not gone on; otherwise it "
            f"would end on {counted.last_day}",
        ),
        Text(
            "恢复之日确定后，停止的日子不计入，另行计算期满日；现在没有期满日",
            "once the day is known on which it goes on, the days between are left out and the end "
            "is counted; there is no last day yet",
        ),
    )
    return Limit(
        rule.code,
        rule.title,
        rule.way,
        start,
        None,
        rule.article_on(start),
        False,
        steps,
        _notes(rule, took),
        still,
    )


def _notes(rule: Rule, took: Taken) -> tuple[Text, ...]:
    said = [MEANS[rule.way]]
    if rule.way == "within" and rule.who == "party":
        said.append(Text("期满前交邮的，不算过期", "what is posted by then is in time"))
    said.extend(Text(f"已延长：{one.by.zh}", f"extended: {one.by.en}") for one in took.steps)
    if took.next is not None:
        by = took.next.by
        said.append(Text(f"可以延长：{by.zh}", f"may be extended: {by.en}"))
    if rule.left_out:
        grounds = say_grounds(rule.left_out)
        said.append(Text(f"不计入的期间：{grounds.zh}", f"does not count: {grounds.en}"))
    if rule.invariable:
        said.append(
            Text(
                "不变期间，不适用中止、中断、延长",
                "invariable: no suspension, interruption or extension",
            )
        )
    if rule.note:
        said.append(rule.note)
    return tuple(said)


def _left_open(rule: Rule, start: date, calendar: WorkingDays) -> ForAPerson:
    readings = tuple(count(start, length, calendar, moves=rule.moves) for length in rule.readings)
    return ForAPerson(rule.code, rule.title, start, rule.article_on(start), rule.person, readings)


def _length_left_open(
    rule: Rule, start: date, calendar: WorkingDays, took: Taken, excluded: tuple[Excluded, ...]
) -> ForAPerson:
    step = took.steps[len(took.lengths)]
    why = Text(
        f"延长多久由有权者决定：{step.by.zh}",
        f"how much longer is for those to decide who may: {step.by.en}",
    )
    lengths = (*took.lengths, step.reading) if step.reading else None
    counted = _counted(rule, start, calendar, lengths, excluded) if lengths else None
    readings = (counted,) if counted else ()
    return ForAPerson(rule.code, rule.title, start, rule.article_on(start), why, readings)


def outside_the_table(code: str, start: date, table: TimeLimits) -> ForAPerson:
    """What is said of a day on which no row of this code holds."""
    rows = [rule for rule in table.rules if rule.code == code]
    held = Text(
        "；".join(f"{row.starts}起{f'至{row.ends}前' if row.ends else ''}" for row in rows),
        "; ".join(f"from {row.starts}{f', before {row.ends}' if row.ends else ''}" for row in rows),
    )
    why = Text(
        f"表中收录的这一期限：{held.zh}；{start}应适用的规定未收录",
        f"the table holds this limit {held.en}; what held on {start} is not in it",
    )
    return ForAPerson(code, rows[0].title, start, LAWS[rows[0].law], why)


def _misused(rule: Rule, start: date, calendar: WorkingDays, changes: Changes) -> list[Fault]:
    where = Where(key=rule.code)
    faults = refusals(
        rule.longer, changes.granted, rule.title, where, start=start, calendar=calendar
    )
    if (changes.excluded or changes.suspended) and not rule.left_out:
        faults.append(no_exclusion(rule))
    return faults


def read_time_limits(lines: Iterable[str], *, file: str) -> TimeLimits:
    """The table from the rows of a region's ``time_limits.csv``.

    Raises:
        Faulty: a row cannot be read, or two rows of one code hold on one day.
    """
    return TimeLimits(read_rules(lines, file=file))

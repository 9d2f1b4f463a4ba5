"""How does a limitation period run from one start, and what does an obstacle in its last six
months do?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from steelyard.courts.rules.counting import Count, Excluded, Length, count, runs_to
from steelyard.courts.rules.counting import same_day_of_month as months_on
from steelyard.courts.rules.limit_rows import Rule
from steelyard.courts.rules.limitation_events import Obstacle
from steelyard.courts.rules.time_limits import ForAPerson, TimeLimits, outside_the_table
from steelyard.kernel.bilingual import Text
from steelyard.kernel.working_days import WorkingDays

Suspends = Literal["six_months", "two_readings"]

LIMITATIONS: dict[str, Suspends] = {
    "limitation.claim": "six_months",
    "patent.limitation": "six_months",
    "patent.limitation.provisional": "six_months",
    "trademark.limitation": "six_months",
    "copyright.limitation": "six_months",
    "civil.enforcement": "two_readings",
    "admin.enforcement": "two_readings",
}
"""The rows that are limitation periods, and what an obstacle does.

``six_months``: six months run from the day it ends (Civil Code, Art. 194). ``two_readings``: the
law on limitation applies (Civil Procedure Law, Art. 250), but the Interpretation on Enforcement,
Art. 19, lets what was left go on; a person decides.
"""

SIX_MONTHS = Length(6, "month")
NEW_LAW = date(2017, 10, 1)
"""From here on an obstacle leaves six months; before, what was left went on."""

WHY_TWO_READINGS = Text(
    "障碍消除后，是剩余的期间继续计算（《执行程序解释》第19条，2021年前第27条；2017年10月1日前《民法通则》第139条），"
    "还是满六个月届满（《民法典》第194条），由法官决定",
    "whether, once the obstacle ended, what was left goes on (Interpretation on Enforcement, "
    "Art. 19, before 2021 Art. 27; before 2017-10-01 General Principles, Art. 139) or six months are left (Civil "
    "Code, Art. 194) is for a judge",
)


@dataclass(frozen=True, slots=True)
class Run:
    """The time as it runs from one start: one count, or one for each reading of the law."""

    start: date
    rule: Rule
    counts: tuple[Count, ...]
    still_from: date | None = None
    why: Text = field(default_factory=Text)

    def answers(self, day: date) -> bool | None:
        """Whether it still ran on a day; None where that depends on the reading."""
        if self.still_from is not None or day <= min(one.last_day for one in self.counts):
            return True
        return None if day <= max(one.last_day for one in self.counts) else False


def run_from(
    table: TimeLimits,
    code: str,
    start: date,
    obstacles: tuple[Obstacle, ...],
    calendar: WorkingDays,
) -> Run | ForAPerson:
    """The time from one start on, with the obstacles, in the order of their first days, that fall
    into its last six months; to a person where the table holds no row of that day."""
    rule = table.rule_on(code, start)
    if rule is None:
        return outside_the_table(code, start, table)
    lengths = rule.readings or ((rule.length,) if rule.length else ())
    runs = [_hindered(rule, start, length, obstacles, calendar) for length in lengths]
    still = next((run.still_from for run in runs if run.still_from), None)
    why = next((run.why for run in runs if run.why), rule.person)
    return Run(start, rule, tuple(one for run in runs for one in run.counts), still, why)


def _hindered(
    rule: Rule,
    start: date,
    length: Length,
    obstacles: tuple[Obstacle, ...],
    calendar: WorkingDays,
) -> Run:
    run = _six_months_left(rule, start, length, obstacles, calendar)
    plain = count(start, length, calendar)
    if run.still_from or run.counts == (plain,) or not _has_two_readings(rule):
        return run
    goes_on = _what_was_left_goes_on(start, length, obstacles, calendar)
    if goes_on.last_day == run.counts[0].last_day:
        return run
    return replace(run, counts=(goes_on, *run.counts), why=WHY_TWO_READINGS)


def _has_two_readings(rule: Rule) -> bool:
    """Enforcement, and what ran out under the law before 2017-10-01."""
    older = rule.ends is not None and rule.ends < NEW_LAW
    return older or LIMITATIONS[rule.code] == "two_readings"


def _six_months_left(
    rule: Rule,
    start: date,
    length: Length,
    obstacles: tuple[Obstacle, ...],
    calendar: WorkingDays,
) -> Run:
    """Each obstacle that ends leaves six months, in which a next one may fall."""
    counted = count(start, length, calendar)
    window = _last_six_months(start, length, calendar)
    for obstacle in obstacles:
        if not _falls_in(obstacle, window, counted.last_day):
            continue
        if obstacle.last is None:
            stopped = _stopped(counted, obstacle)
            return Run(start, rule, (stopped,), max(obstacle.first, window))
        counted = _six_months_more(counted, obstacle, obstacle.last, calendar)
        window = max(window, obstacle.last)
    return Run(start, rule, (counted,))


def _what_was_left_goes_on(
    start: date, length: Length, obstacles: tuple[Obstacle, ...], calendar: WorkingDays
) -> Count:
    window = _last_six_months(start, length, calendar)
    counted = count(start, length, calendar)
    stops: tuple[Excluded, ...] = ()
    for obstacle in obstacles:
        if obstacle.last is not None and _falls_in(obstacle, window, counted.last_day):
            stops = (*stops, Excluded(max(obstacle.first, window), obstacle.last, obstacle.why))
            counted = count(start, length, calendar, excluded=stops)
    return counted


def _last_six_months(start: date, length: Length, calendar: WorkingDays) -> date:
    """The day before the last six months begin."""
    return months_on(runs_to(start, (length,), calendar), -6)


def _falls_in(obstacle: Obstacle, window: date, last_day: date) -> bool:
    return obstacle.first <= last_day and (obstacle.last is None or obstacle.last > window)


def _six_months_more(
    counted: Count, obstacle: Obstacle, ended: date, calendar: WorkingDays
) -> Count:
    more = count(ended, SIX_MONTHS, calendar)
    last = max(counted.last_day, more.last_day)
    step = Text(
        f"{obstacle.first}至{ended}（{obstacle.why.zh}）在最后六个月内，时效中止；"
        f"自原因消除之日{ended}起满六个月，至{last}（《民法典》第194条）",
        f"{obstacle.first} to {ended} ({obstacle.why.en}) lies in the last six months: suspended; "
        f"six months from the day it ended, {ended}, are over on {last} (Civil Code, Art. 194)",
    )
    provisional = more.provisional if last == more.last_day else counted.provisional
    return Count(counted.start, last, provisional, (*counted.steps, step))


def _stopped(counted: Count, obstacle: Obstacle) -> Count:
    step = Text(
        f"障碍自{obstacle.first}起（{obstacle.why.zh}），尚未消除：持续到最后六个月的，时效中止，"
        f"期满日待消除后确定；在此之前消除的，仍至{counted.last_day}（《民法典》第194条）",
        f"the obstacle of {obstacle.first} ({obstacle.why.en}) has not ended: if it lasts into the "
        "last six months, time stops and the last day is known once it ends; if not, it is still "
        f"{counted.last_day} (Civil Code, Art. 194)",
    )
    return Count(counted.start, counted.last_day, False, (*counted.steps, step))

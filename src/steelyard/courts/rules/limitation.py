"""Until which day can a claim, or a judgment, still be asserted, after all that happened to it?

A limitation period (诉讼时效), or the time to apply for enforcement (申请执行时效), starts anew when it
is interrupted and stops for an obstacle in its last six months. The lengths are rows of the table;
the row is chosen by the day on which the period starts or starts anew, so that a period interrupted
under a later law runs under that law. Civil Code, Arts. 188, 194, 195; Civil Procedure Law,
Art. 250 (numbers of 2023), and the Interpretation on Enforcement, Arts. 19, 20.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from steelyard.courts.rules.limit_rows import Rule
from steelyard.courts.rules.limitation_events import Interrupted, Obstacle
from steelyard.courts.rules.limitation_faults import (
    before_the_start,
    harmed_after,
    no_limitation,
    not_bounded,
)
from steelyard.courts.rules.suspensions import LIMITATIONS, Run, run_from
from steelyard.courts.rules.time_limits import ForAPerson, TimeLimits
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, raise_if_any
from steelyard.kernel.working_days import WorkingDays

LONGEST = "limitation.longest"


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day, how it came about in words, and what to mind.

    ``last_day`` is None while proceedings or an obstacle go on, ``stands_still_from`` the day from
    which no time runs.
    """

    code: str
    title: Text
    start: date
    last_day: date | None
    article: Text
    provisional: bool
    steps: tuple[Text, ...]
    notes: tuple[Text, ...]
    stands_still_from: date | None = None


def limitation(
    table: TimeLimits,
    code: str,
    start: date,
    calendar: WorkingDays,
    *,
    interrupted: Iterable[Interrupted] = (),
    obstacles: Iterable[Obstacle] = (),
    harmed_on: date | None = None,
) -> Limitation | ForAPerson:
    """The last day of a limitation period after all that happened to it, in any order.

    ``harmed_on``: the day of the harm, from which twenty years are the longest time; None where it
    is not known, and the answer says so.

    Raises:
        Faulty: no such limit, or it is no limitation period; an event lies before the start; twenty
            years do not bound enforcement.
    """
    events = sorted(interrupted, key=lambda one: one.on)
    hindered = tuple(sorted(obstacles, key=lambda one: one.first))
    raise_if_any(_misused(code, start, events, harmed_on))
    run = run_from(table, code, start, hindered, calendar)
    steps: list[Text] = []
    late: list[Interrupted] = []
    for event in events:
        if isinstance(run, ForAPerson):
            return run
        ran = run.answers(event.on)
        if ran is None:
            return _depends(run, event)
        if not ran:
            late.append(event)
            continue
        steps.extend((*_until(run, event), _anew(event)))
        if event.still_going:
            return _proceedings_go_on(run, start, steps, event)
        run = run_from(table, code, event.again_from or event.on, hindered, calendar)
    if isinstance(run, ForAPerson):
        return run
    if len(run.counts) > 1:
        return _by_readings(run)
    return _within_twenty_years(
        table, _answer(run, start, steps, late, harmed_on), harmed_on, calendar
    )


def provisional_use_starts(known_on: date, granted_on: date) -> date:
    """When the royalty for use of an invention between publication and grant starts to lapse:
    knowledge of the use, or the grant where the patentee knew before (Patent Law, Art. 74)."""
    return max(known_on, granted_on)


def _until(run: Run, event: Interrupted) -> tuple[Text, ...]:
    ends = "、".join(str(one.last_day) for one in run.counts)
    return (
        Text(
            f"自{run.start}起算，{event.on}时尚未届满（期满日{ends}，{run.rule.article_on(run.start).zh}）",
            f"from {run.start} on; on {event.on} it still ran (to {ends.replace('、', ' or ')}, "
            f"{run.rule.article_on(run.start).en})",
        ),
    )


def _anew(event: Interrupted) -> Text:
    if event.still_going:
        return Text(
            f"{event.on}中断（{event.why.zh}），程序尚未终结，没有期满日；终结之日起重新计算",
            f"interrupted on {event.on} ({event.why.en}); the proceedings go on, so there is no "
            "last day yet; it runs anew from the day they end",
        )
    again = event.again_from or event.on
    return Text(
        f"{event.on}中断（{event.why.zh}），自{again}起重新计算",
        f"interrupted on {event.on} ({event.why.en}); it runs anew from {again}",
    )


def _answer(
    run: Run, start: date, before: list[Text], late: list[Interrupted], harmed_on: date | None
) -> Limitation:
    counted = run.counts[0]
    still = run.still_from
    return Limitation(
        run.rule.code,
        run.rule.title,
        start,
        None if still else counted.last_day,
        run.rule.article_on(run.start),
        counted.provisional and not still,
        (*before, *counted.steps),
        (*(_too_late(one) for one in late), *_notes(run.rule, harmed_on)),
        still,
    )


def _proceedings_go_on(run: Run, start: date, steps: list[Text], event: Interrupted) -> Limitation:
    rule = run.rule
    article = rule.article_on(run.start)
    return Limitation(
        rule.code, rule.title, start, None, article, False, tuple(steps), (rule.note,), event.on
    )


def _too_late(event: Interrupted) -> Text:
    return Text(
        f"{event.on}（{event.why.zh}）时已经届满，不再中断；义务人同意履行的，见《民法典》第192条，由法官判断",
        f"on {event.on} ({event.why.en}) it had run out and was not interrupted; a promise to "
        "perform after the end is for a judge (Civil Code, Art. 192)",
    )


def _notes(rule: Rule, harmed_on: date | None) -> tuple[Text, ...]:
    said = [rule.note] if rule.note else []
    if LIMITATIONS[rule.code] == "six_months" and harmed_on is None:
        said.append(
            Text(
                "自权利受到损害之日起最长二十年：未填写损害之日，未核对",
                "twenty years from the harm at the longest: its day is not given, not checked",
            )
        )
    return tuple(said)


def _within_twenty_years(
    table: TimeLimits, found: Limitation, harmed_on: date | None, calendar: WorkingDays
) -> Limitation | ForAPerson:
    """Twenty years are neither suspended nor interrupted (Interpretation of the General Part of
    the Civil Code, Art. 35); a court may extend them."""
    if harmed_on is None:
        return found
    longest = table.limit(LONGEST, harmed_on, calendar)
    if isinstance(longest, ForAPerson) or longest.last_day is None:
        return ForAPerson(
            found.code, found.title, found.start, longest.article, _no_longest(harmed_on)
        )
    if found.last_day is not None and found.last_day <= longest.last_day:
        return found
    step = Text(
        f"自权利受到损害之日{harmed_on}起最长二十年，至{longest.last_day}（{longest.article.zh}），"
        "不因中止、中断而延长；有特殊情况的，法院可以依申请延长",
        f"twenty years at the longest from the harm on {harmed_on}, to {longest.last_day} "
        f"({longest.article.en}), whatever suspended or interrupted it; a court may extend them "
        "for special cause",
    )
    if found.last_day is None:
        return replace(found, steps=(*found.steps, step))
    return replace(
        found,
        last_day=longest.last_day,
        article=longest.article,
        provisional=longest.provisional,
        steps=(*found.steps, step),
    )


def _no_longest(harmed_on: date) -> Text:
    return Text(
        f"损害发生于{harmed_on}，表中没有当时的最长期间",
        f"the harm is of {harmed_on}; the longest time of then is not in the table",
    )


def _depends(run: Run, event: Interrupted) -> ForAPerson:
    why = Text(
        f"{event.on}（{event.why.zh}）是否在期间内、能否中断，取决于如何适用法律：{run.why.zh}",
        f"whether the time still ran on {event.on} ({event.why.en}) depends on the reading: "
        f"{run.why.en}",
    )
    return replace(_by_readings(run), why=why)


def _by_readings(run: Run) -> ForAPerson:
    article = run.rule.article_on(run.start)
    return ForAPerson(run.rule.code, run.rule.title, run.start, article, run.why, run.counts)


def _misused(
    code: str, start: date, events: list[Interrupted], harmed_on: date | None
) -> list[Fault]:
    if code not in LIMITATIONS:
        return [no_limitation(code, LIMITATIONS)]
    faults = [before_the_start(one, start) for one in events if one.on < start]
    if harmed_on is not None and LIMITATIONS[code] == "two_readings":
        faults.append(not_bounded(code))
    elif harmed_on is not None and harmed_on > start:
        faults.append(harmed_after(harmed_on, start))
    return faults

"""A party missed a limit for a reason that excuses it: until when may it ask for more time?

Civil Procedure Law, Art. 86 (numbers of 2023); Administrative Procedure Law, Art. 48. Only the day
until which one may ask follows from the law. How much time is given is for the court.
"""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.courts.rules.limitation_events import Obstacle
from steelyard.courts.rules.suspensions import LIMITATIONS
from steelyard.courts.rules.time_limits import ForAPerson, Limit, TimeLimits
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where, raise_if_any
from steelyard.kernel.working_days import WorkingDays

DECIDES = Text(
    "是否准许、顺延多久，由人民法院决定",
    "whether more time is given, and how much, is for the court",
)
STILL_THERE = Text(
    "障碍尚未消除，申请的十日尚未起算",
    "the obstacle has not ended: the ten days to ask have not begun",
)
ENDED_BEFORE = Text(
    "障碍在期满前已经消除，是否耽误了期限由人民法院判断",
    "the obstacle ended before the limit did: whether it made the party late is for the court",
)


@dataclass(frozen=True, slots=True)
class Postponement:
    """The limit that was missed, and until when more time may be asked for.

    ``ask_by`` is None while the obstacle goes on. The new last day is not here: a person decides.
    """

    missed: Limit
    ask_by: Limit | None
    notes: tuple[Text, ...]


def postponement(
    table: TimeLimits, missed: Limit, obstacle: Obstacle, calendar: WorkingDays
) -> Postponement | ForAPerson:
    """Until when the party may ask that a limit be postponed.

    Raises:
        Faulty: the limit is not a party's, is a limitation period, has no last day, or had ended
            before the obstacle came.
    """
    raise_if_any(_misused(table, missed, obstacle))
    if _is_invariable(table, missed):
        return _unclear(missed)
    if obstacle.last is None:
        return Postponement(missed, None, (STILL_THERE, DECIDES))
    code = "admin.extension" if missed.code.startswith("admin.") else "civil.extension"
    ask_by = table.limit(code, obstacle.last, calendar)
    if isinstance(ask_by, ForAPerson):
        return ask_by
    early = missed.last_day is not None and obstacle.last < missed.last_day
    return Postponement(missed, ask_by, (ENDED_BEFORE, DECIDES) if early else (DECIDES,))


def _is_invariable(table: TimeLimits, missed: Limit) -> bool:
    rule = table.rule_on(missed.code, missed.start)
    return rule is not None and rule.invariable


def _unclear(missed: Limit) -> ForAPerson:
    why = Text(
        "该期限是不变期间，不适用中止、中断、延长；能否依耽误期限的规定顺延，条文没有写明",
        "the limit is invariable: no suspension, interruption or extension; whether it can be "
        "postponed all the same, no text says",
    )
    return ForAPerson(missed.code, missed.title, missed.start, missed.article, why)


def _misused(table: TimeLimits, missed: Limit, obstacle: Obstacle) -> list[Fault]:
    where = Where(key=missed.code)
    rule = table.rule_on(missed.code, missed.start)
    faults = []
    if missed.code in LIMITATIONS:
        faults.append(_is_a_limitation(missed, where))
    elif rule is None or rule.who != "party":
        faults.append(_not_a_partys(missed, where))
    if missed.last_day is None:
        faults.append(_without_end(missed, where))
    elif obstacle.first > missed.last_day:
        faults.append(_came_after(missed, obstacle, where))
    return faults


def _is_a_limitation(missed: Limit, where: Where) -> Fault:
    return Fault(
        "limitation-is-suspended",
        Text(f"“{missed.title.zh}”是时效，不顺延", f"{missed.title.en} is not postponed"),
        Text("障碍对时效的影响，请按时效中止计算", "count the obstacle as a suspension instead"),
        where,
    )


def _not_a_partys(missed: Limit, where: Where) -> Fault:
    return Fault(
        "not-a-partys-limit",
        Text(
            f"“{missed.title.zh}”是法院的期限，当事人不申请顺延",
            f"{missed.title.en} binds the court, a party does not ask to postpone it",
        ),
        Text("法院的期限按延长计算", "count an extension instead"),
        where,
    )


def _without_end(missed: Limit, where: Where) -> Fault:
    return Fault(
        "no-last-day",
        Text(f"“{missed.title.zh}”没有期满日", f"{missed.title.en} has no last day"),
        Text("没有期满日的，没有可以顺延的期限", "there is nothing to postpone"),
        where,
    )


def _came_after(missed: Limit, obstacle: Obstacle, where: Where) -> Fault:
    return Fault(
        "obstacle-after-the-end",
        Text(
            f"障碍{obstacle.first}出现时，期限已于{missed.last_day}届满",
            f"the limit had ended on {missed.last_day} before the obstacle of {obstacle.first}",
        ),
        Text("请核对日期；期满后的障碍不能顺延", "check the days: it came too late to excuse"),
        where,
    )

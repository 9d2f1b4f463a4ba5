"""What speaks against planning, announcing, reporting, cancelling a visit? And who sees which?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from steelyard.assessment.rules.stages import LONGEST_AFTER
from steelyard.assessment.rules.states import VISIT, Stage, VisitMove, VisitState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

A_MONTH = timedelta(31)
DAYS_TO_REPORT = 5
"""Working days from the day of a visit: what was found is written down while it is fresh."""

STAGES = (Stage.ISSUED, Stage.COLLECTING, Stage.COMPARING, Stage.SCORING)
"""From the day the scheme is issued until the records are frozen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where, when, who goes, what is looked at. ``items``: codes of the scheme's leaves."""

    planned_on: date
    team: str
    places: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit as the rules see it."""

    state: VisitState
    is_unannounced: bool = False
    was_announced: bool = False


def unit_sees(visit: VisitFacts) -> bool:
    """Whether the visit exists for the unit: once it is announced, or done.

    >>> unit_sees(VisitFacts(VisitState.PLANNED, is_unannounced=True))
    False
    >>> unit_sees(VisitFacts(VisitState.DONE, is_unannounced=True))
    True
    """
    return visit.state is VisitState.DONE or visit.was_announced


def against_stage(stage: Stage) -> tuple[Refusal, ...]:
    if stage in STAGES:
        return ()
    return (
        refusal(
            "not_the_time_of_visits",
            Text(
                "实地检查在细则印发之后、数据冻结之前进行",
                "visits take place between the issue of the scheme and the freeze",
            ),
            Text("请等到那时", "wait until then"),
        ),
    )  # fmt: skip


def last_day_of_visits(ends: date, cut_off: date | None, today: date) -> date:
    """The cut-off; until one is set, the latest there may be. ``ends``: the day after the period.

    Where it has come already and the scoring still goes on, a visit takes place within a month.

    >>> last_day_of_visits(date(2022, 1, 1), date(2022, 1, 10), date(2021, 6, 1))
    datetime.date(2022, 1, 10)
    >>> last_day_of_visits(date(2022, 1, 1), None, date(2021, 6, 1))
    datetime.date(2023, 1, 2)
    >>> last_day_of_visits(date(2022, 1, 1), date(2022, 1, 10), date(2022, 1, 10))
    datetime.date(2022, 2, 10)
    """
    last = cut_off or ends + LONGEST_AFTER
    return last if today < last else today + A_MONTH


def against_plan(
    plan: Plan, *, stage: Stage, items: Collection[str], today: date, last: date
) -> tuple[Refusal, ...]:
    """What speaks against a plan; ``items``: all that may be looked at; ``last``: :func:`last_day_of_visits`."""
    found = [*against_stage(stage)]
    if plan.planned_on < today:
        found.append(Refusal(
            "visit_in_the_past",
            Text("检查日期已经过去，请另定日期", "that day is over; choose another"),
            "planned_on",
        ))  # fmt: skip
    if plan.planned_on > last:
        found.append(Refusal(
            "visit_after_the_assessment",
            Text(f"检查日期不能晚于{last}：之后检查的情况赶不上本次评分，请另定日期",
                 f"a visit takes place by {last}: what is found later comes to no score; choose another day"),
            "planned_on",
        ))  # fmt: skip
    if not plan.team.strip():
        found.append(_needed("team", Text("请写明检查组成员", "say who goes")))
    if not plan.items:
        found.append(_needed("items", Text("请至少选择一个检查项目", "choose at least one item")))
    return (*found, *(_unknown(one) for one in plan.items if one not in items))


def against_move(
    visit: VisitFacts, move: VisitMove, *, stage: Stage, reason: str = "",
    planned_on: date | None = None, today: date | None = None,
) -> tuple[Refusal, ...]:  # fmt: skip
    """What speaks against a move of a visit, but for a report: that is :func:`against_report`."""
    missing = VISIT.against(visit.state, move)
    if missing:
        return missing
    found = [*against_stage(stage)] if move is not VisitMove.CANCEL else []
    if move is VisitMove.ANNOUNCE and visit.is_unannounced:
        found.append(refusal(
            "unannounced",
            Text("这是一次不打招呼的检查", "this visit is unannounced"),
            Text("不能通知被检查单位", "it is not announced to the unit"),
        ))  # fmt: skip
    if move is VisitMove.ANNOUNCE and planned_on and today and planned_on < today:
        found.append(refusal(
            "visit_in_the_past",
            Text("检查日期已经过去", "its day is over"),
            Text("请先另定日期", "choose another day first"),
        ))  # fmt: skip
    if move is VisitMove.CANCEL and not reason.strip():
        found.append(_needed("reason", Text("请写明取消原因", "say why it is cancelled")))
    return tuple(found)


def against_report(
    visit: VisitFacts, *, stage: Stage, visited_on: date, planned_at: date, summary: str,
    findings: int, today: date,
) -> tuple[Refusal, ...]:  # fmt: skip
    """What speaks against a report; ``planned_at``: the day on which the visit was planned."""
    missing = against_move(visit, VisitMove.REPORT, stage=stage)
    if missing:
        return missing
    found = []
    if not visit.is_unannounced and visit.state is VisitState.PLANNED:
        found.append(refusal(
            "not_announced",
            Text("这次检查还没有通知被检查单位", "this visit was not announced to the unit"),
            Text("请先通知", "announce it first"),
        ))  # fmt: skip
    found.extend(against_what_is_reported(
        visited_on=visited_on, planned_at=planned_at, summary=summary, today=today
    ))  # fmt: skip
    if not findings:
        found.append(refusal(
            "nothing_found",
            Text("还没有登记任何检查情况", "nothing is written down of what was found"),
            Text("没有问题的也请登记一条", "write it down, too, if there is no defect"),
        ))  # fmt: skip
    return tuple(found)


def against_what_is_reported(
    *, visited_on: date, planned_at: date, summary: str, today: date
) -> tuple[Refusal, ...]:
    """What speaks against the day and the summary of a report, whoever writes it when."""
    found = []
    if visited_on > today:
        found.append(
            Refusal("visit_to_come", Text("检查日期还没有到", "that day is to come"), "visited_on")
        )
    if visited_on < planned_at:
        found.append(Refusal(
            "visit_before_its_plan",
            Text(f"检查日期不能早于制定检查计划的日期（{planned_at}），请改正",
                 f"that is before the visit was planned, on {planned_at}; correct the day"),
            "visited_on",
        ))  # fmt: skip
    if not summary.strip():
        found.append(_needed("summary", Text("请写明检查情况综述", "write a summary")))
    return tuple(found)


def against_finding(
    visit: VisitFacts, *, stage: Stage, planned_on: date, today: date, text: str, item: str,
    items: Collection[str],
) -> tuple[Refusal, ...]:  # fmt: skip
    """What speaks against writing down what was found: the visit is over, or is still to come."""
    if visit.state in (VisitState.DONE, VisitState.CANCELLED):
        return VISIT.against(visit.state, VisitMove.REPORT)
    found = [*against_stage(stage)]
    if planned_on > today:
        found.append(refusal(
            "visit_to_come",
            Text(f"检查日期{planned_on}还没有到", f"the visit is still to come, on {planned_on}"),
            Text("提前检查的，请先调整检查日期", "if it took place already, change its day first"),
        ))  # fmt: skip
    return (*found, *against_what_was_found(text=text, item=item, items=items))


def against_what_was_found(*, text: str, item: str, items: Collection[str]) -> tuple[Refusal, ...]:
    """What speaks against the words of a finding themselves."""
    found = []
    if not text.strip():
        found.append(_needed("text", Text("请写明检查情况", "say what was found")))
    if item and item not in items:
        found.append(_unknown(item, "item"))
    return tuple(found)


def _needed(field: str, text: Text) -> Refusal:
    return Refusal(f"no_{field}", text, field)


def _unknown(item: str, field: str = "items") -> Refusal:
    text = Text(f"细则中没有项目{item}", f"the scheme has no item {item}")
    return Refusal("unknown_item", text, field)

"""Plan a visit, change it, announce it, report, cancel. What was found is written down by ``findings``."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.touched import reopen_items
from steelyard.assessment.actions.visits import clocks as clocks
from steelyard.assessment.actions.visits.steps import facts_of, held_visit, refuse_unless_planner
from steelyard.assessment.models import Assessment, Visit
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules import visits as rules
from steelyard.assessment.rules.states import VISIT, Stage, VisitMove, VisitState
from steelyard.assessment.rules.visits import Plan
from steelyard.assessment.telling.visits import tell_of_visit
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.notices.rules.texts import Kind as NoticeKind
from steelyard.trail.acting import A_CLICK, acting
from steelyard.trail.versions import refuse_if_changed


def plan_visit(
    *, assessment: int, unit: int, plan: Plan, unannounced: bool = False, by: int, now: datetime
) -> Visit:
    """Plan one. Nobody is told: an announced one is announced later, by :func:`announce_visit`.

    Raises:
        Refused: who asks may not; or what the rules say against the plan.
    """
    today = timezone.localdate(now)
    with acting("plan_visit", by=by):
        found = held_still(assessment)
        refuse_unless_planner(by, found, today)
        refuse_if_any((*_against_unit(found, unit), *_against_plan(found, plan, today)))
        told = {
            "assessment": found, "unit_id": unit, "is_unannounced": unannounced, "planned_by_id": by,
            **_columns(plan),
        }  # fmt: skip
        there = Visit.objects.filter(
            **told, planned_at__gt=now - A_CLICK, state=VisitState.PLANNED
        ).last()
        return there or Visit.objects.create(**told, planned_at=now)


def change_visit(
    *, visit: int, plan: Plan, seen: int | None = None, by: int, now: datetime
) -> Visit:
    """Change when, where, who and what. A unit that was told is told again.

    Raises:
        Refused: who asks may not; it is over; what the rules say against the plan.
        ChangedMeanwhile: somebody changed it since it had the version ``seen``.
    """
    today = timezone.localdate(now)
    with acting("change_visit", by=by):
        found = held_visit(visit, by, today)
        mine = {column: value for column, value in _columns(plan).items() if column != "items"}
        refuse_if_changed(found, seen, **mine)
        state = VisitState(found.state)
        if VISIT.after(state, VisitMove.CANCEL) is None:
            refuse_if_any(VISIT.against(state, VisitMove.REPORT))
        refuse_if_any(_against_plan(found.assessment, plan, today))
        if plan.planned_on != found.planned_on:
            clocks.it_is_let_go(found, by=by, now=now)
        for column, value in _columns(plan).items():
            setattr(found, column, value)
        found.save()
        if state is VisitState.ANNOUNCED:
            found.refresh_from_db(fields=["version"])
            tell_of_visit(found, NoticeKind.VISIT_ANNOUNCED, by=by, now=now)
        return found


def announce_visit(*, visit: int, seen: int | None = None, by: int, now: datetime) -> Visit:
    """Announce it to the unit: from now on it exists for the unit, which is told.

    Raises:
        Refused: who asks may not; it is unannounced, past, or not planned only.
        ChangedMeanwhile: somebody changed it since it had the version ``seen``.
    """
    today = timezone.localdate(now)
    with acting("announce_visit", by=by):
        found = held_visit(visit, by, today)
        refuse_if_changed(found, seen)
        refuse_if_any(
            rules.against_move(
                facts_of(found), VisitMove.ANNOUNCE, stage=Stage(found.assessment.stage),
                planned_on=found.planned_on, today=today,
            )
        )  # fmt: skip
        found.state, found.announced_by_id, found.announced_at = VisitState.ANNOUNCED, by, now
        return _saved_and_told(found, NoticeKind.VISIT_ANNOUNCED, by, now)


def cancel_visit(
    *, visit: int, reason: str, seen: int | None = None, by: int, now: datetime
) -> Visit:
    """Cancel it. The unit is told if it knew of it, else it never hears of it.

    Raises:
        Refused: who asks may not; it is over; no reason is given.
        ChangedMeanwhile: somebody changed it since it had the version ``seen``.
    """
    today = timezone.localdate(now)
    with acting("cancel_visit", by=by):
        found = held_visit(visit, by, today)
        refuse_if_changed(found, seen)
        stage = Stage(found.assessment.stage)
        refuse_if_any(
            rules.against_move(facts_of(found), VisitMove.CANCEL, stage=stage, reason=reason)
        )
        found.state, found.reason = VisitState.CANCELLED, reason.strip()
        clocks.it_is_let_go(found, by=by, now=now)
        kind = NoticeKind.VISIT_CANCELLED if found.announced_at else None
        return _saved_and_told(found, kind, by, now)


def report_visit(
    *, visit: int, visited_on: date, summary: str, seen: int | None = None, by: int, now: datetime
) -> Visit:
    """Report on it: it is done, the findings stand, the unit sees them and is told. Scores that were given
    before are open again where something was found: nobody has seen it who gave them.

    Raises:
        Refused: who asks may not; or what the rules say against the report.
        ChangedMeanwhile: somebody changed it since it had the version ``seen``.
    """
    today = timezone.localdate(now)
    with acting("report_visit", by=by):
        found = held_visit(visit, by, today)
        mine = {"visited_on": visited_on, "summary": summary.strip()}
        refuse_if_changed(found, seen, **mine)
        refuse_if_any(
            rules.against_report(
                facts_of(found), stage=Stage(found.assessment.stage), visited_on=visited_on,
                planned_at=timezone.localdate(found.planned_at), summary=summary,
                findings=found.findings.count(), today=today,
            )
        )  # fmt: skip
        found.visited_on, found.summary = visited_on, summary.strip()
        found.state, found.reported_by_id, found.reported_at = VisitState.DONE, by, now
        clocks.it_is_reported(found, by=by, now=now)
        _saved_and_told(found, NoticeKind.VISIT_DONE, by, now)
        items = found.findings.exclude(item="").values_list("item", flat=True)
        reopen_items(found.assessment, {(found.unit.code, one) for one in items}, by=by, now=now)
        return found


def _saved_and_told(visit: Visit, kind: NoticeKind | None, by: int, now: datetime) -> Visit:
    visit.save()
    visit.refresh_from_db(fields=["version"])
    if kind is not None:
        tell_of_visit(visit, kind, by=by, now=now)
    return visit


def _columns(plan: Plan) -> dict[str, object]:
    return {
        "planned_on": plan.planned_on, "team": plan.team.strip(), "places": plan.places.strip(),
        "items": list(plan.items),
    }  # fmt: skip


def _against_unit(found: Assessment, unit: int) -> tuple[Refusal, ...]:
    version = issued(found)
    if version is None or any(one.pk == unit for one in units_of(version).values()):
        return ()
    what = Text("本次考核不包括该单位", "this unit is not assessed here")
    return (Refusal("not_assessed", what, "unit"),)


def _against_plan(found: Assessment, plan: Plan, today: date) -> tuple[Refusal, ...]:
    last = rules.last_day_of_visits(found.ends, found.cut_off, today)
    return rules.against_plan(
        plan, stage=Stage(found.stage), items=items_of(found), today=today, last=last
    )

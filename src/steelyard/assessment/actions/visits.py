"""Plan a visit, change it, announce it, write down what was found, report, cancel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.utils import timezone

from steelyard.assessment.actions import visit_clocks as clocks
from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Assessment, Finding, Visit
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules import visits as rules
from steelyard.assessment.rules.states import VISIT, Stage, VisitMove, VisitState
from steelyard.assessment.rules.visits import Plan, VisitFacts
from steelyard.assessment.telling_of_visits import tell_of_visit
from steelyard.files.actions import attach_file, detach_file, send_file
from steelyard.files.models import Attachment
from steelyard.files.rules.kinds import KINDS, Kind, kind_of
from steelyard.files.rules.marks import Mark
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.notices.rules.texts import Kind as NoticeKind
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import A_CLICK, acting
from steelyard.trail.versions import refuse_if_changed

PICTURES = (Kind.JPEG, Kind.PNG)
MOST_PICTURES = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph as it is sent."""

    name: str
    content: IO[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found, about which item, where."""

    text: str
    item: str = ""
    is_defect: bool = True
    place: str = ""


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
        _refuse_unless_planner(by, found, today)
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
        found = _held_visit(visit, by, today)
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
        found = _held_visit(visit, by, today)
        refuse_if_changed(found, seen)
        refuse_if_any(
            rules.against_move(
                _facts_of(found), VisitMove.ANNOUNCE, stage=Stage(found.assessment.stage),
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
        found = _held_visit(visit, by, today)
        refuse_if_changed(found, seen)
        stage = Stage(found.assessment.stage)
        refuse_if_any(
            rules.against_move(_facts_of(found), VisitMove.CANCEL, stage=stage, reason=reason)
        )
        found.state, found.reason = VisitState.CANCELLED, reason.strip()
        clocks.it_is_let_go(found, by=by, now=now)
        kind = NoticeKind.VISIT_CANCELLED if found.announced_at else None
        return _saved_and_told(found, kind, by, now)


def record_finding(
    *, visit: int, seen: Seen, pictures: Sequence[Picture] = (), by: int, now: datetime
) -> Finding:
    """Write down what was found, with photographs.

    Raises:
        Refused: who asks may not; the visit is over; a file is no picture; no text.
    """
    today = timezone.localdate(now)
    with acting("record_finding", by=by):
        found = _held_visit(visit, by, today)
        refuse_if_any((*_against_finding(found, seen), *_against_pictures(pictures, 0)))
        told = {
            "visit": found, "item": seen.item, "is_defect": seen.is_defect, "text": seen.text.strip(),
            "place": seen.place.strip(), "found_by_id": by,
        }  # fmt: skip
        there = Finding.objects.filter(**told, found_at__gt=now - A_CLICK).last()
        finding = there or Finding.objects.create(**told, found_at=now)
        _hang(pictures, finding, found.assessment, by, now)
        return finding


def correct_finding(
    *, finding: int, seen: Seen, pictures: Sequence[Picture] = (), off: Collection[int] = (),
    seen_version: int | None = None, by: int, now: datetime,
) -> Finding:  # fmt: skip
    """Correct what was written down, add photographs or take some off, while the visit is not over.

    ``off``: the files to take off; that they hung there stays in the trail.

    Raises:
        Refused: who asks may not; the visit is over; a file is no picture; no text.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    today = timezone.localdate(now)
    visit = Finding.objects.values_list("visit", flat=True).get(pk=finding)
    with acting("correct_finding", by=by):
        found = _held_visit(visit, by, today)
        row = Finding.objects.select_for_update(of=("self",)).get(pk=finding)
        mine = {
            "item": seen.item, "is_defect": seen.is_defect, "text": seen.text.strip(),
            "place": seen.place.strip(),
        }  # fmt: skip
        refuse_if_changed(row, seen_version, **mine)
        hung = _files_of(row)
        already = len([one for one in hung if one not in off])
        refuse_if_any((*_against_finding(found, seen), *_against_pictures(pictures, already)))
        if any(getattr(row, column) != value for column, value in mine.items()):
            for column, value in mine.items():
                setattr(row, column, value)
            row.save()
        for one in set(hung) & set(off):
            detach_file(by=by, file=one, of=row, now=now)
        _hang(pictures, row, found.assessment, by, now)
        return row


def report_visit(
    *, visit: int, visited_on: date, summary: str, seen: int | None = None, by: int, now: datetime
) -> Visit:
    """Report on it: it is done, the findings stand, the unit sees them and is told.

    Raises:
        Refused: who asks may not; or what the rules say against the report.
        ChangedMeanwhile: somebody changed it since it had the version ``seen``.
    """
    today = timezone.localdate(now)
    with acting("report_visit", by=by):
        found = _held_visit(visit, by, today)
        mine = {"visited_on": visited_on, "summary": summary.strip()}
        refuse_if_changed(found, seen, **mine)
        refuse_if_any(
            rules.against_report(
                _facts_of(found), stage=Stage(found.assessment.stage), visited_on=visited_on,
                planned_at=timezone.localdate(found.planned_at), summary=summary,
                findings=found.findings.count(), today=today,
            )
        )  # fmt: skip
        found.visited_on, found.summary = visited_on, summary.strip()
        found.state, found.reported_by_id, found.reported_at = VisitState.DONE, by, now
        clocks.it_is_reported(found, by=by, now=now)
        return _saved_and_told(found, NoticeKind.VISIT_DONE, by, now)


def _facts_of(visit: Visit) -> VisitFacts:
    return VisitFacts(
        VisitState(visit.state), visit.is_unannounced, was_announced=visit.announced_at is not None
    )


def _files_of(finding: Finding) -> list[int]:
    hung = Attachment.objects.filter(table_name=finding._meta.db_table, row_id=finding.pk)
    return list(hung.values_list("file", flat=True))


def _held_visit(visit: int, by: int, today: date) -> Visit:
    """The row of a visit and that of its assessment, locked until the transaction ends."""
    number = Visit.objects.values_list("assessment", flat=True).get(pk=visit)
    assessment = held_still(number)
    _refuse_unless_planner(by, assessment, today)
    found = Visit.objects.select_for_update(of=("self",)).select_related("unit").get(pk=visit)
    found.assessment = assessment
    return found


def _refuse_unless_planner(by: int, assessment: Assessment, today: date) -> None:
    held = load_held(by, today)
    refuse_if_any(may_not(held, Action.PLAN_VISITS, assessment.office_id, today))


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


def _against_finding(visit: Visit, seen: Seen) -> tuple[Refusal, ...]:
    return rules.against_finding(
        _facts_of(visit), stage=Stage(visit.assessment.stage), text=seen.text, item=seen.item,
        items=items_of(visit.assessment),
    )  # fmt: skip


def _against_pictures(pictures: Sequence[Picture], already: int) -> tuple[Refusal, ...]:
    """A photograph is a picture by its content, whatever its name."""
    found: list[Refusal] = []
    if already + len(pictures) > MOST_PICTURES:
        what = Text(f"每条最多{MOST_PICTURES}张照片", f"at most {MOST_PICTURES} photographs each")
        found.append(Refusal("too_many_pictures", what, "photographs"))
    for one in pictures:
        kind = kind_of(one.content)
        one.content.seek(0)
        if kind not in PICTURES:
            found.append(_no_picture(one.name))
    return tuple(found)


def _no_picture(name: str) -> Refusal:
    zh = "、".join(KINDS[kind].zh for kind in PICTURES)
    en = " or ".join(KINDS[kind].en for kind in PICTURES)
    what = Text(f"“{name}”不是照片，可以上传{zh}", f"“{name}” is no photograph: send a {en}")
    return Refusal("no_picture", what, "photographs")


def _hang(
    pictures: Sequence[Picture], finding: Finding, assessment: Assessment, by: int, now: datetime
) -> None:
    for one in pictures:
        file = send_file(
            by=by, organisation=assessment.office_id, name=one.name, mark=Mark.CONFIDENTIAL,
            content=one.content, now=now, again=A_CLICK,
        )  # fmt: skip
        attach_file(by=by, file=file, to=finding, now=now)

"""Correct what was reported of a visit: what it said is kept first, then it says something else.

The unit is told, and so is whoever scored what the correction is about: those scores are open again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.actions.touched import reopen_items
from steelyard.assessment.actions.visits.steps import held_visit
from steelyard.assessment.models import Finding, ReportCorrection, Visit
from steelyard.assessment.queries.visits import photographs_of
from steelyard.assessment.rules.states import Stage, VisitState
from steelyard.assessment.rules.visits.report_corrections import Corrected, against_corrected_report
from steelyard.assessment.telling.visits import tell_of_correction
from steelyard.files.actions import attach_file
from steelyard.files.models import File
from steelyard.kernel.refusals import refuse_if_any
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed


def correct_report(
    *, visit: int, visited_on: date, summary: str, reason: str, seen: int | None = None, by: int,
    now: datetime,
) -> Visit:  # fmt: skip
    """Correct the day or the summary of a report that is in; both stay beside it as they were.

    Raises:
        Refused: who asks may not; there is no report; what the rules say against it; no reason.
        ChangedMeanwhile: somebody changed it since it had the version ``seen``.
    """
    today = timezone.localdate(now)
    with acting("correct_report", by=by):
        found = held_visit(visit, by, today)
        mine = {"visited_on": visited_on, "summary": summary.strip()}
        refuse_if_changed(found, seen, **mine)
        was = {"visited_on": found.visited_on, "summary": found.summary}
        refuse_if_any(
            against_corrected_report(
                VisitState(found.state), stage=Stage(found.assessment.stage), reason=reason,
                visited_on=visited_on, planned_at=timezone.localdate(found.planned_at),
                summary=summary, today=today, is_the_same=was == mine,
            )
        )  # fmt: skip
        kept = ReportCorrection.objects.create(
            visit=found, what=Corrected.REPORT, of_version=found.version, reason=reason.strip(),
            before=was | {"visited_on": found.visited_on.isoformat()}, by_id=by, at=now,
        )  # fmt: skip
        found.visited_on, found.summary = visited_on, summary.strip()
        found.save()
        found.refresh_from_db(fields=["version"])
        items = set(found.findings.values_list("item", flat=True))
        now_corrected(kept, items, by=by, now=now)
        return found


def keep_finding(
    visit: Visit, row: Finding, off: Collection[int], reason: str, by: int, now: datetime
) -> ReportCorrection:
    """A finding as it is, before it is corrected. The photographs that are taken off hang here on."""
    before = {
        "item": row.item, "is_defect": row.is_defect, "text": row.text, "place": row.place,
        "photographs": [name for _file, name in photographs_of(row)],
    }  # fmt: skip
    kept = ReportCorrection.objects.create(
        visit=visit, finding=row, what=Corrected.FINDING, of_version=row.version, before=before,
        reason=reason.strip(), by_id=by, at=now,
    )  # fmt: skip
    for file in File.objects.filter(pk__in=off):
        attach_file(by=by, file=file, to=kept, now=now)
    return kept


def note_added(visit: Visit, reason: str, by: int, now: datetime) -> ReportCorrection:
    """That a finding is added to a report which is in, and why."""
    return ReportCorrection.objects.create(
        visit=visit, what=Corrected.ADDED, of_version=visit.version, reason=reason.strip(),
        by_id=by, at=now,
    )  # fmt: skip


def now_corrected(
    correction: ReportCorrection, items: Collection[str], *, by: int, now: datetime
) -> None:
    """``items``: those that the correction is about."""
    about, visit = sorted(filter(None, items)), correction.visit
    tell_of_correction(correction, about, by=by, now=now)
    reopen_items(visit.assessment, {(visit.unit.code, one) for one in about}, by=by, now=now)

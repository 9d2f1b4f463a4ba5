"""Write down what was found on a visit, and correct it; once the report is in, with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.actions.visits.photographs import (
    Picture,
    against_pictures,
    files_on,
    hang,
)
from steelyard.assessment.actions.visits.report_corrections import (
    keep_finding,
    note_added,
    now_corrected,
)
from steelyard.assessment.actions.visits.steps import facts_of, held_visit
from steelyard.assessment.models import Finding, Visit
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules import visits as rules
from steelyard.assessment.rules.states import Stage, VisitState
from steelyard.assessment.rules.visits import report_corrections
from steelyard.files.actions import detach_file
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.trail.acting import A_CLICK, acting
from steelyard.trail.versions import refuse_if_changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found, about which item, where."""

    text: str
    item: str = ""
    is_defect: bool = True
    place: str = ""


def record_finding(
    *, visit: int, seen: Seen, pictures: Sequence[Picture] = (), reason: str = "", by: int,
    now: datetime,
) -> Finding:  # fmt: skip
    """Write down what was found, with photographs; added to a report that is in, with a ``reason``.

    Raises:
        Refused: who asks may not; what the rules say; a file is no picture; no text; no reason.
    """
    today = timezone.localdate(now)
    with acting("record_finding", by=by):
        found = held_visit(visit, by, today)
        refuse_if_any((*_against(found, seen, reason, today), *against_pictures(pictures)))
        told = {"visit": found, "found_by_id": by, **_columns(seen)}
        there = Finding.objects.filter(**told, found_at__gt=now - A_CLICK).last()
        if there is not None:
            hang(pictures, there, found.assessment.office_id, by, now)
            return there
        correction = note_added(found, reason, by, now) if _is_reported(found) else None
        finding = Finding.objects.create(**told, found_at=now, correction=correction)
        hang(pictures, finding, found.assessment.office_id, by, now)
        if correction is not None:
            now_corrected(correction, {finding.item}, by=by, now=now)
        return finding


def correct_finding(
    *, finding: int, seen: Seen, pictures: Sequence[Picture] = (), off: Collection[int] = (),
    reason: str = "", seen_version: int | None = None, by: int, now: datetime,
) -> Finding:  # fmt: skip
    """Correct what was written down, add photographs or take some off.

    ``off``: the files to take off; that they hung there stays in the trail. Once the report is in, a
    ``reason`` is needed, and what it said stays beside it.

    Raises:
        Refused: who asks may not; what the rules say; a file is no picture; no text; no reason.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    today = timezone.localdate(now)
    visit = Finding.objects.values_list("visit", flat=True).get(pk=finding)
    with acting("correct_finding", by=by):
        found = held_visit(visit, by, today)
        row = Finding.objects.select_for_update(of=("self",)).get(pk=finding)
        mine = _columns(seen)
        refuse_if_changed(row, seen_version, **mine)
        off = [one for one in files_on(row) if one in off]
        already = len(files_on(row)) - len(off)
        is_the_same = _says(row, mine) and not pictures and not off
        refuse_if_any((
            *_against(found, seen, reason, today, is_the_same=is_the_same),
            *against_pictures(pictures, already),
        ))  # fmt: skip
        kept = keep_finding(found, row, off, reason, by, now) if _is_reported(found) else None
        items = {row.item, seen.item}
        if kept is not None or not _says(row, mine):
            _write(row, mine)
        for one in off:
            detach_file(by=by, file=one, of=row, now=now)
        hang(pictures, row, found.assessment.office_id, by, now)
        if kept is not None:
            now_corrected(kept, items, by=by, now=now)
        return row


def _is_reported(visit: Visit) -> bool:
    return visit.state == VisitState.DONE


def _columns(seen: Seen) -> dict[str, object]:
    return {
        "item": seen.item, "is_defect": seen.is_defect, "text": seen.text.strip(),
        "place": seen.place.strip(),
    }  # fmt: skip


def _says(row: Finding, mine: Mapping[str, object]) -> bool:
    return all(getattr(row, column) == value for column, value in mine.items())


def _write(row: Finding, mine: Mapping[str, object]) -> None:
    for column, value in mine.items():
        setattr(row, column, value)
    row.save()


def _against(
    visit: Visit, seen: Seen, reason: str, today: date, *, is_the_same: bool = False
) -> tuple[Refusal, ...]:
    """Of a report that is in: what speaks against correcting it; else against writing anything down."""
    items, stage = items_of(visit.assessment), Stage(visit.assessment.stage)
    if not _is_reported(visit):
        return rules.against_finding(
            facts_of(visit), stage=stage, planned_on=visit.planned_on, today=today, text=seen.text,
            item=seen.item, items=items,
        )  # fmt: skip
    return (
        *report_corrections.against_correcting(VisitState(visit.state), stage=stage, reason=reason),
        *rules.against_what_was_found(text=seen.text, item=seen.item, items=items),
        *report_corrections.against_no_change(is_the_same=is_the_same),
    )

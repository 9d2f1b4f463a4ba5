"""What was found on visits, with its photographs: of a visit, and of the items that are scored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from steelyard.assessment.models import Assessment, Finding, ReportCorrection, Visit
from steelyard.assessment.rules.states import VisitState
from steelyard.assessment.rules.visits.report_corrections import Corrected
from steelyard.files.models import Attachment, File

FINDINGS = Finding._meta.db_table
FILES, ORIGINAL = File._meta.db_table, "original"
"""On the file of a photograph hangs, for this purpose, the file as it was sent."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """A file that hangs on a finding, as pages show it. ``original``: the file as it was sent, where the office
    looks."""

    pk: int
    name: str
    original: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, with its photographs, as a page shows it."""

    pk: int
    visit: int
    item: str
    is_defect: bool
    text: str
    place: str
    found_by: str
    found_at: datetime
    visited_on: date | None
    version: int
    photographs: Sequence[Photograph]
    is_corrected: bool = False
    is_added: bool = False
    told_at: datetime | None = None
    """Since when the report says it so, for who scores the item; None while it is not reported."""
    is_since: bool = False
    """It was reported, or corrected, after the score beside it was given."""


def since(findings: Iterable[Found], scored_at: datetime | None) -> list[Found]:
    """These beside a score that was given then: what it did not know of is marked."""
    if scored_at is None:
        return list(findings)
    return [
        replace(one, is_since=one.told_at is not None and one.told_at > scored_at)
        for one in findings
    ]


def findings_of(visit: Visit) -> list[Found]:
    return _with_photographs(_read(visit.findings.all()))


def photographs_of(finding: Finding) -> list[tuple[int, str]]:
    """The files that hang on a finding, with their names."""
    hung = Attachment.objects.filter(table_name=FINDINGS, row_id=finding.pk).order_by("pk")
    return list(hung.values_list("file", "file__name"))


def findings_about(assessment: Assessment | int, item: str) -> dict[int, list[Found]]:
    """What was found about an item, for who scores it: number of the unit → of visits that are done."""
    found = findings_of_items(assessment, [item])
    return {unit: told for (_item, unit), told in found.items()}


def findings_of_items(
    assessment: Assessment | int, items: Collection[str]
) -> dict[tuple[str, int], list[Found]]:
    """The same for several items: (item, number of the unit) → what was found. One short query where nothing
    was, as of most items; else three."""
    wanted = Finding.objects.filter(
        visit__assessment=assessment, item__in=items, visit__state=VisitState.DONE
    )
    there = list(wanted.order_by().values_list("pk", flat=True))
    rows = _read(Finding.objects.filter(pk__in=there)) if there else []
    units = {one.pk: one.visit.unit_id for one in rows}
    found: dict[tuple[str, int], list[Found]] = {}
    for one in _with_photographs(rows):
        found.setdefault((one.item, units[one.pk]), []).append(one)
    return found


def _read(rows: QuerySet[Finding]) -> list[Finding]:
    corrected = ReportCorrection.objects.filter(finding=OuterRef("pk"))
    about = ReportCorrection.objects.filter(
        Q(finding=OuterRef("pk")) | Q(visit=OuterRef("visit"), what=Corrected.REPORT)
    )
    told = rows.select_related("found_by", "visit", "correction").annotate(
        is_corrected=Exists(corrected),
        corrected_at=Subquery(about.order_by("-at").values("at")[:1]),
    )
    return list(told.order_by("pk"))


def _with_photographs(findings: Sequence[Finding]) -> list[Found]:
    photographs = hung_on(FINDINGS, [one.pk for one in findings])
    return [
        Found(
            one.pk, one.visit_id, one.item, one.is_defect, one.text, one.place, str(one.found_by),
            one.found_at, one.visit.visited_on, one.version, photographs.get(one.pk, []),
            is_corrected=one.is_corrected, is_added=one.correction_id is not None,
            told_at=_told_at(one),
        )
        for one in findings
    ]  # fmt: skip


def _told_at(one: Finding) -> datetime | None:
    added = one.correction.at if one.correction is not None else None
    moments = (one.visit.reported_at, added, one.corrected_at)
    return max((at for at in moments if at is not None), default=None)


def with_originals(findings: Sequence[Found]) -> list[Found]:
    """For the office: each photograph with the file as it was sent."""
    copies = [photograph.pk for one in findings for photograph in one.photographs]
    rows = Attachment.objects.filter(table_name=FILES, row_id__in=copies, purpose=ORIGINAL)
    originals = dict(rows.values_list("row_id", "file"))
    return [
        replace(one, photographs=[
            replace(each, original=originals.get(each.pk)) for each in one.photographs
        ])
        for one in findings
    ]  # fmt: skip


def hung_on(table: str, rows: Sequence[int]) -> dict[int, list[Photograph]]:
    hung = Attachment.objects.filter(table_name=table, row_id__in=rows).select_related("file")
    found: dict[int, list[Photograph]] = {}
    for one in hung.order_by("pk"):
        found.setdefault(one.row_id, []).append(Photograph(one.file_id, one.file.name))
    return found

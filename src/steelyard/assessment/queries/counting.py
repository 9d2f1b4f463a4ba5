"""The figures that count, as far as they are known: settled, else supplied, else computed from records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models import OuterRef, Subquery

from steelyard.assessment.models import Assessment, Figure, SchemeVersion, SheetVersion
from steelyard.assessment.queries.assessments import division_of, newest_snapshot, scheme_of
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.states import DifferenceState
from steelyard.kernel.faults import Faulty
from steelyard.records.snapshot.snapshot import Snapshot as Records
from steelyard.records.tally.tally import tally
from steelyard.weighing.values import Values, written

Key = tuple[str, str]
"""Unit, input."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure in its exact writing. ``reason``: of the settlement, if it was settled."""

    value: str
    is_settled: bool = False
    reason: str = ""
    supplied: str = ""


def figures_that_count(
    assessment: Assessment, version: SchemeVersion, inputs: Collection[str] | None = None
) -> dict[Key, Counted]:
    """(unit, input) → the figure that counts, of these inputs or of all. What there is none of is not there."""
    divided = division_of(version)
    wanted = set(divided.way if inputs is None else inputs)
    found: dict[Key, Counted] = {}
    if any(divided.way.get(code) is Way.RECORDS for code in wanted):
        found |= _computed(assessment, version, wanted)
    if any(divided.way.get(code) is Way.SHEET for code in wanted):
        found |= _supplied(assessment, wanted)
    return found | _settled(assessment, wanted)


def _supplied(assessment: Assessment, wanted: Collection[str]) -> dict[Key, Counted]:
    last = SheetVersion.objects.filter(sheet=OuterRef("sheet_version__sheet")).order_by("-number")
    rows = Figure.objects.filter(
        sheet_version__sheet__assessment=assessment,
        sheet_version__sheet__input_code__in=wanted,
        sheet_version=Subquery(last.values("pk")[:1]),
    ).exclude(value="")
    named = rows.values_list("unit", "sheet_version__sheet__input_code", "value")
    return {(unit, code): Counted(value, supplied=value) for unit, code, value in named}


def _settled(assessment: Assessment, wanted: Collection[str]) -> dict[Key, Counted]:
    rows = assessment.differences.filter(input_code__in=wanted, state=DifferenceState.SETTLED)
    named = rows.order_by().values_list("unit__code", "input_code", "value", "reason", "supplied")
    return {
        (unit, code): Counted(value, True, reason, supplied)
        for unit, code, value, reason, supplied in named
    }


def _computed(
    assessment: Assessment, version: SchemeVersion, wanted: Collection[str]
) -> dict[Key, Counted]:
    """Over the newest frozen snapshot of the office that covers the period."""
    snapshot = newest_snapshot(assessment)
    values = snapshot and _tallied(snapshot.folder, version.content_hash, version.pk)
    if values is None:
        return {}
    label = scheme_of(version).period_label
    return {
        (unit, code): Counted(said, supplied=said)
        for (code, period), cells in values.cells.items()
        if period == label and code in wanted
        for unit, cell in cells.items()
        if (said := written(cell.value))
    }


@lru_cache(maxsize=8)
def _tallied(folder: str, content_hash: str, number: int) -> Values | None:
    """A frozen snapshot and an issued scheme never change: counted once in a process."""
    scheme = scheme_of(SchemeVersion(pk=number, content_hash=content_hash))
    try:
        return tally(scheme, Records.open(str(settings.ENVIRONMENT.home / "snapshots" / folder)))
    except (Faulty, OSError):
        return None

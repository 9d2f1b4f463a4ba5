"""Which figure counts, and why: it was settled, else supplied on a signed sheet, else computed from
records; or the unit itself reports it, and nobody else.

The records are counted here, once for a scheme and a snapshot, for every page and rule that asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from django.db.models import OuterRef, Subquery

from steelyard.assessment.models import Answer, Assessment, Figure, SchemeVersion, SheetVersion
from steelyard.assessment.queries.assessments import division_of, scheme_of, snapshot_that_counts
from steelyard.assessment.queries.schemes.readings import load_readings
from steelyard.assessment.rules.figures.counting import Because, Counted, Key, those_that_count
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import (
    DifferenceState,
    SheetState,
    SubmissionState,
    SuspicionState,
)
from steelyard.kernel.faults import Faulty
from steelyard.records.tally import tally
from steelyard.scheme.given import DAYS_FILED_LATE, FORGED_ITEMS
from steelyard.supply.frozen import opened
from steelyard.supply.models import Snapshot
from steelyard.weighing.values import Cell, Values, written

Figures = dict[Key, str]
SNAPSHOTS_KEPT = 8
"""Counts that a process keeps: of the assessments that run, and of the snapshots just before."""


def figures_that_count(
    assessment: Assessment, version: SchemeVersion, inputs: Collection[str] | None = None
) -> dict[Key, Counted]:
    """(unit, input) → the figure that counts, of these inputs or of all. What there is none of is not there."""
    way = division_of(version).way
    wanted = {code for code in (way if inputs is None else inputs) if way.get(code)}
    computed = figures_from_records(assessment, version) if _any(way, wanted, Way.RECORDS) else {}
    on_sheets = {code for code in wanted if way[code] is Way.SHEET}
    supplied = supplied_figures(assessment, on_sheets) if on_sheets else {}
    own = {code for code in wanted if way[code] is Way.OWN}
    counted = {code for code in wanted if way[code] is Way.COUNTED}
    return those_that_count(
        {key: value for key, value in computed.items() if key[1] in wanted},
        supplied,
        settled_figures(assessment, wanted),
        reported_by_units(assessment, own) if own else {},
        counted_by_the_office(assessment, counted) if counted else {},
    )


def _any(way: dict[str, Way], wanted: Collection[str], one: Way) -> bool:
    return any(way[code] is one for code in wanted)


def supplied_figures(assessment: Assessment, inputs: Collection[str] | None = None) -> Figures:
    """(unit, input) → the figure of the last signed version; where none was given, nothing. What is to be
    corrected after an amendment, or is supplied on no sheet any longer, does not count."""
    last = SheetVersion.objects.filter(sheet=OuterRef("sheet_version__sheet")).order_by("-number")
    found = (
        Figure.objects.filter(
            sheet_version__sheet__assessment=assessment,
            sheet_version=Subquery(last.values("pk")[:1]),
        )
        .exclude(value="")
        .exclude(sheet_version__sheet__state=SheetState.OUTDATED)
    )
    if inputs is not None:
        found = found.filter(sheet_version__sheet__input_code__in=inputs)
    named = found.values_list("unit", "sheet_version__sheet__input_code", "value")
    return {(unit, code): value for unit, code, value in named}


def reported_by_units(assessment: Assessment, inputs: Collection[str]) -> Figures:
    """(unit, input) → the figure that a unit gives in its signed submission.

    Of one that it gives with several items, the one saved last; none that an amendment has made another one.
    """
    answers = Answer.objects.filter(
        submission__assessment=assessment, submission__state=SubmissionState.LOCKED
    ).order_by("saved_at", "pk")  # fmt: skip
    found: Figures = {}
    readings = load_readings(assessment)
    for unit, figures, at in answers.values_list("submission__unit__code", "figures", "saved_at"):
        for code, value in figures.items():
            if value and code in inputs and readings.shift(code, value, at) is None:
                found[unit, code] = value
    return found


def counted_by_the_office(assessment: Assessment, inputs: Collection[str]) -> Figures:
    """(unit, input) → what the office counts of a unit as it stands. By how many days it was late is known of
    a unit that has filed: of one that has not, it grows until the freeze."""
    found: Figures = {}
    filed = assessment.submissions.order_by().values_list("unit__code", "state", "days_late")
    forged = Counter(unit for unit, _ in _found_forged(assessment))
    for unit, state, days in filed:
        if FORGED_ITEMS in inputs:
            found[unit, FORGED_ITEMS] = str(forged[unit])
        if DAYS_FILED_LATE in inputs and state == SubmissionState.LOCKED:
            found[unit, DAYS_FILED_LATE] = str(days)
    return found


def _found_forged(assessment: Assessment) -> set[tuple[str, str]]:
    """(unit, item), each once."""
    confirmed = assessment.suspicions.filter(state=SuspicionState.CONFIRMED).order_by()
    return set(confirmed.values_list("unit__code", "item"))


def settled_figures(assessment: Assessment, wanted: Collection[str]) -> dict[Key, Counted]:
    """(unit, input) → the figure that was settled."""
    rows = assessment.differences.filter(input_code__in=wanted, state=DifferenceState.SETTLED)
    named = rows.order_by().values_list("unit__code", "input_code", "value", "reason", "supplied")
    return {
        (unit, code): Counted(value, Because.SETTLED, reason, supplied)
        for unit, code, value, reason, supplied in named
    }


# --- from records ---------------------------------------------------------------------------------


def figures_from_records(
    assessment: Assessment, version: SchemeVersion, snapshot: Snapshot | None = None
) -> Figures:
    """(unit, input) → the figure that the records give: of the newest frozen snapshot, or of another."""
    snapshot = snapshot or snapshot_that_counts(assessment)
    if snapshot is None:
        return {}
    values, scheme = values_from_records(snapshot, version), scheme_of(version)
    return {
        (unit.code, code): said
        for code in division_of(version).inputs(Way.RECORDS)
        for unit in scheme.assessed
        if (cell := values.cell(code, scheme.period_label, unit.code))
        and (said := written(cell.value))
    }


def cells_from_records(
    snapshot: Snapshot | None, version: SchemeVersion, unit: str
) -> dict[str, Cell]:
    """Input → the figure of a unit, or why there is none. Nothing without a snapshot, or if the records
    cannot be counted by this scheme."""
    if snapshot is None:
        return {}
    values, scheme = values_from_records(snapshot, version), scheme_of(version)
    found = {
        code: values.cell(code, scheme.period_label, unit)
        for code, one in scheme.inputs.items()
        if one.records
    }
    return {code: cell for code, cell in found.items() if cell is not None}


def values_from_records(snapshot: Snapshot, version: SchemeVersion) -> Values:
    """As the records say it, no difference settled; none if they cannot be counted by this scheme.

    Raises:
        SnapshotMissing, SnapshotChanged: they are not there as they were frozen.
    """
    named = snapshot.folder, snapshot.identifier
    return _counted(*named, version.content_hash, version.pk)


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def _counted(folder: str, identifier: str, content_hash: str, number: int) -> Values:
    """A frozen snapshot and an issued scheme never change: counted once in a process."""
    scheme = scheme_of(SchemeVersion(pk=number, content_hash=content_hash))
    try:
        with opened(folder, identifier) as records:
            return tally.supplied(scheme, records)
    except Faulty:
        return Values()

"""Where the figures of a unit come from: who signed them and when, which version, who settled them and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from steelyard.assessment.models import Assessment, Difference, SheetVersion
from steelyard.assessment.queries.assessments import division_of
from steelyard.assessment.queries.collection import (
    questions_of,
    sight,
    submissions_seen_by,
    version_of_submission,
)
from steelyard.assessment.queries.differences import differences_seen_by
from steelyard.assessment.queries.supplied import sheets_seen_by
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import DifferenceState, SheetState
from steelyard.people.rules.reach import Held


@dataclass(frozen=True, slots=True)
class Origin:
    """Of one figure. ``signed``: the version of the sheet that counts; ``settled``: the difference, if it
    was settled; whether who asks may open each; ``rows``: the submission under which they may open the
    records that it was computed from."""

    signed: SheetVersion | None = None
    settled: Difference | None = None
    rows: int | None = None
    opens_sheet: bool = False
    opens_difference: bool = False


NOWHERE = Origin()


def load_origins(
    assessment: Assessment, unit: str, inputs: Collection[str], held: Sequence[Held], on: date
) -> Mapping[str, Origin]:
    """Input → where the figure of the unit comes from, as far as a sheet, a settlement or records say."""
    signed = _signed(assessment, inputs)
    settled = _settled(assessment, unit, inputs)
    sheets = _among(sheets_seen_by(held, on), {one.sheet_id for one in signed.values()})
    differences = _among(differences_seen_by(held, on), {one.pk for one in settled.values()})
    rows = _rows(assessment, unit, inputs, held, on)
    return {
        code: Origin(
            signed.get(code), settled.get(code), rows.get(code),
            code in signed and signed[code].sheet_id in sheets,
            code in settled and settled[code].pk in differences,
        )
        for code in signed.keys() | settled.keys() | rows.keys()
    }  # fmt: skip


def _signed(assessment: Assessment, inputs: Collection[str]) -> dict[str, SheetVersion]:
    """The last version of each sheet; none of one that does not count any more."""
    found = SheetVersion.objects.filter(sheet__assessment=assessment, sheet__input_code__in=inputs)
    rows = found.exclude(sheet__state=SheetState.OUTDATED).order_by("number")
    return {one.sheet.input_code: one for one in rows.select_related("sheet__body", "signed_by")}


def _settled(assessment: Assessment, unit: str, inputs: Collection[str]) -> dict[str, Difference]:
    rows = assessment.differences.filter(
        unit__code=unit, input_code__in=inputs, state=DifferenceState.SETTLED
    )
    return {one.input_code: one for one in rows.select_related("settled_by")}


def _rows(
    assessment: Assessment, unit: str, inputs: Collection[str], held: Sequence[Held], on: date
) -> dict[str, int]:
    """Of figures that are computed from records and asked of the unit, the submission that shows the rows."""
    seen = submissions_seen_by(held, on).filter(assessment=assessment, unit__code=unit).first()
    if seen is None or not sight(held, seen.unit_id, assessment.office_id, on).sees_all(seen):
        return {}
    version = version_of_submission(seen)
    way = division_of(version).way
    asked = {one.code for question in questions_of(version, unit) for one in question.inputs}
    return {code: seen.pk for code in asked & set(inputs) if way.get(code) is Way.RECORDS}


def _among(seen: QuerySet[Any], wanted: set[int]) -> frozenset[int]:
    return (
        frozenset(seen.filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted
        else frozenset()
    )

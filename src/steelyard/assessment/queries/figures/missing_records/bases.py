"""Where will a rule have nothing to divide by, of all that is scored and counted now?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Q

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.figures.missing_records.accepted import are_counted_for
from steelyard.assessment.queries.figures.missing_records.known import as_known
from steelyard.assessment.queries.figures.missing_records.lacking import load_lacking
from steelyard.assessment.rules.figures.bases import without_base
from steelyard.assessment.rules.schemes.division import asked_of_units
from steelyard.assessment.rules.states import SubmissionState
from steelyard.kernel.bilingual import Text
from steelyard.weighing.values import Status, Values


def load_without_base(assessment: Assessment, on: date) -> tuple[Text, ...]:
    """Each unit and item that the freeze would bring to a refusal. Nothing is said while records that the
    scheme asks for are not counted: a list that nobody read is not an empty one."""
    version = issued(assessment)
    if version is None or scheme_of(version).family != "points":
        return ()
    if not are_counted_for(assessment, version, on):
        return ()
    return without_base(scheme_of(version), _as_frozen(assessment, version, on))


def _as_frozen(assessment: Assessment, version: SchemeVersion, on: date) -> Values:
    """What counts now; of what a unit filed late or not at all, that it is late, where nothing else is said."""
    lacking, records = load_lacking(assessment, version, on)
    values = as_known(assessment, version, records, lacking)
    late: dict[str, Status] = dict.fromkeys(_late(assessment), "late")
    asked = asked_of_units(division_of(version))
    said = {item: late | dict(values.item_statuses.get(item, {})) for item in asked}
    return replace(values, item_statuses={**values.item_statuses, **said})


def _late(assessment: Assessment) -> list[str]:
    in_time = Q(state=SubmissionState.LOCKED, days_late=0)
    late = assessment.submissions.exclude(in_time).order_by()
    return list(late.values_list("unit__code", flat=True))

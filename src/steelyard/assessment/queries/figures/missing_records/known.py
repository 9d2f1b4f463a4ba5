"""The values that there are before the freeze, as the rules would weigh them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import (
    scheme_of,
)
from steelyard.assessment.queries.figures.counting import (
    figures_that_count,
)
from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.figures.missing_records import (
    Lacking,
)
from steelyard.assessment.rules.states import ScoreState, SuspicionState
from steelyard.scheme.model import InputType
from steelyard.weighing.values import Cell, Status, Value, Values, typed


def as_known(
    assessment: Assessment, version: SchemeVersion, records: Values, lacking: Mapping[Key, Lacking]
) -> Values:
    """What counts now: from records, supplied, settled, judged; and the figures that will be lacking, so."""
    scheme, label = scheme_of(version), scheme_of(version).period_label
    said = {key: one.value for key, one in figures_that_count(assessment, version).items()}
    given = assessment.scores.filter(state=ScoreState.SCORED).order_by()
    statuses: dict[str, dict[str, Status]] = {}
    for unit, item, judged, status in given.values_list("unit__code", "item", "judged", "status"):
        said |= {(unit, code): value for code, value in judged.items()}
        if status:
            statuses.setdefault(item, {})[unit] = status
    forged = assessment.suspicions.filter(state=SuspicionState.CONFIRMED).order_by()
    for unit, item in forged.values_list("unit__code", "item"):
        statuses.setdefault(item, {})[unit] = "forged"
    cells = {key: dict(of_units) for key, of_units in records.cells.items()}
    for (unit, code), text in said.items():
        value = _value(text, scheme.inputs[code].type) if code in scheme.inputs else None
        if value is not None:
            cells.setdefault((code, label), {})[unit] = Cell(value)
    for (unit, code), one in lacking.items():
        cells.setdefault((code, label), {})[unit] = Cell(None, one.status.value)
    return replace(records, cells=cells, item_statuses=statuses)


def _value(text: str, kind: InputType) -> Value | None:
    """None too of what is no value of its type: the weighing tells of that."""
    try:
        return typed(text, kind)
    except ValueError:
        return None

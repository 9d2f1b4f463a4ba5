"""What codes that stand in the rows of an assessment are called: inputs of its scheme, and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.apps import apps

from steelyard.kernel.bilingual import Text

Rows = Iterable[Mapping[str, Any]]
"""Rows as the trail keeps them: column → value."""


def _of_own(rows: Rows) -> Mapping[str, Text]:
    """Of rows that name their assessment."""
    return _of({row.get("assessment_id") for row in rows})


def _of_submissions(rows: Rows) -> Mapping[str, Text]:
    found = apps.get_model("assessment", "Submission").objects
    numbers = {row.get("submission_id") for row in rows}
    return _of(set(found.filter(pk__in=numbers - {None}).values_list("assessment", flat=True)))


def _of(assessments: set[int | None]) -> Mapping[str, Text]:
    """Input → its title and unit → its name, in the schemes of these assessments."""
    from steelyard.assessment.queries.assessments import issued, scheme_of

    found: dict[str, Text] = {}
    for one in apps.get_model("assessment", "Assessment").objects.filter(
        pk__in=assessments - {None}
    ):
        version = issued(one)
        if version is None:
            continue
        scheme = scheme_of(version)
        found |= {code: source.title for code, source in scheme.inputs.items() if source.title.zh}
        found |= {unit.code: unit.title for unit in scheme.assessed}
    return found


CODES: Mapping[str, Callable[[Rows], Mapping[str, Text]]] = {
    "assessment_score": _of_own,
    "assessment_sheet": _of_own,
    "assessment_missingfigure": _of_own,
    "assessment_draw": _of_own,
    "assessment_answer": _of_submissions,
}

"""Differences: what there is to compare, and which of them exist for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from steelyard.assessment.models import Assessment, Difference
from steelyard.assessment.permissions import units_seen
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    scheme_of,
    snapshot_that_counts,
)
from steelyard.assessment.queries.figures.counting import (
    Figures,
    figures_from_records,
    reported_by_units,
    supplied_figures,
)
from steelyard.assessment.rules.differences.comparing import Noted
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import DifferenceState
from steelyard.people.rules.reach import Held
from steelyard.scheme.model import Input


def differences_seen_by(held: Iterable[Held], on: date) -> QuerySet[Difference]:
    """Those of one's own unit, and for the office those of all units below it."""
    return Difference.objects.filter(unit__in=units_seen(held, on)).select_related(
        "unit", "assessment", "settled_by"
    )


def differences_within(
    assessment: Assessment, held: Iterable[Held], on: date, *, figure: str = "", unit: str = "",
    state: str = "",
) -> QuerySet[Difference]:  # fmt: skip
    """Those of an assessment that exist for a person, as far as they are asked for."""
    asked = {"input_code": figure, "unit__code": unit, "state": state}
    seen = differences_seen_by(held, on).filter(assessment=assessment)
    return seen.filter(**{column: said for column, said in asked.items() if said})


def inputs_compared(assessment: Assessment) -> Mapping[str, Input]:
    """Code → the figure, of the scheme in force; {} before there is one."""
    version = issued(assessment)
    return scheme_of(version).inputs if version else {}


def reported_figures(assessment: Assessment) -> Figures:
    """(unit, input) → the figure that a unit reports, of those that are supplied or computed."""
    way = division_of(issued(assessment)).way
    compared = {code for code, one in way.items() if one in (Way.SHEET, Way.RECORDS)}
    return reported_by_units(assessment, compared)


def all_supplied(assessment: Assessment) -> Figures:
    """(unit, input) → the figure on the signed sheets, or counted from the newest frozen records.

    What is computed from records is not there as long as nothing is frozen.
    """
    version = issued(assessment)
    if version is None:
        return supplied_figures(assessment)
    computed = figures_from_records(assessment, version)
    return computed | supplied_figures(assessment, division_of(version).inputs(Way.SHEET))


def are_counted(assessment: Assessment) -> bool:
    """Whether there are frozen records to compare with."""
    return snapshot_that_counts(assessment) is not None


def noted(found: QuerySet[Difference]) -> dict[tuple[str, str], Noted]:
    return {
        (one.unit.code, one.input_code): Noted(
            one.reported, one.supplied, one.state == DifferenceState.OPEN
        )
        for one in found
    }


def settled_otherwise(assessment: Assessment, unit: int) -> list[Difference]:
    """Differences of a unit of which an earlier settlement stands no more."""
    found = assessment.differences.filter(unit=unit, earlier__isnull=False).distinct()
    return list(found.select_related("unit"))

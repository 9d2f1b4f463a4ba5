"""All items of a unit, each with its self-score, figures, points and reasons: in a few questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.queries.assessments import division_of, issued
from steelyard.assessment.queries.figures.counting import figures_that_count
from steelyard.assessment.queries.scoring import ItemPage, ScoreRow, load_beside, page_of
from steelyard.assessment.rules.schemes.division import Duty
from steelyard.people.models import Organisation


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One item of the unit. ``page``: the item, with all units, on which the points may depend."""

    duty: Duty
    page: ItemPage
    row: ScoreRow


def items_of_unit(assessment: Assessment, unit: str, seen: Q) -> list[Duty]:
    """In the order of the scheme; an item whose score does not exist for a person is not there."""
    version = issued(assessment)
    if version is None:
        return []
    theirs = assessment.scores.filter(seen, unit__code=unit).order_by()
    items = set(theirs.values_list("item", flat=True))
    return [one for one in division_of(version).duties if one.item.code in items]


def load_lines_of_unit(
    assessment: Assessment, unit: Organisation, duties: Sequence[Duty], now: datetime
) -> list[UnitLine]:
    """Some items of a unit. Of each its points are worked out among all units, so ask for no more than is shown."""
    version = issued(assessment)
    if version is None or not duties:
        return []
    scores = _scores(assessment, [one.item.code for one in duties])
    every = [one for rows in scores.values() for one in rows]
    beside = load_beside(assessment, every, unit.pk)
    counted = figures_that_count(assessment, version)
    found = []
    for duty in duties:
        page = page_of(assessment, version, duty, scores[duty.item.code], counted, beside, now)
        row = next(one for one in page.rows if one.facts.unit == unit.code)
        found.append(UnitLine(duty, page, row))
    return found


def _scores(assessment: Assessment, items: Sequence[str]) -> dict[str, list[Score]]:
    found: dict[str, list[Score]] = {}
    rows = assessment.scores.filter(item__in=items).select_related(
        "unit", "body", "scored_by", "reopened_by"
    )
    for one in rows:
        found.setdefault(one.item, []).append(one)
    return found

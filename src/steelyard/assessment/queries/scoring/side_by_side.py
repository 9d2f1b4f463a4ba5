"""All items of a unit, each with its self-score, figures, points and reasons: in a few questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.queries.assessments import division_of, issued
from steelyard.assessment.queries.figures.counting import figures_that_count
from steelyard.assessment.queries.scoring import ItemPage, ScoreRow, load_beside, page_of
from steelyard.assessment.rules.schemes.division import Duty


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One item of the unit. ``page``: the item, with all units, on which the points may depend."""

    duty: Duty
    page: ItemPage
    row: ScoreRow


def load_unit(assessment: Assessment, unit: str, seen: Q, now: datetime) -> list[UnitLine]:
    """In the order of the scheme; an item whose score does not exist for a person is not there."""
    if issued(assessment) is None:
        return []
    theirs = assessment.scores.filter(seen, unit__code=unit).order_by()
    items = dict(theirs.values_list("item", "unit"))
    return list(_lines(assessment, unit, items, now)) if items else []


def _lines(
    assessment: Assessment, unit: str, items: dict[str, int], now: datetime
) -> Iterator[UnitLine]:
    version = issued(assessment)
    scores = _scores(assessment, items)
    every = [one for rows in scores.values() for one in rows]
    beside = load_beside(assessment, every, next(iter(items.values())))
    counted = figures_that_count(assessment, version)
    for duty in division_of(version).duties:
        rows = scores.get(duty.item.code)
        if rows:
            page = page_of(assessment, version, duty, rows, counted, beside, now)
            yield UnitLine(duty, page, next(one for one in page.rows if one.facts.unit == unit))


def _scores(assessment: Assessment, items: dict[str, int]) -> dict[str, list[Score]]:
    found: dict[str, list[Score]] = {}
    rows = assessment.scores.filter(item__in=items).select_related(
        "unit", "body", "scored_by", "reopened_by"
    )
    for one in rows:
        found.setdefault(one.item, []).append(one)
    return found

"""One item with all its units, in a few questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from steelyard.assessment.models import Assessment, SchemeVersion, Score
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.figures.besides import load_besides
from steelyard.assessment.queries.figures.counting import figures_that_count
from steelyard.assessment.queries.scoring.beside import Beside, load_beside, row_of
from steelyard.assessment.queries.scoring.rows import ItemPage
from steelyard.assessment.queries.scoring.seen import own_units
from steelyard.assessment.queries.scoring.stood import put_beside
from steelyard.assessment.rules.figures.counting import Counted, Key
from steelyard.assessment.rules.judging import judging
from steelyard.assessment.rules.judging.following import Follows, ignored_statuses
from steelyard.assessment.rules.schemes.division import Duty, asked_of_units
from steelyard.people.rules.reach import Held


def load_item(
    assessment: Assessment, item: str, held: Iterable[Held] | None, now: datetime,
    scores: list[Score] | None = None,
) -> ItemPage | None:  # fmt: skip
    """An item with all its units, whoever asks. ``scores``: its rows, if they are held already.

    None: the scheme has no such leaf, or nothing of it is to be scored yet.
    """
    version = issued(assessment)
    if version is None:
        return None
    duty = next((one for one in division_of(version).duties if one.item.code == item), None)
    rows = load_scores(assessment, item) if scores is None else scores
    if duty is None or not rows:
        return None
    counted = figures_that_count(assessment, version, duty.inputs)
    beside = load_beside(assessment, rows)
    own = own_units(held or (), [one.unit_id for one in rows], timezone.localdate(now))
    page = page_of(assessment, version, duty, rows, counted, beside, now, own)
    put_beside(page)
    return page


def page_of(
    assessment: Assessment, version: SchemeVersion, duty: Duty, scores: Iterable[Score],
    counted: Mapping[Key, Counted], beside: Beside, now: datetime, own: Collection[int] = (),
) -> ItemPage:  # fmt: skip
    """An item with the points that follow, its units in the order of the scheme. ``own``: units in which
    who asks holds a role."""
    scheme, divided, item = scheme_of(version), division_of(version), duty.item.code
    order = {unit.code: at for at, unit in enumerate(scheme.assessed)}
    rows = sorted(scores, key=lambda one: order.get(one.unit.code, len(order)))
    of = judging(scheme, divided, duty, ignored_statuses(scheme, item))
    late = beside.late(rows) if item in asked_of_units(divided) else frozenset()
    besides = load_besides(assessment, version, item, now)
    forged = beside.forged(rows)
    page = ItemPage(assessment, version, duty, of, [], counted, forged, besides, late)
    page.rows = [row_of(page, one, beside, is_own=one.unit_id in own) for one in rows]
    follows = page.follow({})
    for row in page.rows:
        row.follows = follows.get(row.facts.unit, Follows(None))
    return page


def load_scores(assessment: Assessment, item: str) -> list[Score]:
    found = assessment.scores.filter(item=item).select_related(
        "unit", "body", "scored_by", "reopened_by"
    )
    return list(found)

"""Who sees which scores, and which units are one's own?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.permissions import units_seen
from steelyard.assessment.permissions.scoring import (
    bodies_scored_for,
    looks_after,
    organisations_of,
    own_among,
)
from steelyard.assessment.queries.assessments import bodies_for, division_of, issued
from steelyard.assessment.rules.states import Stage
from steelyard.people.queries import load_above
from steelyard.people.rules.reach import Held

LOOKING_BACK = (Stage.FROZEN,)
"""Stages from which on a unit sees what was said of it."""


def scores_seen_by(held: Iterable[Held], assessment: Assessment, on: date) -> Q | None:
    """Which scores exist for a person while they are given; None: none."""
    held = tuple(held)
    if looks_after(held, assessment.office_id, on):
        return Q()
    bodies = bodies_scored_for(held, on)
    return Q(body__in=bodies) if bodies else None


def scores_none(held: Iterable[Held], assessment: Assessment, on: date) -> bool:
    """Whether the scheme in force gives a person's bodies nothing to score, and they look after nothing here:
    of another office's assessment, a page of its scoring does not exist for them."""
    held = tuple(held)
    version = issued(assessment)
    if version is None or looks_after(held, assessment.office_id, on):
        return False
    named, bodies = bodies_for(assessment, on), bodies_scored_for(held, on)
    if any(named.get(one.scoring_body) in bodies for one in division_of(version).duties):
        return False
    return not assessment.scores.filter(body__in=bodies).exists()


def sees_what_was_said(held: Iterable[Held], score: Score, on: date) -> bool:
    """Whether the page of one item and unit exists for a person."""
    held = tuple(held)
    if looks_after(held, score.assessment.office_id, on):
        return True
    if score.body_id in bodies_scored_for(held, on):
        return True
    is_over = Stage(score.assessment.stage) in LOOKING_BACK
    return is_over and score.unit_id in units_seen(held, on)


def own_units(held: Iterable[Held], units: Iterable[int], on: date) -> frozenset[int]:
    """Units in which, or below which, a person holds any role."""
    organisations = organisations_of(held, on)
    above = load_above(organisations, on) if organisations else frozenset()
    return own_among(list(units), above)

"""Scoring, and what a unit was given, on the page of an assessment."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions import units_seen
from steelyard.assessment.permissions.scoring import bodies_scored_for
from steelyard.assessment.queries.scoring import (
    LOOKING_BACK,
    scores_seen_by,
)
from steelyard.assessment.rules.states import ScoreState, Stage
from steelyard.assessment.views.part import Part
from steelyard.look.language import say


def scoring_part(request: HttpRequest, found: Assessment) -> Part | None:
    if Stage(found.stage) not in (Stage.SCORING, Stage.FROZEN):
        return None
    seen = scores_seen_by(request.held, found, request.today)
    if seen is None:
        return None
    states = list(found.scores.filter(seen).order_by().values_list("state", "body"))
    mine = bodies_scored_for(request.held, request.today)
    waits = sum(state == ScoreState.OPEN for state, _body in states)
    if not states:
        return None
    said = _("%(scored)d of %(all)d scored") % {"scored": len(states) - waits, "all": len(states)}
    is_mine = any(state == ScoreState.OPEN and body in mine for state, body in states)
    return Part(_("Scoring"), reverse("assessment:scoring", args=[found.code]), said, is_mine)


def side_by_side_part(request: HttpRequest, found: Assessment) -> Part | None:
    """For the people of a unit, once all is frozen: what it was given, and why."""
    if Stage(found.stage) not in LOOKING_BACK:
        return None
    if scores_seen_by(request.held, found, request.today) is not None:
        return None
    seen = units_seen(request.held, request.today)
    rows = found.scores.filter(unit__in=seen).select_related("unit").order_by("unit__code")
    row = rows.first()
    if row is None:
        return None
    url = reverse("assessment:unit_items", args=[found.code, row.unit.code])
    return Part(_("Side by side"), url, say(row.unit.name))

"""All items to score, and how far they are."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions.scoring import bodies_scored_for
from steelyard.assessment.queries.scoring import (
    ItemLine,
    load_lines,
    scores_seen_by,
)
from steelyard.assessment.queries.scoring_days import due_of_scoring
from steelyard.assessment.rules.states import ScoreState, Stage
from steelyard.assessment.views.finding import find
from steelyard.people.lists import ROWS

NOT_SCORED, CHANGED = "open", "changed"


@require_safe
def scoring(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    seen = scores_seen_by(request.held, found, request.today)
    if seen is None:
        raise Http404
    lines = load_lines(found, seen)
    show = request.GET.get("show", "")
    shown_lines = [line for line in lines if _is_wanted(line, show)]
    page = Paginator(shown_lines, ROWS).get_page(request.GET.get("page"))
    page.pages = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    context = {
        "assessment": found,
        "page": page,
        "show": show,
        "scored": sum(line.scored for line in lines),
        "units": sum(line.units for line in lines),
        "changed": sum(line.changed for line in lines),
        "is_open": Stage(found.stage) is Stage.SCORING,
        "due": due_of_scoring(found, frozenset(line.body for line in lines)),
        "bodies": len({line.body for line in lines}),
        "tabs": [("", _("All items")), (NOT_SCORED, _("To be scored")), (CHANGED, _("Changed since"))],
    }  # fmt: skip
    return render(request, "assessment/scoring/list.html", context)


def _is_wanted(line: ItemLine, show: str) -> bool:
    if show == NOT_SCORED:
        return bool(line.waits)
    return bool(line.changed or line.reopened) if show == CHANGED else True


def scoring_part(request: HttpRequest, found: Assessment):
    from steelyard.assessment.views.parts import Part

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

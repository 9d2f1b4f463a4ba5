"""All items to score, and how far they are."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from steelyard.assessment.actions.scoring.clocks import urge_scoring
from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.scoring import (
    ItemLine,
    load_lines,
    scores_none,
    scores_seen_by,
)
from steelyard.assessment.queries.scoring.scoring_days import due_of_scoring
from steelyard.assessment.rules.states import Stage
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.urging import urged
from steelyard.people.lists import ROWS
from steelyard.people.rules.reach import may_towards
from steelyard.people.rules.roles import Action

NOT_SCORED, CHANGED = "open", "changed"


@require_safe
def scoring(request: HttpRequest, code: str) -> HttpResponse:
    return _list(request, find(request, code))


@require_POST
def urge(request: HttpRequest, code: str) -> HttpResponse:
    """Remind all bodies that have scores to give."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    return urged(
        request, found, urge_scoring, "assessment:scoring", done=_urged,
        again=lambda said: _list(request, find(request, code), said, status=409),
    )  # fmt: skip


def _urged(n: int) -> str:
    said = ngettext("%(n)s scoring body was urged.", "%(n)s scoring bodies were urged.", n)
    return said % {"n": n}


def find_lines(request: HttpRequest, found: Assessment) -> list[ItemLine]:
    """The items that exist for this person, in the order of the scheme.

    Raises:
        Http404: none does, and none may come.
    """
    seen = scores_seen_by(request.held, found, request.today)
    if seen is None:
        raise Http404
    lines = load_lines(found, seen)
    if not lines and scores_none(request.held, found, request.today):
        raise Http404
    return lines


def _list(
    request: HttpRequest, found: Assessment, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    lines = find_lines(request, found)
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
        "runs": may_towards(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today),
        "urged_today": found.scoring_urged_on == request.today,
        "refusals": refusals,
        "tabs": [("", _("All items")), (NOT_SCORED, _("To be scored")), (CHANGED, _("Changed since"))],
    }  # fmt: skip
    return render(request, "assessment/scoring/list.html", context, status=status)


def _is_wanted(line: ItemLine, show: str) -> bool:
    if show == NOT_SCORED:
        return bool(line.waits)
    return bool(line.changed or line.reopened) if show == CHANGED else True

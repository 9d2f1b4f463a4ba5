"""The suspicions of an assessment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from steelyard.assessment.models import Suspicion
from steelyard.assessment.rules.states import SUSPICION, SuspicionState
from steelyard.assessment.views.forgery.finding import find_suspicions, titles_of
from steelyard.look.language import say
from steelyard.people.lists import page_of

KINDS = {
    SuspicionState.SUSPECTED: "warn",
    SuspicionState.HEARD: "warn",
    SuspicionState.CONFIRMED: "bad",
    SuspicionState.CLEARED: "past",
}


@require_safe
def suspicions(request: HttpRequest, code: str) -> HttpResponse:
    found, seen = find_suspicions(request, code)
    page = page_of(seen.order_by("-pk"), request)
    titles = titles_of(found)
    lines = [(one, titles.get(one.item), *state_of(one)) for one in page]
    context = {"assessment": found, "page": page, "lines": lines}
    return render(request, "assessment/forgery/list.html", context)


def state_of(one: Suspicion) -> tuple[str, str]:
    state = SuspicionState(one.state)
    return say(SUSPICION.states[state]), KINDS[state]

"""One suspicion: what is said of it, and what a person may do with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from steelyard.assessment.models import Assessment, Suspicion
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import (
    issued,
    scheme_of,
)
from steelyard.assessment.queries.forgery import (
    answer_due,
    counted_until,
    facts_of,
    is_uncounted,
    speaks_for,
)
from steelyard.assessment.rules.forgery import ABOUT, About, has_days_left
from steelyard.assessment.rules.forgery.penalties import penalty_of
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.states import SuspicionState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.forgery.finding import find_suspicion, titles_of
from steelyard.assessment.views.forgery.overview import state_of
from steelyard.assessment.views.papers.taken import links_to
from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import Action

OPEN = (SuspicionState.SUSPECTED, SuspicionState.HEARD)


@require_safe
def suspicion(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = find_suspicion(request, found, number)
    facts = facts_of(one, found, request.user.pk, request.held, request.today)
    hears = not may_not(
        request.held, Action.RAISE_SUSPICION, found.office_id, request.today
    )  # fmt: skip
    decides = not may_not(request.held, Action.DECIDE_SUSPICION, found.office_id, request.today)
    state = SuspicionState(one.state)
    title, kind = state_of(one)
    until = counted_until(found)
    context = {
        "assessment": found, "one": one, "state": title, "kind": kind, "about": ABOUT[About(one.about)],
        "may_hear": hears and state is SuspicionState.SUSPECTED and not facts.is_own
        and not has_days_left(facts, request.today),
        "may_decide": decides and state in OPEN and not facts.is_own
        and not facts.by_whoever_raised_it,
        "may_confirm": state is SuspicionState.HEARD,
        "due": answer_due(one) if state is SuspicionState.SUSPECTED and not one.statement else None,
        "may_state": state in (SuspicionState.SUSPECTED, SuspicionState.HEARD) and not one.statement
        and speaks_for(request.held, one.unit_id, request.today),
        "papers": links_to(found, PaperKind.FORGERY, str(one.pk))
        if state is SuspicionState.CONFIRMED
        else None,
        "item": titles_of(found).get(one.item),
        "uncounted_since": until if is_uncounted(one, until) else None,
        "penalty": _penalty(found, one) if state is SuspicionState.CONFIRMED else None,
    }  # fmt: skip
    return render(request, "assessment/forgery/one.html", context)


def _penalty(found: Assessment, one: Suspicion) -> Text | None:
    """What the scheme says of forged material, where its item still is."""
    version = issued(found)
    scheme = scheme_of(version) if version is not None else None
    return penalty_of(scheme, one.item) if scheme is not None and one.item in scheme.item else None

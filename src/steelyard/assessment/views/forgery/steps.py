"""The steps of a suspicion: the unit states its case, it is heard, it is decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.forgery import decide, hear, state_case
from steelyard.assessment.forms.forgery import DecideForm, HearForm, StateForm
from steelyard.assessment.models import Assessment, Suspicion
from steelyard.assessment.permissions import no_right_to
from steelyard.assessment.queries.forgery import speaks_for
from steelyard.assessment.rules.states import SuspicionMove
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.forgery.finding import (
    find_suspicion,
    refuse_unless_theirs,
    titles_of,
)
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.trail.side_by_side import show_both

TITLES = {
    SuspicionMove.CONFIRM: gettext_lazy("Find it forged"),
    SuspicionMove.CLEAR: gettext_lazy("Clear it"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def state_one(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The unit states its case."""
    found = find(request, code)
    one = find_suspicion(request, found, number)
    if not speaks_for(request.held, one.unit_id, request.today):
        raise NotAllowed([no_right_to(Action.SIGN_SUBMISSION)])
    form = StateForm(posted(request), initial={"version": one.version})
    return _stepped(request, found, one, form, _("State your case"), lambda told: state_case(
        suspicion=one.pk, statement=told["statement"], seen=told["version"],
        **who_and_when(request),
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def hear_one(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = find_suspicion(request, found, number)
    refuse_unless_theirs(request, found, one, Action.RAISE_SUSPICION)
    form = HearForm(posted(request), initial={"version": one.version})
    return _stepped(request, found, one, form, _("Write down what the unit said"), lambda told: hear(
        suspicion=one.pk, hearing=told["hearing"], heard_on=told["heard_on"],
        was_silent=told["was_silent"], seen=told["version"], **who_and_when(request),
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def decide_one(request: HttpRequest, code: str, number: int, move: str) -> HttpResponse:
    if move not in TITLES:
        raise Http404
    found = find(request, code)
    one = find_suspicion(request, found, number)
    refuse_unless_theirs(request, found, one, Action.DECIDE_SUSPICION)
    decision = SuspicionMove(move)
    form = DecideForm(posted(request), initial={"version": one.version})
    return _stepped(request, found, one, form, TITLES[decision], lambda told: decide(
        suspicion=one.pk, move=decision, decision=told["decision"], seen=told["version"],
        **who_and_when(request),
    ), move)  # fmt: skip


def _stepped(
    request: HttpRequest, found: Assessment, one: Suspicion, form: HearForm | DecideForm | StateForm,
    title: object, act: Callable[[dict[str, Any]], Suspicion], move: str = "",
) -> HttpResponse:  # fmt: skip
    """A step: asked, taken and back to the suspicion, met with another saver, or refused at its form."""
    if request.method == "POST" and form.is_valid():
        made = done(form, lambda: act(form.cleaned_data))
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("assessment:suspicion", found.code, one.pk)
        if form.meanwhile:
            back = reverse("assessment:suspicion", args=[found.code, one.pk])
            return show_both(request, form.meanwhile, back=back)
    context = {
        "assessment": found, "one": one, "form": form, "title": title, "move": move,
        "item": titles_of(found).get(one.item),
    }  # fmt: skip
    return render(request, "assessment/forgery/step.html", context, status=status_of(form))

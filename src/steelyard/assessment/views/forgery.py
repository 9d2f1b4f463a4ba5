"""Suspicions of forged material: the list, one, raise it, hear the unit, confirm or clear it."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions.forgery import decide, hear, raise_suspicion, state_case
from steelyard.assessment.forms.forgery import DecideForm, HearForm, RaiseForm, StateForm
from steelyard.assessment.models import Assessment, Suspicion
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.assessments import (
    bodies_for,
    division_of,
    issued,
    scheme_of,
    units_of,
)
from steelyard.assessment.queries.forgery import (
    answer_due,
    counted_until,
    facts_of,
    is_uncounted,
    material_of,
    said_of,
    speaks_for,
    suspicions_seen_by,
)
from steelyard.assessment.queries.scoring import own_units
from steelyard.assessment.rules.forgery import ABOUT, About, has_days_left, own_unit
from steelyard.assessment.rules.forgery.penalties import penalty_of
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.states import SUSPICION, SuspicionMove, SuspicionState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.papers.taken import links_to
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.lists import page_of
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.trail.side_by_side import show_both

OPEN = (SuspicionState.SUSPECTED, SuspicionState.HEARD)
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


def find_suspicions(request: HttpRequest, code: str) -> tuple[Assessment, QuerySet[Suspicion]]:
    """The assessment, and those of its suspicions that exist for this person.

    Raises:
        Http404: none does, and this person raises and decides none here.
    """
    found = find(request, code)
    seen = suspicions_seen_by(request.held, found, request.today)
    if not _sees_any(request, found) and not seen.exists():
        raise Http404
    return found, seen


def titles_of(found: Assessment) -> Mapping[str, Text]:
    """The items of the scheme that was issued, by their code."""
    version = issued(found)
    return {code: one.title for code, one in scheme_of(version).item.items()} if version else {}


def _sees_any(request: HttpRequest, found: Assessment) -> bool:
    """The office, whether there is one or not."""
    actions = (Action.RAISE_SUSPICION, Action.DECIDE_SUSPICION)
    return any(
        not may_not(request.held, action, found.office_id, request.today) for action in actions
    )


def state_of(one: Suspicion) -> tuple[str, str]:
    state = SuspicionState(one.state)
    return say(SUSPICION.states[state]), KINDS[state]


@require_safe
def suspicion(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = _one(request, found, number)
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


def _one(request: HttpRequest, found: Assessment, number: int) -> Suspicion:
    one = suspicions_seen_by(request.held, found, request.today).filter(pk=number).first()
    if one is None:
        raise Http404
    return one


@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request: HttpRequest, code: str, item: str, unit: str) -> HttpResponse:
    found = find(request, code)
    version = issued(found)
    duty = version and next(
        (one for one in division_of(version).duties if one.item.code == item), None
    )
    organisation = units_of(version).get(unit) if version else None
    if duty is None or organisation is None:
        raise Http404
    refuse_unless_raises(request, found, item)
    refuse_own_unit(request, organisation.pk)
    signed = said_of(found, organisation.pk, item)
    form = RaiseForm(
        posted(request), signed=signed, materials=material_to_choose(found, organisation.pk, item)
    )
    if request.method == "POST" and form.is_valid():
        about, material = form.doubted
        made = done(form, lambda: raise_suspicion(
            assessment=found.pk, unit=unit, item=item, grounds=form.cleaned_data["grounds"],
            about=about, material=material, **who_and_when(request),
        ))  # fmt: skip
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("assessment:suspicion", code, made.pk)
    context = {"assessment": found, "item": duty.item, "unit": organisation, "form": form,
               "may_raise": bool(signed)}  # fmt: skip
    return render(request, "assessment/forgery/raise.html", context, status=status_of(form))


def refuse_unless_raises(request: HttpRequest, found: Assessment, item: str) -> None:
    """
    Raises:
        NotAllowed: they are neither of the office nor of the body that scores the item.
    """
    version = issued(found)
    duties = division_of(version).duties if version else ()
    scored_by = {one.item.code: one.scoring_body for one in duties}
    body = bodies_for(found, request.today).get(scored_by.get(item, ""))
    towards = [found.office_id, *([body] if body else [])]
    if all(may_not(request.held, Action.RAISE_SUSPICION, one, request.today) for one in towards):
        raise NotAllowed([no_right_to(Action.RAISE_SUSPICION)])


def refuse_own_unit(request: HttpRequest, unit: int) -> None:
    """
    Raises:
        NotAllowed: they hold a role in the unit.
    """
    if own_units(request.held, [unit], request.today):
        raise NotAllowed([own_unit()])


def material_to_choose(found: Assessment, unit: int, item: str) -> list[tuple[int, str]]:
    """What the unit filed for the item and signed: number and title."""
    return [(use.material_id, use.material.title) for use in material_of(found, unit, item)]


@require_http_methods(["GET", "HEAD", "POST"])
def state_one(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The unit states its case."""
    found = find(request, code)
    one = _one(request, found, number)
    if not speaks_for(request.held, one.unit_id, request.today):
        raise NotAllowed([no_right_to(Action.SIGN_SUBMISSION)])
    form = StateForm(posted(request), initial={"version": one.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = done(form, lambda: state_case(
            suspicion=one.pk, statement=told["statement"], seen=told["version"],
            **who_and_when(request),
        ))  # fmt: skip
        answer = _after(request, found, one, form, made)
        if answer is not None:
            return answer
    return _asked(request, found, one, form, _("State your case"))


@require_http_methods(["GET", "HEAD", "POST"])
def hear_one(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = _one(request, found, number)
    _refuse_others(request, found, one, Action.RAISE_SUSPICION)
    form = HearForm(posted(request), initial={"version": one.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = done(form, lambda: hear(
            suspicion=one.pk, hearing=told["hearing"], heard_on=told["heard_on"],
            was_silent=told["was_silent"], seen=told["version"], **who_and_when(request),
        ))  # fmt: skip
        answer = _after(request, found, one, form, made)
        if answer is not None:
            return answer
    return _asked(request, found, one, form, _("Write down what the unit said"))


@require_http_methods(["GET", "HEAD", "POST"])
def decide_one(request: HttpRequest, code: str, number: int, move: str) -> HttpResponse:
    if move not in (SuspicionMove.CONFIRM, SuspicionMove.CLEAR):
        raise Http404
    found = find(request, code)
    one = _one(request, found, number)
    _refuse_others(request, found, one, Action.DECIDE_SUSPICION)
    form = DecideForm(posted(request), initial={"version": one.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = done(form, lambda: decide(
            suspicion=one.pk, move=SuspicionMove(move), decision=told["decision"],
            seen=told["version"], **who_and_when(request),
        ))  # fmt: skip
        answer = _after(request, found, one, form, made)
        if answer is not None:
            return answer
    return _asked(request, found, one, form, _TITLES[SuspicionMove(move)], move)


_TITLES = {
    SuspicionMove.CONFIRM: gettext_lazy("Find it forged"),
    SuspicionMove.CLEAR: gettext_lazy("Clear it"),
}


def _refuse_others(request: HttpRequest, found: Assessment, one: Suspicion, action: Action) -> None:
    refusals = may_not(request.held, action, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    if own_units(request.held, [one.unit_id], request.today):
        raise NotAllowed([own_unit()])


def _after(
    request: HttpRequest, found: Assessment, one: Suspicion, form: HearForm | DecideForm | StateForm,
    made: Suspicion | None,
) -> HttpResponse | None:  # fmt: skip
    """Where it goes on, if the step was made or somebody was faster; else the form again."""
    if made is not None:
        messages.success(request, _("Saved."))
        return redirect("assessment:suspicion", found.code, one.pk)
    if form.meanwhile:
        back = reverse("assessment:suspicion", args=[found.code, one.pk])
        return show_both(request, form.meanwhile, back=back)
    return None


def _asked(
    request: HttpRequest, found: Assessment, one: Suspicion, form: HearForm | DecideForm | StateForm,
    title: object, move: str = "",
) -> HttpResponse:  # fmt: skip
    context = {
        "assessment": found, "one": one, "form": form, "title": title, "move": move,
        "item": titles_of(found).get(one.item),
    }  # fmt: skip
    return render(request, "assessment/forgery/step.html", context, status=status_of(form))


def suspicions_part(request: HttpRequest, found: Assessment):
    """On the assessment's page, ever after, for those who may see them."""
    from steelyard.assessment.views.parts import Part

    states = list(
        suspicions_seen_by(request.held, found, request.today)
        .order_by()
        .values_list("state", flat=True)
    )
    if not states:
        return None
    is_open = sum(state in OPEN for state in states)
    forged = states.count(SuspicionState.CONFIRMED)
    said = _("undecided: %(open)d; found to be forged: %(forged)d") % {
        "open": is_open, "forged": forged,
    }  # fmt: skip
    url = reverse("assessment:suspicions", args=[found.code])
    return Part(_("Forged material"), url, said, bool(is_open) and _sees_any(request, found))

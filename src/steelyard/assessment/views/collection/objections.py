"""Objections to records: those of one's unit, and those that wait for one's body to answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions.collection import answer_objection
from steelyard.assessment.forms.collection import ReasonedForm
from steelyard.assessment.models import Objection, SchemeVersion
from steelyard.assessment.permissions.collection import may_not_answer
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.collection.corrections import Correction, load_corrections
from steelyard.assessment.queries.figures.computed import objections_seen_by
from steelyard.assessment.rules.states import OBJECTION, ObjectionMove, ObjectionState
from steelyard.assessment.views.collection.became import as_corrected, shown
from steelyard.assessment.views.finding import find
from steelyard.kernel.refusals import Refusal
from steelyard.look.language import say
from steelyard.people.lists import page_of
from steelyard.people.rules.reach import may_towards
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.scheme.model import Input
from steelyard.supply.models import DeliveryRequest
from steelyard.supply.queries import requests_seen_by, seen_by
from steelyard.supply.rules.requests import State

COLOURS = {
    ObjectionState.OPEN: "warn",
    ObjectionState.UPHELD: "good",
    ObjectionState.REJECTED: "past",
}


@require_safe
def objections(request: HttpRequest, code: str) -> HttpResponse:
    assessment = find(request, code)
    found = objections_seen_by(request.held, request.today).filter(assessment=assessment)
    page = page_of(found, request)
    became = load_corrections(assessment, page, request.today)
    inputs = _inputs(issued(assessment))
    context = {
        "assessment": assessment, "page": page,
        "lines": [(*_line(one), shown(one, became[one.pk], inputs)) for one in page],
    }  # fmt: skip
    return render(request, "assessment/collection/objections.html", context)


def _inputs(version: SchemeVersion | None) -> Mapping[str, Input]:
    return scheme_of(version).inputs if version else {}


def _line(one: Objection):
    state = ObjectionState(one.state)
    return one, say(OBJECTION.states[state]), COLOURS[state]


@require_safe
def objection(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = _find(request, code, number)
    return _shown(request, found, ReasonedForm(initial={"version": found.version}))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str, number: int, move: str) -> HttpResponse:
    found = _find(request, code, number)
    if move not in set(ObjectionMove):
        raise Http404
    refusals = _may_not_answer(request, found)
    if refusals:
        raise NotAllowed(refusals)
    form = ReasonedForm(posted(request), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        answered = done(form, lambda: answer_objection(
            objection=number, move=ObjectionMove(move), reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["version"], **who_and_when(request)))  # fmt: skip
        if answered is not None:
            messages.success(request, _("Answered. The unit sees your reason."))
            return redirect("assessment:objection", code, number)
        if form.meanwhile is not None:
            form.add_error(None, _("It was answered meanwhile; look at it as it is now."))
            found = _find(request, code, number)
    return _shown(request, found, form)


def _may_not_answer(request: HttpRequest, found: Objection) -> tuple[Refusal, ...]:
    return may_not_answer(request.held, found.body_id, found.assessment.office_id, request.today)


def _shown(request: HttpRequest, found: Objection, form: ReasonedForm) -> HttpResponse:
    version = issued(found.assessment)
    inputs = _inputs(version)
    may_answer = found.state == ObjectionState.OPEN and not _may_not_answer(request, found)
    state = ObjectionState(found.state)
    became = load_corrections(found.assessment, [found], request.today)[found.pk]
    context = {
        "became": shown(found, became, inputs), "sees_request": _requests(request).filter(pk=found.asked_id).exists(),
        "sees_correction": _sees_correction(request, became),
        "may_urge": _may_urge(request, found),
        "corrected": as_corrected(found, version, became, request.today),
        "assessment": found.assessment, "objection": found, "state": say(OBJECTION.states[state]),
        "colour": COLOURS[state], "input": inputs.get(found.input_code), "form": form,
        "moves": [(move, say(OBJECTION.moves[move])) for move in ObjectionMove] if may_answer else [],
    }  # fmt: skip
    return render(request, "assessment/collection/objection.html", context, status=status_of(form))


def _requests(request: HttpRequest) -> QuerySet[DeliveryRequest, int]:
    return requests_seen_by(request.held, request.today).values_list("pk", flat=True)


def _may_urge(request: HttpRequest, found: Objection) -> bool:
    """Its source is asked to correct it, and the office has not urged it today."""
    if found.asked is None or found.asked.state != State.OPEN:
        return False
    asks = may_towards(request.held, Action.REQUEST_DELIVERY, found.body_id, request.today)
    return asks and found.asked.urged_on != request.today


def _sees_correction(request: HttpRequest, found: Correction) -> bool:
    """Those who see deliveries of the body follow the link, the others read its name."""
    if found.delivery is None:
        return False
    return seen_by(request.held, request.today).filter(pk=found.delivery.pk).exists()


def _find(request: HttpRequest, code: str, number: int) -> Objection:
    assessment = find(request, code)
    seen = objections_seen_by(request.held, request.today).filter(assessment=assessment)
    found = seen.filter(pk=number).first()
    if found is None:
        raise Http404
    found.assessment = assessment
    return found

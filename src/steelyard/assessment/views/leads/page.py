"""The page of one lead, of an assessment or of the inbox: its steps, and the seal of who told it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from steelyard.assessment.actions import leads as actions
from steelyard.assessment.forms.leads import (
    CheckLeadForm,
    ConcludeLeadForm,
    OpenInformantForm,
    PlaceLeadForm,
)
from steelyard.assessment.informant_seal import SealBroken
from steelyard.assessment.models import Lead, Visit
from steelyard.assessment.queries.assessments import units_assessed
from steelyard.assessment.queries.leads import reads_of
from steelyard.assessment.queries.leads.form_leads import may_belong_to
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules.leads import CHANNELS, Channel, Told
from steelyard.assessment.rules.states import LEAD, LeadMove, LeadState, VisitState
from steelyard.assessment.views.leads.finding import may
from steelyard.look.language import say
from steelyard.people.forms import OfficeForm
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import done, status_of, who_and_when
from steelyard.trail.side_by_side import show_both

CONCLUDE = (LeadMove.CONFIRM, LeadMove.CLOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was just asked of the page: the form that was refused, the seal that was opened or is broken."""

    check: CheckLeadForm | None = None
    conclude: ConcludeLeadForm | None = None
    place: PlaceLeadForm | None = None
    informant: OpenInformantForm | None = None
    told: Told | None = None
    is_broken: bool = False

    @property
    def status(self) -> int:
        if self.is_broken:
            return 409
        return max(map(status_of, (self.check, self.conclude, self.place, self.informant)))


NOTHING = Asked()


@sensitive_variables("asked")
def show(request: HttpRequest, found: Lead, asked: Asked = NOTHING) -> HttpResponse:
    """The lead stays readable whatever was asked of it, a broken seal too."""
    with_words(found)
    handles = may(request, Action.HANDLE_LEADS, found)
    is_sealed = hasattr(found, "informant")
    opens = is_sealed and may(request, Action.OPEN_INFORMANTS, found)
    told = {
        "assessment": found.assessment, "lead": found, "item_title": _item_title(found),
        "urls": _addresses(found), "is_sealed": is_sealed, "opens": opens, "told": asked.told,
        "informant": asked.informant or (OpenInformantForm() if opens else None),
        "is_broken": asked.is_broken, "waits_for": waits_for(found), "reads": reads_of(found),
        **(_steps(found, asked) if handles else {}),
    }  # fmt: skip
    return render(request, "assessment/leads/lead.html", told, status=asked.status)


def _steps(found: Lead, asked: Asked) -> dict[str, object]:
    """The forms of the steps that there are from here, each as it was refused or afresh."""
    moves, is_placed = LEAD.moves_from(LeadState(found.state)), found.assessment_id is not None
    checks, concludes = LeadMove.CHECK in moves and is_placed, bool(_concluding(found))
    places = not is_placed and found.state == LeadState.NEW
    return {
        "check": asked.check or (check_form(found) if checks else None),
        "conclude": asked.conclude or (conclude_form(found) if concludes else None),
        "place": asked.place or (place_form(found) if places else None),
    }


def _item_title(found: Lead) -> str:
    titles = items_of(found.assessment) if found.item and found.assessment else {}
    return say(titles[found.item]) if found.item in titles else ""


def _addresses(found: Lead) -> dict[str, str]:
    if found.assessment is None:
        own = {name: f"assessment:{name}_of_form" for name in ("place", "conclude", "informant")}
        return {name: reverse(one, args=[found.pk]) for name, one in own.items()}
    names = {"check": "check_lead", "conclude": "conclude_lead", "informant": "informant"}
    told = [found.assessment.code, found.pk]
    return {name: reverse(f"assessment:{one}", args=told) for name, one in names.items()}


def page_of_lead(found: Lead) -> str:
    if found.assessment is None:
        return reverse("assessment:lead_of_form", args=[found.pk])
    return reverse("assessment:lead", args=[found.assessment.code, found.pk])


# --- its steps ----------------------------------------------------------------------------------


def concluded(request: HttpRequest, found: Lead) -> HttpResponseBase:
    """The step of concluding, sent from its page."""
    form = conclude_form(found, request.POST)
    act: Callable[[dict[str, Any]], Lead] = lambda told: actions.conclude_lead(  # noqa: E731
        lead=found.pk, move=LeadMove(told["move"]), conclusion=told["conclusion"],
        seen=told["version"], **who_and_when(request),
    )  # fmt: skip
    return stepped(request, found, form, act, Asked(conclude=form))


def stepped(
    request: HttpRequest, found: Lead, form: OfficeForm, act: Callable[[dict[str, Any]], Lead],
    refused: Asked,
) -> HttpResponseBase:  # fmt: skip
    """A step: taken and back to the page, met with another saver, or refused on the page."""
    if form.is_valid():
        saved = done(form, lambda: act(form.cleaned_data))
        if form.meanwhile is not None:
            return show_both(request, form.meanwhile, back=page_of_lead(found))
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect(page_of_lead(saved))
    return show(request, found, refused)


@sensitive_variables()
def opened(request: HttpRequest, found: Lead) -> HttpResponse:
    """The seal is opened on this answer alone: the page of the lead never shows who told it."""
    form, told = OpenInformantForm(request.POST), None
    if form.is_valid():
        try:
            told = done(form, lambda: actions.open_informant(
                lead=found.pk, reason=form.cleaned_data["reason"], **who_and_when(request)))  # fmt: skip
        except SealBroken:
            return show(request, found, Asked(informant=form, is_broken=True))
    return show(request, found, Asked(informant=form if told is None else None, told=told))


def check_form(found: Lead, sent: Any = None) -> CheckLeadForm:
    visits = Visit.objects.filter(assessment=found.assessment_id, unit=found.unit_id).exclude(
        state=VisitState.CANCELLED
    )
    start = {"version": found.version}
    return CheckLeadForm(sent, visits=visits.select_related("unit"), initial=start)


def conclude_form(found: Lead, sent: Any = None) -> ConcludeLeadForm:
    start = {"version": found.version}
    moves = CONCLUDE if sent is not None else _concluding(found) or CONCLUDE
    return ConcludeLeadForm(sent, moves=moves, initial=start)


def _concluding(found: Lead) -> list[LeadMove]:
    """Of the two outcomes those that there are now: while a visit is to come none is confirmed by it."""
    moves = LEAD.moves_from(LeadState(found.state))
    may_be_confirmed = found.assessment_id is not None and waits_for(found) is None
    return [one for one in CONCLUDE if one in moves and (may_be_confirmed or one is LeadMove.CLOSE)]


def waits_for(found: Lead) -> Visit | None:
    """The visit by which it is checked, while there is no report on it."""
    visit = found.visit
    return visit if visit is not None and visit.state in actions.TO_COME else None


def place_form(found: Lead, sent: Any = None) -> PlaceLeadForm:
    assessments = may_belong_to(found)
    units = {unit.pk for one in assessments for unit in units_assessed(one)}
    if found.unit_id is not None:
        units &= {found.unit_id}
    start = {"version": found.version, "unit": found.unit_id}
    return PlaceLeadForm(
        sent,
        assessments=assessments,
        units=Organisation.objects.filter(pk__in=units),
        items={say(one.title): items_of(one) for one in assessments},
        initial=start,
    )


def with_words(found: Lead) -> None:
    found.state_said = say(LEAD.states[LeadState(found.state)])
    found.channel_said = say(CHANNELS[Channel(found.channel)])
    found.unit_said = say(found.unit.name) if found.unit else _("not known")

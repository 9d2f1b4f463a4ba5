"""The assessments that there are, and one: where it stands, what the next step waits for, its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.forms.assessments import (
    CollectForm,
    CompareForm,
    OpenForm,
    ReasonForm,
    ScoreForm,
)
from steelyard.assessment.forms.schemes import SendOutForm
from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.assessments import (
    assessments_seen_by,
    offices_for,
    regions_below,
    settled_unheard,
)
from steelyard.assessment.queries.samples import is_sample
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.frozen.cut_off import BEFORE_THE_FREEZE
from steelyard.assessment.rules.schemes.places import against_places
from steelyard.assessment.rules.schemes.rounds import was_held
from steelyard.assessment.rules.stages import (
    Asked,
    AssessmentState,
    against,
)
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.missing import missing_in
from steelyard.assessment.views.parts import parts_for
from steelyard.assessment.views.weighings import may_ask_again
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.look.language import say
from steelyard.people.forms import OfficeForm
from steelyard.people.lists import page_of
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)
from steelyard.trail.side_by_side import version_of


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the way. ``place``: past, here or ahead."""

    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A move that this person may make; ``refusals`` say why not just now, ``form`` what it asks for, ``note``
    what is to be known before."""

    move: StageMove
    title: str
    refusals: tuple[str, ...]
    form: OfficeForm | None = None
    note: str = ""

    @property
    def is_back(self) -> bool:
        """It leads back or out, or leaves out what is usual: no step to press without thought."""
        return self.move in (
            StageMove.DRAFT_AGAIN, StageMove.SETTLE_UNHEARD, StageMove.REOPEN, StageMove.WITHDRAW,
        )  # fmt: skip


@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    if not reach(request.held, Action.SEE_ASSESSMENT, request.today):
        raise Http404
    page = page_of(assessments_seen_by(request.held, request.today), request)
    context = {
        "page": page,
        "may_open": bool(reach(request.held, Action.RUN_ASSESSMENT, request.today)),
    }
    return render(request, "assessment/assessments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    offices = reach(request.held, Action.RUN_ASSESSMENT, request.today)
    if not reach(request.held, Action.SEE_ASSESSMENT, request.today):
        raise Http404
    if not offices:
        raise NotAllowed([no_right_to(Action.RUN_ASSESSMENT)])
    mine = offices_for(request.held, request.today)
    own = {one.organisation for one in request.held}
    form = OpenForm(
        posted(request), offices=mine, regions=regions_below(mine, request.today),
        initial={"office": next((one.pk for one in mine if one.pk in own), None)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        office = told.pop("office")
        found = done(form, lambda: open_assessment(
            office=office.pk, wanted=Wanted(**told), **who_and_when(request)))  # fmt: skip
        if found is not None:
            return redirect("assessment:assessment", found.code)
    return render(request, "assessment/open.html", {"form": form}, status=status_of(form))


@require_safe
def assessment(request: HttpRequest, code: str) -> HttpResponse:
    return shown(request, find(request, code))


def shown(
    request: HttpRequest, found: Assessment, refusals: tuple[str, ...] = (), status: int = 200,
    told: Mapping[StageMove, OfficeForm] | None = None,
) -> HttpResponse:  # fmt: skip
    """``told``: what was typed into the form of a step, to be corrected or sent again."""
    runs = not may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today)
    state = _state_for(request, found) if runs else None
    unheard = settled_unheard(found)
    context = {
        "assessment": found,
        "is_sample": is_sample(found),
        "steps": _steps(Stage(found.stage), is_unheard=unheard is not None),
        "stage": say(ASSESSMENT.states[Stage(found.stage)]),
        "choices": _choices(request, state, told or {}) if state else [],
        "again": found.weighings.first() if runs and may_ask_again(request, found) else None,
        "needed": _needed(state) if state else (),
        "without_place": state.without_place if state else (),
        "freezes_itself": Stage(found.stage) in BEFORE_THE_FREEZE,
        "parts": parts_for(request, found),
        "unheard": unheard,
        "refusals": refusals,
    }
    return render(request, "assessment/assessment.html", context, status=status)


FORMS: Mapping[StageMove, type[OfficeForm]] = {
    StageMove.SEND_OUT: SendOutForm,
    StageMove.SETTLE_UNHEARD: ReasonForm,
    StageMove.COLLECT: CollectForm,
    StageMove.COMPARE: CompareForm,
    StageMove.SCORE: ScoreForm,
    StageMove.REOPEN: ReasonForm,
    StageMove.WITHDRAW: ReasonForm,
}
"""What a step asks for."""


def _state_for(request: HttpRequest, found: Assessment) -> AssessmentState:
    """With the missing figures that the cards of the page tell of."""
    waits = found.stage in (Stage.COMPARING, Stage.SCORING)
    return load_state(found, request.today, missing_in(request, found) if waits else None)


def _needed(state: AssessmentState) -> tuple[str, ...]:
    """What only the end would ask for, said while there is time: see ``the_places_are_there``."""
    if state.stage not in (Stage.ISSUED, Stage.COLLECTING, Stage.COMPARING):
        return ()
    refusal = against_places(lacks=state.lacks_places, units=state.without_place)
    return (say(refusal.text),) if refusal else ()


def _steps(stage: Stage, *, is_unheard: bool) -> list[Step]:
    """The way to the end. What was withdrawn began it, and left it; what was settled without a round of
    comments had none on its way."""
    if stage is Stage.WITHDRAWN:
        order = [Stage.DRAFTING, Stage.WITHDRAWN]
    else:
        left_out = {Stage.WITHDRAWN} | ({Stage.COMMENTS} if is_unheard else set())
        order = [one for one in Stage if one not in left_out]
    here = order.index(stage)
    places = [
        "past" if at < here else "here" if at == here else "ahead" for at in range(len(order))
    ]
    return [
        Step(say(ASSESSMENT.states[one]), place) for one, place in zip(order, places, strict=True)
    ]


def _choices(
    request: HttpRequest, state: AssessmentState, told: Mapping[StageMove, OfficeForm]
) -> list[Choice]:
    """A step back that is refused now is named with the reason, and asks for nothing. To settle a draft unheard
    is no choice once it was heard."""
    found = []
    for move in ASSESSMENT.moves_from(state.stage):
        if move is StageMove.SETTLE_UNHEARD and state.held_round:
            continue
        refusals = _against(state, move, request)
        one = Choice(
            move, say(ASSESSMENT.moves[move]), refusals, told.get(move), _note(state, move, request.today)
        )  # fmt: skip
        if one.form is None and move in FORMS and not (refusals and one.is_back):
            one = replace(one, form=FORMS[move]())
        found.append(one)
    return found


def _note(state: AssessmentState, move: StageMove, today: date) -> str:
    if (state.stage, move) != (Stage.COMMENTS, StageMove.DRAFT_AGAIN):
        return ""
    if was_held(state.comments_due, today):
        return ""
    return _(
        "Called back before everybody has spoken, this round does not count: the draft goes out again, or is"
        " settled without one, for a reason that its approvers see."
    )


def _against(state: AssessmentState, move: StageMove, request: HttpRequest) -> tuple[str, ...]:
    asked = Asked(move=move, on=request.today)
    return _texts(against(state, asked))


@require_POST
def move(request: HttpRequest, code: str, move: str) -> HttpResponse:
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    if move not in set(StageMove):
        raise Http404
    form = FORMS[StageMove(move)](request.POST) if StageMove(move) in FORMS else None
    if form is not None and not form.is_valid():
        return shown(request, found, told={StageMove(move): form}, status=status_of(form))
    terms = Terms(**form.cleaned_data) if form is not None else Terms()
    try:
        move_on(
            assessment=found.pk, move=StageMove(move), seen=version_of(request.POST, "seen"),
            terms=terms, **who_and_when(request),
        )  # fmt: skip
    except Refused as refused:
        refused_for_a_right(refused)
        return _refused(request, code, StageMove(move), form, refused)
    messages.success(request, _("Done."))
    return redirect("assessment:assessment", found.code)


def _refused(
    request: HttpRequest, code: str, move: StageMove, form: OfficeForm | None, refused: Refused
) -> HttpResponse:
    """The page as it is now, with what was typed: what is wrong with a field stands at it, the rest on top."""
    found = find(request, code)
    if form is None:
        return shown(request, found, _texts(refused.refusals), status=409)
    at_fields = [one for one in refused.refusals if one.field in form.fields]
    form.refuse(Refused(at_fields))
    others = [one for one in refused.refusals if one not in at_fields]
    return shown(request, found, _texts(others), status=409, told={move: form})


def _texts(refusals: Iterable[Refusal]) -> tuple[str, ...]:
    return tuple(say(one.text) for one in refusals)

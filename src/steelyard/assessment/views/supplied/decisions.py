"""Begin the correction of a signed sheet, or take it back; urge one that is open, or all that are awaited."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from steelyard.assessment.actions import supplied as actions
from steelyard.assessment.forms.supplied import CorrectForm, TakeBackForm
from steelyard.assessment.models import Sheet
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.supplied import facts as facts_of
from steelyard.assessment.queries.supplied import input_of, units_of_sheet
from steelyard.assessment.rules.states import SheetState
from steelyard.assessment.rules.supplied.cells import Typed, of_draft
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.supplied.finding import find_sheet, refuse_unless_own
from steelyard.assessment.views.supplied.one import shown_sheet
from steelyard.assessment.views.supplied.overview import shown_sheets
from steelyard.assessment.views.urging import urged
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)
from steelyard.trail.side_by_side import Told, show_both, told_of
from steelyard.trail.versions import ChangedMeanwhile


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = find_sheet(request, found, number)
    refuse_unless_own(request, one)
    form = CorrectForm(posted(request), initial={"seen": one.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        saved = done(form, lambda: actions.correct(
            sheet=one.pk, reason=told["reason"], seen=told["seen"], **who_and_when(request)))  # fmt: skip
        if form.meanwhile is not None:
            back = reverse("assessment:sheet", args=[found.code, one.pk])
            return show_both(request, form.meanwhile, version="seen", back=back)
        if saved is not None:
            messages.success(request, _("Correct the figures below, then sign the new version."))
            return redirect("assessment:sheet", found.code, one.pk)
    context = {"assessment": found, "sheet": one, "wanted": input_of(one), "form": form}
    return render(request, "assessment/supplied/correct.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = find_sheet(request, found, number)
    refuse_unless_own(request, one)
    form = TakeBackForm(posted(request), initial={"seen": one.version})
    if request.method == "POST" and form.is_valid():
        saved = done(form, lambda: actions.take_back(
            sheet=one.pk, seen=form.cleaned_data["seen"], **who_and_when(request)))  # fmt: skip
        if form.meanwhile is not None:
            back = reverse("assessment:sheet", args=[found.code, one.pk])
            told = [*told_of(form.meanwhile), *_cells_changed(one, form.meanwhile)]
            return show_both(request, form.meanwhile, version="seen", told=told, back=back)
        if saved is not None:
            messages.success(request, _("Taken back. The last signed version counts."))
            return redirect("assessment:sheet", found.code, one.pk)
    facts = facts_of(one)
    context = {
        "assessment": found, "sheet": one, "wanted": input_of(one), "form": form,
        "is_being_corrected": facts.state is SheetState.MENDING, "is_changed": facts.is_changed,
    }  # fmt: skip
    return render(request, "assessment/supplied/take_back.html", context, status=status_of(form))


def _cells_changed(one: Sheet, changed: ChangedMeanwhile) -> Iterator[Told]:
    """What somebody else typed meanwhile, and would be dropped."""
    before, theirs = (of_draft(row.get("draft") or {}) for row in (changed.before, changed.theirs))
    for code, unit in units_of_sheet(one).items():
        was, now = (side.get(code, Typed()) for side in (before, theirs))
        if was != now:
            yield Told(say(unit.name), was.value or "–", now.value or "–")


@require_POST
def urge(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = find_sheet(request, found, number)
    refusals = may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    try:
        actions.urge(sheet=one.pk, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        said = tuple(say(refusal.text) for refusal in refused.refusals)
        return shown_sheet(
            request, found, find_sheet(request, found, number), refusals=said, status=409
        )
    messages.success(request, _("Urged. Whoever supplies there has been told."))
    return redirect("assessment:sheets", found.code)


@require_POST
def urge_all(request: HttpRequest, code: str) -> HttpResponse:
    """Remind every body of all its sheets that are awaited."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    return urged(
        request, found, actions.urge_sheets, "assessment:sheets",
        done=lambda n: ngettext("%(n)s sheet was urged.", "%(n)s sheets were urged.", n) % {"n": n},
        again=lambda said: shown_sheets(request, found.code, said, status=409),
    )  # fmt: skip

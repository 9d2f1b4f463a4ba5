"""Amend an issued scheme: propose, see what differs item by item, settle, issue."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions.schemes import amendments as actions
from steelyard.assessment.forms.schemes import ProposeForm
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.rules.amendments import KINDS, differences
from steelyard.assessment.rules.schemes.parts_compared import parts_compared
from steelyard.assessment.rules.states import SchemeMove
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.schemes.brought import brought_by
from steelyard.assessment.views.schemes.finding import find_version
from steelyard.assessment.views.schemes.page import shown
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)
from steelyard.scheme.read import check_document
from steelyard.trail.side_by_side import show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile

MOVES = {
    "check": SchemeMove.CHECK, "draft_again": SchemeMove.DRAFT_AGAIN, "drop": SchemeMove.DROP,
    "issue": SchemeMove.ISSUE,
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponse:
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    form = ProposeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        version = done(form, lambda: actions.propose(
            assessment=found.pk, **form.cleaned_data, **who_and_when(request)))  # fmt: skip
        if version is not None:
            messages.success(request, _("The amendment is begun: change what is to change."))
            return redirect("assessment:scheme_version", found.code, version.number)
    context = {"assessment": found, "form": form}
    return render(request, "assessment/scheme/propose.html", context, status=status_of(form))


@require_POST
def move(request: HttpRequest, code: str, move: str) -> HttpResponse:
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    if move not in MOVES:
        raise Http404
    version = under_way(found)
    try:
        moved = actions.move_amendment(
            assessment=found.pk, move=MOVES[move], seen=version_of(request.POST),
            **who_and_when(request),
        )  # fmt: skip
    except ChangedMeanwhile as error:
        back = redirect("assessment:scheme", found.code).url
        return show_both(request, error, told=(), back=back)
    except Refused as refused:
        refused_for_a_right(refused)
        said = [say(one.text) for one in refused.refusals]
        number = version.number if version is not None else None
        return shown(request, found, find_version(request, found, number), said, status=409)
    messages.success(request, _("Done."))
    return redirect("assessment:scheme_version", found.code, moved.number)


@require_safe
def compared(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version beside the one that it was made from: item by item, old and new in words."""
    found = find(request, code)
    version = find_version(request, found, number)
    if version is None or version.based_on_id is None:
        raise Http404
    before = version.based_on
    old, new = (check_document(one.document).scheme for one in (before, version))
    context = {
        "assessment": found,
        "version": version,
        "before": before,
        "is_sound": old is not None and new is not None,
        "changes": [(one, say(KINDS[one.kind])) for one in differences(old, new)] if old and new else [],
        "beside": parts_compared(before.document, version.document),
        **brought_by(request, found, version),
    }  # fmt: skip
    return render(request, "assessment/scheme/differences.html", context)

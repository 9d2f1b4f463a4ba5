"""Put up, take back, approve, return; declare that it is filed late; urge whoever has not filed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.forms.collection import LateForm, ReasonedForm
from steelyard.assessment.models import ApprovalStep
from steelyard.assessment.permissions.approvals import may_not_approve
from steelyard.assessment.queries.approvals import given_just_now, standings_of_submission
from steelyard.assessment.rules.approvals import Decision, Subject, next_step
from steelyard.assessment.rules.states import Stage, SubmissionState
from steelyard.assessment.views.collection.finding import Seen, find_submission, find_within
from steelyard.assessment.views.collection.submissions import shown_submission, shown_submissions
from steelyard.assessment.views.finding import find_for
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
from steelyard.trail.side_by_side import show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile


@require_POST
def urge(request: HttpRequest, code: str) -> HttpResponse:
    """Remind all units that have not filed."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    return urged(
        request, found, actions.urge_units, "assessment:submissions",
        done=lambda n: ngettext("%(n)s unit was urged.", "%(n)s units were urged.", n) % {"n": n},
        again=lambda said: shown_submissions(request, found.code, said, status=409),
    )  # fmt: skip


@require_POST
def put_up(request: HttpRequest, code: str, number: int) -> HttpResponse:
    why = request.POST.get("why_unanswered", "")
    act = partial(actions.put_up, why_unanswered=why)
    return _moved(request, code, number, act, _("Put up for approval."), why)


@require_POST
def take_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return _moved(request, code, number, actions.take_back, _("Taken back; it can be filled in again."))  # fmt: skip


def _moved(
    request: HttpRequest,
    code: str,
    number: int,
    act: Callable[..., Any],
    said: str,
    why_unanswered: str | None = None,
) -> HttpResponse:
    seen = find_within(request, code, number)
    seen.refuse_unless_may(Action.DIVIDE_ITEMS)
    back = reverse("assessment:submission", args=[code, number])
    try:
        act(submission=number, seen=version_of(request.POST), **who_and_when(request))
    except ChangedMeanwhile as changed:
        return show_both(request, changed, back=back)
    except Refused as refused:
        return _refused(request, code, number, refused, why_unanswered)
    messages.success(request, said)
    return redirect(back)


def _refused(
    request: HttpRequest,
    code: str,
    number: int,
    refused: Refused,
    why_unanswered: str | None = None,
) -> HttpResponse:
    refused_for_a_right(refused)
    texts = tuple(say(one.text) for one in refused.refusals)
    now = find_submission(request, code, number)
    return shown_submission(request, now, texts, status=409, why_unanswered=why_unanswered)


@require_POST
def approve(request: HttpRequest, code: str, number: int) -> HttpResponse:
    _approver(request, code, number, Decision.APPROVED)
    try:
        actions.decide_on(
            submission=number, seen_hash=request.POST.get("seen_hash", "")[:100],
            **who_and_when(request),
        )  # fmt: skip
    except Refused as refused:
        return _refused(request, code, number, refused)
    messages.success(request, _what_came_of(find_within(request, code, number)))
    return redirect("assessment:submission", code, number)


def _what_came_of(seen: Seen) -> str:
    if seen.submission.state == SubmissionState.LOCKED:
        return _("Signed and filed. Nothing of it can be changed any more.")
    return _("Approved. It is signed by the last step.")


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    seen = _approver(request, code, number, Decision.RETURNED)
    now_hash = seen.content_hash
    form = ReasonedForm(posted(request), initial={"version": seen.submission.version})
    if request.method == "POST" and form.is_valid():
        told = {"reason": form.cleaned_data["reason"], **who_and_when(request)}
        sent = request.POST.get("seen_hash", "")[:100]
        decided = done(form, lambda: actions.decide_on(
            submission=number, seen_hash=sent, decision=Decision.RETURNED, **told))  # fmt: skip
        if decided is not None:
            messages.success(request, _("Returned, with your reason."))
            return redirect("assessment:submission", code, number)
    context = {"form": form, "submission": seen.submission, "assessment": seen.submission.assessment,
               "content_hash": now_hash}  # fmt: skip
    return render(request, "assessment/collection/return.html", context, status=status_of(form))


def _approver(request: HttpRequest, code: str, number: int, decision: Decision) -> Seen:
    """Whoever holds the step that is due, or has just decided and sends the same form once more.

    Raises:
        NotAllowed: no step of its approval is this person's.
    """
    seen = find_within(request, code, number)
    if not seen.sees_all:
        raise Http404
    found = seen.submission
    standings = standings_of_submission(found, seen.content_hash)
    due = next_step(standings) or (standings[-1].step if standings else None)
    if due is None:
        raise Http404
    step = ApprovalStep.objects.select_related("assessment").get(pk=due.number)
    refusals = may_not_approve(request.held, step, found.unit_id, request.today)
    sent = request.POST.get("seen_hash", "")[:100]
    if refusals and not given_just_now(
        Subject.SUBMISSION, found.pk, request.user.pk, sent, decision, request.now
    ):
        raise NotAllowed(refusals)
    return seen


@require_http_methods(["GET", "HEAD", "POST"])
def late(request: HttpRequest, code: str, number: int) -> HttpResponse:
    seen = find_within(request, code, number)
    seen.refuse_unless_may(Action.DIVIDE_ITEMS)
    form = LateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = {"why": form.cleaned_data["why"], **who_and_when(request)}
        if done(form, lambda: actions.file_late(submission=number, **told)) is not None:
            messages.success(request, _what_is_next(seen))
            return redirect("assessment:submission", code, number)
    context = {"form": form, "submission": seen.submission, "assessment": seen.submission.assessment}  # fmt: skip
    return render(request, "assessment/collection/late.html", context, status=status_of(form))


def _what_is_next(seen: Seen) -> str:
    if seen.submission.assessment.stage == Stage.COLLECTING:
        return _("Noted. You can fill in further; it counts as late.")
    return _("Noted. Put it up for approval as it is; it counts as late.")

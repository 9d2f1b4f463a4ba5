"""The approval of the scheme, step by step; the steps themselves, while it is drafted."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.approvals import set_steps
from steelyard.assessment.actions.assessments import StepWanted
from steelyard.assessment.actions.schemes import approve
from steelyard.assessment.forms.schemes import DecideForm, Steps
from steelyard.assessment.models import Approval, ApprovalStep, Assessment, SchemeVersion
from steelyard.assessment.permissions.approvals import may_not_approve
from steelyard.assessment.queries.approvals import (
    given_just_now,
    hash_of_steps,
    standings_of_scheme,
    steps_of,
    vacant_steps,
)
from steelyard.assessment.queries.assessments import issued, under_way
from steelyard.assessment.queries.schemes.comments import is_insider
from steelyard.assessment.rules.approvals import Decision, Subject, next_step
from steelyard.assessment.rules.drafting import as_text
from steelyard.assessment.rules.schemes.verdicts import grades_said, outcomes_said, vetoes_said
from steelyard.assessment.rules.states import SchemeState, Stage
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.schemes.brought import brought_by
from steelyard.assessment.views.schemes.since_out import since_out
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.rules.roles import ROLES, Action, Role
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, code: str) -> HttpResponse:
    """How each step stands for what is there now; the next step, for whoever holds it."""
    found = find(request, code)
    if not is_insider(request.held, found, request.today):
        raise Http404
    version = under_way(found) or issued(found)
    if version is None:
        raise Http404
    due = _due(version)
    against = may_not_approve(request.held, due, found.office_id, request.today) if due else ()
    if request.method == "POST" and against and not _has_just_decided(request, version):
        raise NotAllowed(against)
    form = DecideForm(posted(request), initial={"seen_hash": version.content_hash})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        given = done(form, lambda: approve(
            assessment=found.pk, seen_hash=told["seen_hash"], decision=Decision(told["decision"]),
            reason=told["reason"], **who_and_when(request),
        ))  # fmt: skip
        if given is not None:
            messages.success(request, _("Decided."))
            return redirect("assessment:scheme_approval", found.code)
        version = under_way(found) or version
    return _shown(request, found, version, form, is_due=bool(due) and not against)


def _has_just_decided(request: HttpRequest, version: SchemeVersion) -> bool:
    """The same form once more: whoever sent it is told what came of it, though the next step is another's."""
    seen_hash, decision = (request.POST.get(name, "") for name in ("seen_hash", "decision"))
    given = given_just_now(
        Subject.SCHEME, version.pk, request.user.pk, seen_hash, decision, request.now
    )
    return given is not None


def _due(version: SchemeVersion) -> ApprovalStep | None:
    if version.state != SchemeState.CHECKED:
        return None
    step = next_step(standings_of_scheme(version))
    if step is None:
        return None
    return ApprovalStep.objects.select_related("assessment").get(pk=step.number)


def _vacant(version: SchemeVersion, request: HttpRequest) -> dict[int, str]:
    """Step → the role that nobody of the office holds, of those that are open."""
    return {one.pk: say(ROLES[Role(one.role)]) for one in vacant_steps(version, request.today)}


def _shown(
    request: HttpRequest,
    found: Assessment,
    version: SchemeVersion,
    form: DecideForm,
    *,
    is_due: bool,
) -> HttpResponse:
    standings = standings_of_scheme(version)
    waits = next_step(standings) if version.state == SchemeState.CHECKED else None
    given = Approval.objects.filter(
        step__assessment=found, step__subject=Subject.SCHEME, subject_id=version.pk
    ).select_related("step", "by")
    context = {
        "assessment": found,
        "version": version,
        "standings": [
            (one, say(one.step.title), waits is not None and waits.number == one.step.number)
            for one in standings
        ],
        "by": {one.step_id: one.by for one in given},
        "vacant": _vacant(version, request) if version.state == SchemeState.CHECKED else {},
        "given": list(given.order_by("-id")[:100]),
        "form": form,
        "said_grades": grades_said(version.document),
        "said_vetoes": vetoes_said(version.document),
        "said_outcomes": outcomes_said(version.document),
        "said_note": say(as_text(version.document.get("note"))),
        "is_due": is_due,
        "since_out": since_out(version),
        "is_up": version.state == SchemeState.CHECKED,
        "was_mine": any(
            one.has_changed_since and one.given is not None and one.given.by == request.user.pk
            for one in standings
        ),
        "may_set": found.stage == Stage.DRAFTING and _runs(request, found),
        **brought_by(request, found, version),
    }
    return render(request, "assessment/scheme/approval.html", context, status=status_of(form))


def _runs(request: HttpRequest, found: Assessment) -> bool:
    from steelyard.assessment.views.schemes.finding import runs

    return runs(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, code: str, subject: str) -> HttpResponse:
    """Who approves the scheme, or a submission: in this order."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    if subject not in set(Subject):
        raise Http404
    what = Subject(subject)
    there = steps_of(found, what)
    initial = [
        {"title_zh": one.title_zh, "title_en": one.title_en, "role": one.role, "at_office": one.at_office}
        for one in there
    ]  # fmt: skip
    forms = Steps(request.POST) if request.method == "POST" else Steps(initial=initial)
    refusals: Sequence[str] = ()
    status = 200
    if request.method == "POST":
        if forms.is_valid():
            try:
                set_steps(
                    assessment=found.pk, subject=what, steps=_wanted(forms, what),
                    seen=request.POST.get("seen", ""), **who_and_when(request),
                )  # fmt: skip
            except Refused as refused:
                refused_for_a_right(refused)
                refusals, status = [say(one.text) for one in refused.refusals], 409
            else:
                messages.success(request, _("Saved."))
                return redirect("assessment:scheme_steps", found.code, subject)
        else:
            status = 422
    context = {
        "assessment": found, "forms": forms, "subject": subject, "refusals": refusals,
        "seen": hash_of_steps(there), "is_drafting": found.stage == Stage.DRAFTING, "there": there,
    }  # fmt: skip
    return render(request, "assessment/scheme/steps.html", context, status=status)


def _wanted(forms, subject: Subject) -> list[StepWanted]:
    return [
        StepWanted(
            subject=subject, role=Role(one["role"]),
            title=Text(one["title_zh"].strip(), one["title_en"].strip()), at_office=one["at_office"],
        )
        for form in forms
        if (one := form.cleaned_data) and one.get("title_zh", "").strip()
    ]  # fmt: skip

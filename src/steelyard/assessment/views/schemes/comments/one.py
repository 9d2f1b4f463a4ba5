"""One comment with its answer: its own people change it while it is out, the office answers it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.schemes import comments as actions
from steelyard.assessment.forms.comments import (
    AnswerForm,
    CarriedOutForm,
    EditCommentForm,
)
from steelyard.assessment.models import Assessment, Comment
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.schemes.comments import is_insider
from steelyard.assessment.rules.drafting import Row, tree
from steelyard.assessment.rules.schemes.writing_rules import in_words
from steelyard.assessment.rules.states import CommentState, SchemeState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.schemes.comments.finding import find_comment
from steelyard.assessment.views.schemes.comments.lines import line_of
from steelyard.assessment.views.schemes.finding import runs
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.people.forms import OfficeForm
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)
from steelyard.trail.side_by_side import show_both, version_of
from steelyard.trail.versions import ChangedMeanwhile

OF_ITS_OWN = ("edit", "withdraw")
"""The steps of whoever said it; the others are the office's."""

OF_THE_OFFICE = ("answer", "take_up", "carried_out")
GOING_ON = (SchemeState.DRAFT, SchemeState.OUT)
HIDDEN = (SchemeState.DRAFT, SchemeState.DROPPED)
"""Versions that nobody outside the office sees."""

ANSWERED = (CommentState.ADOPTED, CommentState.REFUSED)


@require_http_methods(["GET", "HEAD", "POST"])
def one_comment(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    comment = find_comment(request, found, number)
    asks = request.POST.get("what", "") if request.method == "POST" else ""
    forms = _forms(request, asks, comment)
    if request.method == "POST":
        _refuse_others(request, found, comment, asks)
        answer = _stepped(request, found, comment, asks, forms.get(asks))
        if answer is not None:
            return answer
    return _shown(request, found, comment, forms, status_of(forms.get(asks, forms["answer"])))


def _forms(request: HttpRequest, asks: str, comment: Comment) -> dict[str, OfficeForm]:
    """By what is asked, each as it was sent or afresh."""
    start = {"version": comment.version}
    makes: dict[str, tuple[type[OfficeForm], dict[str, object]]] = {
        "edit": (EditCommentForm, {"text": comment.text}),
        "answer": (AnswerForm, {}),
        "carried_out": (CarriedOutForm, {"carried_out": comment.carried_out}),
    }
    return {
        name: form(posted(request) if asks == name else None, initial={**start, **initial})
        for name, (form, initial) in makes.items()
    }


def _is_own(request: HttpRequest, comment: Comment) -> bool:
    body = comment.organisation_id
    return not may_not(request.held, Action.COMMENT_ON_SCHEME, body, request.today)


def _shown(
    request: HttpRequest, found: Assessment, comment: Comment, forms: dict[str, OfficeForm],
    status: int,
) -> HttpResponse:  # fmt: skip
    version = comment.scheme
    does_run, insider = runs(request, found), is_insider(request.held, found, request.today)
    is_open, is_going_on = comment.state == CommentState.OPEN, version.state in GOING_ON
    edits = _is_own(request, comment) and is_open and version.state == SchemeState.OUT
    row = _row(comment) if insider or version.state not in HIDDEN else None
    line = line_of(comment, insider=insider)
    accounts = does_run and comment.state == CommentState.ADOPTED and is_going_on
    context = {
        "assessment": found,
        "line": line,
        "comment": comment,
        "words": in_words(row.told, version.document, lang(), is_group=row.is_group) if row else "",
        "edit_item": row.key if row and does_run and version.state == SchemeState.DRAFT else "",
        "edit": forms["edit"] if edits else None,
        "answer": forms["answer"] if does_run and is_open and is_going_on else None,
        "carried": forms["carried_out"]
        if accounts and (line.is_left or comment.carried_out)
        else None,
        "may_take_up": does_run and comment.state in ANSWERED and is_going_on,
    }
    return render(request, "assessment/scheme/comment.html", context, status=status)


def _row(comment: Comment) -> Row | None:
    """The item as the version has it now."""
    rows = tree(comment.scheme.document) if comment.item else ()
    return next((row for row in rows if row.code == comment.item), None)


# --- its steps ----------------------------------------------------------------------------------


def _refuse_others(request: HttpRequest, found: Assessment, comment: Comment, asks: str) -> None:
    """
    Raises:
        NotAllowed: this is for others, or there is no such step.
    """
    action = Action.COMMENT_ON_SCHEME if asks in OF_ITS_OWN else Action.RUN_ASSESSMENT
    if asks in OF_ITS_OWN and _is_own(request, comment):
        return
    if asks in OF_THE_OFFICE and runs(request, found):
        return
    raise NotAllowed([no_right_to(action)])


def _stepped(
    request: HttpRequest, found: Assessment, comment: Comment, asks: str, form: OfficeForm | None
) -> HttpResponse | None:
    """A step: taken, met with another saver, or refused on the page; None: refused at its form."""
    if form is not None and not form.is_valid():
        return None
    back = redirect("assessment:comment", found.code, comment.pk)
    try:
        _take(request, comment, asks, form.cleaned_data if form is not None else {})
    except ChangedMeanwhile as error:
        return show_both(request, error, back=back.url)
    except Refused as refused:
        refused_for_a_right(refused)
        if form is not None:
            form.refuse(refused)
            return None
        messages.error(request, " ".join(say(one.text) for one in refused.refusals))
        return back
    messages.success(request, _("Done."))
    if asks == "answer":
        return redirect("assessment:comments", found.code)
    return back


def _take(request: HttpRequest, comment: Comment, asks: str, given: dict[str, Any]) -> None:
    told = {"comment": comment.pk, **who_and_when(request)}
    match asks:
        case "edit":
            actions.edit_comment(text=given["text"], seen=given["version"], **told)
        case "withdraw":
            actions.withdraw_comment(seen=version_of(request.POST), **told)
        case "answer":
            actions.answer_comment(
                adopted=given["adopted"] == "yes", reason=given["reason"], seen=given["version"],
                **told,
            )  # fmt: skip
        case "carried_out":
            actions.account_for_comment(text=given["carried_out"], seen=given["version"], **told)
        case "take_up":
            actions.take_up_comment(seen=version_of(request.POST), **told)

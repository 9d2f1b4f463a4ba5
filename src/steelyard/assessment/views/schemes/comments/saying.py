"""Whoever is asked says something of a draft, or that there is nothing to say."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from steelyard.assessment.actions.schemes import comments as actions
from steelyard.assessment.forms.comments import CommentForm
from steelyard.assessment.permissions import no_right_to
from steelyard.assessment.queries.assessments import bodies_for
from steelyard.assessment.queries.schemes.comments import (
    organisations_that_comment,
    standing_comments,
)
from steelyard.assessment.rules.drafting import tree
from steelyard.assessment.rules.schemes.verdicts import grades_said, vetoes_said
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.schemes.comments.finding import organisations_spoken_for, scheme_out
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


@require_http_methods(["GET", "HEAD", "POST"])
def new_comment(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    mine = organisations_spoken_for(request, found)
    if not mine:
        raise NotAllowed([no_right_to(Action.COMMENT_ON_SCHEME)])
    version = scheme_out(found)
    rows = tree(version.document) if version is not None else ()
    below = bodies_for(found, request.today).values()
    form = CommentForm(
        posted(request), organisations=organisations_that_comment(request.held, below, request.today),
        items=[(row.code, f"{'　' * row.depth}{row.code} {say(row.title)}") for row in rows if row.code],
        initial={"item": request.GET.get("item", ""), "organisation": mine[0] if len(mine) == 1 else None},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = done(form, lambda: actions.comment(
            assessment=found.pk, organisation=told["organisation"].pk, item=told["item"],
            text=told["text"], **who_and_when(request),
        ))  # fmt: skip
        if made is not None:
            messages.success(request, _("Your comment is with the office."))
            return redirect("assessment:comments", found.code)
    document = version.document if version is not None else {}
    context = {
        "assessment": found, "form": form, "version": version,
        "said_grades": grades_said(document), "said_vetoes": vetoes_said(document),
    }  # fmt: skip
    return render(request, "assessment/scheme/new_comment.html", context, status=status_of(form))


@require_POST
def say_nothing(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing to say, for each organisation that this person speaks for and that has not commented; or,
    taken back, something after all."""
    found = find(request, code)
    mine = organisations_spoken_for(request, found)
    if not mine:
        raise NotAllowed([no_right_to(Action.COMMENT_ON_SCHEME)])
    version, is_taken_back = scheme_out(found), "take_back" in request.POST
    if version is not None:
        mine = [one for one in mine if not standing_comments(version, one.pk).exists()] or mine
    act = actions.take_back_no_comments if is_taken_back else actions.say_nothing
    try:
        with transaction.atomic():
            for one in mine:
                act(assessment=found.pk, organisation=one.pk, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        messages.error(request, " ".join(say(one.text) for one in refused.refusals))
    else:
        messages.success(request, _TAKEN_BACK if is_taken_back else _SAID_NONE)
    return redirect("assessment:comments", found.code)


_SAID_NONE = gettext_lazy("The office knows that you have no comments.")
_TAKEN_BACK = gettext_lazy("Taken back: you can comment now.")

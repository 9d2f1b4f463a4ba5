"""What the office is called on its papers, and what it was called before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.papers.letterheads import set_letterhead
from steelyard.assessment.forms.papers import LetterheadForm
from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.papers.letterheads import letterheads_of, named
from steelyard.assessment.views.finding import find_for
from steelyard.people.lists import page_of
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import done, posted, status_of, who_and_when


@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest, code: str) -> HttpResponse:
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    form = LetterheadForm(posted(request), initial=_as_it_is(found))
    if request.method == "POST" and form.is_valid():
        saved = done(form, lambda: set_letterhead(
            office=found.office_id, wanted=form.wanted, seen=form.cleaned_data["seen"],
            **who_and_when(request)))  # fmt: skip
        if saved is not None:
            messages.success(request, _("Papers bear this name from now on."))
            return redirect("assessment:paper_templates", code)
    if form.is_bound:
        form.data = form.data.copy()
        form.data["seen"] = _number(found)
    context = {
        "assessment": found,
        "form": form,
        "page": page_of(letterheads_of(found.office_id), request),
        "used": _number(found),
    }
    return render(request, "assessment/papers/letterhead.html", context, status=status_of(form))


def _as_it_is(found: Assessment) -> dict[str, str | int]:
    now = named(found.office)
    return {
        "name_zh": now.name_zh, "name_en": now.name_en, "code": now.code, "seen": _number(found),
    }  # fmt: skip


def _number(found: Assessment) -> int:
    used = letterheads_of(found.office_id).first()
    return used.number if used else 0

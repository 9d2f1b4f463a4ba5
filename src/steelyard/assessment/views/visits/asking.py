"""A form about a visit, or about what was found there: how it is asked, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from steelyard.assessment.models import Finding, Visit
from steelyard.assessment.views.visits.finding import page_of_visit
from steelyard.people.views.asking import done, status_of
from steelyard.trail.side_by_side import Told, show_both, told_of
from steelyard.trail.versions import ChangedMeanwhile


def saved(
    request: HttpRequest, found: Visit, form: Any, title: str, button: str,
    act: Callable[[dict[str, Any]], object], *, note: str = "", thing: Finding | None = None,
) -> HttpResponseBase:  # fmt: skip
    """A form about a visit: shown, refused, met with another saver, or done and back to the visit."""
    if request.method == "POST" and form.is_valid():
        saved = done(form, lambda: act(form.cleaned_data))
        if form.meanwhile is not None:
            return show_both(
                request,
                form.meanwhile,
                told=_told_besides(form.meanwhile),
                back=page_of_visit(found),
            )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect(page_of_visit(found))
    context = {
        "visit": found, "assessment": found.assessment, "form": form, "title": title,
        "button": button, "note": note, "thing": thing,
    }  # fmt: skip
    return render(request, "assessment/visits/form.html", context, status=status_of(form))


def _told_besides(changed: ChangedMeanwhile) -> list[Told]:
    """What was changed meanwhile besides, with the items, which are chosen by ticking."""
    before, theirs = changed.before.get("items"), changed.theirs.get("items")
    found = told_of(changed)
    if changed.model is Visit and before != theirs and theirs is not None:
        found.append(Told(_("Items to check"), ", ".join(before or ()), ", ".join(theirs)))
    return found

"""A suspicion is raised: by the office, or by the body that scores the item."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.forgery import raise_suspicion
from steelyard.assessment.forms.forgery import RaiseForm
from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.assessments import (
    division_of,
    issued,
    units_of,
)
from steelyard.assessment.queries.forgery import (
    material_of,
    said_of,
)
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.forgery.finding import refuse_own_unit, refuse_unless_raises
from steelyard.people.views.asking import done, posted, status_of, who_and_when


@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request: HttpRequest, code: str, item: str, unit: str) -> HttpResponse:
    found = find(request, code)
    version = issued(found)
    duty = version and next(
        (one for one in division_of(version).duties if one.item.code == item), None
    )
    organisation = units_of(version).get(unit) if version else None
    if duty is None or organisation is None:
        raise Http404
    refuse_unless_raises(request, found, item)
    refuse_own_unit(request, organisation.pk)
    signed = said_of(found, organisation.pk, item)
    form = RaiseForm(
        posted(request), signed=signed, materials=material_to_choose(found, organisation.pk, item)
    )
    if request.method == "POST" and form.is_valid():
        about, material = form.doubted
        made = done(form, lambda: raise_suspicion(
            assessment=found.pk, unit=unit, item=item, grounds=form.cleaned_data["grounds"],
            about=about, material=material, **who_and_when(request),
        ))  # fmt: skip
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("assessment:suspicion", code, made.pk)
    context = {"assessment": found, "item": duty.item, "unit": organisation, "form": form,
               "may_raise": bool(signed)}  # fmt: skip
    return render(request, "assessment/forgery/raise.html", context, status=status_of(form))


def material_to_choose(found: Assessment, unit: int, item: str) -> list[tuple[int, str]]:
    """What the unit filed for the item and signed: number and title."""
    return [(use.material_id, use.material.title) for use in material_of(found, unit, item)]

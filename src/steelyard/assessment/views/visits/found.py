"""What was found on a visit: write it down, correct it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.assessment.actions.visits import findings as actions
from steelyard.assessment.actions.visits.findings import Seen
from steelyard.assessment.actions.visits.photographs import Picture
from steelyard.assessment.forms.visits import CorrectFindingForm, FindingFields, FindingForm
from steelyard.assessment.models import Finding, Visit
from steelyard.assessment.queries.visits import items_of, photographs_of
from steelyard.assessment.rules.states import VisitState
from steelyard.assessment.views.visits.asking import saved
from steelyard.assessment.views.visits.finding import find_visit_for_planner
from steelyard.people.views.asking import posted, who_and_when


@require_http_methods(["GET", "HEAD", "POST"])
def add_finding(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    found = find_visit_for_planner(request, code, number)
    start = {"item": request.GET.get("item", "")}
    items = items_of(found.assessment)
    form = FindingForm(
        posted(request), request.FILES or None, items=items, is_reported=_is_reported(found),
        initial=start,
    )  # fmt: skip
    return saved(request, found, form, _("Write a finding down"), _("Write it down"), lambda _told: (
        actions.record_finding(
            visit=found.pk, seen=_seen(form), pictures=_pictures(form), reason=_reason(form),
            **who_and_when(request))
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, code: str, number: int, finding: int) -> HttpResponseBase:
    found = find_visit_for_planner(request, code, number)
    row = Finding.objects.filter(visit=found, pk=finding).first()
    if row is None:
        raise Http404
    start = {
        "item": row.item, "is_defect": str(row.is_defect), "text": row.text, "place": row.place,
        "version": row.version,
    }  # fmt: skip
    items = items_of(found.assessment)
    form = CorrectFindingForm(
        posted(request), request.FILES or None, items=items, hung=photographs_of(row),
        is_reported=_is_reported(found), initial=start,
    )  # fmt: skip
    return saved(request, found, form, _("Correct the finding"), _("Save"), lambda told: (
        actions.correct_finding(
            finding=row.pk, seen=_seen(form), pictures=_pictures(form), off=told.get("off", ()),
            reason=_reason(form), seen_version=told["version"], **who_and_when(request))
    ), thing=row)  # fmt: skip


# --- what was sent ------------------------------------------------------------------------------


def _seen(form: FindingFields) -> Seen:
    told = form.cleaned_data
    return Seen(
        text=told["text"], item=told["item"], is_defect=told["is_defect"], place=told["place"]
    )


def _pictures(form: FindingFields) -> list[Picture]:
    return [Picture(one.name, one.file) for one in form.cleaned_data["photographs"]]


def _reason(form: FindingFields) -> str:
    return form.cleaned_data.get("reason", "")


def _is_reported(found: Visit) -> bool:
    return found.state == VisitState.DONE

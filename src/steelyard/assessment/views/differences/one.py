"""One difference: what stands on both sides, settled, opened again, and on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from steelyard.assessment.actions import differences as actions
from steelyard.assessment.forms.differences import ReopenForm, SettleForm
from steelyard.assessment.models import Answer, Assessment, Difference, Figure, Settlement
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.differences import all_supplied, inputs_compared
from steelyard.assessment.queries.schemes.readings import as_last_asked_for, load_readings
from steelyard.assessment.queries.scoring import own_units
from steelyard.assessment.rules.differences.settling import WHEN, Taken
from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.schemes.division import WAYS
from steelyard.assessment.rules.states import DifferenceMove, DifferenceState
from steelyard.assessment.views.differences.finding import (
    find_assessment,
    find_difference,
    narrowed,
    refuse_unless_settles,
    seen_of,
    settles_here,
)
from steelyard.assessment.views.differences.lines import Earlier, earlier_line, line_of
from steelyard.assessment.views.papers.taken import links_to
from steelyard.look.language import say
from steelyard.people.views.asking import done, posted, status_of, who_and_when
from steelyard.scheme.model import Scheme
from steelyard.trail.side_by_side import show_both

REASONS = 12
"""Earlier reasons that are offered, the newest first."""


@require_http_methods(["GET", "HEAD", "POST"])
def difference(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find_assessment(request, code)
    row = find_difference(request, found, number)
    if request.method != "POST":
        return _shown(request, found, row)
    refuse_unless_settles(request, found)
    form = _settle_form(request, row, found)
    if form.is_valid():
        saved = done(form, lambda: actions.settle(
            difference=row.pk, **form.cleaned_data, **who_and_when(request)))  # fmt: skip
        if form.meanwhile is not None:
            return _both(request, found, row, form)
        if saved is not None:
            return _on_to_the_next(request, found, saved)
    return _shown(
        request, found, find_difference(request, found, number), form, status=status_of(form)
    )


@require_POST
def settle_anew(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Otherwise than it is settled; the earlier settlement stays on the page."""
    found = find_assessment(request, code)
    row = find_difference(request, found, number)
    refuse_unless_settles(request, found)
    form = _settle_form(request, row, found)
    if form.is_valid():
        saved = done(form, lambda: actions.settle_anew(
            difference=row.pk, **form.cleaned_data, **who_and_when(request)))  # fmt: skip
        if form.meanwhile is not None:
            return _both(request, found, row, form)
        if saved is not None:
            messages.success(request, _("Settled otherwise. The earlier settlement stays below."))
            return redirect("assessment:difference", found.code, row.pk)
    row = find_difference(request, found, number)
    return _shown(request, found, row, anew_form=form, status=status_of(form))


def _both(request: HttpRequest, found: Assessment, row: Difference, form: Any) -> HttpResponse:
    back = reverse("assessment:difference", args=[found.code, row.pk])
    return show_both(request, form.meanwhile, version="seen", back=back)


def _on_to_the_next(request: HttpRequest, found: Assessment, saved: Difference) -> HttpResponse:
    messages.success(request, _("Settled."))
    after = _next_open(request, found, saved)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    if after is None:
        return redirect(reverse("assessment:differences", args=[found.code]) + query)
    return redirect(reverse("assessment:difference", args=[found.code, after]) + query)


def _next_open(request: HttpRequest, found: Assessment, row: Difference) -> int | None:
    """The next open one of the list as it is filtered; after the last, the first."""
    _form, shown = narrowed(request, found, seen_of(request, found))
    if request.GET.get("state"):
        shown = seen_of(request, found)
    places = list(
        shown.filter(state=DifferenceState.OPEN).values_list("input_code", "unit__code", "pk")
    )
    here = (row.input_code, row.unit.code)
    others = [one for one in places if one[2] != row.pk]
    later = [one for one in others if one[:2] > here]
    return next((number for *_place, number in [*later, *others]), None)


@require_POST
def reopen(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find_assessment(request, code)
    row = find_difference(request, found, number)
    refuse_unless_settles(request, found)
    form = ReopenForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        saved = done(form, lambda: actions.reopen(
            difference=row.pk, reason=told["reason"], seen=told["seen"], **who_and_when(request)))  # fmt: skip
        if form.meanwhile is not None:
            return _both(request, found, row, form)
        if saved is not None:
            messages.success(request, _("Open again."))
            return redirect("assessment:difference", found.code, row.pk)
    return _shown(
        request,
        found,
        find_difference(request, found, number),
        reopen_form=form,
        status=status_of(form),
    )


def _shown(
    request: HttpRequest, found: Assessment, row: Difference, form: SettleForm | None = None,
    reopen_form: ReopenForm | None = None, anew_form: SettleForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    scheme = scheme_of(issued(found))
    settles = settles_here(request, found)
    is_own = bool(own_units(request.held, [row.unit_id], request.today))
    may_settle = settles and not is_own and found.stage in WHEN[DifferenceMove.SETTLE]
    is_open = row.state == DifferenceState.OPEN
    may_reopen = settles and not is_own and found.stage in WHEN[DifferenceMove.REOPEN]
    if may_settle and is_open and form is None:
        form = _settle_form(request, row, found)
    if may_reopen and not is_open and reopen_form is None:
        reopen_form = ReopenForm(initial={"seen": row.version})
    may_settle_anew = settles and not is_own and found.stage in WHEN[DifferenceMove.SETTLE_ANEW]
    if may_settle_anew and not is_open and anew_form is None:
        anew_form = _settle_form(request, row, found)
    earlier = list(row.earlier.select_related("settled_by", "ended_by"))
    wanted = scheme.inputs.get(row.input_code) or as_last_asked_for(found, row.input_code)
    way = division_of(issued(found)).way.get(row.input_code)
    duties = [one for one in division_of(issued(found)).duties if row.input_code in one.inputs]
    context = {
        "assessment": found,
        "line": line_of(row, wanted, all_supplied(found)),
        "row": row,
        "way": say(WAYS[way]) if way is not None else "",
        "form": form,
        "reopen_form": reopen_form,
        "anew_form": anew_form,
        "earlier": _earlier_lines(found, row, earlier),
        "was_mine": any(one.settled_by_id == request.user.pk for one in earlier),
        "is_own": settles and is_own,
        "answers": _answers(found, row, [one.item.code for one in duties], scheme),
        "supplied_note": _supplied_note(found, row),
        "reasons": _reasons(found) if form is not None or anew_form is not None else [],
        "query": request.GET.urlencode(),
        "next_open": _next_open(request, found, row) if settles else None,
        "papers": links_to(found, PaperKind.DIFFERENCES, row.unit.code),
    }
    return render(request, "assessment/differences/one.html", context, status=status)


def _earlier_lines(
    found: Assessment, row: Difference, earlier: Sequence[Settlement]
) -> list[Earlier]:
    """Each by the scheme that was in force when it was settled."""
    if not earlier:
        return []
    readings = load_readings(found)
    return [earlier_line(one, readings.meant(row.input_code, one.settled_at)) for one in earlier]


def _settle_form(request: HttpRequest, row: Difference, found: Assessment) -> SettleForm:
    wanted = inputs_compared(found)[row.input_code]
    return SettleForm(
        posted(request), initial={"seen": row.version},
        supplied=say(said_figure(row.supplied, wanted)),
        reported=say(said_figure(row.reported, wanted)),
    )  # fmt: skip


def _answers(
    found: Assessment, row: Difference, items: list[str], scheme: Scheme
) -> list[dict[str, Any]]:
    """What the unit says of the items that use the figure, with its material."""
    answers = (
        Answer.objects.filter(
            submission__assessment=found, submission__unit=row.unit, item__in=items
        )
        .prefetch_related("uses__material__file")
        .order_by("item")
    )  # fmt: skip
    return [
        {
            "item": one.item,
            "title": say(scheme.item[one.item].title),
            "statement": one.statement,
            "uses": list(one.uses.all()),
        }
        for one in answers
    ]


def _supplied_note(found: Assessment, row: Difference) -> str:
    last = (
        Figure.objects.filter(
            sheet_version__sheet__assessment=found,
            sheet_version__sheet__input_code=row.input_code, unit=row.unit.code,
        )
        .order_by("-sheet_version__number")
        .values_list("note", flat=True)
    )  # fmt: skip
    return last.first() or ""


def _reasons(found: Assessment) -> list[str]:
    said = found.differences.filter(state=DifferenceState.SETTLED).exclude(taken=Taken.AGREED)
    newest = said.order_by("-settled_at").values_list("reason", flat=True)[: REASONS * 8]
    return list(dict.fromkeys(newest))[:REASONS]

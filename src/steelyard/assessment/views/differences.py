"""Differences between self-reported and supplied figures: the list, and one to be settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment.actions import differences as actions
from steelyard.assessment.forms.differences import DifferenceFilterForm, ReopenForm, SettleForm
from steelyard.assessment.models import Answer, Assessment, Difference, Figure
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.counting import Figures
from steelyard.assessment.queries.differences import (
    all_supplied,
    are_counted,
    differences_within,
    inputs_compared,
)
from steelyard.assessment.queries.scoring import own_units
from steelyard.assessment.rules.comparing import distance, is_same
from steelyard.assessment.rules.division import WAYS
from steelyard.assessment.rules.figures import in_percent, said_figure
from steelyard.assessment.rules.papers.kinds import PaperKind
from steelyard.assessment.rules.settling import TAKEN, WHEN, Taken
from steelyard.assessment.rules.states import (
    DIFFERENCE,
    DifferenceMove,
    DifferenceState,
    Stage,
)
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.papers.taken import links_to
from steelyard.assessment.views.part import Part
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.people.lists import page_of
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import may_towards
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
    done,
    posted,
    refused_for_a_right,
    status_of,
    who_and_when,
)
from steelyard.people.views.downloads import XLSX, download
from steelyard.scheme.model import Input, Scheme
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.trail.side_by_side import show_both

MOST_EXPORTED = 20_000
REASONS = 12
"""Earlier reasons that are offered, the newest first."""

HAVE_THEM = (Stage.COMPARING, Stage.SCORING, Stage.FROZEN)


@dataclass(frozen=True, slots=True)
class Line:
    """A difference as people read it."""

    row: Difference
    title: str
    measure: str
    reported: str
    supplied: str
    gap: str
    counts: str
    supplied_now: str | None = None
    """Of a settled one: the supplied figure, if it is another since."""

    @property
    def state(self) -> str:
        return say(DIFFERENCE.states[DifferenceState(self.row.state)])

    @property
    def is_open(self) -> bool:
        return self.row.state == DifferenceState.OPEN

    @property
    def taken(self) -> str:
        return say(TAKEN[Taken(self.row.taken)]) if self.row.taken else ""


@require_safe
def differences(request: HttpRequest, code: str) -> HttpResponse:
    return _list(request, _find_assessment(request, code))


def _list(
    request: HttpRequest, found: Assessment, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    seen = _seen(request, found)
    form, shown = _narrowed(request, found, seen)
    page = page_of(shown, request)
    open_count = seen.filter(state=DifferenceState.OPEN).count()
    context = {
        "assessment": found,
        "page": page,
        "lines": list(_lines(found, page)),
        "form": form,
        "is_filtered": any(form.wanted(name) for name in form.fields),
        "open_count": open_count,
        "settles": _settles(request, found) and found.stage in WHEN[DifferenceMove.SETTLE],
        "first_open": shown.filter(state=DifferenceState.OPEN).values_list("pk", flat=True).first(),
        "are_counted": are_counted(found),
        "query": request.GET.urlencode(),
        "refusals": refusals,
    }
    return render(request, "assessment/differences/list.html", context, status=status)


@require_safe
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    found = _find_assessment(request, code)
    _form, shown = _narrowed(request, found, _seen(request, found))
    titles = [
        _("Code of the figure"), pgettext("of the scheme", "Figure"), _("Code of the unit"), _("Unit"),
        _("Self-reported figure"), _("Supplied figure"), _("Gap"), _("State"), _("Taken"),
        _("Figure that counts"), _("Reason"), _("Settled by"), _("Settled at"),
    ]  # fmt: skip
    told = [_row(line) for line in _lines(found, shown[:MOST_EXPORTED])]
    content = plain_workbook("差异" if lang() == "zh" else "Differences", titles, told)
    return download(content, f"{found.code}-differences.xlsx", XLSX)


@require_POST
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Compare with the newest frozen records."""
    found = _find_assessment(request, code)
    refuse_unless_settles(request, found)
    try:
        turned = actions.compare_again(assessment=found.pk, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        said = tuple(say(one.text) for one in refused.refusals)
        return _list(request, found, said, status=409)
    messages.success(request, _("Compared again: %(count)s turned.") % {"count": turned})
    return redirect("assessment:differences", found.code)


def _row(line: Line) -> list[Any]:
    row = line.row
    at = timezone.localtime(row.settled_at).strftime("%Y-%m-%d %H:%M") if row.settled_at else None
    return [
        row.input_code, line.title, row.unit.code, say(row.unit.name), line.reported, line.supplied,
        line.gap, line.state, line.taken, line.counts, row.reason,
        str(row.settled_by) if row.settled_by else None, at,
    ]  # fmt: skip


def _narrowed(
    request: HttpRequest, found: Assessment, seen: QuerySet[Difference]
) -> tuple[DifferenceFilterForm, QuerySet[Difference]]:
    inputs = inputs_compared(found)
    codes = seen.order_by().values_list("input_code", flat=True).distinct()
    units = Organisation.objects.filter(pk__in=seen.order_by().values("unit")).order_by("code")
    form = DifferenceFilterForm(
        request.GET,
        inputs=[(one, say(inputs[one].title) or one) for one in sorted(codes)],
        units=[(one.code, f"{one.code} {say(one.name)}") for one in units],
    )
    form.is_valid()
    shown = differences_within(
        found, request.held, request.today, figure=form.wanted("input"), unit=form.wanted("unit"),
        state=form.wanted("state"),
    )  # fmt: skip
    return form, shown


def _lines(found: Assessment, rows) -> Iterator[Line]:
    inputs, supplied = inputs_compared(found), all_supplied(found)
    for row in rows:
        yield _line(row, inputs[row.input_code], supplied)


def _line(row: Difference, wanted: Input, supplied: Figures) -> Line:
    figures = [say(said_figure(one, wanted)) for one in (row.reported, row.supplied, row.value)]
    gap = distance(row.reported, row.supplied)
    if gap and wanted.type == "share":
        times = distance(in_percent(row.reported), in_percent(row.supplied))
        gap = _("%(gap)s percentage points") % {"gap": times}
    now = supplied.get((row.unit.code, row.input_code), "")
    is_changed = row.state == DifferenceState.SETTLED and not is_same(now, row.supplied)
    return Line(
        row, say(wanted.title) or wanted.code, say(wanted.unit_of_measure), figures[0], figures[1], gap, figures[2],
        (say(said_figure(now, wanted)) or "–") if is_changed else None,
    )  # fmt: skip


# --- one -------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def difference(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = _find_assessment(request, code)
    row = find_difference(request, found, number)
    if request.method != "POST":
        return _shown(request, found, row)
    refuse_unless_settles(request, found)
    form = _settle_form(request, row, found)
    if form.is_valid():
        told = form.cleaned_data
        saved = done(form, lambda: actions.settle(
            difference=row.pk, taken=told["taken"], value=told["value"], reason=told["reason"],
            seen=told["seen"], **who_and_when(request)))  # fmt: skip
        if form.meanwhile is not None:
            return _both(request, found, row, form)
        if saved is not None:
            return _on_to_the_next(request, found, saved)
    return _shown(
        request, found, find_difference(request, found, number), form, status=status_of(form)
    )


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
    _form, shown = _narrowed(request, found, _seen(request, found))
    if request.GET.get("state"):
        shown = _seen(request, found)
    places = list(
        shown.filter(state=DifferenceState.OPEN).values_list("input_code", "unit__code", "pk")
    )
    here = (row.input_code, row.unit.code)
    others = [one for one in places if one[2] != row.pk]
    later = [one for one in others if one[:2] > here]
    return next((number for *_place, number in [*later, *others]), None)


@require_POST
def reopen(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = _find_assessment(request, code)
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
    reopen_form: ReopenForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    scheme = scheme_of(issued(found))
    settles = _settles(request, found)
    is_own = bool(own_units(request.held, [row.unit_id], request.today))
    may_settle = settles and not is_own and found.stage in WHEN[DifferenceMove.SETTLE]
    is_open = row.state == DifferenceState.OPEN
    may_reopen = settles and not is_own and found.stage in WHEN[DifferenceMove.REOPEN]
    if may_settle and is_open and form is None:
        form = _settle_form(request, row, found)
    if may_reopen and not is_open and reopen_form is None:
        reopen_form = ReopenForm(initial={"seen": row.version})
    duties = [one for one in division_of(issued(found)).duties if row.input_code in one.inputs]
    context = {
        "assessment": found,
        "line": _line(row, scheme.inputs[row.input_code], all_supplied(found)),
        "row": row,
        "way": say(WAYS[division_of(issued(found)).way[row.input_code]]),
        "form": form,
        "reopen_form": reopen_form,
        "is_own": settles and is_own,
        "answers": _answers(found, row, [one.item.code for one in duties], scheme),
        "supplied_note": _supplied_note(found, row),
        "reasons": _reasons(found) if form is not None else [],
        "query": request.GET.urlencode(),
        "next_open": _next_open(request, found, row) if settles else None,
        "papers": links_to(found, PaperKind.DIFFERENCES, row.unit.code),
    }
    return render(request, "assessment/differences/one.html", context, status=status)


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


# --- finding ---------------------------------------------------------------------------------------


def _find_assessment(request: HttpRequest, code: str) -> Assessment:
    """The assessment, for those for whom its differences exist: the office, and units for their own."""
    found = find(request, code)
    if found.stage not in HAVE_THEM or not _has_a_view(request, found):
        raise Http404
    return found


def _has_a_view(request: HttpRequest, found: Assessment) -> bool:
    runs = may_towards(request.held, Action.SEE_ASSESSMENT, found.office_id, request.today)
    return runs or _seen(request, found).exists()


def _seen(request: HttpRequest, found: Assessment) -> QuerySet[Difference]:
    return differences_within(found, request.held, request.today)


def find_difference(request: HttpRequest, found: Assessment, number: int) -> Difference:
    row = _seen(request, found).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _settles(request: HttpRequest, found: Assessment) -> bool:
    return may_towards(request.held, Action.SETTLE_DIFFERENCES, found.office_id, request.today)


def refuse_unless_settles(request: HttpRequest, found: Assessment) -> None:
    """
    Raises:
        NotAllowed: it is the office's to settle.
    """
    refusals = may_not(request.held, Action.SETTLE_DIFFERENCES, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)


# --- the card on the page of the assessment --------------------------------------------------------


def differences_part(request: HttpRequest, found: Assessment) -> Part | None:
    if found.stage not in HAVE_THEM:
        return None
    states = list(_seen(request, found).order_by().values_list("state", flat=True))
    settles = _settles(request, found)
    if not states and not settles:
        return None
    still = states.count(DifferenceState.OPEN)
    said = _("%(open)s of %(all)s open") % {"open": still, "all": len(states)}
    url = reverse("assessment:differences", args=[found.code])
    return Part(_("Differences"), url, said, bool(still) and settles)

"""The list of differences, as a page and as a workbook; compared again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from steelyard.assessment.actions import differences as actions
from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.differences import are_counted
from steelyard.assessment.rules.differences.settling import WHEN
from steelyard.assessment.rules.states import DifferenceMove, DifferenceState
from steelyard.assessment.views.differences.finding import (
    find_assessment,
    narrowed,
    refuse_unless_settles,
    seen_of,
    settles_here,
)
from steelyard.assessment.views.differences.lines import Line, lines_of
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang, say
from steelyard.look.moments import to_the_minute
from steelyard.people.lists import page_of
from steelyard.people.views.asking import refused_for_a_right, who_and_when
from steelyard.people.views.downloads import XLSX, download
from steelyard.tables.plain_workbook import plain_workbook

MOST_EXPORTED = 20_000


@require_safe
def differences(request: HttpRequest, code: str) -> HttpResponse:
    return _list(request, find_assessment(request, code))


def _list(
    request: HttpRequest, found: Assessment, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    seen = seen_of(request, found)
    form, shown = narrowed(request, found, seen)
    page = page_of(shown, request)
    open_count = seen.filter(state=DifferenceState.OPEN).count()
    context = {
        "assessment": found,
        "page": page,
        "lines": list(lines_of(found, page)),
        "form": form,
        "is_filtered": any(form.wanted(name) for name in form.fields),
        "open_count": open_count,
        "settles": settles_here(request, found) and found.stage in WHEN[DifferenceMove.SETTLE],
        "first_open": shown.filter(state=DifferenceState.OPEN).values_list("pk", flat=True).first(),
        "are_counted": are_counted(found),
        "query": request.GET.urlencode(),
        "refusals": refusals,
    }
    return render(request, "assessment/differences/list.html", context, status=status)


@require_safe
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    found = find_assessment(request, code)
    _form, shown = narrowed(request, found, seen_of(request, found))
    titles = [
        _("Code of the figure"), pgettext("of the scheme", "Figure"), _("Code of the unit"), _("Unit"),
        _("Self-reported figure"), _("Supplied figure"), _("Gap"), _("State"), _("Taken"),
        _("Figure that counts"), _("Reason"), _("Settled by"), _("Settled at"),
    ]  # fmt: skip
    told = [_row(line) for line in lines_of(found, shown[:MOST_EXPORTED])]
    content = plain_workbook("差异" if lang() == "zh" else "Differences", titles, told)
    return download(content, f"{found.code}-differences.xlsx", XLSX)


def _row(line: Line) -> list[Any]:
    row = line.row
    return [
        row.input_code, line.title, row.unit.code, say(row.unit.name), line.reported, line.supplied,
        line.gap, line.state, line.taken, line.counts, row.reason,
        str(row.settled_by) if row.settled_by else None, to_the_minute(row.settled_at) or None,
    ]  # fmt: skip


@require_POST
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Compare with the newest frozen records."""
    found = find_assessment(request, code)
    refuse_unless_settles(request, found)
    try:
        turned = actions.compare_again(assessment=found.pk, **who_and_when(request))
    except Refused as refused:
        refused_for_a_right(refused)
        said = tuple(say(one.text) for one in refused.refusals)
        return _list(request, found, said, status=409)
    messages.success(request, _("Compared again: %(count)s turned.") % {"count": turned})
    return redirect("assessment:differences", found.code)

"""A sheet goes out as a file and comes back, with every fault at its cell."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions import supplied as actions
from steelyard.assessment.forms.supplied import BringForm
from steelyard.assessment.models import Assessment, Sheet
from steelyard.assessment.queries.figures.asked import rules_of
from steelyard.assessment.queries.supplied import (
    input_of,
    planned,
    typed_in,
    units_of_sheet,
)
from steelyard.assessment.rules.figures.asked import said_asked
from steelyard.assessment.rules.states import SheetState
from steelyard.assessment.rules.supplied.cells import (
    Typed,
    drop_downs,
    headings,
    of_draft,
    rows,
)
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.supplied.finding import find_sheet, is_own, refuse_unless_own
from steelyard.assessment.views.supplied.one import both_drafts
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.file_names import kept_name
from steelyard.look.language import lang
from steelyard.people import sheets as brought_sheets
from steelyard.people.rules.sheets import few_of_each
from steelyard.people.sheet_imports import drop_sheet, keep_sheet
from steelyard.people.views.asking import (
    done,
    posted,
    status_of,
    who_and_when,
)
from steelyard.people.views.downloads import CSV, XLSX, download
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.tables.write import csv_bytes

SHOWN_FAULTS = 300


@require_safe
def take(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The sheet to take away: blank, or with what is there."""
    found = find(request, code)
    one = find_sheet(request, found, number)
    wanted = input_of(one)
    typed = {} if "blank" in request.GET else _as_it_is(request, one)
    names = {unit: place.name for unit, place in units_of_sheet(one).items()}
    rules = [each.said for each in rules_of(found, one.input_code)]
    told = list(rows(names, wanted, typed, lang(), found.code, rules))
    name = f"{found.code}-{one.input_code}"
    if request.GET.get("as") == "csv":
        return download(csv_bytes(headings(lang()), told), f"{name}.csv", CSV)
    page = "数据" if lang() == "zh" else "Figures"
    offered = drop_downs(names, wanted, lang())
    content = plain_workbook(page, headings(lang()), told, drop_downs=offered)
    return download(content, f"{name}.xlsx", XLSX)


def _as_it_is(request: HttpRequest, one: Sheet) -> dict[str, Typed]:
    """The draft for those whose it is, else what was signed."""
    if one.state != SheetState.SIGNED and is_own(request, one):
        return of_draft(one.draft)
    return typed_in(one.versions.order_by("-number").first())


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found = find(request, code)
    one = find_sheet(request, found, number)
    refuse_unless_own(request, one)
    form = BringForm(posted(request), request.FILES or None, initial={"seen": one.version})
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["sheet"]
        if upload.size > brought_sheets.LARGEST:
            form.add_error("sheet", _("The file is larger than 2 MB; divide it."))
        else:
            answer, faults = _bring(request, found, one, form)
            if answer is not None:
                return answer
    context = {
        "assessment": found, "sheet": one, "wanted": input_of(one), "asked": said_asked(input_of(one)), "form": form,
        "faults": few_of_each(faults)[:SHOWN_FAULTS], "fault_count": len(faults),
    }  # fmt: skip
    status = 422 if faults else status_of(form)
    return render(request, "assessment/supplied/bring.html", context, status=status)


def _bring(
    request: HttpRequest, found: Assessment, one: Sheet, form: BringForm
) -> tuple[HttpResponse | None, list[Fault]]:
    upload = form.cleaned_data["sheet"]
    brought = brought_sheets.Brought(kept_name(upload.name, ("xlsx", "csv")), upload.read())
    try:
        saved = done(form, lambda: actions.bring(
            sheet=one.pk, brought=brought, seen=form.cleaned_data["seen"], **who_and_when(request)))  # fmt: skip
    except Faulty as faulty:
        keep_sheet(sort=_sort(one), brought=brought, **who_and_when(request))
        return None, list(faulty.faults)
    if form.meanwhile is not None:
        typed, _faults = planned(one, brought)
        answer = both_drafts(request, found, one, form.meanwhile, typed)
        return answer, []
    if saved is None:
        return None, []
    drop_sheet(sort=_sort(one), **who_and_when(request))
    messages.success(request, _("Taken into your draft. Look at it, then sign."))
    return redirect("assessment:sheet", found.code, one.pk), []


@require_safe
def faults(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The refused file to take away, its bad cells coloured."""
    found = find(request, code)
    one = find_sheet(request, found, number)
    refuse_unless_own(request, one)
    brought = brought_sheets.load_brought(request.user.pk, _sort(one))
    listed = planned(one, brought)[1] if brought is not None else []
    if brought is None or not listed:
        raise Http404
    return download(
        brought.with_faults(listed, lang()), f"{code}-{one.input_code}-faults.xlsx", XLSX
    )


def _sort(one: Sheet) -> str:
    return f"figures-{one.pk}"[:20]

"""A sheet is brought, looked at, and carried out: three pages for organisations and for people.

Between the pages the sheet lies in a row of its own, for whoever brought it alone, a day at most.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import Refused
from steelyard.look.language import lang
from steelyard.people import sheet_imports, sheets
from steelyard.people.forms import SheetUpload
from steelyard.people.lists import ordered
from steelyard.people.queries import found_accounts, found_organisations
from steelyard.people.rules import organisation_sheets, people_sheets
from steelyard.people.rules.sheets import Column, few_of_each
from steelyard.people.views import accounts, organisations
from steelyard.people.views.asking import status_of
from steelyard.people.views.organisations import FORM, asked, managed_or_404, seen_or_404

SHOWN = 300
"""Rows or faults that a page shows; the file has them all."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sort:
    """Organisations or people: what is said, read and done."""

    key: str
    title: Any
    area: Any
    list_name: str
    columns: tuple[Column, ...]
    plan: Callable
    carry_out: Callable


ORGANISATIONS = Sort(
    "organisations",
    gettext_lazy("Bring a sheet of organisations"),
    gettext_lazy("Organisations"),
    "people:organisations",
    organisation_sheets.COLUMNS,
    sheets.plan_organisations,
    sheet_imports.import_organisations,
)
PEOPLE = Sort(
    "accounts",
    gettext_lazy("Bring a sheet of people"),
    gettext_lazy("Accounts"),
    "people:accounts",
    people_sheets.COLUMNS,
    sheets.plan_people,
    sheet_imports.import_people,
)


@FORM
def bring(request: HttpRequest, sort: Sort) -> HttpResponse:
    """Upload, then what the sheet would change or what is wrong with it."""
    managed_or_404(request)
    form = SheetUpload(request.POST, request.FILES) if request.method == "POST" else SheetUpload()
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["sheet"]
        if upload.size > sheets.LARGEST:
            form.add_error("sheet", _("The file is larger than 2 MB; divide it."))
        else:
            brought = sheets.Brought(sheets.safe_name(upload.name), upload.read())
            by, now = request.user.pk, request.now
            sheet_imports.keep_sheet(sort=sort.key, brought=brought, by=by, now=now)
            return redirect(f"{sort.list_name}_look")
    told = {"form": form, "sort": sort}
    return render(request, "people/sheet_bring.html", told, status=status_of(form))


@require_safe
def look(request: HttpRequest, sort: Sort) -> HttpResponse:
    managed_or_404(request)
    return _looked(request, sort, _kept_or_404(request, sort))


@require_safe
def faults(request: HttpRequest, sort: Sort) -> HttpResponse:
    """The sheet to take away, its bad cells coloured."""
    managed_or_404(request)
    brought = _kept_or_404(request, sort)
    _changes, found = sort.plan(brought, request.user.pk, request.now)
    if not found:
        raise Http404
    return _file(brought.with_faults(found, lang()), f"{sort.key}-faults.xlsx", XLSX)


@require_POST
def carry_out(request: HttpRequest, sort: Sort) -> HttpResponse:
    managed_or_404(request)
    seen = request.POST.get("seen")
    if seen and seen == request.session.get(_done(sort)):  # the same form once more
        return redirect(sort.list_name)
    brought = _kept_or_404(request, sort)
    changes, found = sort.plan(brought, request.user.pk, request.now)
    if found or seen != _digest(changes):
        messages.warning(request, _("Something has changed since you looked. Look again."))
        return redirect(f"{sort.list_name}_look")
    try:
        count = sort.carry_out(brought=brought, by=request.user.pk, now=request.now)
    except (Faulty, Refused):
        messages.warning(request, _("Something has changed since you looked. Look again."))
        return redirect(f"{sort.list_name}_look")
    sheet_imports.drop_sheet(sort=sort.key, by=request.user.pk, now=request.now)
    request.session[_done(sort)] = seen
    said = ngettext(
        "The sheet is carried out: %d row.", "The sheet is carried out: %d rows.", count
    )
    messages.success(request, said % count)
    return redirect(sort.list_name)


@require_safe
def blank(request: HttpRequest, sort: Sort) -> HttpResponse:
    managed_or_404(request)
    return _file(sheets.blank(sort.columns, lang()), f"{sort.key}.xlsx", XLSX)


@require_safe
def take(request: HttpRequest, sort: Sort) -> HttpResponse:
    """The list as it is searched and sorted, as a sheet."""
    seen = seen_or_404(request)
    ending = "csv" if request.GET.get("as") == "csv" else "xlsx"
    if sort is ORGANISATIONS:
        rows = found_organisations(seen, on=request.today, **asked(request))
        rows = ordered(rows, request, organisations.ORDERS, "code")
        content = sheets.export_organisations(rows, ending, lang())
    else:
        rows = found_accounts(seen, on=request.today, **asked(request, kinds=False))
        rows = ordered(rows, request, accounts.ORDERS, "username")
        content = sheets.export_people(rows, ending, lang())
    return _file(content, f"{sort.key}.{ending}", "text/csv" if ending == "csv" else XLSX)


def _looked(request: HttpRequest, sort: Sort, brought: sheets.Brought) -> HttpResponse:
    changes, found = sort.plan(brought, request.user.pk, request.now)
    few = few_of_each(found)
    real = [change for change in changes if change.verb != "same"]
    told = {
        "sort": sort,
        "name": brought.name,
        "faults": few[:SHOWN],
        "more_faults": max(len(few) - SHOWN, 0),
        "fault_count": len(found),
        "changes": real[:SHOWN],
        "more": max(len(real) - SHOWN, 0),
        "count": len(real),
        "same": len(changes) - len(real),
        "seen": _digest(changes),
    }
    return render(request, "people/sheet_look.html", told)


def _digest(changes) -> str:
    """What was looked at, so that nothing else is carried out."""
    said = repr([(c.verb, c.entry.row.number, sorted(map(repr, c.entry.values.items()))) for c in changes])  # fmt: skip
    return hashlib.sha256(said.encode()).hexdigest()


def _done(sort: Sort) -> str:
    return f"sheet of {sort.key} carried out"


def _kept_or_404(request: HttpRequest, sort: Sort) -> sheets.Brought:
    brought = sheets.load_brought(request.user.pk, sort.key)
    if brought is None:
        raise Http404
    return brought


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)

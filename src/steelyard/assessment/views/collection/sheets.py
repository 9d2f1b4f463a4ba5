"""Take the items out as a workbook, bring it back: all of it is taken, or nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.assessment.actions.collection import bring_answers
from steelyard.assessment.queries.collection import in_words, known_to, whose
from steelyard.assessment.rules.collection.answer_sheets import drop_downs, headings, plan, rows
from steelyard.assessment.views.collection.finding import Seen, find_within
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.file_names import kept_name
from steelyard.look.language import lang, say
from steelyard.people import sheets
from steelyard.people.forms import SheetUpload
from steelyard.people.rules.sheets import few_of_each
from steelyard.people.sheet_imports import drop_sheet, keep_sheet
from steelyard.people.views.asking import done, status_of, who_and_when
from steelyard.people.views.downloads import XLSX, download
from steelyard.tables.plain_workbook import plain_workbook

SHOWN = 300


class BringForm(SheetUpload):
    """The sheet, and what the rules say of it."""

    meanwhile = None

    def refuse(self, refused) -> None:
        for one in refused.refusals:
            self.add_error(None, say(one.text))


@require_safe
def take(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    seen = find_within(request, code, number)
    known = _known(request, seen)
    rules = {q.item.code: in_words(seen.version, q.item.code, lang()) for q in seen.questions}
    told = list(rows(seen.questions, known, lang(), whose(seen.submission), rules))
    sheet = "自评" if lang() == "zh" else "Items"
    offered = drop_downs(seen.questions, lang())
    content = plain_workbook(sheet, headings(lang()), told, drop_downs=offered)
    return download(content, f"{code}-{seen.submission.unit.code}.xlsx", XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, code: str, number: int) -> HttpResponse:
    seen = find_within(request, code, number)
    seen.refuse_unless_may_file()
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    found: list[Fault] = []
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["sheet"]
        if upload.size > sheets.LARGEST:
            form.add_error("sheet", _("The file is larger than 2 MB; divide it."))
        else:
            brought = sheets.Brought(kept_name(upload.name, ("xlsx", "csv")), upload.read())
            try:
                count = done(form, lambda: bring_answers(
                    submission=number, brought=brought, **who_and_when(request)))  # fmt: skip
                if count is not None:
                    drop_sheet(sort=_sort(seen), **who_and_when(request))
                    messages.success(request, _said(count))
                    return redirect("assessment:submission", code, number)
            except Faulty as faulty:
                found = list(faulty.faults)
                keep_sheet(sort=_sort(seen), brought=brought, **who_and_when(request))
    few = few_of_each(found)
    context = {
        "assessment": seen.submission.assessment, "submission": seen.submission, "form": form,
        "faults": few[:SHOWN], "fault_count": len(found),
        "not_just_now": seen.not_just_now,
    }  # fmt: skip
    status = 422 if found else status_of(form)
    return render(request, "assessment/collection/bring.html", context, status=status)


def _said(count: int) -> str:
    if count == 0:
        return _("The sheet says what is recorded already; nothing was changed.")
    return _("Items saved from the sheet: %(count)s.") % {"count": count}


@require_safe
def faults(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The refused sheet to take away, its bad cells coloured."""
    seen = find_within(request, code, number)
    seen.refuse_unless_may_file()
    brought = sheets.load_brought(request.user.pk, _sort(seen))
    if brought is None:
        raise Http404
    try:
        known = _known(request, seen)
        found = plan(brought.read(), seen.all_questions, known, whose(seen.submission))[1]
    except Faulty as faulty:
        found = list(faulty.faults)
    if not found:
        raise Http404
    return download(brought.with_faults(found, lang()), f"{code}-faults.xlsx", XLSX)


def _known(request: HttpRequest, seen: Seen):
    items = [one.item.code for one in seen.all_questions]
    return known_to(
        request.held, seen.sight, seen.submission, seen.all_answers, items, request.today
    )


def _sort(seen: Seen) -> str:
    return f"answers-{seen.submission.pk}"[:20]

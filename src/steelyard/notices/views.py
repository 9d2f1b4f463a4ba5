"""Pages: my notices, when I want mail, deadlines, and putting one off."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.notices import actions
from steelyard.notices.forms import ExtensionForm, PreferenceForm
from steelyard.notices.models import Deadline, Notice
from steelyard.notices.permissions import is_ones_own, may_extend, may_see
from steelyard.notices.queries import load_chosen, mails_that_failed, notices_of
from steelyard.notices.reading import said, title_of
from steelyard.notices.rules.digests import Mode
from steelyard.notices.waiting import name_of_area
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import ROLES, Action, Role
from steelyard.people.views.asking import NotAllowed, status_of
from steelyard.trail.side_by_side import show_both
from steelyard.trail.versions import ChangedMeanwhile

ROWS = 50


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """My notices, the newest on top."""
    return _listed(request, PreferenceForm(initial=load_chosen(request.user)))


def _listed(request: HttpRequest, form: PreferenceForm) -> HttpResponse:
    rows = notices_of(request.user.pk)
    only_new = "new" in request.GET
    page = _page(rows.filter(read_at__isnull=True) if only_new else rows, request)
    told = {
        "page": page,
        "only_new": only_new,
        "rows": [(one, title_of(one), name_of_area(one.area)) for one in page],
        "form": form,
    }
    return render(request, "notices/list.html", told, status=status_of(form))


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Where a mail leads: one notice of mine, and from it to what it is about."""
    notice = get_object_or_404(notices_of(request.user.pk).select_related("mail"), pk=number)
    told = {"notice": notice, "title": title_of(notice), "area": name_of_area(notice.area)}
    return render(request, "notices/one.html", told)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark as read: those that are ticked, or all."""
    ticked = [int(number) for number in request.POST.getlist("notice") if number.isdecimal()]
    actions.read_notices(
        by=request.user.pk, now=request.now, notices=None if "all" in request.POST else ticked
    )
    return redirect("notices:list")


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """When I want mail."""
    form = PreferenceForm(request.POST)
    if not form.is_valid():
        return _listed(request, form)
    told = form.cleaned_data
    try:
        actions.choose_mode(
            by=request.user.pk,
            mode=Mode(told["mode"]),
            seen_version=told["version"],
            now=request.now,
        )
    except ChangedMeanwhile as changed:
        return show_both(request, changed, back=reverse("notices:list"))
    messages.success(request, _("Saved."))
    return redirect("notices:list")


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """Open deadlines of the organisations that I may look after: what is late stands on top."""
    seen = reach(request.held, Action.SEE_DEADLINE, request.today)
    if not seen:
        raise Http404
    rows = Deadline.objects.filter(organisation__in=seen, ended_on__isnull=True)
    page = _page(rows.select_related("organisation", "account"), request)
    told = {"page": page, "rows": [_row(each) for each in page], "today": request.today}
    return render(request, "notices/deadlines.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: HttpRequest, number: int) -> HttpResponse:
    """One deadline: how it was counted, who put it off and why; a form for who may."""
    found = get_object_or_404(Deadline.objects.select_related("organisation", "account"), pk=number)
    if not may_see(found, request.user.pk, request.held, request.today):
        raise Http404
    first = {"version": found.version}
    form = ExtensionForm(initial=first) if _may_extend(found, request) else None
    if request.method == "POST":
        if not may_extend(found, request.held, request.today):
            raise NotAllowed([actions.MAY_NOT])
        form = ExtensionForm(request.POST, initial=first)
        try:
            if form.is_valid() and _extend(found, form, request):
                return redirect("notices:deadline", number)
        except ChangedMeanwhile as changed:
            return show_both(request, changed, back=request.path)
    return _page_of(found, request, form)


def _page_of(found: Deadline, request: HttpRequest, form: ExtensionForm | None) -> HttpResponse:
    told = {
        **_row(found),
        "form": form,
        "today": request.today,
        "how": said(Text(found.counted_zh, found.counted_en)),
        "area": name_of_area(found.area),
        "extensions": [
            (each, said(Text(each.counted_zh, each.counted_en)))
            for each in found.extensions.select_related("by")
        ],
    }
    return render(request, "notices/deadline.html", told, status=status_of(form))


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Mails that did not arrive, or perhaps not, and what to do; the newest on top.

    What they tell of is not for the administrator to read; neither is it here.
    """
    seen = reach(request.held, Action.SEE_MAILS, request.today)
    if not seen:
        raise Http404
    page = _page(mails_that_failed(seen).select_related("account"), request)
    return render(request, "notices/mails.html", {"page": page})


def _may_extend(found: Deadline, request: HttpRequest) -> bool:
    """The same as the action asks, so that no form is shown that would be refused."""
    return (
        found.ended_on is None
        and may_extend(found, request.held, request.today)
        and not is_ones_own(found, request.user.pk, request.held, request.today)
    )


def _extend(found: Deadline, form: ExtensionForm, request: HttpRequest) -> bool:
    told = dict(form.cleaned_data)
    told["seen_version"] = told.pop("version")
    try:
        extension = actions.extend_deadline(
            deadline=found.pk, by=request.user.pk, now=request.now, **told
        )
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("Extended to %(due)s.") % {"due": extension.due})
    return True


def _row(found: Deadline) -> dict:
    organisation = found.organisation
    return {
        "deadline": found,
        "what": said(Text(found.what_zh, found.what_en)),
        "organisation": said(Text(organisation.name_zh, organisation.name_en)),
        "whose": found.account or said(ROLES[Role(found.role)]),
    }


def _page(rows: QuerySet[Notice | Deadline], request: HttpRequest) -> Page:
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    page.pages = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return page

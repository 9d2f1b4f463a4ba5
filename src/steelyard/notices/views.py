"""Pages: my notices, when I want mail, deadlines, and putting one off."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.look.language import lang
from steelyard.notices import actions
from steelyard.notices.forms import ExtensionForm, PreferenceForm
from steelyard.notices.later import steps_ahead, steps_passed
from steelyard.notices.models import Deadline, Extension, Notice
from steelyard.notices.permissions import is_ones_own, may_not_extend, may_not_see
from steelyard.notices.queries import load_chosen, mails_that_failed, notices_of, those_vacant
from steelyard.notices.rules.digests import Mode
from steelyard.notices.rules.texts import Kind, title
from steelyard.notices.waiting import name_of_area
from steelyard.people.lists import page_of
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, done, status_of, who_and_when
from steelyard.trail.side_by_side import show_both
from steelyard.trail.versions import ChangedMeanwhile


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """My notices, the newest on top."""
    return _listed(request, PreferenceForm(initial=load_chosen(request.user)))


def _listed(request: HttpRequest, form: PreferenceForm) -> HttpResponse:
    rows = notices_of(request.user.pk)
    only_new = "new" in request.GET
    page = page_of(rows.filter(read_at__isnull=True) if only_new else rows, request)
    told = {
        "page": page,
        "only_new": only_new,
        "rows": [(one, _title(one), name_of_area(one.area)) for one in page],
        "form": form,
    }
    return render(request, "notices/list.html", told, status=status_of(form))


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Where a mail leads: one notice of mine, and from it to what it is about."""
    notice = get_object_or_404(notices_of(request.user.pk).select_related("mail"), pk=number)
    told = {"notice": notice, "title": _title(notice), "area": name_of_area(notice.area)}
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
    rows = rows.select_related("organisation", "account").prefetch_related("extensions")
    page = page_of(rows, request)
    vacant = those_vacant(request.today).filter(organisation__in=seen).count()
    told = {"page": page, "today": request.today, "vacant": vacant}
    return render(request, "notices/deadlines.html", told)


@require_safe
def vacant(request: HttpRequest) -> HttpResponse:
    """What is due of posts that nobody holds, for whoever may fill them or looks after the deadlines."""
    looked_after = reach(request.held, Action.SEE_DEADLINE, request.today)
    managed = reach(request.held, Action.MANAGE_PEOPLE, request.today)
    if not looked_after and not managed:
        raise Http404
    rows = those_vacant(request.today).filter(organisation__in=looked_after | managed)
    told = {
        "page": page_of(rows.select_related("organisation"), request),
        "looked_after": looked_after,
        "seen": reach(request.held, Action.SEE_PEOPLE, request.today),
        "today": request.today,
    }
    return render(request, "notices/vacant.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: HttpRequest, number: int) -> HttpResponse:
    """One deadline: how it was counted, who put it off and why; a form for who may."""
    rows = Deadline.objects.select_related("organisation", "account")
    put_off = Prefetch("extensions", Extension.objects.select_related("by"))
    found = get_object_or_404(rows.prefetch_related(put_off), pk=number)
    if may_not_see(request.held, found, request.user.pk, request.today):
        raise Http404
    first, ahead = {"version": found.version}, steps_ahead(found)
    form = (
        ExtensionForm(initial=first, is_before_others=bool(ahead))
        if _may_extend(found, request)
        else None
    )
    if request.method == "POST":
        refusals = may_not_extend(request.held, found, request.today)
        if refusals:
            raise NotAllowed(refusals)
        form = ExtensionForm(request.POST, initial=first, is_before_others=bool(ahead))
        extension = _extended(found, form, request) if form.is_valid() else None
        if form.meanwhile:
            return show_both(request, form.meanwhile, back=request.path)
        if extension is not None:
            messages.success(request, _("Extended to %(due)s.") % {"due": extension.due})
            return redirect("notices:deadline", number)
    return _page_of(found, request, form)


def _page_of(found: Deadline, request: HttpRequest, form: ExtensionForm | None) -> HttpResponse:
    told = {
        "deadline": found,
        "form": form,
        "today": request.today,
        "area": name_of_area(found.area),
        "extensions": found.extensions.all(),
        "ahead": steps_ahead(found) if form else (),
        "passed": steps_passed(found),
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
    page = page_of(mails_that_failed(seen).select_related("account"), request)
    return render(request, "notices/mails.html", {"page": page})


def _may_extend(found: Deadline, request: HttpRequest) -> bool:
    """The same as the action asks, so that no form is shown that would be refused."""
    return (
        found.ended_on is None
        and not may_not_extend(request.held, found, request.today)
        and not is_ones_own(request.held, found, request.user.pk, request.today)
    )


def _extended(found: Deadline, form: ExtensionForm, request: HttpRequest) -> Extension | None:
    told = dict(form.cleaned_data)
    told["seen_version"] = told.pop("version")
    return done(
        form,
        lambda: actions.extend_deadline(deadline=found.pk, **told, **who_and_when(request)),
    )


def _title(notice: Notice) -> str:
    return title(Kind(notice.kind), notice.words, lang())

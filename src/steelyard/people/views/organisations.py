"""Organisations: the list, one with its tree, people and history, and what may be done with it."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from steelyard.kernel.periods import Days
from steelyard.look.language import say
from steelyard.people import actions, forms, permissions
from steelyard.people.lists import ordered, page_of
from steelyard.people.models import Holding, Organisation, Placement
from steelyard.people.queries import found_organisations, load_tree, organisations_within
from steelyard.people.rules.tree import Node
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.trail.side_by_side import show_both

FORM = require_http_methods(["GET", "HEAD", "POST"])
ORDERS = {"code": "code", "name": "name_zh", "kind": "kind", "starts": "starts"}


def seen_or_404(request: HttpRequest) -> frozenset[int]:
    """The organisations that the account may see; to who sees none, the page is unknown."""
    seen = permissions.seen(request.held, request.today)
    if not seen:
        raise Http404
    return seen


def managed_or_404(request: HttpRequest) -> frozenset[int]:
    managed = permissions.managed(request.held, request.today)
    if not managed:
        raise Http404
    return managed


def one_of(numbers: frozenset[int], number: int) -> Organisation:
    """The organisation, if it is one of these; what is not and what there is not look alike."""
    found = Organisation.objects.filter(pk=number).first() if number in numbers else None
    if found is None:
        raise Http404
    return found


def asked_organisations(request: HttpRequest) -> dict[str, str]:
    return asked(request, "kind", Organisation.Kind.values)


def asked(request: HttpRequest, which: str, known: Collection[str]) -> dict[str, str]:
    """What the address asks to be found: words, one of what is known, open ones or closed ones."""
    chosen, state = request.GET.get(which, ""), request.GET.get("state", "")
    return {
        "words": request.GET.get("q", "").strip()[:100].replace("\0", ""),
        which: chosen if chosen in known else "",
        "state": state if state in ("open", "closed") else "",
    }


def managed_one(request: HttpRequest, number: int) -> Organisation:
    """One that the account manages; of one that it only sees it is told that it may not.

    Raises:
        Http404: it does not exist for this account.
        NotAllowed: it is seen, and not managed.
    """
    found = one_of(permissions.seen(request.held, request.today), number)
    if number not in permissions.managed(request.held, request.today):
        raise NotAllowed([permissions.NOT_MANAGED])
    return found


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    seen, wanted = seen_or_404(request), asked_organisations(request)
    rows = found_organisations(seen, on=request.today, **wanted)
    told = {
        "page": page_of(ordered(rows, request, ORDERS, "code"), request),
        "asked": wanted,
        "kinds": Organisation.Kind.choices,
        "manages": bool(permissions.managed(request.held, request.today)),
        "today": request.today,
    }
    return render(request, "people/organisations.html", told)


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    seen = seen_or_404(request)
    organisation = one_of(seen, pk)
    tree = load_tree(request.today)
    rows = Holding.objects.filter(organisation=pk).select_related("account")
    held = [(row, Days(row.starts, row.ends)) for row in rows.order_by("-starts", "pk")]
    told = {
        "organisation": organisation,
        "exists": organisation.exists_on(request.today),
        "path": [_crumb(node, seen) for node in tree.path(pk)],
        "below": [(node, len(tree.below(node.number))) for node in tree.children(pk)],
        "placements": Placement.objects.filter(organisation=pk)
        .select_related("parent").order_by("-starts"),
        "now": [holding for holding, days in held if request.today in days],
        "not_now": [holding for holding, days in held if request.today not in days],
        "seen": seen,
        "manages": pk in permissions.managed(request.held, request.today),
        "today": request.today,
    }  # fmt: skip
    return render(request, "people/organisation.html", told)


def _crumb(node: Node, seen: Collection[int]) -> tuple[str, str]:
    """Its address, if the reader may go there, and its name."""
    address = reverse("people:organisation", args=[node.number]) if node.number in seen else ""
    return address, say(node.name)


@FORM
def new(request: HttpRequest) -> HttpResponse:
    managed = managed_or_404(request)
    first = forms.first_days(request.today) | {"parent": request.GET.get("below")}
    form = forms.OpenOrganisation(
        posted(request), parents=organisations_within(managed), initial=first
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"parent": form.cleaned_data["parent"].pk}
        opened = done(form, lambda: actions.open_organisation(**told, **who_and_when(request)))
        if opened is not None:
            messages.success(request, _("The organisation is opened."))
            return redirect("people:organisation", opened.pk)
    title = _("Open an organisation")
    return _form(request, form, title, title, reverse("people:organisations"))


@FORM
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = managed_one(request, pk)
    fields = ("name_zh", "name_en", "kind", "place", "version")
    first = {field: getattr(organisation, field) for field in fields}
    form = forms.CorrectOrganisation(posted(request), initial=first)
    if request.method == "POST" and form.is_valid():
        told = told_by(form)
        told |= {"organisation": pk}
        if done(form, lambda: actions.correct_organisation(**told, **who_and_when(request))):
            messages.success(request, _("The organisation is corrected."))
            return redirect("people:organisation", pk)
    return _form(request, form, _("Correct the organisation"), _("Save"), _page(pk), organisation)


@FORM
def place(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = managed_one(request, pk)
    managed = permissions.managed(request.held, request.today)
    parents = organisations_within(managed - {pk})
    last = Placement.objects.filter(organisation=pk).order_by("pk").last()
    first = forms.first_days(request.today) | {"version": last.pk if last else 0}
    form = forms.PlaceOrganisation(posted(request), parents=parents, initial=first)
    if request.method == "POST" and form.is_valid():
        told = told_by(form) | {"parent": form.cleaned_data["parent"].pk}
        if done(
            form,
            lambda: actions.place_organisation(organisation=pk, **told, **who_and_when(request)),
        ):
            messages.success(request, _("The organisation has its new place."))
            return redirect("people:organisation", pk)
    title = _("Place below another organisation")
    return _form(request, form, title, title, _page(pk), organisation)


@FORM
def close(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = managed_one(request, pk)
    first = {"ends": request.today, "version": organisation.version}
    form = forms.CloseOrganisation(posted(request), initial=first)
    if request.method == "POST" and form.is_valid():
        told = told_by(form)
        if done(
            form,
            lambda: actions.close_organisation(organisation=pk, **told, **who_and_when(request)),
        ):
            messages.success(request, _("The organisation is closed from that day on."))
            return redirect("people:organisation", pk)
    return _form(
        request,
        form,
        _("Close the organisation"),
        _("Close the organisation"),
        _page(pk),
        organisation,
    )


def told_by(form: forms.OfWhatWasSeen) -> dict[str, object]:
    """What was filled in, as an action is told it."""
    told = dict(form.cleaned_data)
    told["seen_version"] = told.pop("version")
    return told


def _page(pk: int) -> str:
    return reverse("people:organisation", args=[pk])


def _form(request, form, title: str, button: str, back: str, about=None) -> HttpResponse:
    if form.meanwhile:
        return show_both(request, form.meanwhile, back=back)
    told = {"form": form, "title": title, "button": button, "back": back, "about": about,
            "area": _("Organisations"), "area_url": reverse("people:organisations")}  # fmt: skip
    return render(request, "people/form.html", told, status=status_of(form))

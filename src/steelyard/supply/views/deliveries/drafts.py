"""Forms of the body: open a delivery, mend it, correct an accepted one."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steelyard.kernel.refusals import Refused
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import done, posted, status_of, who_and_when
from steelyard.records.catalogue.model import Table
from steelyard.supply import kept
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.actions.deliveries import File
from steelyard.supply.forms import CorrectForm, MendForm, NewDeliveryForm
from steelyard.supply.meanwhile import is_meanwhile, refused, show_details
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.queries import load_catalogue, same_thing, with_standing
from steelyard.supply.rules import grids
from steelyard.supply.rules.deliveries import OPEN, Move
from steelyard.supply.rules.requests import State
from steelyard.supply.views.deliveries.finding import find_for


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    bodies = reach(request.held, Action.DELIVER, request.today)
    if not bodies:
        raise Http404
    asked = _asked_for(request)
    if asked is not None:
        begun = same_thing(asked).filter(status__in=sorted(OPEN)).first()
        if begun is not None:  # there is one way on: that delivery
            return redirect("supply:delivery", begun.pk)
    form = NewDeliveryForm(posted(request), request.FILES or None, bodies=bodies, asked=asked)
    if request.method == "POST" and form.is_valid():
        sent = form.sent()
        table = load_catalogue().tables[form.cleaned_data["table"]]
        told = {"body": form.cleaned_data["body"], "details": form.details()}
        act = partial(actions.upload, **told, file=sent or _blank(table), **who_and_when(request))
        delivery = done(form, act)
        if delivery is not None:
            return redirect("supply:delivery" if sent else "supply:grid", delivery.pk)
    context = {"form": form, "asked": asked}
    return render(request, "supply/new.html", context, status=status_of(form))


def _asked_for(request: HttpRequest) -> DeliveryRequest | None:
    """The open request that the page is opened from, if this person may answer it."""
    written = request.GET.get("request", "")
    if not written:
        return None
    if not written.isdecimal() or len(written) > 18:
        raise Http404
    own = reach(request.held, Action.DELIVER, request.today)
    found = DeliveryRequest.objects.filter(pk=int(written), body__in=own, state=State.OPEN)
    asked = with_standing(found).first()
    if asked is None:
        raise Http404
    return asked


def _blank(table: Table) -> File:
    """A sheet of headings, to be typed into."""
    return File(f"{table.code}.csv", grids.as_csv([], table))


@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, number: int) -> HttpResponse:
    found = find_for(request, number, Move.UPLOAD)
    form = MendForm(posted(request), request.FILES or None, delivery=found)
    if request.method == "POST" and form.is_valid():
        sent, seen = _sent_now_or_before(form, found, request), form.cleaned_data["seen"]
        try:
            actions.mend(
                delivery=found.pk, details=form.details(), file=sent, seen=seen,
                **who_and_when(request),
            )  # fmt: skip
        except Refused as error:
            if is_meanwhile(error):
                number = _keep_what_was_sent(sent, found, request)
                return show_details(request, found, seen, form.details(), number)
            refused(request, found, error, seen)
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("supply:delivery", number)
    context = {"form": form, "delivery": found}
    return render(request, "supply/mend.html", context, status=status_of(form))


def _sent_now_or_before(form: MendForm, found: Delivery, request: HttpRequest) -> File | None:
    """The file that comes with the form, or came with it before somebody else was faster."""
    number = form.cleaned_data["kept"]
    before = kept.sent_before(number, found, request.user.pk) if number else None
    if form.cleaned_data.get("file") or before is None:
        return form.sent()
    return File(before.name, kept.content_of(before.content.sha256))


def _keep_what_was_sent(sent: File | None, found: Delivery, request: HttpRequest) -> int | None:
    """A browser cannot send a file twice by itself: it lies among the files of the body meanwhile."""
    if sent is None:
        return None
    told = {"name": sent.name, "delivery": found, **who_and_when(request)}
    return kept.keep(sent.content, **told).pk


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: int) -> HttpResponse:
    found = find_for(request, number, Move.CORRECT)
    form = CorrectForm(posted(request), request.FILES or None, delivery=found)
    if request.method == "POST" and form.is_valid():
        sent = form.sent()
        same = File(found.file_name, kept.content_of(found.file_hash))
        told = {"delivery": found.pk, "details": form.details(), "why": form.cleaned_data["why"]}
        act = partial(actions.correct, **told, file=sent or same, **who_and_when(request))
        opened = done(form, act)
        if opened is not None:
            few = (opened.rows or 0) <= grids.MOST_ROWS
            page = "supply:grid" if not sent and few else "supply:delivery"
            return redirect(page, opened.pk)
    context = {"form": form, "delivery": found}
    return render(request, "supply/correct.html", context, status=status_of(form))

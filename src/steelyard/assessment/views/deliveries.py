"""One delivery: open it, look at it, mend it, type rows in, sign, accept, return, correct."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.assessment import kept
from steelyard.assessment.actions import deliveries as actions
from steelyard.assessment.actions.deliveries import File
from steelyard.assessment.checking import (
    Sheet,
    check,
    clean_name,
    faults_sheet,
    from_json,
    typed_rows,
)
from steelyard.assessment.forms import CorrectForm, MendForm, NewDeliveryForm, ReasonForm
from steelyard.assessment.language import lang
from steelyard.assessment.meanwhile import is_meanwhile, refused, show_details
from steelyard.assessment.models import Delivery, DeliveryRequest
from steelyard.assessment.permissions import not_allowed
from steelyard.assessment.queries import (
    answers,
    load_catalogue,
    load_earlier,
    load_places,
    load_state,
    period,
    requests_seen_by,
    same_thing,
    seen_by,
    with_standing,
)
from steelyard.assessment.rules import grids
from steelyard.assessment.rules.comparing import compare as compare_rows
from steelyard.assessment.rules.deliveries import (
    MOVE_NAMES,
    OPEN,
    STATUSES,
    Move,
    Status,
    moves_from,
)
from steelyard.assessment.rules.delivery_limits import Asked, against
from steelyard.assessment.rules.requests import DAYS_TO_MEND, State
from steelyard.assessment.showing import faults_shown
from steelyard.assessment.views.downloads import download
from steelyard.kernel.refusals import Refused
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, posted, refused_for_a_right, status_of
from steelyard.records.catalogue.model import Table
from steelyard.records.intake.delivery import written_period
from steelyard.trail.side_by_side import version_of

MOST_LISTED_CHANGES = 200

DONE: Mapping[Move, str] = {
    Move.SIGN: gettext_lazy("Signed. The assessing office has it now."),
    Move.WITHDRAW: gettext_lazy("The signature is withdrawn; it is a draft again."),
    Move.ACCEPT: gettext_lazy("Accepted. Its rows count when a snapshot is frozen."),
    Move.DISCARD: gettext_lazy("Discarded. It stays on record."),
}
DEEDS: Mapping[Move, Callable[..., Delivery]] = {
    Move.SIGN: actions.sign,
    Move.WITHDRAW: actions.withdraw,
    Move.ACCEPT: actions.accept,
    Move.DISCARD: actions.discard,
}
"""What one button does. The others have a form of their own."""

PAGES: Mapping[Move, str] = {
    Move.UPLOAD: "assessment:mend",
    Move.RETURN: "assessment:return",
    Move.CORRECT: "assessment:correct",
}


def find(request: HttpRequest, number: int) -> Delivery:
    """The delivery, if it exists for whoever asks."""
    found = seen_by(request.held, request.today).select_related("body", "replaces", "uploaded_by")
    delivery = found.filter(pk=number).first()
    if delivery is None:
        raise Http404
    return delivery


# --- open one -------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    bodies = reach(request.held, Action.DELIVER, request.today)
    if not bodies:
        raise Http404
    asked = _asked_for(request)
    if asked is not None:
        begun = same_thing(asked).filter(status__in=sorted(OPEN)).first()
        if begun is not None:  # there is one way on: that delivery
            return redirect("assessment:delivery", begun.pk)
    form = NewDeliveryForm(posted(request), request.FILES or None, bodies=bodies, asked=asked)
    if request.method == "POST" and form.is_valid():
        sent = form.sent()
        table = load_catalogue().tables[form.cleaned_data["table"]]
        try:
            delivery = actions.upload(
                body=form.cleaned_data["body"], details=form.details(), file=sent or _blank(table),
                by=request.user, now=request.now,
            )  # fmt: skip
        except Refused as error:
            refused_for_a_right(error)
            form.refused(error.refusals)
        else:
            return redirect("assessment:delivery" if sent else "assessment:grid", delivery.pk)
    context = {"form": form, "asked": asked}
    return render(request, "assessment/new.html", context, status=status_of(form))


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


# --- look at it -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """A move that this person may make here; ``refusals`` say why not just now."""

    move: Move
    title: str
    url: str
    is_page: bool
    refusals: tuple[str, ...]


@require_safe
def delivery(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, find(request, number))


def _page(
    request: HttpRequest, found: Delivery, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    table = load_catalogue().tables[found.table_code]
    faults = [from_json(one) for one in found.faults]
    context = {
        "delivery": found,
        "table": table,
        "period": written_period(period(found)),
        "status": STATUSES[Status(found.status)].say(lang()),
        "choices": _choices(request, found),
        "refusals": refusals,
        "shown": faults_shown(sheet_of(found), faults) if faults else None,
        "more_faults": found.fault_count - len(faults),
        "corrections": seen_by(request.held, request.today).filter(replaces=found),
        "may_type": _may_type(request, found),
        "answers": _answers(request, found),
    }
    return render(request, "assessment/delivery.html", context, status=status)


def _answers(request: HttpRequest, found: Delivery) -> DeliveryRequest | None:
    """The request that it met or that is open for the same thing."""
    seen = requests_seen_by(request.held, request.today)
    to_it = Q(delivery=found)
    if found.status in OPEN:
        to_it |= Q(pk__in=answers(found))
    return with_standing(seen).filter(to_it).first()


def _choices(request: HttpRequest, found: Delivery) -> list[Choice]:
    state = load_state(found)
    return [
        Choice(
            move,
            _title(move),
            reverse(PAGES[move], args=[found.pk])
            if move in PAGES
            else reverse("assessment:deed", args=[found.pk, move.value]),
            move in PAGES,
            _against(request, state, move),
        )
        for move in moves_from(state.status)
        if move is not Move.REPLACE
        and not not_allowed(request.held, move, found.body_id, request.today)
    ]


def _title(move: Move) -> str:
    return _("Upload another sheet") if move is Move.UPLOAD else MOVE_NAMES[move].say(lang())


def _against(request: HttpRequest, state: object, move: Move) -> tuple[str, ...]:
    """What stands against a move before its form is filled in: reasons are given there."""
    asked = Asked(move=move, by=request.user.pk, on=request.today, reason="…")
    return tuple(one.text.say(lang()) for one in against(state, asked))


def _may_type(request: HttpRequest, found: Delivery) -> bool:
    is_open = found.status in (Status.DRAFT, Status.RETURNED)
    allowed = not not_allowed(request.held, Move.UPLOAD, found.body_id, request.today)
    return is_open and allowed and (found.rows or 0) <= grids.MOST_ROWS


def sheet_of(found: Delivery) -> Sheet:
    return Sheet(
        found.file_name, kept.content_of(found.file_hash), found.table_code, period(found),
        found.cut_off,
    )  # fmt: skip


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """The file as it was sent; never shown inline."""
    found = find(request, number)
    return download(kept.content_of(found.file_hash), found.file_name)


@require_safe
def faults(request: HttpRequest, number: int) -> HttpResponse:
    """The sender's sheet with all faults coloured, to take away."""
    found = find(request, number)
    sheet = sheet_of(found)
    listed = check(sheet, load_catalogue()).faults
    if not listed:
        raise Http404
    stem = found.file_name.rpartition(".")[0]
    return download(faults_sheet(sheet, listed, lang()), f"{stem}-{_('faults')}.xlsx")


@require_safe
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """What is new, gone and changed since last year, or since what it corrects."""
    found = find(request, number)
    table = load_catalogue().tables[found.table_code]
    earlier = load_earlier(found, seen_by(request.held, request.today))
    comparison = None
    if earlier is not None and not found.fault_count:
        now = typed_rows(sheet_of(found), load_catalogue())
        before = typed_rows(sheet_of(earlier), load_catalogue())
        if now is not None and before is not None:
            day = table.dated[0] if table.dated else ""
            comparison = compare_rows(now, before, key=table.key, place=table.place, day=day)
    context = {
        "delivery": found,
        "table": table,
        "earlier": earlier,
        "comparison": comparison,
        "places": load_places(one.of for one in comparison.by_place) if comparison else {},
        "most": MOST_LISTED_CHANGES,
        "most_slice": f":{MOST_LISTED_CHANGES}",
        "too_large": earlier is not None and not found.fault_count and comparison is None,
    }
    return render(request, "assessment/compare.html", context)


# --- one button -----------------------------------------------------------------------------


@require_POST
def deed(request: HttpRequest, number: int, move: str) -> HttpResponse:
    found = find(request, number)
    try:
        wanted = Move(move)
        does = DEEDS[wanted]
    except (ValueError, KeyError):
        raise Http404 from None
    seen = seen_version(request.POST)
    try:
        does(delivery=found.pk, seen=seen, by=request.user, now=request.now)
    except Refused as error:
        answer = refused(request, found, error, seen)
        if answer is not None:
            return answer
        said = tuple(one.text.say(lang()) for one in error.refusals)
        return _page(request, find(request, number), said, status=409)
    messages.success(request, DONE[wanted])
    return redirect("assessment:delivery", number)


def seen_version(sent: QueryDict) -> int:
    return version_of(sent, "seen")


# --- forms ----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, number: int) -> HttpResponse:
    found = find_for(request, number, Move.UPLOAD)
    form = MendForm(posted(request), request.FILES or None, delivery=found)
    if request.method == "POST" and form.is_valid():
        sent, seen = _sent_now_or_before(form, found, request), form.cleaned_data["seen"]
        try:
            actions.mend(
                delivery=found.pk, details=form.details(), file=sent, seen=seen, by=request.user,
                now=request.now,
            )  # fmt: skip
        except Refused as error:
            if is_meanwhile(error):
                number = _keep_what_was_sent(sent, found, request)
                return show_details(request, found, seen, form.details(), number)
            refused(request, found, error, seen)
            form.refused(error.refusals)
        else:
            messages.success(request, _("Saved."))
            return redirect("assessment:delivery", number)
    context = {"form": form, "delivery": found}
    return render(request, "assessment/mend.html", context, status=status_of(form))


def _sent_now_or_before(form: MendForm, found: Delivery, request: HttpRequest) -> File | None:
    """The file that comes with the form, or came with it before somebody else was faster."""
    number = form.cleaned_data["kept"]
    before = kept.sent_before(number, found, request.user) if number else None
    if form.cleaned_data.get("file") or before is None:
        return form.sent()
    return File(before.name, kept.content_of(before.content.sha256))


def _keep_what_was_sent(sent: File | None, found: Delivery, request: HttpRequest) -> int | None:
    """A browser cannot send a file twice by itself: it lies among the files of the body meanwhile."""
    if sent is None:
        return None
    written = {"name": clean_name(sent.name), "delivery": found}
    return kept.keep(sent.content, **written, by=request.user, now=request.now).pk


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: int) -> HttpResponse:
    found = find_for(request, number, Move.CORRECT)
    form = CorrectForm(posted(request), request.FILES or None, delivery=found)
    if request.method == "POST" and form.is_valid():
        sent = form.sent()
        same = File(found.file_name, kept.content_of(found.file_hash))
        try:
            opened = actions.correct(
                delivery=found.pk, details=form.details(), file=sent or same,
                why=form.cleaned_data["why"], by=request.user, now=request.now,
            )  # fmt: skip
        except Refused as error:
            refused_for_a_right(error)
            form.refused(error.refusals)
        else:
            few = (opened.rows or 0) <= grids.MOST_ROWS
            page = "assessment:grid" if not sent and few else "assessment:delivery"
            return redirect(page, opened.pk)
    context = {"form": form, "delivery": found}
    return render(request, "assessment/correct.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    found = find_for(request, number, Move.RETURN)
    was_asked_for = found.requests.filter(state=State.MET).exists()
    form = ReasonForm(posted(request), was_asked_for=was_asked_for, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_to_body(
                delivery=found.pk, seen=form.cleaned_data["seen"],
                reason=form.cleaned_data["reason"],
                working_days=form.cleaned_data.get("working_days", DAYS_TO_MEND),
                by=request.user, now=request.now,
            )  # fmt: skip
        except Refused as error:
            answer = refused(request, found, error, form.cleaned_data["seen"])
            if answer is not None:
                return answer
            form.refused(error.refusals)
        else:
            messages.success(request, _("Returned. The body sees your reason."))
            return redirect("assessment:delivery", number)
    context = {"form": form, "delivery": found}
    return render(request, "assessment/return.html", context, status=status_of(form))


def find_for(request: HttpRequest, number: int, move: Move) -> Delivery:
    """The delivery, if this person may make the move at all.

    Raises:
        Http404: it does not exist for this person.
        NotAllowed: it does, and the move is not for them.
    """
    found = find(request, number)
    refusals = not_allowed(request.held, move, found.body_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    return found

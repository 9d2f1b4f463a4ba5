"""Delivery requests: the office's one list of them, a body's own, ask, urge, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.notices.queries import load_calendar
from steelyard.people.lists import page_of
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import may_towards, reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, done, posted, status_of, who_and_when
from steelyard.people.views.downloads import CSV, XLSX, download
from steelyard.records.intake.delivery import written_period
from steelyard.supply import meanwhile
from steelyard.supply.actions import requests as actions
from steelyard.supply.forms import AskForm, RequestFilterForm, WithdrawForm, written_periods
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.permissions import may_not
from steelyard.supply.queries import (
    is_late,
    load_catalogue,
    load_counts,
    load_request_state,
    requests_seen_by,
    same_thing,
    seen_by,
    suppliers,
    with_standing,
)
from steelyard.supply.rules.deliveries import OPEN, Status
from steelyard.supply.rules.requests import (
    STANDINGS,
    Asked,
    Move,
    Standing,
    State,
    against,
    days_late,
    standing,
)
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.tables.write import csv_bytes

MOST_EXPORTED = 5000
SORTS = {
    "table": ("table_code", "body__code", "-id"),
    "body": ("body__code", "-starts", "-id"),
    "period": ("starts", "ends", "body__code", "-id"),
    "due": ("due", "body__code", "-id"),
    "late": ("days_late", "due", "-id"),
}
USUAL = "-period"


@dataclass(frozen=True, slots=True)
class Line:
    """A request as it stands in the list. ``urge``: whether its button is there."""

    request: DeliveryRequest
    standing: Standing
    days_late: int
    is_late: bool
    urge: bool

    @property
    def title(self) -> str:
        return say(STANDINGS[self.standing])


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    form, found = _asked(request)
    sort = request.GET.get("sort", USUAL)
    shown = _sorted(narrowed(found, form.wanted("show"), request.today), sort)
    page = page_of(shown, request)
    context = {
        "page": page,
        "lines": [line(one, request) for one in page],
        "counts": load_counts(found, request.today),
        "form": form,
        "is_filtered": any(form.wanted(name) for name in form.fields),
        "sort": sort,
        "may_ask": bool(reach(request.held, Action.REQUEST_DELIVERY, request.today)),
    }
    return render(request, "supply/requests.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered and sorted, as a sheet."""
    form, found = _asked(request)
    shown = narrowed(found, form.wanted("show"), request.today)
    rows = _sorted(shown, request.GET.get("sort", USUAL))[:MOST_EXPORTED]
    headings = [
        _("Table"), _("Code of the table"), _("Body"), _("Code of the body"), _("Period"),
        _("Places covered"), _("Cut-off"), _("Status"), _("Due"), _("Working days late"),
        _("Met on"),
    ]  # fmt: skip
    cells = [_cells(line(one, request)) for one in rows]
    if request.GET.get("as") == "csv":
        return download(csv_bytes(headings, cells), "requests.csv", CSV)
    content = plain_workbook(_("Requests"), headings, cells)
    return download(content, "requests.xlsx", XLSX)


def _cells(one: Line) -> list[str | int | date | None]:
    asked = one.request
    body = asked.body
    return [
        say(load_catalogue().tables[asked.table_code].title), asked.table_code,
        say(body.name), body.code,
        written_period(Period(asked.starts, asked.ends)), asked.covers or None, asked.cut_off,
        one.title, asked.due, one.days_late, asked.met_on,
    ]  # fmt: skip


def _asked(request: HttpRequest) -> tuple[RequestFilterForm, QuerySet[DeliveryRequest]]:
    """What may be seen, of the table, period and words that are asked for.

    Raises:
        Http404: there is nothing to look for here, as little as under deliveries.
    """
    if not reach(request.held, Action.SEE_DELIVERY, request.today):
        raise Http404
    seen = requests_seen_by(request.held, request.today)
    form = RequestFilterForm(request.GET, periods=written_periods(seen))
    form.is_valid()
    period, table, said = form.wanted("period"), form.wanted("table"), form.wanted("q")
    found = with_standing(seen)
    if period:
        starts, ends = period.split("/")
        found = found.filter(starts=starts, ends=ends)
    if table:
        found = found.filter(table_code=table)
    if said:
        found = found.filter(
            Q(body__name_zh__icontains=said)
            | Q(body__name_en__icontains=said)
            | Q(body__code__icontains=said)
        )
    return form, found


def narrowed(found: QuerySet[DeliveryRequest], show: str, today: date) -> QuerySet[DeliveryRequest]:
    """What the filter "show" leaves; every word of it says only what everyone who sees may know."""
    match show:
        case "missing":
            return found.filter(state=State.OPEN)
        case "late":
            return found.filter(is_late(today))
        case "signed":
            return found.filter(state=State.MET, delivery__status=Status.SIGNED)
        case "accepted":
            return found.filter(state=State.MET).exclude(delivery__status=Status.SIGNED)
        case "withdrawn":
            return found.filter(state=State.WITHDRAWN)
    return found


def _sorted(found: QuerySet[DeliveryRequest], sort: str) -> QuerySet[DeliveryRequest]:
    is_down, by = sort.startswith("-"), sort.removeprefix("-")
    columns = SORTS.get(by, SORTS["period"])
    return found.order_by(f"-{columns[0]}" if is_down else columns[0], *columns[1:])


def line(found: DeliveryRequest, request: HttpRequest) -> Line:
    """One that came out of ``with_standing``, as this person sees it."""
    state = State(found.state)
    of = found.delivery.status if found.delivery else found.under_way
    open_late = state is State.OPEN and found.due is not None
    late = days_late(found.due, request.today, load_calendar()) if open_late else 0
    late = 0 if state is State.WITHDRAWN else max(late, found.days_late)
    urged = against(load_request_state(found), Asked(move=Move.URGE, on=request.today))
    asks = may_towards(request.held, Action.REQUEST_DELIVERY, found.body_id, request.today)
    return Line(
        found,
        standing(state, Status(of) if of else None, sees_drafts=delivers(request, found)),
        late,
        late > 0,
        asks and not urged,
    )


def delivers(request: HttpRequest, found: DeliveryRequest) -> bool:
    return may_towards(request.held, Action.DELIVER, found.body_id, request.today) or may_towards(
        request.held, Action.SIGN_DELIVERY, found.body_id, request.today
    )


# --- one ------------------------------------------------------------------------------------


def find(request: HttpRequest, number: int) -> DeliveryRequest:
    """The request, if it exists for whoever asks."""
    seen = with_standing(requests_seen_by(request.held, request.today))
    found = seen.select_related("body", "delivery", "corrects", "asked_by", "withdrawn_by").filter(
        pk=number
    )
    one = found.first()
    if one is None:
        raise Http404
    return one


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, find(request, number))


def _page(
    request: HttpRequest, found: DeliveryRequest, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    asks = may_towards(request.held, Action.REQUEST_DELIVERY, found.body_id, request.today)
    is_open = found.state == State.OPEN
    context = {
        "asked": found,
        "line": line(found, request),
        "period": written_period(Period(found.starts, found.ends)),
        "deliveries": list(seen_by(request.held, request.today).filter(_same(found)).order_by("-id")),
        "under_way": _under_way(request, found) if is_open else None,
        "delivers": is_open
        and may_towards(request.held, Action.DELIVER, found.body_id, request.today),
        "asks": asks and is_open,
        "urged_today": found.urged_on == request.today,
        "sees_deadline": delivers(request, found)
        or may_towards(request.held, Action.SEE_DEADLINE, found.body_id, request.today),
        "refusals": refusals,
    }  # fmt: skip
    return render(request, "supply/request.html", context, status=status)


def _same(found: DeliveryRequest) -> Q:
    return Q(pk__in=same_thing(found))


def _under_way(request: HttpRequest, found: DeliveryRequest) -> Delivery | None:
    """The draft or returned delivery that goes on, for those for whom it exists."""
    seen = seen_by(request.held, request.today)
    return seen.filter(_same(found), status__in=sorted(OPEN)).first()


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    below = reach(request.held, Action.REQUEST_DELIVERY, request.today)
    if not below:
        raise Http404
    bodies = Organisation.objects.filter(pk__in=suppliers(below, request.today)).order_by("code")
    form = AskForm(posted(request), bodies=bodies)
    if request.method == "POST" and form.is_valid():
        asked = {"bodies": [one.pk for one in form.cleaned_data["bodies"]], "thing": form.thing()}
        made = done(form, lambda: actions.ask(**asked, **who_and_when(request)))
        if made is not None:
            messages.success(request, _("Asked. Each body has been told by when."))
            if len(made) == 1:
                return redirect("supply:request", made[0].pk)
            return redirect("supply:requests")
    context = {"form": form, "has_bodies": bodies.exists()}
    return render(request, "supply/ask.html", context, status=status_of(form))


@require_POST
def urge(request: HttpRequest, number: int) -> HttpResponse:
    found = _asker(request, number)
    try:
        actions.urge(request=found.pk, **who_and_when(request))
    except Refused as refused:
        said = tuple(say(one.text) for one in refused.refusals)
        return _page(request, find(request, number), said, status=409)
    messages.success(request, _("Urged. Whoever signs there has been told."))
    return redirect("supply:request", number)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    found = _asker(request, number)
    form = WithdrawForm(posted(request), initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        told = {"request": found.pk, **form.cleaned_data}
        try:
            actions.withdraw(**told, **who_and_when(request))
        except Refused as error:
            answer = meanwhile.refused_request(request, found, error, told["seen"])
            if answer is not None:
                return answer
            form.refuse(error)
        else:
            messages.success(request, _("Withdrawn. The body sees your reason."))
            return redirect("supply:request", number)
    context = {"form": form, "asked": found}
    return render(request, "supply/withdraw_request.html", context, status=status_of(form))


def _asker(request: HttpRequest, number: int) -> DeliveryRequest:
    """The request, if this person may act on it.

    Raises:
        NotAllowed: they see it, and may not.
    """
    found = find(request, number)
    refusals = may_not(request.held, Action.REQUEST_DELIVERY, found.body_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    return found

"""Delivery requests for programs: list, read, ask, urge, withdraw.

The same actions as behind the pages, and the same refusals.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refused
from steelyard.kernel.refusing import refusal
from steelyard.people.lists import answer_of
from steelyard.people.models import Organisation
from steelyard.people.refused import RefusedOut
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.records.intake.delivery import written_period
from steelyard.supply.actions import requests as actions
from steelyard.supply.api import Number, Seen, Word, Words, period_in
from steelyard.supply.models import DeliveryRequest
from steelyard.supply.queries import requests_seen_by, with_standing
from steelyard.supply.rules.requests import DAYS_TO_DELIVER, Standing, State
from steelyard.supply.rules.written import read_places
from steelyard.supply.views.requests import line, narrowed

router = Router()


class RequestOut(Schema):
    """A request. ``version`` goes back as ``seen`` with its withdrawal.

    ``due`` moves when its deadline is extended. ``delivery``: the number of the one that met it.
    ``days_late``: working days, of an open request until today.
    """

    number: int
    body: str
    table: str
    period: str
    covers: list[str]
    cut_off: date
    working_days: int
    note: str
    state: State
    standing: Standing
    due: date | None
    days_late: int
    met_on: date | None
    delivery: int | None
    asked_at: datetime
    urged_on: date | None
    withdrawn_at: datetime | None
    reason: str
    version: int


class RequestsOut(Schema):
    count: int
    pages: int
    requests: list[RequestOut]


class RequestsIn(Schema):
    show: Literal["", "missing", "late", "signed", "accepted", "withdrawn"] = ""
    table: Word = ""
    period: Word = ""
    body: Word = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class AskIn(Schema):
    """``bodies``: their codes; all are asked, or none."""

    bodies: Annotated[list[Word], Field(max_length=1000)]
    table: Word
    period: Word
    cut_off: date
    covers: Word = ""
    working_days: Annotated[int, Field(ge=-9999, le=9999)] = DAYS_TO_DELIVER
    note: Words = ""


class WithdrawIn(Schema):
    seen: Seen
    reason: Words


@router.get("", response={200: RequestsOut, 409: RefusedOut})
def list_requests(request: HttpRequest, asked: Query[RequestsIn]) -> dict[str, Any]:
    """What you may see, newest first."""
    found = with_standing(requests_seen_by(request.held, request.today))
    found = narrowed(found, asked.show, request.today).order_by("-id")
    if asked.table:
        found = found.filter(table_code=asked.table)
    if asked.body:
        found = found.filter(body__code=asked.body)
    if asked.period:
        wanted = period_in(asked.period)
        found = found.filter(starts=wanted.starts, ends=wanted.ends)
    return answer_of(found, asked.page, "requests", lambda one: _out(one, request))


@router.get("/{number}", response=RequestOut)
def read_request(request: HttpRequest, number: Number) -> dict[str, Any]:
    return _out(_find(request, number), request)


@router.post("", response={200: list[RequestOut], 409: RefusedOut})
def ask(request: HttpRequest, said: AskIn) -> list[dict[str, Any]]:
    """Ask bodies for a table; each gets a request and a deadline of its own."""
    below = reach(request.held, Action.REQUEST_DELIVERY, request.today)
    known = dict(
        Organisation.objects.filter(pk__in=below, code__in=said.bodies).values_list("code", "pk")
    )
    unknown = [code for code in said.bodies if code not in known]
    if unknown:
        raise Refused([_unknown_body(code) for code in unknown])
    wanted = period_in(said.period)
    thing = actions.Thing(
        table=said.table, starts=wanted.starts, ends=wanted.ends, cut_off=said.cut_off,
        working_days=said.working_days, covers=read_places(said.covers),
        note=said.note,
    )  # fmt: skip
    made = actions.ask(bodies=known.values(), thing=thing, by=request.user.pk, now=request.now)
    return [_out(_find(request, one.pk), request) for one in made]


@router.post("/{number}/urge", response={200: RequestOut, 409: RefusedOut})
def urge(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Tell the body once more; at most once a day."""
    found = _find(request, number)
    actions.urge(request=found.pk, by=request.user.pk, now=request.now)
    return _out(_find(request, number), request)


@router.post("/{number}/withdraw", response={200: RequestOut, 409: RefusedOut})
def withdraw(request: HttpRequest, number: Number, said: WithdrawIn) -> dict[str, Any]:
    """It is needed no longer; its deadline is dropped."""
    found = _find(request, number)
    actions.withdraw(
        request=found.pk, seen=said.seen, reason=said.reason, by=request.user.pk, now=request.now
    )
    return _out(_find(request, number), request)


# --- the steps ------------------------------------------------------------------------------


def _find(request: HttpRequest, number: int) -> DeliveryRequest:
    seen = with_standing(requests_seen_by(request.held, request.today))
    found = seen.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _unknown_body(code: str) -> Any:
    return refusal(
        "unknown_body",
        Text(f"您不能要求“{code}”报送", f"you ask no body {code!r}"),
        Text("请用下级单位的编码", "give the code of one below yours"),
        "bodies",
    )


def _out(one: DeliveryRequest, request: HttpRequest) -> dict[str, Any]:
    told = line(one, request)
    return {
        "number": one.pk,
        "body": one.body.code,
        "table": one.table_code,
        "period": written_period(Period(one.starts, one.ends)),
        "covers": one.covers.split(),
        "cut_off": one.cut_off,
        "working_days": one.working_days,
        "note": one.note,
        "state": one.state,
        "standing": told.standing,
        "due": one.due,
        "days_late": told.days_late,
        "met_on": one.met_on,
        "delivery": one.delivery_id,
        "asked_at": one.asked_at,
        "urged_on": one.urged_on,
        "withdrawn_at": one.withdrawn_at,
        "reason": one.reason,
        "version": one.version,
    }

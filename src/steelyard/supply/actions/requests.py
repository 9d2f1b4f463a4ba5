"""What the office does with a delivery request, and what deliveries do to it.

Who asks and who signs both hold the row of the body (:func:`held_still`) while they look and write:
otherwise a sheet could be signed in the moment in which it is asked for, and neither would see the
other. Locks are taken in this order: delivery, body, request, deadline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from steelyard.kernel.refusals import refuse_if_any
from steelyard.notices.actions import end_deadline, reopen_deadline, start_deadline
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action, Role
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.permissions import may_not
from steelyard.supply.queries import answers, load_request_state, load_wishes
from steelyard.supply.rules import requests as rules
from steelyard.supply.rules import wishes
from steelyard.supply.rules.requests import Asked, Move, State
from steelyard.supply.telling import tell_of_request, what_of
from steelyard.trail.acting import A_CLICK, acting

AREA, TASK = "supply", "deliver"
"""Under which a request has its deadlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What the office asks for. ``covers``: codes of places, none for the whole region."""

    table: str
    starts: date
    ends: date
    cut_off: date
    working_days: int
    covers: tuple[str, ...] = ()
    note: str = ""


def ask(*, bodies: Iterable[int], thing: Thing, by: int, now: datetime) -> list[DeliveryRequest]:
    """Ask these bodies for one thing: all of them, or none. From today on each has a deadline.

    Raises:
        Refused: with everything that stands against it, body by body.
    """
    today, wanted = timezone.localdate(now), sorted(set(bodies))
    held = load_held(by, today)
    with acting("ask_for_delivery", by=by):
        asked = list(held_still(wanted))
        refusals = (may_not(held, Action.REQUEST_DELIVERY, body, today) for body in wanted)
        refuse_if_any(next(filter(None, refusals), ()))
        rows = [_new(body, thing, by, now) for body in asked]
        if there := _just_asked(rows, now):
            return there
        refuse_if_any(wishes.against(load_wishes(rows, today)))
        for row in rows:
            row.save(force_insert=True)
            _start_clock(row, thing.working_days, by, now)
        return rows


def _just_asked(rows: Sequence[DeliveryRequest], now: datetime) -> list[DeliveryRequest]:
    """What the same person asked just so a moment ago: they clicked twice, or lost the answer."""
    found = []
    for row in rows:
        same = DeliveryRequest.objects.filter(
            body=row.body, table_code=row.table_code, starts=row.starts, ends=row.ends,
            covers=row.covers, cut_off=row.cut_off, working_days=row.working_days, note=row.note,
            asked_by=row.asked_by_id, asked_at__gt=now - A_CLICK, state=State.OPEN,
        )  # fmt: skip
        found += same[:1]
    return found if len(found) == len(rows) else []


def ask_to_correct(
    delivery: Delivery, *, note: str, by: int, now: datetime,
    working_days: int = rules.DAYS_TO_MEND, met_by: Delivery | None = None,
) -> DeliveryRequest:  # fmt: skip
    """A delivery was found wrong: its body is asked to correct it. Inside the transaction of what found
    that, where it was asked whether one may. What is asked for already is not asked for twice.

    ``met_by``: a correction that was signed meanwhile. It meets the request, which is open again, with a
    day, as soon as that one is signed no longer.
    """
    list(held_still([delivery.body_id]))
    known = answers(delivery) if met_by is None else met_by.requests.filter(state=State.MET)
    there = known.first()
    if there is not None:
        return there
    row = DeliveryRequest.objects.create(
        body=delivery.body, table_code=delivery.table_code, starts=delivery.starts,
        ends=delivery.ends, covers=delivery.covers, cut_off=delivery.cut_off,
        working_days=working_days, note=note.strip(), asked_by_id=by, asked_at=now,
        state=State.MET if met_by else State.OPEN, corrects=delivery, delivery=met_by,
        met_on=timezone.localdate(now) if met_by else None,
    )  # fmt: skip
    if met_by is None:
        _start_clock(row, working_days, by, now)
    return row


def withdraw(*, request: int, seen: int, reason: str, by: int, now: datetime) -> DeliveryRequest:
    """It is needed no longer: its deadline is dropped, and the body is told why.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("withdraw_request", by=by):
        found = _allowed(request, Move.WITHDRAW, by, now, seen=seen, reason=reason)
        _move(found, Move.WITHDRAW)
        found.withdrawn_by_id, found.withdrawn_at, found.reason = by, now, reason.strip()
        end_deadline(area=AREA, object_id=found.pk, task=TASK, by=by, now=now, met=False)
        tell_of_request(_saved(found), Kind.REQUEST_WITHDRAWN, once="withdrawn", now=now)
        return found


def urge(*, request: int, by: int, now: datetime) -> DeliveryRequest:
    """Tell whoever may sign for the body once more; at most once a day.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("urge_request", by=by):
        found = _allowed(request, Move.URGE, by, now)
        _move(found, Move.URGE)
        found.urged_on = timezone.localdate(now)
        tell_of_request(_saved(found), Kind.REQUEST_URGED, once=f"urged:{found.urged_on}", now=now)
        return found


# --- what deliveries do to it ---------------------------------------------------------------


def held_still(bodies: Iterable[int]) -> QuerySet[Organisation]:
    """The rows of these bodies, held until the transaction ends."""
    return Organisation.objects.select_for_update(no_key=True).filter(pk__in=bodies).order_by("pk")


def meet(delivery: Delivery, *, by: int, now: datetime) -> None:
    """A delivery was signed: what was open for the same thing is met by it."""
    found = answers(delivery).select_for_update(of=("self",)).first()
    if found is None:
        return
    _move(found, Move.MEET)
    found.delivery, found.met_on = delivery, timezone.localdate(now)
    ended = end_deadline(area=AREA, object_id=found.pk, task=TASK, by=by, now=now)
    if ended is not None:
        late = rules.days_late(ended.due, found.met_on, load_calendar())
        found.days_late = max(found.days_late, late)
    _saved(found)


def go_on(delivery: Delivery, *, by: int, now: datetime, working_days: int | None) -> None:
    """A delivery is signed no longer: what it had met is open again.

    ``working_days``: of a new clock, because it was returned; None: the clock that ran goes on, or
    begins, if it was met before one ran.
    """
    found = DeliveryRequest.objects.select_for_update(of=("self",)).filter(
        delivery=delivery, state=State.MET
    ).first()  # fmt: skip
    if found is None:
        return
    _move(found, Move.REOPEN)
    found.delivery, found.met_on = None, None
    _saved(found)
    if working_days is None:
        clock = reopen_deadline(area=AREA, object_id=found.pk, task=TASK, by=by, now=now)
        if clock is None:
            _start_clock(found, found.working_days, by, now)
    else:
        refuse_if_any(rules.days_to_mend_are_in_bounds(working_days))
        _start_clock(found, working_days, by, now)


# --- the steps ------------------------------------------------------------------------------


def _new(body: Organisation, thing: Thing, by: int, now: datetime) -> DeliveryRequest:
    return DeliveryRequest(
        body=body, table_code=thing.table, starts=thing.starts, ends=thing.ends,
        covers=" ".join(sorted(set(thing.covers))), cut_off=thing.cut_off,
        working_days=thing.working_days, note=thing.note.strip(), asked_by_id=by, asked_at=now,
        state=State.OPEN,
    )  # fmt: skip


def _start_clock(row: DeliveryRequest, working_days: int, by: int, now: datetime) -> None:
    start_deadline(
        area=AREA, object_id=row.pk, task=TASK, what=what_of(row),
        path=reverse("supply:request", args=[row.pk]), organisation=row.body_id,
        role=Role.SUPPLYING_BODY, working_days=working_days, by=by, now=now,
    )  # fmt: skip


def _allowed(
    request: int, move: Move, by: int, now: datetime, seen: int | None = None, reason: str = ""
) -> DeliveryRequest:
    today = timezone.localdate(now)
    body = DeliveryRequest.objects.values_list("body", flat=True).get(pk=request)
    list(held_still([body]))
    found = (
        DeliveryRequest.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=request)
    )
    action = rules.WHO[move]
    if action is None:
        raise AssertionError(f"nobody is asked to {move}")
    refuse_if_any(may_not(load_held(by, today), action, found.body_id, today))
    asked = Asked(move=move, on=today, seen=seen, reason=reason)
    refuse_if_any(rules.against(load_request_state(found), asked))
    return found


def _move(row: DeliveryRequest, move: Move) -> None:
    leads_to = rules.after(State(row.state), move)
    if leads_to is None:
        raise AssertionError(f"{row.state} × {move} was let through")
    row.state = leads_to


def _saved(row: DeliveryRequest) -> DeliveryRequest:
    """Written, under its lock: the database has raised its version by one."""
    row.save()
    row.version += 1
    return row

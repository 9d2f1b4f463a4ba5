"""What bodies are asked for, as the rules see it, and what of it a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from steelyard.kernel.periods import Period
from steelyard.notices.models import Deadline
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.deadlines import LONGEST, counted
from steelyard.people.models import Holding
from steelyard.people.queries import on_day
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, Role
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.queries.deliveries import answers, load_catalogue, same_thing
from steelyard.supply.rules.deliveries import OPEN, Status
from steelyard.supply.rules.requests import RequestState, State, last_working_day
from steelyard.supply.rules.wishes import Wish


def requests_seen_by(held: Iterable[Held], on: date) -> QuerySet[DeliveryRequest]:
    """Of the bodies whose deliveries a person may see; others do not exist for them."""
    return DeliveryRequest.objects.filter(body__in=reach(held, Action.SEE_DELIVERY, on))


def with_standing(found: QuerySet[DeliveryRequest]) -> QuerySet[DeliveryRequest]:
    """Each with ``due``, ``deadline`` (its number) and ``under_way``: where the delivery of the same
    thing stands that is not yet accepted."""
    clock = Deadline.objects.filter(
        area="supply", task="deliver", object_id=OuterRef("pk")
    ).order_by("-id")
    same = {name: OuterRef(name) for name in ("body", "table_code", "starts", "ends", "covers")}
    under_way = Delivery.objects.filter(status__in=sorted(OPEN), collection="", **same)
    return found.select_related("body", "delivery").annotate(
        due=Subquery(clock.values("due")[:1]),
        deadline=Subquery(clock.values("pk")[:1]),
        under_way=Subquery(under_way.values("status")[:1]),
    )


def is_late(today: date) -> Q:
    """Of requests :func:`with_standing`: was met late, or a working day has passed since it was due."""
    overdue = Q(state=State.OPEN, due__lt=last_working_day(today, load_calendar()))
    return Q(days_late__gt=0) & ~Q(state=State.WITHDRAWN) | overdue


def load_counts(found: QuerySet[DeliveryRequest], today: date) -> dict[str, int]:
    """How many there are, how many are missing, how many late; in one question."""
    late = is_late(today)
    return found.aggregate(
        all=Count("pk"),
        missing=Count("pk", filter=Q(state=State.OPEN)),
        missing_late=Count("pk", filter=Q(state=State.OPEN) & late),
        met=Count("pk", filter=Q(state=State.MET)),
        met_late=Count("pk", filter=Q(state=State.MET) & late),
    )


def load_request_state(request: DeliveryRequest) -> RequestState:
    """A request as the limits see it."""
    return RequestState(
        state=State(request.state), version=request.version, urged_on=request.urged_on
    )


def load_wishes(rows: Iterable[DeliveryRequest], today: date) -> list[Wish]:
    """What is asked of each body, with what there is already."""
    listed = list(rows)
    supplies = frozenset(suppliers([one.body_id for one in listed], today))
    return [_wish(one, supplies, today) for one in listed]


def _wish(row: DeliveryRequest, supplies: frozenset[int], today: date) -> Wish:
    days = row.working_days
    there = dict(
        same_thing(row)
        .filter(status__in=[Status.SIGNED, Status.ACCEPTED])
        .values_list("status", "name")
    )
    accepted = there.get(Status.ACCEPTED, "")
    return Wish(
        body=row.body.name,
        table=row.table_code,
        period=Period(row.starts, row.ends),
        cut_off=row.cut_off,
        working_days=days,
        due=counted(today, days, load_calendar()).due if 1 <= days <= LONGEST else None,
        known=load_catalogue().tables,
        supplies=row.body_id in supplies,
        delivered=accepted or there.get(Status.SIGNED, ""),
        is_accepted=bool(accepted),
        is_asked=answers(row).exists(),
    )


def suppliers(bodies: Iterable[int], today: date) -> QuerySet[Holding, int]:
    """Those of the bodies where someone who can sign in is supplying body today."""
    held = Holding.objects.filter(
        on_day(today), organisation__in=bodies, role=Role.SUPPLYING_BODY,
        account__is_active=True,
    )  # fmt: skip
    return held.values_list("organisation_id", flat=True).distinct()

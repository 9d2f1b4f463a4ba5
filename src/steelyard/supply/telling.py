"""Who is told of what happens to a delivery or a request? Called in the transaction of it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.periods import Period
from steelyard.notices.actions import tell
from steelyard.notices.models import Deadline
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import Action
from steelyard.records.intake.delivery import written_period
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.queries import load_catalogue
from steelyard.supply.rules.deliveries import Move

TOLD = {
    Move.SIGN: (Kind.DELIVERY_SIGNED, Action.ACCEPT_DELIVERY),
    Move.ACCEPT: (Kind.DELIVERY_ACCEPTED, Action.SIGN_DELIVERY),
    Move.RETURN: (Kind.DELIVERY_RETURNED, Action.SIGN_DELIVERY),
}
"""Of which moves one is told, and who: those who may do this towards the body."""


def tell_of(delivery: Delivery, move: Move, *, by: int, now: datetime) -> None:
    """Tell those whom it concerns, but not who did it."""
    kind, action = TOLD[move]
    if move is Move.SIGN and delivery.replaces_id:
        kind = Kind.DELIVERY_CORRECTED
    whom = who_may(action, delivery.body_id, timezone.localdate(now))
    table = load_catalogue().tables[delivery.table_code].title
    year = delivery.starts.year
    tell(
        kind,
        [account for account in whom if account != by],
        area="supply",
        object_id=delivery.pk,
        path=reverse("supply:delivery", args=[delivery.pk]),
        words={
            "who": delivery.body.name,
            "what": Text(f"{table.zh} {year}", f"{table.en or table.zh} {year}"),
            "reason": same(delivery.reason),
        },
        once=f"delivery:{delivery.pk}:{move}:{delivery.version}",
        now=now,
    )


def what_of(request: DeliveryRequest) -> Text:
    """What a request asks for, in a line: it stands on the first page of whoever has to deliver."""
    table = load_catalogue().tables[request.table_code].title
    period = written_period(Period(request.starts, request.ends))
    of = f" {request.covers}" if len(request.covers) <= LONGEST_COVERS else " …"
    verb = Text("更正", "Correct") if request.corrects_id else Text("报送", "Deliver")
    return Text(
        f"{verb.zh}“{table.zh}”{period}{of}".strip(),
        f"{verb.en} “{table.en or table.zh}” {period}{of}".strip(),
    )


LONGEST_COVERS = 60
"""Letters of codes of places that are said in a line."""


def tell_of_request(request: DeliveryRequest, kind: Kind, *, once: str, now: datetime) -> None:
    """Tell those who may sign for the body."""
    due = (
        Deadline.objects.filter(area="supply", task="deliver", object_id=request.pk)
        .order_by("-id")
        .values_list("due", flat=True)
        .first()
    )
    tell(
        kind,
        who_may(Action.SIGN_DELIVERY, request.body_id, timezone.localdate(now)),
        area="supply",
        object_id=request.pk,
        path=reverse("supply:request", args=[request.pk]),
        words={
            "what": what_of(request),
            "due": same(str(due)),
            "reason": same(request.reason),
        },
        once=f"request:{request.pk}:{once}",
        now=now,
    )

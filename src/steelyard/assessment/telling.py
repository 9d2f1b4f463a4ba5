"""Who is told of what happens to a delivery? Called in the transaction of what it tells of."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Delivery
from steelyard.assessment.queries import load_catalogue
from steelyard.assessment.rules.deliveries import Move
from steelyard.kernel.bilingual import Text, same
from steelyard.notices.actions import tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Account
from steelyard.people.rules.roles import Action

TOLD = {
    Move.SIGN: (Kind.DELIVERY_SIGNED, Action.ACCEPT_DELIVERY),
    Move.ACCEPT: (Kind.DELIVERY_ACCEPTED, Action.SIGN_DELIVERY),
    Move.RETURN: (Kind.DELIVERY_RETURNED, Action.SIGN_DELIVERY),
}
"""Of which moves one is told, and who: those who may do this towards the body."""


def tell_of(delivery: Delivery, move: Move, *, by: Account, now: datetime) -> None:
    """Tell those whom it concerns, but not who did it."""
    kind, action = TOLD[move]
    if move is Move.SIGN and delivery.replaces_id:
        kind = Kind.DELIVERY_CORRECTED
    whom = who_may(action, delivery.body_id, timezone.localdate(now))
    table = load_catalogue().tables[delivery.table_code].title
    year = delivery.starts.year
    tell(
        kind,
        [account for account in whom if account != by.pk],
        area="assessment",
        object_id=delivery.pk,
        path=reverse("assessment:delivery", args=[delivery.pk]),
        words={
            "who": Text(delivery.body.name_zh, delivery.body.name_en),
            "what": Text(f"{table.zh} {year}", f"{table.en or table.zh} {year}"),
            "reason": same(delivery.reason),
        },
        once=f"delivery:{delivery.pk}:{move}:{delivery.version}",
        now=now,
    )

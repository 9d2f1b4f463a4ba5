"""Who is told of what happens to a delivery: inside the transaction of the deed, each once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Delivery
from steelyard.assessment.queries import load_catalogue, load_those_above, period
from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import tell
from steelyard.notices.queries import load_holders
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import MAY, Action
from steelyard.records.intake.delivery import written_period


def tell_signed(delivery: Delivery, now: datetime) -> None:
    """Those who may accept it. The signer, who may not, is left out."""
    kind = Kind.DELIVERY_CORRECTED if delivery.replaces_id else Kind.DELIVERY_SIGNED
    offices = load_those_above(delivery.body_id, timezone.localdate(now))
    whom = _holding(Action.ACCEPT_DELIVERY, offices, now) - {delivery.signer_id}
    who = Text(delivery.body_name_zh, delivery.body_name_en)
    _tell(kind, delivery, whom, now, who=who, what=_what(delivery))


def tell_accepted(delivery: Delivery, now: datetime) -> None:
    whom = _holding(Action.SIGN_DELIVERY, {delivery.body_id}, now)
    _tell(Kind.DELIVERY_ACCEPTED, delivery, whom, now, what=_what(delivery))


def tell_returned(delivery: Delivery, now: datetime) -> None:
    whom = _holding(Action.SIGN_DELIVERY, {delivery.body_id}, now)
    reason = Text(delivery.reason, delivery.reason)
    _tell(Kind.DELIVERY_RETURNED, delivery, whom, now, what=_what(delivery), reason=reason)


def _tell(
    kind: Kind, delivery: Delivery, whom: Iterable[int], now: datetime, **words: Text
) -> None:
    path = reverse("assessment:delivery", args=[delivery.pk])
    once = f"{kind.value}:{delivery.pk}:{now.isoformat()}"
    tell(
        kind, sorted(whom), area="assessment", object_id=delivery.pk, path=path, words=words,
        once=once, now=now,
    )  # fmt: skip


def _what(delivery: Delivery) -> Text:
    title = load_catalogue().tables[delivery.table_code].title
    said = written_period(period(delivery))
    return Text(f"{title.zh} {said}", f"{title.say('en')} {said}")


def _holding(action: Action, organisations: Iterable[int], now: datetime) -> set[int]:
    roles = [role for role, allowed in MAY.items() if action in allowed]
    wanted = [(one, role.value) for one in organisations for role in roles]
    held = load_holders(wanted, timezone.localdate(now))
    return {account for accounts in held.values() for account in accounts}

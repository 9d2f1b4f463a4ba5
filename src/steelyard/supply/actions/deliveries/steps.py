"""The steps that all deeds share: lock, ask who may and what stands against it, move, save."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.queries import load_held
from steelyard.supply.models import Delivery
from steelyard.supply.permissions import may_not_make
from steelyard.supply.queries import load_state
from steelyard.supply.rules.deliveries import Move, Status, after
from steelyard.supply.rules.delivery_limits import Asked, against


def day_of(now: datetime) -> date:
    """The region's day."""
    return timezone.localdate(now)


def locked(pk: int) -> Delivery:
    """The delivery, and before it the one that it replaces, held until the transaction ends."""
    return locked_after(Delivery.objects.filter(pk=pk).values_list("replaces", flat=True).get(), pk)


def locked_after(replaces: int | None, pk: int) -> Delivery:
    """The same where it is known which one it replaces: that is said when it is opened, and stays."""
    before = Delivery.objects.select_for_update().get(pk=replaces) if replaces else None
    found = Delivery.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
    if before is not None:
        found.replaces = before
    return found


def allow(delivery: Delivery, asked: Asked) -> None:
    held = load_held(asked.by, asked.on)
    refuse_if_any(may_not_make(held, asked.move, delivery.body_id, asked.on))
    refuse_if_any(against(load_state(delivery, asked.move), asked))


def move_on(delivery: Delivery, move: Move) -> None:
    leads_to = after(Status(delivery.status), move)
    if leads_to is None:
        raise AssertionError(f"{delivery.status} × {move} was let through")
    delivery.status = leads_to


def unsign(delivery: Delivery) -> None:
    delivery.signer, delivery.signer_name, delivery.signed_at = None, "", None
    delivery.body_name_zh = delivery.body_name_en = ""


def saved(delivery: Delivery) -> Delivery:
    """Written, under its lock: the database has raised its version by one."""
    delivery.save()
    delivery.version += 1
    return delivery

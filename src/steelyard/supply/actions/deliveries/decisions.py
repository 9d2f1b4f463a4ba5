"""What the office decides: accept a delivery, or return it."""

from __future__ import annotations

from datetime import datetime

from steelyard.supply.actions.deliveries.steps import allow, day_of, locked, move_on, saved
from steelyard.supply.actions.requests import go_on
from steelyard.supply.models import Delivery
from steelyard.supply.rules.deliveries import Move
from steelyard.supply.rules.delivery_limits import Asked
from steelyard.supply.rules.requests import DAYS_TO_MEND
from steelyard.supply.telling import tell_of
from steelyard.trail.acting import acting


def accept(*, delivery: int, seen: int, by: int, now: datetime) -> Delivery:
    """Receive it: its rows count. What it corrects is replaced in the same step.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("accept_delivery", by=by):
        found = locked(delivery)
        allow(found, Asked(move=Move.ACCEPT, by=by, on=day_of(now), seen=seen))
        if found.replaces is not None:
            move_on(found.replaces, Move.REPLACE)
            found.replaces.save(update_fields=["status"])
        move_on(found, Move.ACCEPT)
        found.decided_by_id, found.decided_at = by, now
        tell_of(saved(found), Move.ACCEPT, by=by, now=now)
        return found


def return_to_body(
    *,
    delivery: int,
    seen: int,
    reason: str,
    by: int,
    now: datetime,
    working_days: int = DAYS_TO_MEND,
) -> Delivery:
    """Send it back with a reason; the body mends it and signs again.

    If the office had asked for it, it is due again within ``working_days``.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("return_delivery", by=by):
        found = locked(delivery)
        asked = Asked(move=Move.RETURN, by=by, on=day_of(now), seen=seen, reason=reason)
        allow(found, asked)
        move_on(found, Move.RETURN)
        found.decided_by_id, found.decided_at, found.reason = by, now, reason.strip()
        tell_of(saved(found), Move.RETURN, by=by, now=now)
        go_on(found, by=by, now=now, working_days=working_days)
        return found

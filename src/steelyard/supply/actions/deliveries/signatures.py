"""Sign for a delivery, and take the signature back."""

from __future__ import annotations

from datetime import datetime

from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.models import Account
from steelyard.supply.actions.deliveries.steps import (
    allow,
    day_of,
    locked,
    move_on,
    saved,
    unsign,
)
from steelyard.supply.actions.requests import go_on, held_still, meet
from steelyard.supply.found_wrong import against_signing
from steelyard.supply.models import Delivery
from steelyard.supply.rules.deliveries import Move
from steelyard.supply.rules.delivery_limits import Asked
from steelyard.supply.telling import tell_of
from steelyard.trail.acting import acting


def sign(*, delivery: int, seen: int, by: int, now: datetime) -> Delivery:
    """Sign for it: from now on the assessing office has it, and it is not altered.

    What the office had asked for is met with that. A correction changes every row that was found wrong.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("sign_delivery", by=by):
        found = locked(delivery)
        list(held_still([found.body_id]))
        allow(found, Asked(move=Move.SIGN, by=by, on=day_of(now), seen=seen))
        refuse_if_any(against_signing(found) if found.replaces_id else ())
        move_on(found, Move.SIGN)
        found.signer = Account.objects.get(pk=by)
        found.signer_name, found.signed_at = found.signer.signs_as, now
        found.body_name_zh, found.body_name_en = found.body.name_zh, found.body.name_en
        tell_of(saved(found), Move.SIGN, by=by, now=now)
        meet(found, by=by, now=now)
        return found


def withdraw(*, delivery: int, seen: int, by: int, now: datetime) -> Delivery:
    """Take the signature back, while nobody has accepted; what was asked for is due again as before.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("withdraw_delivery", by=by):
        found = locked(delivery)
        allow(found, Asked(move=Move.WITHDRAW, by=by, on=day_of(now), seen=seen))
        move_on(found, Move.WITHDRAW)
        unsign(found)
        go_on(saved(found), by=by, now=now, working_days=None)
        return found

"""Snapshots that a person may see, and the deliveries that are frozen together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, Q, QuerySet

from steelyard.kernel.periods import Period
from steelyard.people.models import Organisation
from steelyard.people.queries import load_above
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, may
from steelyard.records.catalogue.model import PLACES
from steelyard.supply.models import Delivery, Snapshot
from steelyard.supply.queries.deliveries import period
from steelyard.supply.rules.deliveries import LISTED
from steelyard.supply.rules.snapshots import belongs


def snapshots_seen_by(held: Iterable[Held], on: date) -> QuerySet[Snapshot]:
    """Snapshots of the offices whose deliveries a person sees."""
    return Snapshot.objects.filter(office__in=reach(held, Action.SEE_DELIVERY, on))


def offices_that_freeze(held: Iterable[Held], on: date) -> frozenset[int]:
    """Organisations for which a person may freeze by a role held there."""
    return frozenset(
        one.organisation for one in held if one.is_held_on(on) and may(one.role, Action.FREEZE)
    )


def load_accepted(
    held: Iterable[Held], office: Organisation, wanted: Period, on: date
) -> list[Delivery]:
    """What is frozen: accepted deliveries of an office and those below, and what they replaced.

    What an office below collected in an assessment of its own stays with that office. Places are one
    register for all levels: the office's own, else that of the bodies below, else that from above.
    """
    bodies, above = _with_below(held, office.pk, on), load_above([office.pk], on)
    listed = (
        Delivery.objects.filter(
            Q(body__in=bodies) | Q(body__in=above, table_code=PLACES), status__in=sorted(LISTED)
        )
        .exclude(~Q(body=office), COLLECTED)
        .select_related("replaces")
        .order_by("name")
    )
    found = [one for one in listed if belongs(period(one), wanted)]
    registers = [one for one in found if one.table_code == PLACES]
    kept = _nearest(registers, (frozenset({office.pk}), bodies, above))
    return [one for one in found if one.table_code != PLACES or one in kept]


def _nearest(found: Iterable[Delivery], levels: Sequence[frozenset[int]]) -> list[Delivery]:
    """Of each period, those of the first level that delivered any."""
    of_period: dict[Period, dict[int, list[Delivery]]] = {}
    for one in found:
        at = next(at for at, level in enumerate(levels) if one.body_id in level)
        of_period.setdefault(period(one), {}).setdefault(at, []).append(one)
    return [one for of_level in of_period.values() for one in of_level[min(of_level)]]


COLLECTED = Q(signer=F("decided_by"))
"""Signed and accepted by one person: so delivers only an office that freezes what it collected itself
(:mod:`~steelyard.supply.actions.deliveries.own`); of every other delivery, who signed it does not accept it."""


def _with_below(held: Iterable[Held], office: int, on: date) -> frozenset[int]:
    found = frozenset({office})
    for one in held:
        if one.is_held_on(on) and one.organisation == office and may(one.role, Action.FREEZE):
            found |= one.below
    return found


def load_listed(snapshot: Snapshot) -> list[Delivery]:
    """The deliveries on the cover list of a snapshot, in its order."""
    return list(snapshot.deliveries.select_related("replaces").order_by("name"))

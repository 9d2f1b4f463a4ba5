"""Snapshots that a person may see, and the deliveries that are frozen together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from steelyard.kernel.periods import Period
from steelyard.people.models import Organisation, Placement
from steelyard.people.queries import load_above, load_below, on_day
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, may
from steelyard.records.catalogue.model import PLACES
from steelyard.supply.models import Delivery, Snapshot
from steelyard.supply.queries.deliveries import DIVISIONS, period
from steelyard.supply.rules.deliveries import LISTED, Status
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
    held: Iterable[Held], office: Organisation, wanted: Period, on: date, collection: str = ""
) -> list[Delivery]:
    """What is frozen: accepted deliveries of an office and those below, and what they replaced.

    Of what offices collected themselves, that of this collection of this office alone. Places are one
    register for all levels: the office's own, else that of the bodies below, else that from above; the latest.
    """
    return _accepted_of(_with_below(held, office.pk, on), office, wanted, on, collection)


def load_to_freeze(office: Organisation, wanted: Period, on: date) -> list[Delivery]:
    """What bodies delivered that would be frozen now, whoever asks, were there no cut-off."""
    return _accepted_of(load_below(office.pk, on), office, wanted, on)


def _accepted_of(
    bodies: frozenset[int], office: Organisation, wanted: Period, on: date, collection: str = ""
) -> list[Delivery]:
    above = registrars_above(office.pk, on)
    of_bodies = Q(body__in=bodies) | Q(body__in=above, table_code=PLACES)
    listed = (
        Delivery.objects.filter(
            of_bodies & Q(collection="") | Q(body=office, collection=collection),
            status__in=sorted(LISTED),
        )
        .select_related("replaces")
        .order_by("name")
    )
    found = _that_stand([one for one in listed if belongs(period(one), wanted)])
    registers = [one for one in found if one.table_code == PLACES]
    kept = _nearest(registers, (frozenset({office.pk}), bodies, above))
    return [one for one in found if one.table_code != PLACES or one in kept]


def registrars_above(office: int, on: date) -> frozenset[int]:
    """Whose register of places an office has from above: of those that it stands below, and of the bodies
    directly below one of these that are no place themselves. The register of another city is not among them."""
    above = load_above([office], on)
    theirs = Placement.objects.filter(on_day(on), parent__in=above - {office}).exclude(
        organisation__kind__in=DIVISIONS
    )
    return above | frozenset(theirs.values_list("organisation", flat=True))


def _that_stand(found: Sequence[Delivery]) -> list[Delivery]:
    """The accepted ones and what they replaced; what was replaced by one that lapsed is gone with it."""
    replaced = {one.pk: one.replaces_id for one in found}
    stand: set[int | None] = set()
    for one in found:
        number = one.pk if one.status == Status.ACCEPTED else None
        while number is not None:
            stand.add(number)
            number = replaced.get(number)
    return [one for one in found if one.pk in stand]


def _nearest(found: Iterable[Delivery], levels: Sequence[frozenset[int]]) -> list[Delivery]:
    """Those of the first level that delivered any, of the latest period: two registers would have the same
    places twice."""
    of_level: dict[int, list[Delivery]] = {}
    for one in found:
        at = next(at for at, level in enumerate(levels) if one.body_id in level)
        of_level.setdefault(at, []).append(one)
    if not of_level:
        return []
    nearest = of_level[min(of_level)]
    latest = max(one.starts for one in nearest)
    return [one for one in nearest if one.starts == latest]


def _with_below(held: Iterable[Held], office: int, on: date) -> frozenset[int]:
    """The same bodies, whether somebody of the office freezes or somebody who looks after it from above."""
    found = frozenset({office})
    for one in held:
        if not (one.is_held_on(on) and may(one.role, Action.FREEZE)):
            continue
        if one.organisation == office:
            found |= one.below
        elif office in one.below:
            found |= load_below(office, on)
    return found


def load_listed(snapshot: Snapshot) -> list[Delivery]:
    """The deliveries on the cover list of a snapshot, in its order."""
    return list(snapshot.deliveries.select_related("replaces").order_by("name"))

"""Reads: deliveries as the rules see them, and those that a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet
from django.utils import timezone

from steelyard.assessment.models import Delivery, Snapshot
from steelyard.assessment.permissions import Sight, sight
from steelyard.assessment.rules.deliveries import INSIDE, LISTED, OPEN, Status
from steelyard.assessment.rules.delivery_limits import DeliveryState
from steelyard.assessment.rules.delivery_openings import Opening
from steelyard.assessment.rules.snapshots import belongs, earlier
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.periods import Period
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, may
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.catalogue.read import shipped
from steelyard.records.intake import delivery as records

DIVISIONS = (
    Organisation.Kind.PROVINCE, Organisation.Kind.CITY, Organisation.Kind.DISTRICT
)  # fmt: skip


@cache
def load_catalogue() -> Catalogue:
    """The tables that can be delivered."""
    return shipped()


def seen_by(held: Iterable[Held], on: date) -> QuerySet[Delivery]:
    """What does not come out of here does not exist for that person."""
    return Delivery.objects.filter(_in(sight(held, on)))


def _in(eyes: Sight) -> Q:
    return Q(body__in=eyes.inside) | Q(body__in=eyes.outside) & ~Q(status__in=sorted(INSIDE))


def period(delivery: Delivery) -> Period:
    return Period(delivery.starts, delivery.ends)


def same_thing(delivery: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        body=delivery.body_id, table_code=delivery.table_code, starts=delivery.starts,
        ends=delivery.ends, covers=delivery.covers,
    )  # fmt: skip


def load_state(delivery: Delivery) -> DeliveryState:
    """A delivery as the limits see it."""
    found = same_thing(delivery).filter(status=Status.ACCEPTED).exclude(pk=delivery.pk)
    replaces = delivery.replaces
    return DeliveryState(
        name=delivery.name,
        status=Status(delivery.status),
        period=period(delivery),
        cut_off=delivery.cut_off,
        version=delivery.version,
        rows=delivery.rows,
        faults=delivery.fault_count,
        signer=delivery.signer_id,
        replaces=replaces.name if replaces else "",
        replaced=Status(replaces.status) if replaces else None,
        why=delivery.why,
        standing=found.values_list("name", flat=True).first() or "",
    )


def load_opening(wanted: Delivery) -> Opening:
    """A delivery that is not yet there, with what is there already."""
    there = dict(
        same_thing(wanted)
        .exclude(pk=wanted.pk)
        .filter(status__in=[*OPEN, Status.ACCEPTED])
        .values_list("status", "name")
    )
    return Opening(
        table=wanted.table_code,
        period=period(wanted),
        cut_off=wanted.cut_off,
        replaces=wanted.replaces.name if wanted.replaces else "",
        why=wanted.why,
        known=load_catalogue().tables,
        open=next((name for status, name in there.items() if status in OPEN), ""),
        standing=there.get(Status.ACCEPTED, ""),
    )


def as_record(delivery: Delivery) -> records.Delivery:
    """A signed delivery as a line of the cover list; its file lies there under its own name."""
    return records.Delivery(
        id=delivery.name,
        body=Text(delivery.body_name_zh, delivery.body_name_en),
        table=delivery.table_code,
        period=period(delivery),
        cut_off=delivery.cut_off,
        signer=delivery.signer_name,
        signed_on=timezone.localdate(delivery.signed_at),
        file=name_on_cover(delivery),
        rows=delivery.rows or 0,
        hash=delivery.file_hash,
        covers=tuple(delivery.covers.split()),
        replaces=delivery.replaces.name if delivery.replaces else "",
        why=same(delivery.why),
        sample=delivery.sample,
        source=same(delivery.source),
        licence=delivery.licence,
    )


def name_on_cover(delivery: Delivery) -> str:
    """Two bodies may both call their file ``2021.xlsx``."""
    suffix = delivery.file_name.rpartition(".")[2].lower()
    return f"{delivery.name}.{suffix}"


# --- snapshots ------------------------------------------------------------------------------


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
    """What is frozen: accepted deliveries of an office and those below, and what they replaced."""
    bodies = _with_below(held, office.pk, on)
    listed = (
        Delivery.objects.filter(body__in=bodies, status__in=sorted(LISTED))
        .select_related("replaces")
        .order_by("name")
    )
    return [one for one in listed if belongs(period(one), wanted)]


def _with_below(held: Iterable[Held], office: int, on: date) -> frozenset[int]:
    found = frozenset({office})
    for one in held:
        if one.is_held_on(on) and one.organisation == office and may(one.role, Action.FREEZE):
            found |= one.below
    return found


def load_listed(snapshot: Snapshot) -> list[Delivery]:
    """The deliveries on the cover list of a snapshot, in its order."""
    return list(snapshot.deliveries.select_related("replaces").order_by("name"))


def load_earlier(delivery: Delivery, seen: QuerySet[Delivery]) -> Delivery | None:
    """What a delivery is compared with: what it corrects, else last year's accepted one."""
    if delivery.replaces_id:
        return seen.filter(pk=delivery.replaces_id).first()
    before = earlier(period(delivery))
    return seen.filter(
        body=delivery.body_id, table_code=delivery.table_code, covers=delivery.covers,
        starts=before.starts, ends=before.ends, status=Status.ACCEPTED,
    ).first()  # fmt: skip


def load_places(codes: Iterable[str]) -> dict[str, Organisation]:
    """The provinces, cities and districts of places, by the code of the place.

    What a place is called everyone may know; which bank or court stands there, not.
    """
    found = Organisation.objects.filter(place__in=set(codes) - {""}, kind__in=DIVISIONS)
    return {one.place: one for one in found}

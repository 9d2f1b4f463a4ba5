"""Deliveries as the rules see them, and those that a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet
from django.utils import timezone

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.periods import Period
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.catalogue.read import shipped
from steelyard.records.intake import delivery as records
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.permissions import Sight, sight
from steelyard.supply.rules.deliveries import INSIDE, OPEN, Move, Status
from steelyard.supply.rules.delivery_limits import LIMITS, DeliveryState, cut_off_is_that_asked_for
from steelyard.supply.rules.requests import State
from steelyard.supply.rules.snapshots import earlier

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
    inside = Q(status__in=sorted(INSIDE), collection="")
    return Q(body__in=eyes.inside) | Q(body__in=eyes.outside) & ~inside


def period(delivery: Delivery) -> Period:
    return Period(delivery.starts, delivery.ends)


def same_thing(one: Delivery | DeliveryRequest) -> QuerySet[Delivery]:
    """What is asked for is of no collection."""
    return Delivery.objects.filter(
        body=one.body_id, table_code=one.table_code, starts=one.starts, ends=one.ends,
        covers=one.covers, collection=one.collection if isinstance(one, Delivery) else "",
    )  # fmt: skip


def answers(delivery: Delivery | DeliveryRequest) -> QuerySet[DeliveryRequest]:
    """The open request, if there is one, that a delivery answers: that of the same thing. What an office
    collected itself answers none."""
    if isinstance(delivery, Delivery) and delivery.collection:
        return DeliveryRequest.objects.none()
    return DeliveryRequest.objects.filter(
        body=delivery.body_id, table_code=delivery.table_code, starts=delivery.starts,
        ends=delivery.ends, covers=delivery.covers, state=State.OPEN,
    )  # fmt: skip


def load_state(delivery: Delivery, move: Move | None = None) -> DeliveryState:
    """A delivery as the limits see it, whether it is there or about to be; for one move, as its limits do."""
    others = dict(
        same_thing(delivery)
        .exclude(pk=delivery.pk)
        .filter(status__in=[*OPEN, Status.ACCEPTED])
        .values_list("status", "name")
    )
    replaces = delivery.replaces
    return DeliveryState(
        name=delivery.name,
        status=Status(delivery.status),
        table=delivery.table_code,
        period=period(delivery),
        cut_off=delivery.cut_off,
        version=delivery.version,
        rows=delivery.rows,
        faults=delivery.fault_count,
        signer=delivery.signer_id,
        replaces=replaces.name if replaces else "",
        replaced=Status(replaces.status) if replaces else None,
        why=delivery.why,
        standing=others.get(Status.ACCEPTED, ""),
        under_way=next((name for status, name in others.items() if status in OPEN), ""),
        is_table_known=delivery.table_code in load_catalogue().tables,
        collection=delivery.collection,
        asked_cut_off=_asked_cut_off(delivery) if _hangs_on_what_was_asked(move) else None,
    )


def _asked_cut_off(delivery: Delivery) -> date | None:
    return answers(delivery).values_list("cut_off", flat=True).first()


def _hangs_on_what_was_asked(move: Move | None) -> bool:
    return move is None or cut_off_is_that_asked_for in LIMITS[move]


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


def load_earlier(delivery: Delivery, seen: QuerySet[Delivery]) -> Delivery | None:
    """What a delivery is compared with: what it corrects, else last year's accepted one; of what was
    collected, that which was collected last."""
    if delivery.replaces_id:
        return seen.filter(pk=delivery.replaces_id).first()
    before, of_bodies = earlier(period(delivery)), Q(collection="")
    return seen.filter(
        ~of_bodies if delivery.collection else of_bodies,
        body=delivery.body_id, table_code=delivery.table_code, covers=delivery.covers,
        starts=before.starts, ends=before.ends, status=Status.ACCEPTED,
    ).order_by("-pk").first()  # fmt: skip


def load_places(codes: Iterable[str]) -> dict[str, Organisation]:
    """The provinces, cities and districts of places, by the code of the place.

    What a place is called everyone may know; which bank or court stands there, not.
    """
    found = Organisation.objects.filter(place__in=set(codes) - {""}, kind__in=DIVISIONS)
    return {one.place: one for one in found}

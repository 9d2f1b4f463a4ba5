"""Reads: deliveries and requests as the rules see them, and those that a person may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.periods import Period
from steelyard.notices.models import Deadline
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.deadlines import LONGEST, counted
from steelyard.people.models import Holding, Organisation
from steelyard.people.queries import load_above, on_day
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, Role, may
from steelyard.records.catalogue.model import PLACES, Catalogue
from steelyard.records.catalogue.read import shipped
from steelyard.records.intake import delivery as records
from steelyard.supply.models import Delivery, DeliveryRequest, Snapshot
from steelyard.supply.permissions import Sight, sight
from steelyard.supply.rules.deliveries import INSIDE, LISTED, OPEN, Move, Status
from steelyard.supply.rules.delivery_limits import LIMITS, DeliveryState, cut_off_is_that_asked_for
from steelyard.supply.rules.requests import RequestState, State, last_working_day
from steelyard.supply.rules.snapshots import belongs, earlier
from steelyard.supply.rules.wishes import Wish

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


def same_thing(delivery: Delivery | DeliveryRequest) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        body=delivery.body_id, table_code=delivery.table_code, starts=delivery.starts,
        ends=delivery.ends, covers=delivery.covers,
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


# --- requests -------------------------------------------------------------------------------


def requests_seen_by(held: Iterable[Held], on: date) -> QuerySet[DeliveryRequest]:
    """Of the bodies whose deliveries a person may see; others do not exist for them."""
    return DeliveryRequest.objects.filter(body__in=reach(held, Action.SEE_DELIVERY, on))


def answers(delivery: Delivery | DeliveryRequest) -> QuerySet[DeliveryRequest]:
    """The open request, if there is one, that a delivery answers: that of the same thing."""
    return DeliveryRequest.objects.filter(
        body=delivery.body_id, table_code=delivery.table_code, starts=delivery.starts,
        ends=delivery.ends, covers=delivery.covers, state=State.OPEN,
    )  # fmt: skip


def with_standing(found: QuerySet[DeliveryRequest]) -> QuerySet[DeliveryRequest]:
    """Each with ``due``, ``deadline`` (its number) and ``under_way``: where the delivery of the same
    thing stands that is not yet accepted."""
    clock = Deadline.objects.filter(
        area="supply", task="deliver", object_id=OuterRef("pk")
    ).order_by("-id")
    same = {name: OuterRef(name) for name in ("body", "table_code", "starts", "ends", "covers")}
    under_way = Delivery.objects.filter(status__in=sorted(OPEN), **same)
    return found.select_related("body", "delivery").annotate(
        due=Subquery(clock.values("due")[:1]),
        deadline=Subquery(clock.values("pk")[:1]),
        under_way=Subquery(under_way.values("status")[:1]),
    )


def is_late(today: date) -> Q:
    """Of requests :func:`with_standing`: was met late, or a working day has passed since it was due."""
    overdue = Q(state=State.OPEN, due__lt=last_working_day(today, load_calendar()))
    return Q(days_late__gt=0) & ~Q(state=State.WITHDRAWN) | overdue


def load_counts(found: QuerySet[DeliveryRequest], today: date) -> dict[str, int]:
    """How many there are, how many are missing, how many late; in one question."""
    late = is_late(today)
    return found.aggregate(
        all=Count("pk"),
        missing=Count("pk", filter=Q(state=State.OPEN)),
        missing_late=Count("pk", filter=Q(state=State.OPEN) & late),
        met=Count("pk", filter=Q(state=State.MET)),
        met_late=Count("pk", filter=Q(state=State.MET) & late),
    )


def load_request_state(request: DeliveryRequest) -> RequestState:
    """A request as the limits see it."""
    return RequestState(
        state=State(request.state), version=request.version, urged_on=request.urged_on
    )


def load_wishes(rows: Iterable[DeliveryRequest], today: date) -> list[Wish]:
    """What is asked of each body, with what there is already."""
    listed = list(rows)
    supplies = frozenset(suppliers([one.body_id for one in listed], today))
    return [_wish(one, supplies, today) for one in listed]


def _wish(row: DeliveryRequest, supplies: frozenset[int], today: date) -> Wish:
    days = row.working_days
    there = dict(
        same_thing(row)
        .filter(status__in=[Status.SIGNED, Status.ACCEPTED])
        .values_list("status", "name")
    )
    accepted = there.get(Status.ACCEPTED, "")
    return Wish(
        body=row.body.name,
        table=row.table_code,
        period=Period(row.starts, row.ends),
        cut_off=row.cut_off,
        working_days=days,
        due=counted(today, days, load_calendar()).due if 1 <= days <= LONGEST else None,
        known=load_catalogue().tables,
        supplies=row.body_id in supplies,
        delivered=accepted or there.get(Status.SIGNED, ""),
        is_accepted=bool(accepted),
        is_asked=answers(row).exists(),
    )


def suppliers(bodies: Iterable[int], today: date) -> QuerySet[Holding, int]:
    """Those of the bodies where someone who can sign in is supplying body today."""
    held = Holding.objects.filter(
        on_day(today), organisation__in=bodies, role=Role.SUPPLYING_BODY,
        account__is_active=True,
    )  # fmt: skip
    return held.values_list("organisation_id", flat=True).distinct()


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

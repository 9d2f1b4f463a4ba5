"""What an office collected itself, delivered when it is frozen: signed and accepted at once.

It belongs to the collection that it is of, and stands on the cover list of that collection's snapshots
beside what bodies delivered. The same rows again are the same delivery, other rows replace it, and a
table of which nothing is left lapses. What bodies delivered, and what is of another collection, is not
looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from steelyard.kernel.hashes import tagged
from steelyard.kernel.periods import Period
from steelyard.people.models import Account, Organisation
from steelyard.supply import kept
from steelyard.supply.actions.deliveries.steps import move_on
from steelyard.supply.models import Delivery
from steelyard.supply.rules.deliveries import Move, Status
from steelyard.supply.rules.names import name_of
from steelyard.trail.acting import acting

FROZEN_AGAIN = "重新冻结 / frozen again"
NOTHING_LEFT = "重新冻结时已没有数据 / nothing of it is left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Whose rows they are: collected by an office for a period, under a name that no other has."""

    name: str
    office: Organisation
    period: Period
    cut_off: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of one table as a CSV file. ``source``: where they come from."""

    content: bytes
    count: int
    source: str
    sample: bool = False


def deliver_collected(
    *, of: Collection, tables: Mapping[str, Rows], by: int, now: datetime
) -> list[Delivery]:
    """Deliver the tables of a collection as they are now.

    Whether it may be done, whoever calls has asked; the caller's transaction holds.
    """
    with acting("deliver_collected", by=by):
        Organisation.objects.select_for_update().get(pk=of.office.pk)  # one at a time takes names
        before = _standing(of)
        for table in before.keys() - tables.keys():
            _lapse(before[table])
        signer = Account.objects.get(pk=by)
        return [
            _delivered(of, table, rows, before.get(table), signer, now)
            for table, rows in tables.items()
        ]


def _standing(of: Collection) -> dict[str, Delivery]:
    """Table → what was delivered of it before."""
    found = Delivery.objects.select_for_update().filter(
        body=of.office, collection=of.name, status=Status.ACCEPTED
    )
    return {one.table_code: one for one in found}


def _lapse(gone: Delivery) -> None:
    move_on(gone, Move.LAPSE)
    gone.reason = NOTHING_LEFT
    gone.save()


def _delivered(
    of: Collection, table: str, rows: Rows, before: Delivery | None, signer: Account, now: datetime
) -> Delivery:
    if before is not None and _says_the_same(before, of, rows):
        return before
    if before is not None:
        move_on(before, Move.REPLACE)
        before.save()
    delivery = _new(of, table, rows, signer, now)
    delivery.replaces, delivery.why = before, FROZEN_AGAIN if before is not None else ""
    delivery.save()
    file = kept.keep(
        rows.content, name=delivery.file_name, delivery=delivery, by=signer.pk, now=now
    )
    kept.attach(file, delivery, by=signer.pk, now=now)
    return delivery


def _says_the_same(before: Delivery, of: Collection, rows: Rows) -> bool:
    return (before.file_hash, before.cut_off) == (tagged(rows.content), of.cut_off)


def _new(of: Collection, table: str, rows: Rows, signer: Account, now: datetime) -> Delivery:
    name = _free_name(table, of)
    return Delivery(
        name=name, body=of.office, table_code=table, starts=of.period.starts, ends=of.period.ends,
        collection=of.name, cut_off=of.cut_off, status=Status.ACCEPTED, file_hash=tagged(rows.content),
        file_name=f"{name}.csv", rows=rows.count, sample=rows.sample, source=rows.source,
        uploaded_by=signer, uploaded_at=now, signer=signer, signer_name=signer.signs_as,
        body_name_zh=of.office.name_zh, body_name_en=of.office.name_en, signed_at=now,
        decided_by=signer, decided_at=now,
    )  # fmt: skip


def _free_name(table: str, of: Collection) -> str:
    """As :func:`name_of`, among all names that are taken."""
    first = name_of(table, of.period, of.office.code, ())
    taken = Delivery.objects.filter(name__startswith=first).values_list("name", flat=True)
    return name_of(table, of.period, of.office.code, frozenset(taken))

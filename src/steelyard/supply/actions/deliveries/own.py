"""What an office delivers itself when it freezes: rows that it holds already, signed and accepted at once.

They stand on the cover list beside what bodies delivered. The same rows again are the same delivery;
other rows are a correction of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from steelyard.kernel.hashes import tagged
from steelyard.kernel.periods import Period
from steelyard.people.models import Account, Organisation
from steelyard.supply import kept
from steelyard.supply.models import Delivery
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.rules.names import name_of
from steelyard.trail.acting import acting

FROZEN_AGAIN = "重新冻结 / frozen again"
NOTHING_LEFT = "重新冻结时已没有数据 / nothing of it is left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Rows of one table as a CSV file. ``source``: where they come from."""

    table: str
    content: bytes
    rows: int
    source: str
    sample: bool = False


def deliver_own(
    *, office: Organisation, of: Period, cut_off: date, tables: dict[str, Own], among: tuple[str, ...],
    by: int, now: datetime,
) -> list[Delivery]:  # fmt: skip
    """Deliver these tables for a period, those ``among`` that are not there any more are taken back.

    Whether it may be done, whoever calls has asked; the caller's transaction holds.
    """
    with acting("deliver_own", by=by):
        Organisation.objects.select_for_update().get(pk=office.pk)
        found = Delivery.objects.filter(
            body=office, starts=of.starts, ends=of.ends, covers="", table_code__in=among,
            status=Status.ACCEPTED,
        )  # fmt: skip
        before = {one.table_code: one for one in found}
        for table, there in before.items():
            if table not in tables:
                there.status, there.reason = Status.RETURNED, NOTHING_LEFT
                there.save()
        signer = Account.objects.get(pk=by)
        return [
            _delivered(office, of, cut_off, own, before.get(table), signer, now)
            for table, own in tables.items()
        ]


def _delivered(
    office: Organisation, of: Period, cut_off: date, own: Own, before: Delivery | None,
    signer: Account, now: datetime,
) -> Delivery:  # fmt: skip
    hashed = tagged(own.content)
    if before is not None and (before.file_hash, before.cut_off) == (hashed, cut_off):
        return before
    if before is not None:
        before.status = Status.REPLACED
        before.save()
    name = _free_name(own.table, of, office)
    delivery = Delivery(
        name=name, body=office, table_code=own.table, starts=of.starts, ends=of.ends,
        cut_off=cut_off, status=Status.ACCEPTED, file_hash=hashed, file_name=f"{name}.csv",
        rows=own.rows, sample=own.sample, source=own.source, uploaded_by=signer, uploaded_at=now,
        signer=signer, signer_name=str(signer), body_name_zh=office.name_zh,
        body_name_en=office.name_en, signed_at=now, decided_by=signer, decided_at=now,
        replaces=before, why=FROZEN_AGAIN if before is not None else "",
    )  # fmt: skip
    delivery.save()
    file = kept.keep(own.content, name=delivery.file_name, delivery=delivery, by=signer.pk, now=now)
    kept.attach(file, delivery, by=signer.pk, now=now)
    return delivery


def _free_name(table: str, of: Period, office: Organisation) -> str:
    """As :func:`name_of`, among all names that are taken."""
    first = name_of(table, of, office.code, ())
    taken = Delivery.objects.filter(name__startswith=first).values_list("name", flat=True)
    return name_of(table, of, office.code, frozenset(taken))

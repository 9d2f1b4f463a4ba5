"""The files of deliveries, kept with those of all areas: once by hash, for those who see the delivery."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime

from steelyard.files.actions import attach_file, send_file, the_store
from steelyard.files.models import File
from steelyard.files.rules.marks import Mark
from steelyard.people.rules.reach import Held
from steelyard.supply.models import Delivery
from steelyard.supply.queries import seen_by

PURPOSE = "delivered"


def keep(content: bytes, *, name: str, delivery: Delivery, by: int, now: datetime) -> File:
    """Keep what was sent for a delivery.

    Raises:
        Refused: it is of no kind that is taken, or too large.
    """
    return send_file(
        by=by, organisation=delivery.body_id, name=name, mark=Mark.CONFIDENTIAL,
        content=io.BytesIO(content), now=now,
    )  # fmt: skip


def attach(file: File, delivery: Delivery, *, by: int, now: datetime) -> None:
    """Whoever sees the delivery may have the file; while it hangs there nobody deletes it."""
    attach_file(by=by, file=file, to=delivery, purpose=PURPOSE, now=now)


def content_of(kept: str) -> bytes:
    """
    Raises:
        Missing, Changed: it is not in the store as it was sent.
    """
    return the_store().read(kept)


def sees(_: int, held: tuple[Held, ...], on: date, rows: Iterable[int]) -> frozenset[int]:
    """Which of these deliveries a person sees, asked by the area of files."""
    return frozenset(seen_by(held, on).filter(pk__in=rows).values_list("pk", flat=True))


def file_of(number: int) -> File:
    return File.objects.get(pk=number)


def sent_before(number: int, delivery: Delivery, by: int) -> File | None:
    """What somebody sent for a delivery, and was told that another had been faster."""
    return File.objects.filter(pk=number, organisation=delivery.body_id, sent_by_id=by).first()

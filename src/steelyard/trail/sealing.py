"""Seal the trail, day by day, and give it away with its seals.

Run nightly, and as often as one likes: what is sealed stays sealed, what was missed is caught up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from steelyard.trail.models import Entry, Seal
from steelyard.trail.rules import seals as rules

A_BLOCK = 2000


def seal_days(now: datetime) -> list[Seal]:
    """Seal every whole day of the region that is not yet sealed, up to yesterday.

    Raises:
        django.db.OperationalError: someone has been writing for longer than we wait; try again later.
    """
    today, made = timezone.localdate(now), []
    if not _is_due(today):
        return made
    _all_that_was_begun_is_committed()
    while _is_due(today):
        made.append(_seal(_next_day()))
    return made


def _is_due(today: date) -> bool:
    day = _next_day()
    return day is not None and day < today


def export_sealed(folder: Path) -> int:
    """Write every sealed day and the seals into a new folder; the number of days.

    Raises:
        FileExistsError: the folder is there already.
    """
    folder.mkdir(parents=True)
    kept = [as_value(seal) for seal in Seal.objects.order_by("day")]
    for seal in kept:
        with (folder / f"{seal.day.isoformat()}.jsonl").open("wb") as out:
            out.writelines(_lines(seal.day))
    told = {"format": rules.FORMAT, "seals": [seal.as_data() for seal in kept]}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / rules.SEALS).write_text(text + "\n", encoding="utf-8")
    return len(kept)


def as_value(seal: Seal) -> rules.Seal:
    return rules.Seal(seal.day, seal.entries, seal.digest, seal.before, seal.seal)


def _all_that_was_begun_is_committed() -> None:
    """Wait for those who write now: after this, no entry of a past day can still appear.

    An entry takes its time when it is written, and it cannot be written while this lock is held; so
    whoever writes after it has a later time. Writers queue behind the wait, so it is short.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        cursor.execute("LOCK TABLE trail_entry IN SHARE MODE")


def _next_day() -> date | None:
    """The day after the last seal; before the first, the day of the first entry."""
    last = Seal.objects.order_by("-day").first()
    if last is not None:
        return last.day + timedelta(1)
    first = Entry.objects.order_by("id").values_list("at", flat=True).first()
    return timezone.localdate(first) if first else None


def _seal(day: date) -> Seal:
    """The key of the day lets two who seal at once not both do it."""
    last = Seal.objects.order_by("-day").first()
    digest, count = rules.digest_of(_lines(day))
    one = rules.sealed(day, digest, count, last.seal if last else rules.FIRST)
    made, _ = Seal.objects.get_or_create(
        day=day,
        defaults={"entries": count, "digest": digest, "before": one.before, "seal": one.seal},
    )
    return made


def _lines(day: date) -> Iterator[bytes]:
    starts = timezone.make_aware(datetime.combine(day, time.min))
    entries = Entry.objects.filter(at__gte=starts, at__lt=starts + timedelta(days=1))
    for entry in entries.order_by("id").iterator(chunk_size=A_BLOCK):
        yield rules.line_of(
            {
                "id": entry.pk,
                "table": entry.table_name,
                "row": entry.row_id,
                "verb": entry.verb,
                "before": entry.before,
                "after": entry.after,
                "actor": entry.actor,
                "action": entry.action,
                "request": entry.request,
                "at": entry.at.astimezone(UTC).isoformat(),
            }
        )

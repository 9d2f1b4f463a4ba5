"""Freeze what was accepted: the cover list and the files that ``steelyard freeze`` takes, frozen by it.

Asking is one transaction, and notes which deliveries it is about. Carrying it out takes long, may be
killed half-way and be done again; what it comes to is the other transaction.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from steelyard import __version__
from steelyard.files.store import NotAsKept
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.hashes import tagged
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.records.intake.delivery import written_period
from steelyard.records.intake.send import cover_bytes
from steelyard.records.snapshot import snapshot as records
from steelyard.supply import kept
from steelyard.supply.checking import FAULTS_KEPT, as_json
from steelyard.supply.models import Delivery, Listed, Snapshot
from steelyard.supply.permissions import may_not
from steelyard.supply.queries import (
    as_record,
    load_accepted,
    load_catalogue,
    load_listed,
    name_on_cover,
    period,
)
from steelyard.supply.rules import snapshots as rules
from steelyard.trail.acting import A_CLICK, acting

COVER = "deliveries.toml"


def freeze(*, office: Organisation, starts: date, ends: date, by: int, now: datetime) -> Snapshot:
    """Freeze the accepted deliveries of a period, of the office and the bodies below it. What an office
    collected itself is not among them: that is asked for with its collection.

    Faults that only all deliveries together show (a place that nobody delivered) do not raise: the
    snapshot is then refused, with its faults.

    Raises:
        Refused: with everything that stands against it.
    """
    asked = ask(office=office, starts=starts, ends=ends, by=by, now=now)
    return carry_out(snapshot=asked.pk, by=by, now=now)


def freeze_soon(
    *, office: Organisation, starts: date, ends: date, by: int, now: datetime
) -> Snapshot:
    """As :func:`freeze`; what takes long is left to the worker, and the snapshot is still asked for.

    Raises:
        Refused: with everything that stands against it.
    """
    asked = ask(office=office, starts=starts, ends=ends, by=by, now=now)
    rows = sum(one.rows or 0 for one in load_listed(asked))
    if rows <= rules.MOST_ROWS_WHILE_ONE_WAITS:
        return carry_out(snapshot=asked.pk, by=by, now=now)
    from steelyard.supply.tasks import freeze_snapshot

    freeze_snapshot.defer(snapshot=asked.pk)
    return asked


def ask(
    *, office: Organisation, starts: date, ends: date, by: int, now: datetime,
    cut_off: date | None = None, collection: str = "",
) -> Snapshot:  # fmt: skip
    """Note what is to be frozen. Asked twice, it is one snapshot.

    With a ``cut_off``, only deliveries that know of no later day. For a ``collection``, what the office
    collected in it besides what bodies delivered.

    Raises:
        Refused: with everything that stands against it.
    """
    today, wanted = timezone.localdate(now), Period(starts, ends)
    held = load_held(by, today)
    refuse_if_any(may_not(held, Action.FREEZE, office.pk, today))
    there = _being_frozen(office, wanted, collection)
    if there is not None:
        return there
    try:
        with acting("ask_for_snapshot", by=by):
            Organisation.objects.select_for_update().get(pk=office.pk)  # one click at a time
            accepted = load_accepted(held, office, wanted, today, collection)
            found = rules.up_to(accepted, cut_off)
            there = None if collection else _just_asked(office, wanted, found, by, now)
            if there is not None:
                return there
            refuse_if_any(rules.against(_wanted(found, wanted)))
            asked = Snapshot.objects.create(
                office=office, starts=starts, ends=ends, collection=collection,
                status=Snapshot.Status.ASKED, asked_by_id=by, asked_at=now,
            )  # fmt: skip
            Listed.objects.bulk_create(Listed(snapshot=asked, delivery=one) for one in found)
            return asked
    except IntegrityError:  # a second click
        there = _being_frozen(office, wanted, collection)
        if there is None:
            raise
        return there


def _just_asked(
    office: Organisation, wanted: Period, found: Sequence[Delivery], by: int, now: datetime
) -> Snapshot | None:
    """What this person asked for a moment ago, of the very same deliveries: a second click."""
    last = (
        Snapshot.objects.filter(
            office=office, starts=wanted.starts, ends=wanted.ends, collection="", asked_by_id=by
        )
        .filter(asked_at__gt=now - A_CLICK)
        .first()
    )
    if last is None or {one.pk for one in load_listed(last)} != {one.pk for one in found}:
        return None
    return last


def carry_out(*, snapshot: int, by: int | None = None, now: datetime) -> Snapshot:
    """Freeze what was asked for. Done already, it is left as it is."""
    asked = Snapshot.objects.get(pk=snapshot)
    if asked.status != Snapshot.Status.ASKED:
        return asked
    try:
        return _ended(snapshot, _frozen(asked), (), by, now)
    except Faulty as error:
        return _ended(snapshot, None, error.faults, by, now)
    except NotAsKept as error:
        return _ended(snapshot, None, [error.fault], by, now)


def give_up(*, snapshot: int, faults: Sequence[Fault], by: int, now: datetime) -> Snapshot:
    """What is still asked for will not be frozen any more: refused, and why. Done already, it stays."""
    return _ended(snapshot, None, faults, by, now)


def _ended(
    snapshot: int, found: records.Snapshot | None, faults: Sequence[Fault], by: int | None,
    now: datetime,
) -> Snapshot:  # fmt: skip
    asked_by = Snapshot.objects.values_list("asked_by", flat=True).get(pk=snapshot)
    with acting("freeze_snapshot", by=by or asked_by):
        asked = Snapshot.objects.select_for_update().get(pk=snapshot)
        if asked.status != Snapshot.Status.ASKED:
            return asked
        asked.status = Snapshot.Status.FROZEN if found else Snapshot.Status.REFUSED
        asked.identifier = found.identifier if found else ""
        asked.folder = found.folder.name if found else ""
        asked.rows = sum(one.rows for one in found.manifest.frozen) if found else None
        asked.faults = [as_json(fault) for fault in faults[:FAULTS_KEPT]]
        asked.ended_at = now
        asked.save()
        return asked


def write_cover(folder: Path, deliveries: Sequence[Delivery]) -> Path:
    """The cover list and its files, as ``steelyard freeze`` takes them."""
    for one in deliveries:
        (folder / name_on_cover(one)).write_bytes(kept.content_of(one.file_hash))
    (folder / COVER).write_bytes(cover_bytes(map(as_record, deliveries)))
    return folder / COVER


def _home() -> Path:
    return settings.ENVIRONMENT.home / "snapshots"


def _frozen(asked: Snapshot) -> records.Snapshot:
    from steelyard.records.snapshot.freeze import freeze as freeze_deliveries

    wanted = written_period(Period(asked.starts, asked.ends))
    with tempfile.TemporaryDirectory(prefix="steelyard-cover-") as folder:
        cover = write_cover(Path(folder), load_listed(asked))
        out = _home() / _name(asked, cover.read_bytes())
        if (
            out.exists()
        ):  # frozen by one who was killed before saying so: a folder is whole or not there
            return records.Snapshot.open(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        return freeze_deliveries([cover], out, period=wanted, catalogue=load_catalogue())


def _name(asked: Snapshot, cover: bytes) -> str:
    """Of the number, which another database may give again, and of all that decides the content."""
    said = f"{asked.starts}/{asked.ends} {__version__} ".encode() + cover
    return f"{asked.pk}-{tagged(said).partition(':')[2][:16]}"


def _wanted(found: Sequence[Delivery], wanted: Period) -> rules.Wanted:
    own = [one for one in found if period(one).starts < wanted.ends and wanted.starts < period(one).ends]  # fmt: skip
    return rules.Wanted(len(own), sum(one.rows or 0 for one in found))


def _being_frozen(office: Organisation, wanted: Period, collection: str) -> Snapshot | None:
    return Snapshot.objects.filter(
        office=office, starts=wanted.starts, ends=wanted.ends, collection=collection,
        status=Snapshot.Status.ASKED,
    ).first()  # fmt: skip

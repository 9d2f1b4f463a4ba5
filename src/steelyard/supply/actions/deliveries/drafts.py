"""What a body does before it signs: open a delivery, correct an accepted one, mend, give up.

A file is checked before the transaction begins: that takes seconds, and depends on the file alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from steelyard.files.models import File as StoredFile
from steelyard.kernel.hashes import tagged
from steelyard.kernel.refusals import Refused, refuse_if_any
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.supply import kept
from steelyard.supply.actions.deliveries.steps import (
    allow,
    day_of,
    locked,
    locked_after,
    move_on,
    saved,
    unsign,
)
from steelyard.supply.checking import FAULTS_KEPT, Checked, Sheet, as_json, check
from steelyard.supply.models import Delivery
from steelyard.supply.permissions import may_not_make
from steelyard.supply.queries import load_catalogue, load_state, period, same_thing
from steelyard.supply.rules.deliveries import Move, Status
from steelyard.supply.rules.delivery_limits import Asked, against
from steelyard.supply.rules.names import name_of
from steelyard.supply.rules.sent_files import judged
from steelyard.trail.acting import acting

_SAID = ("cut_off", "sample", "source", "licence", "note", "replaces", "why")
"""What may be said of one thing in more than one way."""

_LOOKED_AT = (
    "version",
    "replaces",
    "table_code",
    "starts",
    "ends",
    "cut_off",
    "file_hash",
    "file_name",
)
"""Before a delivery is mended: whether its file has to be checked again."""

TRIES = 5
"""Of opening a delivery while others of other places are opened and take the next number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a body says of its delivery. ``covers``: codes of places, none for the whole region."""

    table: str
    starts: date
    ends: date
    cut_off: date
    covers: tuple[str, ...] = ()
    sample: bool = False
    source: str = ""
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was sent."""

    name: str
    content: bytes


def upload(*, body: Organisation, details: Details, file: File, by: int, now: datetime) -> Delivery:
    """Open a delivery with its file. The same again gives the one that is there.

    Raises:
        Refused: with everything that stands against it.
    """
    return _open(_new(body, details), file, by, now, "upload_delivery")


def correct(
    *, delivery: int, details: Details, file: File, why: str, by: int, now: datetime
) -> Delivery:
    """Open a delivery that replaces an accepted one, by name, once it is accepted itself.

    Table, period and coverage are those of the one that it replaces.

    Raises:
        Refused: with everything that stands against it.
    """
    before = Delivery.objects.select_related("body").get(pk=delivery)
    asked = Asked(move=Move.CORRECT, by=by, on=day_of(now), reason=why)
    allow(before, asked)
    wanted = _new(before.body, details)
    wanted.table_code, wanted.covers = before.table_code, before.covers
    wanted.starts, wanted.ends = before.starts, before.ends
    wanted.replaces, wanted.why = before, why.strip()
    return _open(wanted, file, by, now, "correct_delivery")


def mend(
    *, delivery: int, details: Details, file: File | None, seen: int, by: int, now: datetime
) -> Delivery:
    """Another file, or other details, for a delivery that is not signed. Without a file it stays.

    Table and period of a correction stay as they are. What was found in the file holds, and is not
    asked again, as long as the file and what it is checked against are the same.

    Raises:
        Refused: with everything that stands against it.
    """
    looked = Delivery.objects.only(*_LOOKED_AT).get(pk=delivery)
    before = _checked_against(looked)
    wanted = _told(looked, details)
    sent = _named(file) if file else None
    if sent is None and (looked.version != seen or _checked_against(wanted) != before):
        sent = File(looked.file_name, kept.content_of(looked.file_hash))
    checked = check(_sheet(wanted, sent), load_catalogue()) if sent else None
    asked = Asked(move=Move.UPLOAD, by=by, on=day_of(now), seen=seen)
    try:
        with acting("mend_delivery", by=by):
            found = _told(locked_after(looked.replaces_id, delivery), details)
            allow(found, asked)
            move_on(found, Move.UPLOAD)
            unsign(found)
            if sent and checked:
                kept.attach(_keep(found, sent, checked, by, now), found, by=by, now=now)
            return saved(found)
    except IntegrityError:  # someone opened one of the same thing in between
        refuse_if_any(against(load_state(wanted, asked.move), asked))
        raise


def discard(*, delivery: int, seen: int, by: int, now: datetime) -> Delivery:
    """Give up a delivery that is not signed; it stays on record.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("discard_delivery", by=by):
        found = locked(delivery)
        allow(found, Asked(move=Move.DISCARD, by=by, on=day_of(now), seen=seen))
        move_on(found, Move.DISCARD)
        return saved(found)


# --- the steps ------------------------------------------------------------------------------


def _new(body: Organisation, details: Details) -> Delivery:
    return _told(Delivery(body=body, status=Status.DRAFT), details)


def _told(delivery: Delivery, details: Details) -> Delivery:
    """What the body says of it; a correction stays one of the same thing."""
    if delivery.replaces_id is None:
        delivery.table_code = details.table
        delivery.starts, delivery.ends = details.starts, details.ends
        delivery.covers = " ".join(sorted(set(details.covers)))
    delivery.cut_off, delivery.sample = details.cut_off, details.sample
    delivery.source, delivery.licence = details.source.strip(), details.licence.strip()
    delivery.note = details.note.strip()
    return delivery


def _checked_against(delivery: Delivery) -> tuple[str, date, date, date]:
    return delivery.table_code, delivery.starts, delivery.ends, delivery.cut_off


def _named(file: File) -> File:
    """The file under a name that ends as its content is; refused if it holds no table."""
    name = judged(file.name, file.content)
    if not isinstance(name, str):
        raise Refused(name)
    return File(name, file.content)


def _sheet(delivery: Delivery, file: File) -> Sheet:
    return Sheet(file.name, file.content, delivery.table_code, period(delivery), delivery.cut_off)


def _open(wanted: Delivery, file: File, by: int, now: datetime, action: str) -> Delivery:
    """Once its file is checked, tried again while others take its number."""
    asked = Asked(move=Move.UPLOAD, by=by, on=day_of(now))
    refuse_if_any(may_not_make(load_held(by, asked.on), asked.move, wanted.body_id, asked.on))
    file = _named(file)
    there = _same_draft(wanted, file)
    if there is not None:
        return there
    refuse_if_any(against(load_state(wanted, asked.move), asked))
    checked = check(_sheet(wanted, file), load_catalogue())
    for attempt in range(TRIES):
        try:
            with acting(action, by=by):
                return _written(wanted, file, checked, by, now)
        except IntegrityError:  # someone, or a second click, was quicker
            wanted.pk = None
            there = _same_draft(wanted, file)
            if there is not None:
                return there
            refuse_if_any(against(load_state(wanted, asked.move), asked))
            if attempt == TRIES - 1:  # not even the number of the name was free
                raise
    raise AssertionError("every try returns or raises")


def _written(wanted: Delivery, file: File, checked: Checked, by: int, now: datetime) -> Delivery:
    stored = _keep(wanted, file, checked, by, now)
    wanted.name = _name(wanted)
    wanted.save(force_insert=True)
    kept.attach(stored, wanted, by=by, now=now)
    return wanted


def _same_draft(wanted: Delivery, file: File) -> Delivery | None:
    """The draft that a first click opened with this very file, and in which all is said likewise."""
    said = {name: getattr(wanted, name) for name in _SAID}
    drafts = same_thing(wanted).filter(status=Status.DRAFT, file_hash=tagged(file.content), **said)
    return drafts.first()


def _name(wanted: Delivery) -> str:
    taken = Delivery.objects.filter(
        table_code=wanted.table_code, starts=wanted.starts, ends=wanted.ends
    ).values_list("name", flat=True)
    return name_of(wanted.table_code, period(wanted), wanted.body.code, frozenset(taken))


def _keep(delivery: Delivery, file: File, checked: Checked, by: int, now: datetime) -> StoredFile:
    stored = kept.keep(file.content, name=file.name, delivery=delivery, by=by, now=now)
    delivery.file_hash, delivery.file_name = stored.content.sha256, file.name
    delivery.rows, delivery.fault_count = checked.rows, len(checked.faults)
    delivery.faults = [as_json(fault) for fault in checked.faults[:FAULTS_KEPT]]
    delivery.uploaded_by_id, delivery.uploaded_at = by, now
    return stored

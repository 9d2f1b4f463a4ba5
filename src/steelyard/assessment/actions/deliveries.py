"""What a person does with a delivery: one function a deed, one transaction, one trace.

Each reads the delivery under a lock, asks who may and what stands against it, then writes. A file is
checked before the transaction begins: that takes seconds, and it depends on the file alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError
from django.utils import timezone

from steelyard.assessment import kept
from steelyard.assessment.actions.requests import go_on, held_still, meet
from steelyard.assessment.checking import FAULTS_KEPT, Checked, Sheet, as_json, check, clean_name
from steelyard.assessment.models import Delivery
from steelyard.assessment.permissions import not_allowed
from steelyard.assessment.queries import (
    load_catalogue,
    load_opening,
    load_state,
    period,
    same_thing,
)
from steelyard.assessment.rules import delivery_openings
from steelyard.assessment.rules.deliveries import Move, Status, after
from steelyard.assessment.rules.delivery_limits import Asked, against
from steelyard.assessment.rules.requests import DAYS_TO_MEND
from steelyard.assessment.rules.sent_files import judged
from steelyard.assessment.telling import tell_of
from steelyard.files.models import File as StoredFile
from steelyard.kernel.hashes import tagged
from steelyard.kernel.refusals import Refused, refuse_if_any
from steelyard.people.models import Account, Organisation
from steelyard.people.queries import load_held
from steelyard.trail.acting import acting

_SAID = ("cut_off", "sample", "source", "licence", "note", "replaces", "why")
"""What may be said of one thing in more than one way."""

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


def upload(
    *, body: Organisation, details: Details, file: File, by: Account, now: datetime
) -> Delivery:
    """Open a delivery with its file. The same again gives the one that is there.

    Raises:
        Refused: with everything that stands against it.
    """
    return _open(_new(body, details), file, by, now, "upload_delivery")


def correct(
    *, delivery: int, details: Details, file: File, why: str, by: Account, now: datetime
) -> Delivery:
    """Open a delivery that replaces an accepted one, by name, once it is accepted itself.

    Table, period and coverage are those of the one that it replaces.

    Raises:
        Refused: with everything that stands against it.
    """
    before = Delivery.objects.select_related("body").get(pk=delivery)
    asked = Asked(move=Move.CORRECT, by=by.pk, on=_day(now), reason=why)
    refuse_if_any(
        [
            *not_allowed(load_held(by.pk, asked.on), Move.CORRECT, before.body_id, asked.on),
            *against(load_state(before), asked),
        ]
    )
    wanted = _new(before.body, details)
    wanted.table_code, wanted.covers = before.table_code, before.covers
    wanted.starts, wanted.ends = before.starts, before.ends
    wanted.replaces, wanted.why = before, why.strip()
    return _open(wanted, file, by, now, "correct_delivery")


def mend(
    *, delivery: int, details: Details, file: File | None, seen: int, by: Account, now: datetime
) -> Delivery:
    """Another file, or other details, for a delivery that is not signed. Without a file it stays.

    Table and period of a correction stay as they are. What was found in the file holds, and is not
    asked again, as long as the file and what it is checked against are the same.

    Raises:
        Refused: with everything that stands against it.
    """
    looked = Delivery.objects.select_related("replaces").get(pk=delivery)
    before = _checked_against(looked)
    wanted = _told(looked, details)
    file = _judged(file) if file else None
    if file or looked.version != seen or _checked_against(wanted) != before:
        sent = file or File(looked.file_name, kept.content_of(looked.file_hash))
        checked = check(_sheet(wanted, sent), load_catalogue())
    else:
        sent = checked = None
    try:
        with acting("mend_delivery", by=by.pk):
            found = _locked(delivery)
            _allow(found, Asked(move=Move.UPLOAD, by=by.pk, on=_day(now), seen=seen), by)
            refuse_if_any(delivery_openings.against(load_opening(_told(found, details))))
            _move(found, Move.UPLOAD)
            _unsigned(found)
            if sent and checked:
                kept.attach(_keep(found, sent, checked, by, now), found, by=by, now=now)
            return _saved(found)
    except IntegrityError:  # someone opened one of the same thing in between
        refuse_if_any(delivery_openings.against(load_opening(wanted)))
        raise


def sign(*, delivery: int, seen: int, by: Account, now: datetime) -> Delivery:
    """Sign for it: from now on the assessing office has it, and it is not altered.

    What the office had asked for is met with that.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("sign_delivery", by=by.pk):
        found = _locked(delivery)
        list(held_still([found.body_id]))
        _allow(found, Asked(move=Move.SIGN, by=by.pk, on=_day(now), seen=seen), by)
        _move(found, Move.SIGN)
        found.signer, found.signer_name, found.signed_at = by, str(by), now
        found.body_name_zh, found.body_name_en = found.body.name_zh, found.body.name_en
        tell_of(_saved(found), Move.SIGN, by=by, now=now)
        meet(found, by=by, now=now)
        return found


def withdraw(*, delivery: int, seen: int, by: Account, now: datetime) -> Delivery:
    """Take the signature back, while nobody has accepted; what was asked for is due again as before.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("withdraw_delivery", by=by.pk):
        found = _locked(delivery)
        _allow(found, Asked(move=Move.WITHDRAW, by=by.pk, on=_day(now), seen=seen), by)
        _move(found, Move.WITHDRAW)
        _unsigned(found)
        go_on(_saved(found), by=by, now=now, working_days=None)
        return found


def discard(*, delivery: int, seen: int, by: Account, now: datetime) -> Delivery:
    """Give up a delivery that is not signed; it stays on record.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("discard_delivery", by=by.pk):
        found = _locked(delivery)
        _allow(found, Asked(move=Move.DISCARD, by=by.pk, on=_day(now), seen=seen), by)
        _move(found, Move.DISCARD)
        return _saved(found)


def accept(*, delivery: int, seen: int, by: Account, now: datetime) -> Delivery:
    """Receive it: its rows count. What it corrects is replaced in the same step.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("accept_delivery", by=by.pk):
        found = _locked(delivery)
        _allow(found, Asked(move=Move.ACCEPT, by=by.pk, on=_day(now), seen=seen), by)
        if found.replaces is not None:
            _move(found.replaces, Move.REPLACE)
            found.replaces.save(update_fields=["status"])
        _move(found, Move.ACCEPT)
        found.decided_by, found.decided_at = by, now
        tell_of(_saved(found), Move.ACCEPT, by=by, now=now)
        return found


def return_to_body(
    *,
    delivery: int,
    seen: int,
    reason: str,
    by: Account,
    now: datetime,
    working_days: int = DAYS_TO_MEND,
) -> Delivery:
    """Send it back with a reason; the body mends it and signs again.

    If the office had asked for it, it is due again within ``working_days``.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("return_delivery", by=by.pk):
        found = _locked(delivery)
        asked = Asked(move=Move.RETURN, by=by.pk, on=_day(now), seen=seen, reason=reason)
        _allow(found, asked, by)
        _move(found, Move.RETURN)
        found.decided_by, found.decided_at, found.reason = by, now, reason.strip()
        tell_of(_saved(found), Move.RETURN, by=by, now=now)
        go_on(found, by=by, now=now, working_days=working_days)
        return found


# --- the steps ------------------------------------------------------------------------------


def _day(now: datetime) -> date:
    """The region's day."""
    return timezone.localdate(now)


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


def _judged(file: File) -> File:
    """The file under a name that ends as its content is; refused if it holds no table."""
    name = judged(file.name, file.content)
    if not isinstance(name, str):
        raise Refused(name)
    return File(name, file.content)


def _sheet(delivery: Delivery, file: File) -> Sheet:
    return Sheet(file.name, file.content, delivery.table_code, period(delivery), delivery.cut_off)


def _open(wanted: Delivery, file: File, by: Account, now: datetime, action: str) -> Delivery:
    held, today = load_held(by.pk, _day(now)), _day(now)
    refuse_if_any(not_allowed(held, Move.UPLOAD, wanted.body_id, today))
    file = _judged(file)
    there = _same_draft(wanted, file)
    if there is not None:
        return there
    refuse_if_any(delivery_openings.against(load_opening(wanted)))
    checked = check(_sheet(wanted, file), load_catalogue())
    for attempt in range(TRIES):
        try:
            with acting(action, by=by.pk):
                stored = _keep(wanted, file, checked, by, now)
                wanted.name = _name(wanted)
                wanted.save(force_insert=True)
                kept.attach(stored, wanted, by=by, now=now)
                return wanted
        except IntegrityError:  # someone, or a second click, was quicker
            wanted.pk = None
            there = _same_draft(wanted, file)
            if there is not None:
                return there
            refuse_if_any(delivery_openings.against(load_opening(wanted)))
            if attempt == TRIES - 1:  # not even the number of the name was free
                raise
    raise AssertionError("every try returns or raises")


def _same_draft(wanted: Delivery, file: File) -> Delivery | None:
    """The draft that a first click opened with this very file, and in which all is said likewise."""
    said = {name: getattr(wanted, name) for name in _SAID}
    drafts = same_thing(wanted).filter(status=Status.DRAFT, file_hash=tagged(file.content), **said)
    return drafts.first()


def _name(wanted: Delivery) -> str:
    taken = Delivery.objects.filter(
        table_code=wanted.table_code, starts=wanted.starts, ends=wanted.ends
    ).values_list("name", flat=True)
    return delivery_openings.name_of(
        wanted.table_code, period(wanted), wanted.body.code, frozenset(taken)
    )


def _locked(pk: int) -> Delivery:
    """The delivery, and before it the one that it replaces, held until the transaction ends."""
    replaces = Delivery.objects.filter(pk=pk).values_list("replaces", flat=True).get()
    before = Delivery.objects.select_for_update().get(pk=replaces) if replaces else None
    found = Delivery.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
    if before is not None:
        found.replaces = before
    return found


def _allow(delivery: Delivery, asked: Asked, by: Account) -> None:
    held = load_held(by.pk, asked.on)
    refuse_if_any(not_allowed(held, asked.move, delivery.body_id, asked.on))
    refuse_if_any(against(load_state(delivery), asked))


def _move(delivery: Delivery, move: Move) -> None:
    leads_to = after(Status(delivery.status), move)
    if leads_to is None:
        raise AssertionError(f"{delivery.status} × {move} was let through")
    delivery.status = leads_to


def _keep(
    delivery: Delivery, file: File, checked: Checked, by: Account, now: datetime
) -> StoredFile:
    name = clean_name(file.name)
    stored = kept.keep(file.content, name=name, delivery=delivery, by=by, now=now)
    delivery.file_hash, delivery.file_name = stored.content.sha256, name
    delivery.rows, delivery.fault_count = checked.rows, len(checked.faults)
    delivery.faults = [as_json(fault) for fault in checked.faults[:FAULTS_KEPT]]
    delivery.uploaded_by, delivery.uploaded_at = by, now
    return stored


def _unsigned(delivery: Delivery) -> None:
    delivery.signer, delivery.signer_name, delivery.signed_at = None, "", None
    delivery.body_name_zh = delivery.body_name_en = ""


def _saved(delivery: Delivery) -> Delivery:
    """Written, under its lock: the database has raised its version by one."""
    delivery.save()
    delivery.version += 1
    return delivery

"""From notices to mails, and out: nobody is told twice, whenever a worker dies.

1. *pack* (one transaction): notices that wait become mails, each under a key that is used once.
2. *claim* (one transaction): "I try this mail" is written down and committed.
3. *deliver* (one transaction): under the row's lock the mail goes out, then its end is written.

A worker that dies before 2 has done nothing. One that dies after it leaves ``trying`` behind, and
its lock falls with its connection: *doubt* finds the row unlocked and calls it ``unsure``. That is
never sent again by itself; the notice itself is on the page in any case.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from steelyard.notices.models import Mail, Notice
from steelyard.notices.queries import load_calendar, load_told, unpacked
from steelyard.notices.rules.digests import (
    Letter,
    Mode,
    Told,
    digest_is_due,
    letters_at_once,
    letters_of_the_day,
    needs_no_mail,
)
from steelyard.notices.rules.mails import GRACE, MOVES, Event, State, not_taken
from steelyard.notices.transport import Outcome, Transport, hand_over, message_of
from steelyard.trail.acting import acting

log = logging.getLogger(__name__)

AT_A_TIME = 200
PACKING = 7_204_311
"""The number of an advisory lock: one worker packs at a time, others leave it to it."""


def pack(*, now: datetime) -> None:
    """Make mails of the notices that wait; of digests only when their hour has come."""
    while _pack_at_once(now):
        pass
    local = timezone.localtime(now)
    if digest_is_due(local, load_calendar()):
        _pack_digests(now)


def _pack_at_once(now: datetime) -> bool:
    """Whether there may be more."""
    with acting("pack_mails"):
        if not _alone():
            return False
        rows = unpacked(Mode.AT_ONCE).select_for_update(of=("self",), no_key=True)[:AT_A_TIME]
        waiting = load_told(rows, Mode.AT_ONCE)
        _write(letters_at_once(waiting), waiting, now)
        return len(waiting) == AT_A_TIME


def _pack_digests(now: datetime) -> None:
    day = timezone.localdate(now)
    with acting("pack_mails"):
        if not _alone():
            return
        rows = unpacked(Mode.DIGEST).select_for_update(of=("self",), no_key=True)
        waiting = load_told(rows, Mode.DIGEST)
        letters = letters_of_the_day(waiting, day)
        keys = [letter.key for letter in letters]
        written = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
        _write([one for one in letters if one.key not in written], waiting, now)


def _write(letters: Sequence[Letter], waiting: Sequence[Told], now: datetime) -> None:
    mails = Mail.objects.bulk_create(
        Mail(key=letter.key, account_id=letter.account, created_at=now, next_at=now)
        for letter in letters
    )
    for mail, letter in zip(mails, letters, strict=True):
        Notice.objects.filter(pk__in=letter.notices).update(packed_at=now, mail=mail)
    without = [told.notice for told in waiting if needs_no_mail(told)]
    Notice.objects.filter(pk__in=without).update(packed_at=now)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [PACKING])
        return bool(cursor.fetchone()[0])


def send(*, now: datetime, transport: Transport = hand_over) -> int:
    """Send every mail whose time has come, one by one; how many were tried."""
    tried = 0
    while (mail := claim(now=now)) is not None:
        deliver(mail, now=now, transport=transport)
        tried += 1
    return tried


def claim(*, now: datetime) -> int | None:
    """Write down that we try the next mail. Two workers never claim the same."""
    with acting("try_mail"):
        waiting = Mail.objects.filter(state=State.WAITING.value, next_at__lte=now)
        mail = waiting.select_for_update(skip_locked=True).order_by("next_at", "id").first()
        if mail is None:
            return None
        mail.state = MOVES[State.WAITING, Event.CLAIMED].value
        mail.tries += 1
        mail.tried_at = now
        mail.save(update_fields=["state", "tries", "tried_at"])
        return mail.pk


def deliver(number: int, *, now: datetime, transport: Transport = hand_over) -> None:
    """Send a mail that we claimed, unless somebody thought us dead meanwhile."""
    with acting("send_mail"):
        mail = Mail.objects.select_for_update().get(pk=number)
        if mail.state != State.TRYING.value:
            return
        _end(mail, transport(message_of(mail)), now)


def _end(mail: Mail, outcome: Outcome, now: datetime) -> None:
    event, next_at = outcome.event, None
    if event is Event.NOT_TAKEN:
        event, next_at = not_taken(mail.tries, now)
    mail.state = MOVES[State.TRYING, event].value
    mail.next_at = next_at or mail.next_at
    mail.ended_at = None if next_at else now
    mail.trouble = outcome.trouble
    mail.save(update_fields=["state", "next_at", "ended_at", "trouble"])
    if outcome.trouble:
        log.warning("mail %s is %s: %s", mail.pk, mail.state, outcome.trouble)


def doubt(*, now: datetime, grace: timedelta = GRACE) -> int:
    """Mails whose worker is gone are unsure: how many were found.

    A worker that lives holds the row's lock while it sends, so a row that we can lock has none.
    """
    with acting("doubt_mails"):
        left = Mail.objects.filter(state=State.TRYING.value, tried_at__lte=now - grace)
        found = list(left.select_for_update(skip_locked=True).values_list("pk", flat=True))
        Mail.objects.filter(pk__in=found).update(
            state=MOVES[State.TRYING, Event.FOUND_DEAD].value,
            ended_at=now,
            trouble="the worker that sent it is gone",
        )
    return len(found)

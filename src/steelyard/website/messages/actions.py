"""Writes: take a message in once, answer or close it, publish question and answer, mail, forget."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.letterbox import intake
from steelyard.letterbox.intake import Taken
from steelyard.letterbox.sealing import office_key, public_half
from steelyard.notices.actions import end_deadline, start_deadline
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.deadlines import counted
from steelyard.notices.rules.mails import Event
from steelyard.notices.transport import Outcome, hand_over
from steelyard.people.models import Holding, Organisation
from steelyard.people.permissions import UNKNOWN
from steelyard.people.queries import load_held, on_day
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action, Role
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import moment_of, publish
from steelyard.publication.shelf import read_shelf
from steelyard.trail.acting import acting
from steelyard.website.messages import public
from steelyard.website.messages.models import PublicMessage
from steelyard.website.messages.promise import answer_days
from steelyard.website.messages.rules import (
    KEPT,
    Message,
    State,
    may_move,
    read_message,
)
from steelyard.website.prose.actions import publishing_key

log = logging.getLogger(__name__)

AREA, TASK = "public_messages", "answer"
TAKING = 7_204_331
"""The number of an advisory lock: one message is taken in at a time, so that none is twice."""

OFTEN_ENOUGH = timedelta(hours=1)
"""So often it goes out that messages were received; what was answered, closed or published goes at once."""

DONE_WITH = Refusal(
    "done_with", Text("这件留言已经办结，不能这样处理", "this message is done with already")
)
NO_ANSWER = Refusal("no_answer", Text("请填写答复", "write the answer"), "answer")
NOT_BOTH = Refusal(
    "not_both", Text("公开的问题和答复要一并填写", "publish a question with its answer"), "question"
)

OWN_ANSWER = Refusal(
    "own_answer",
    Text("答复是您写的，请由另一位审核员公开", "you wrote the answer: ask another moderator to publish it"),
)  # fmt: skip


def take_message(message: Message, *, now: datetime) -> bool:
    """Take a message in and start the days in which it is to be answered; False if it is there already."""
    today = timezone.localdate(now)
    with acting("take_message"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAKING])
        if PublicMessage.objects.filter(digest=message.digest).exists():
            return False
        if PublicMessage.objects.filter(number=message.number).exists():
            return False
        count = counted(today, answer_days(), load_calendar())
        row = PublicMessage.objects.create(
            number=message.number,
            lookup=message.lookup,
            digest=message.digest,
            name=message.name,
            mail=message.mail,
            subject=message.subject,
            text=message.text,
            lang=message.lang,
            sent_at=message.sent_at,
            taken_at=now,
            due=count.due,
        )
        organisation = answering_organisation(today)
        if organisation is not None:
            start_deadline(
                area=AREA,
                object_id=row.pk,
                task=TASK,
                what=Text(f"答复留言 {row.number}", f"Answer message {row.number}"),
                path=reverse("messages:one", args=[row.pk]),
                organisation=organisation,
                working_days=answer_days(),
                role=Role.EDITOR,
                by=None,
                now=now,
            )
    return True


def answering_organisation(today: date) -> int | None:
    """Where the editors are: the first organisation that has one today, else the first of all."""
    held = Holding.objects.filter(on_day(today), role=Role.EDITOR.value, account__is_active=True)
    found = held.order_by("organisation_id").values_list("organisation_id", flat=True).first()
    return found or Organisation.objects.order_by("pk").values_list("pk", flat=True).first()


def take_letter(content: bytes, now: datetime) -> bool:
    """Take in a message that was carried in; False if it is there already.

    Raises:
        ValueError: it is none.
    """
    return take_message(read_message(content), now=now)


def take_folder(folder: Path, *, now: datetime) -> Taken:
    """Take in every letter of a folder, of whatever kind, with the key of this office."""
    return intake.take_folder(folder, office_key(Path(settings.SEALING_KEY)), now=now)


def answer_message(*, message: int, answer: str, by: int, now: datetime) -> PublicMessage:
    """Answer it; the mail, if there is an address, leaves within a minute.

    Raises:
        Refused: who asks may not, it is done with, or there are no words.
    """
    refuse_if_any([] if answer.strip() else [NO_ANSWER])
    return _end(message, State.ANSWERED, by, now, answer=answer.strip())


def close_message(*, message: int, by: int, now: datetime) -> PublicMessage:
    """Close it without an answer: it asks for none, or is none.

    Raises:
        Refused: who asks may not, or it is done with.
    """
    return _end(message, State.CLOSED, by, now)


def _end(number: int, to: State, by: int, now: datetime, answer: str = "") -> PublicMessage:
    _may(Action.EDIT_PROSE, by, now)
    with acting("answer_message", by=by):
        row = _locked(number)
        if not may_move(State(row.state), to):
            raise Refused([DONE_WITH])
        row.state, row.answer = to.value, answer
        row.ended_at, row.ended_by_id = now, by
        row.save(update_fields=["state", "answer", "ended_at", "ended_by"])
        end_deadline(
            area=AREA, object_id=row.pk, task=TASK, by=by, now=now, met=to is State.ANSWERED
        )
    return row


def publish_answer(
    *, message: int, question: str, answer: str, by: int, now: datetime
) -> PublicMessage:
    """Publish question and answer in these words, or take them back (both empty).

    Raises:
        Refused: who asks may not, or wrote the answer and does not take it back; it was not
            answered; or one of the two is missing.
    """
    _may(Action.PUBLISH_PROSE, by, now)
    refuse_if_any([] if bool(question.strip()) == bool(answer.strip()) else [NOT_BOTH])
    with acting("publish_answer", by=by):
        row = _locked(message)
        if row.state != State.ANSWERED.value:
            raise Refused([DONE_WITH])
        refuse_if_any([OWN_ANSWER] if answer.strip() and row.ended_by_id == by else [])
        row.public_question, row.public_answer = question.strip(), answer.strip()
        row.save(update_fields=["public_question", "public_answer"])
    return row


def _may(action: Action, by: int, now: datetime) -> None:
    today = timezone.localdate(now)
    if not reach(load_held(by, today) or (), action, today):
        raise Refused([UNKNOWN])


def _locked(number: int) -> PublicMessage:
    row = PublicMessage.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if row is None:
        raise Refused([UNKNOWN])
    return row


def mail_answers(*, now: datetime, transport: Callable[[EmailMessage], Outcome] = hand_over) -> int:
    """Mail what was answered to those who left an address, each once: how many were tried.

    That we try is written down first. Where nobody can say whether it went it is not sent again.
    """
    tried = 0
    while (row := _claimed(now)) is not None:
        outcome = transport(_mail_of(row))
        tried += 1
        if outcome.event is Event.ACCEPTED:
            continue
        with acting("mail_answer"):
            PublicMessage.objects.filter(pk=row.pk).update(
                mail_trouble=outcome.trouble or outcome.event.value
            )
    return tried


def _claimed(now: datetime) -> PublicMessage | None:
    if not settings.MAIL.is_on:
        return None
    with acting("mail_answer"):
        waiting = PublicMessage.objects.select_for_update(skip_locked=True, of=("self",))
        row = (
            waiting.filter(state=State.ANSWERED.value, mailed_at__isnull=True)
            .exclude(mail="")
            .order_by("pk")
            .first()
        )
        if row is not None:
            row.mailed_at = now
            row.save(update_fields=["mailed_at"])
    return row


def _mail_of(row: PublicMessage) -> EmailMessage:
    lang = "en" if row.lang == "en" else "zh"
    subject = Text(f"关于您的留言 {row.number}", f"Your message {row.number}").say(lang)
    opening = Text(f"{row.name}，您好：", f"Dear {row.name},").say(lang)
    asked = Text("您的留言：", "You wrote:").say(lang)
    quoted = "\n".join(f"> {line}" for line in row.text.splitlines())
    body = f"{opening}\n\n{row.answer}\n\n{asked}\n\n{quoted}\n"
    return EmailMessage(subject, body, to=[row.mail], headers={"Auto-Submitted": "auto-generated"})


def forget_people(*, now: datetime) -> int:
    """Strike out who sent messages that were done with long ago: how many."""
    old = PublicMessage.objects.filter(ended_at__lt=now - KEPT).exclude(name="", mail="")
    with acting("forget_people"):
        return old.update(name="", mail="")


def publish_messages(*, now: datetime) -> Package:
    """Put states (under hashes) and published answers on the shelf: what was dealt with at once."""
    rows = list(PublicMessage.objects.order_by("pk"))
    document = public.document_of(rows, public_half(office_key(Path(settings.SEALING_KEY))))
    content = public.written(document)
    key, shelf = publishing_key(), Path(settings.PUBLICATIONS)
    found = [
        one for one in read_shelf(shelf, [key.public]).packages if one.head.series == public.SERIES
    ]
    before = found[-1] if found else None
    if before is not None:
        earlier = before.document(public.FILE)
        is_old = now - before.head.published_at >= OFTEN_ENOUGH
        if earlier == document or not (is_old or public.is_urgent(earlier, document)):
            return before
    head = Head(kind="prose", series=public.SERIES, title=public.TITLE, published_at=moment_of(now))
    with acting("publish_messages"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAKING])
        return publish(shelf, head, {public.FILE: content}, key, reason=public.REASON)


def find_message(lookup: str, now: datetime) -> dict[str, str] | None:  # noqa: ARG001
    """Its state, for whoever has number and code: as it stands in the database."""
    row = PublicMessage.objects.filter(lookup=lookup).first()
    return public.state_of(row) if row else None

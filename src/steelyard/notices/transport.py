"""Hands one mail to the mail server, and says what is known of it afterwards."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from steelyard.look.language import lang_of
from steelyard.notices.models import Mail
from steelyard.notices.rules import texts
from steelyard.notices.rules.mails import Event
from steelyard.notices.rules.texts import Kind, line_of_mail

SAID_NO = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)
"""The server answered, and not with yes: it has taken nothing."""

AGAINST_LOOPS = {
    "Auto-Submitted": "auto-generated",  # RFC 3834: no machine answers this
    "X-Auto-Response-Suppress": "All",
    "Precedence": "bulk",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """``event`` is ACCEPTED, NOT_TAKEN or NO_ANSWER; ``trouble`` in short, "" if none."""

    event: Event
    trouble: str = ""


Transport = Callable[[EmailMessage], Outcome]


def message_of(mail: Mail) -> EmailMessage:
    """The mail in its account's language: what kind of thing happened, and a link. No more."""
    account = mail.account
    lang = lang_of(account.language)
    listed = list(mail.notices.order_by("id"))
    lines = tuple(line_of_mail(Kind(one.kind), one.words, lang) for one in listed)
    page = f"/notices/{listed[0].pk}/" if len(listed) == 1 else "/notices/"
    said = texts.mail_of(lines, account.called_in(lang), settings.MAIL.site + page, lang)
    host = urlsplit(settings.MAIL.site).hostname or "localhost"
    message_id = f"<{mail.pk}.{mail.created_at:%Y%m%d%H%M%S}@{host}>"
    return EmailMessage(
        said.subject,
        said.body,
        to=[account.email],
        headers={**AGAINST_LOOPS, "Message-ID": message_id},
    )


def hand_over(message: EmailMessage) -> Outcome:
    """Until the line stands nothing was handed over; after that only an answer is certain."""
    connection = get_connection()
    try:
        connection.open()
    except Exception as error:
        return Outcome(Event.NOT_TAKEN, _short(error))
    try:
        connection.send_messages([message])
    except SAID_NO as error:
        return Outcome(Event.NOT_TAKEN, _short(error))
    except Exception as error:
        return Outcome(Event.NO_ANSWER, _short(error))
    finally:
        with suppress(Exception):
            connection.close()
    return Outcome(Event.ACCEPTED)


def _short(error: Exception) -> str:
    """Of what kind, and the server's number; its words may repeat an address."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()

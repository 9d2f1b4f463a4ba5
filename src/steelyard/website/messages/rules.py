"""What may a message be, when is it to be answered, and what becomes of it? Pure.

A message has a number, which anyone may know, and a code, which its sender alone has. With both its
state can be looked up; what is published of it for that is a hash of the two and the state.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import canonical, tagged
from steelyard.kernel.refusals import Refusal
from steelyard.letterbox import limits
from steelyard.letterbox.limits import letters

FORMAT = "steelyard-message/1"

KEPT = timedelta(days=365)
"""So long after it is done with, the sender's name and address are kept; then they are struck out."""

LONGEST: Mapping[str, int] = {"name": 60, "mail": 200, "subject": 120, "text": 4000}
MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class State(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"
    CLOSED = "closed"


STATES: Mapping[State, Text] = {
    State.RECEIVED: Text("已收到，待答复", "received, to be answered"),
    State.ANSWERED: Text("已答复", "answered"),
    State.CLOSED: Text("已办结，不予答复", "closed without an answer"),
}

MOVES: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.ANSWERED, State.CLOSED}),
    State.ANSWERED: frozenset(),
    State.CLOSED: frozenset({State.ANSWERED}),
}
"""Where a message may go from where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message as it was typed. ``trap``: a field that people do not see, and machines fill in."""

    name: str = ""
    mail: str = ""
    subject: str = ""
    text: str = ""
    lang: str = "zh-hans"
    trap: str = ""


Limit = Callable[[Sent], Iterator[Refusal]]


def is_from_a_person(sent: Sent) -> Iterator[Refusal]:
    yield from limits.from_a_machine(sent.trap)


def says_something(sent: Sent) -> Iterator[Refusal]:
    for field, said in (
        ("name", Text("请填写称呼", "say how we may call you")),
        ("subject", Text("请填写主题", "say what it is about")),
        ("text", Text("请填写留言内容", "write your message")),
    ):
        if not getattr(sent, field).strip():
            yield Refusal(f"no_{field}", said, field)


def is_not_too_long(sent: Sent) -> Iterator[Refusal]:
    yield from limits.too_long({name: getattr(sent, name) for name in LONGEST}, LONGEST)


def is_one_line(sent: Sent) -> Iterator[Refusal]:
    """What goes into the head of a mail holds no line ends, which could smuggle in another head."""
    yield from limits.several_lines(
        {name: getattr(sent, name) for name in ("name", "mail", "subject")}
    )


def can_be_seen(sent: Sent) -> Iterator[Refusal]:
    yield from limits.unseen({"text": sent.text})


def mail_can_be_answered(sent: Sent) -> Iterator[Refusal]:
    if sent.mail.strip() and not MAIL.fullmatch(sent.mail.strip()):
        yield Refusal(
            "no_mail_address",
            Text("电子邮箱不对；不填也可以", "this is no mail address; you may leave it empty"),
            "mail",
        )


LIMITS: tuple[Limit, ...] = (
    is_from_a_person, says_something, is_not_too_long, is_one_line, can_be_seen,
    mail_can_be_answered,
)  # fmt: skip


def refusals_of(sent: Sent) -> list[Refusal]:
    """All that speaks against taking it; empty: it is taken."""
    return [refusal for limit in LIMITS for refusal in limit(sent)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that was taken: as a file outside, as a row inside. Its code is in neither."""

    number: str
    lookup: str
    name: str
    mail: str
    subject: str
    text: str
    lang: str
    sent_at: datetime

    @property
    def digest(self) -> str:
        """By which it is known again: all but the moment, which a second click changes."""
        return tagged(
            canonical({name: one for name, one in _plain(self).items() if name != "sent_at"})
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender is given, once."""

    number: str
    code: str


def received(sent: Sent, once: str, now: datetime) -> tuple[Message, Receipt]:
    """The message and its receipt. ``once``: what the form was given at random, unknown to others.

    The same form sent twice with the same text is the same message.
    """
    text = "\0".join([once, sent.name, sent.mail, sent.subject, sent.text])
    number = f"{now:%Y%m%d}-{letters('number', text, 6)}"
    code = "-".join(re.findall("....", letters("code", text, 16)))
    message = Message(
        number=number,
        lookup=lookup_of(number, code),
        name=sent.name.strip(),
        mail=sent.mail.strip(),
        subject=sent.subject.strip(),
        text=sent.text.strip().replace("\r\n", "\n"),
        lang="en" if sent.lang == "en" else "zh-hans",
        sent_at=now.replace(microsecond=0),
    )
    return message, Receipt(number, code)


def lookup_of(number: str, code: str) -> str:
    """Under what the state of a message is published. 80 bits of the code are nowhere else.

    >>> lookup_of("20260105-ABCDEF", "abcd efgh 2345 6723") == lookup_of("20260105-abcdef", "ABCDEFGH23456723")
    True
    """
    plain = [re.sub(r"[\s-]", "", one).upper() for one in (number, code)]
    return tagged(canonical(plain))


def _plain(message: Message) -> dict[str, str]:
    return asdict(message) | {"sent_at": message.sent_at.isoformat()}


def written(message: Message) -> bytes:
    """The message as a file."""
    document = {"format": FORMAT} | _plain(message)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read_message(content: bytes) -> Message:
    """
    Raises:
        ValueError: it is no message, or one that the contact page would have refused.
    """
    document: Mapping[str, Any] = json.loads(content)
    names = {one.name for one in fields(Message)}
    if not isinstance(document, dict) or set(document) != names | {"format"}:
        raise ValueError("its fields are not those of a message")
    if document["format"] != FORMAT or not all(isinstance(one, str) for one in document.values()):
        raise ValueError(f"its format is not {FORMAT}")
    sent_at = datetime.fromisoformat(document["sent_at"])
    if sent_at.tzinfo is None:
        raise ValueError("sent_at names no zone")
    if not re.fullmatch(r"\d{8}-[A-Z2-7]{6}", document["number"]):
        raise ValueError("the number is none")
    if not re.fullmatch(r"sha256:[0-9a-f]{64}", document["lookup"]):
        raise ValueError("the lookup is none")
    given = {name: document[name] for name in names if name != "sent_at"}
    message = Message(sent_at=sent_at, **given)
    told = Sent(name=message.name, mail=message.mail, subject=message.subject, text=message.text)
    if against := refusals_of(told):
        raise ValueError("; ".join(one.code for one in against))
    return message


def may_move(now: State, to: State) -> bool:
    return to in MOVES[now]

"""What of messages is published: a state under a hash, and answers in the words chosen for that. No person.

And the key that messages are sealed to outside. One file in packages of the series ``messages``.
Nothing here asks the database by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from steelyard.kernel.bilingual import Text

if TYPE_CHECKING:
    from steelyard.website.site import Site

SERIES = "messages"
FILE = "messages.json"
FORMAT = "steelyard-messages/1"
TITLE = Text("留言办理情况", "How messages were dealt with")
REASON = Text("办理情况更新", "messages were taken in or dealt with")


def document_of(rows: Iterable[Any], seal_to: str) -> dict[str, Any]:
    """``seal_to``: the public half of the office's key, for messages that are sent outside."""
    listed = list(rows)
    return {
        "format": FORMAT,
        "seal_to": seal_to,
        "states": {row.lookup: state_of(row) for row in listed},
        "questions": [question_of(row) for row in listed if row.public_question],
    }


def state_of(row: Any) -> dict[str, str]:
    ended = str(timezone.localdate(row.ended_at)) if row.ended_at else ""
    return {"state": row.state, "due": str(row.due), "ended_on": ended}


def question_of(row: Any) -> dict[str, str]:
    return {
        "lang": row.lang,
        "question": row.public_question,
        "answer": row.public_answer,
        "asked_on": str(timezone.localdate(row.sent_at)),
        "answered_on": str(timezone.localdate(row.ended_at)),
    }


def is_urgent(earlier: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether more is new than that messages were received: someone looks for their answer."""
    told = [(one.get("seal_to"), one["questions"], _ended(one)) for one in (earlier, now)]
    return told[0] != told[1]


def _ended(document: dict[str, Any]) -> dict[str, Any]:
    states = document["states"].items()
    return {lookup: one for lookup, one in states if one["ended_on"]}


def written(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def seal_to(site: Site) -> str:
    """The key that a message is sealed to, by the newest package that names one; "" if none does."""
    named = [str(one["seal_to"]) for one in site.messages if one.get("seal_to")]
    return named[-1] if named else ""


def find_message(lookup: str, now: datetime) -> dict[str, str] | None:
    """As the office's: what the shelf says of it. It may not know a message yet."""
    from steelyard.website.site import site_at

    for package in site_at(now).messages:
        if lookup in package["states"]:
            return package["states"][lookup]
    return None

"""What of messages is published: a state under a hash, and answers in the words chosen for that. No person.

One file in packages of the series ``messages``. Nothing here asks the database by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from steelyard.kernel.bilingual import Text

SERIES = "messages"
FILE = "messages.json"
FORMAT = "steelyard-messages/1"
TITLE = Text("留言办理情况", "How messages were dealt with")
REASON = Text("办理情况更新", "messages were taken in or dealt with")


def document_of(rows: Iterable[Any]) -> dict[str, Any]:
    listed = list(rows)
    return {
        "format": FORMAT,
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


def written(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def find_message(lookup: str, now: datetime) -> dict[str, str] | None:
    """As the office's: what the shelf says of it. It may not know a message yet."""
    from steelyard.website.site import site_at

    for package in site_at(now).messages:
        if lookup in package["states"]:
            return package["states"][lookup]
    return None

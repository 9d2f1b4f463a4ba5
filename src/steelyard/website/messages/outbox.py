"""Outside, a message is a file in a folder, sealed to the office, for whoever carries it in. Its code is not in it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from steelyard.letterbox.outbox import NotTaken, put
from steelyard.letterbox.sealing import sealed
from steelyard.website.messages.public import seal_to
from steelyard.website.messages.rules import Message, written
from steelyard.website.site import site_at


def put_message(message: Message, *, now: datetime) -> bool:
    """Write a message into the outbox; False if it is there already.

    Raises:
        NotTaken: it could not be kept.
    """
    return put(settings.MESSAGES, message.number, _sealed(message, now))


def _sealed(message: Message, now: datetime) -> bytes:
    """Plain where no office has published a key yet: its folder is readable by its owner alone."""
    public = seal_to(site_at(now))
    if not public:
        return written(message)
    try:
        return sealed(written(message), public)
    except ValueError as error:
        raise NotTaken from error

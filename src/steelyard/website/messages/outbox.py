"""Outside, a message is a file in a folder, sealed to the office, for whoever carries it in. Its code is not in it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from steelyard.website.messages.public import seal_to
from steelyard.website.messages.rules import Message, written
from steelyard.website.messages.sealing import sealed
from steelyard.website.site import site_at

MOST = 5000
"""Files that may wait; a folder that nobody empties does not fill the disk."""


class NotTaken(Exception):
    """The folder cannot be written, is full, or there is none: said to the sender as it is."""


def put_message(message: Message, *, now: datetime) -> bool:
    """Write a message into the outbox; False if it is there already.

    Raises:
        NotTaken: it could not be kept.
    """
    folder = settings.MESSAGES
    if folder is None:
        raise NotTaken
    try:
        return _put(Path(folder), message.number, _sealed(message, now))
    except (OSError, ValueError) as error:
        raise NotTaken from error


def _sealed(message: Message, now: datetime) -> bytes:
    """Plain where no office has published a key yet: its folder is readable by its owner alone."""
    public = seal_to(site_at(now))
    return sealed(written(message), public) if public else written(message)


def _put(folder: Path, number: str, content: bytes) -> bool:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{number}.json"
    if path.exists():
        return False
    if sum(1 for _ in folder.glob("*.json")) >= MOST:
        raise NotTaken
    half = folder / f".{number}.{os.getpid()}.half"
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    return True

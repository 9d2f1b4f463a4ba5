"""Outside, a letter is a file in a folder, for whoever carries it in."""

from __future__ import annotations

import os
from pathlib import Path

MOST = 5000
"""Files that may wait; a folder that nobody empties does not fill the disk."""


class NotTaken(Exception):
    """The folder cannot be written, is full, or there is none: said to the sender as it is."""


def put(folder: Path | None, number: str, content: bytes) -> bool:
    """Write a letter into the outbox, readable by its owner alone; False if it is there already.

    Raises:
        NotTaken: it could not be kept.
    """
    if folder is None:
        raise NotTaken
    try:
        return _put(Path(folder), number, content)
    except OSError as error:
        raise NotTaken from error


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

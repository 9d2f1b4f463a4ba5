"""Outside, a letter is a file in a folder, for whoever carries it in."""

from __future__ import annotations

from pathlib import Path

from steelyard.kernel.write_once import write_once

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
    return write_once(path, content)

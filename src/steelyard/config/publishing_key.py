"""The key that this office signs its publications with: made once, kept in its home."""

from __future__ import annotations

from pathlib import Path

from steelyard.publication.signing import Key, make_key, read_key, read_trusted

NAME = "publishing.key"


def own_key(home: Path) -> Key:
    """The office's key; a new one the first time."""
    path = home / "keys" / NAME
    return read_key(path) if path.exists() else make_key(path)


def own_keys(home: Path) -> tuple[str, ...]:
    """The public half of it, if there is one."""
    path = home / "keys" / f"{NAME}.pub"
    return read_trusted(path) if path.exists() else ()

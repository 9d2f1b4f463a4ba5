"""The key that this office signs its publications with: made once, kept in its home."""

from __future__ import annotations

from pathlib import Path

from steelyard.publication.signing import Key, kept_key, read_trusted

NAME = "publishing.key"


def own_key(home: Path) -> Key:
    """The office's key; a new one the first time."""
    return kept_key(home / "keys" / NAME)


def own_keys(home: Path) -> tuple[str, ...]:
    """The public half of it, if there is one."""
    path = home / "keys" / f"{NAME}.pub"
    return read_trusted(path) if path.exists() else ()

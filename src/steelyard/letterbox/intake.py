"""Inside, every file of a folder goes to the area that takes its kind in, each once.

Files stay where they are: whoever brings them decides; the second time they are known.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from steelyard.letterbox.sealing import is_sealed, opened

LARGEST = 200_000
"""Bytes; no form outside lets so much through."""

Take = Callable[[bytes, datetime], bool]
"""Reads a letter and takes it in; False if it is there already. ValueError: it is none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Who takes letters of a format in. ``only_sealed``: one that lay open outside is not taken."""

    take: Take
    only_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """How many were new, how many known, which files are none and why."""

    new: int
    known: int
    refused: tuple[str, ...]


_KINDS: dict[str, Kind] = {}


def announce(format_of_it: str, take: Take, *, only_sealed: bool = False) -> None:
    """Called once, when the area's app is ready."""
    _KINDS[format_of_it] = Kind(take, only_sealed)


def take_folder(folder: Path, key: X25519PrivateKey, *, now: datetime) -> Taken:
    """Take in every letter of a folder; one that cannot be taken in holds up no other."""
    new = known = 0
    refused: list[str] = []
    for path in sorted(folder.glob("*.json")):
        try:
            is_new = _take(path, key, now)
        except RecursionError:
            refused.append(f"{path.name}: it is nested without end")
        except (OSError, ValueError, KeyError, TypeError) as error:
            refused.append(f"{path.name}: {error}")
        else:
            new, known = new + is_new, known + (not is_new)
    return Taken(new, known, tuple(refused))


def _take(path: Path, key: X25519PrivateKey, now: datetime) -> bool:
    if path.stat().st_size > LARGEST:
        raise ValueError(f"it is larger than {LARGEST} bytes")
    content = path.read_bytes()
    sealed = is_sealed(content)
    if sealed:
        content = opened(content, key)
    kind = _kind_of(content)
    if kind.only_sealed and not sealed:
        raise ValueError("it is not sealed")
    return kind.take(content, now)


def _kind_of(content: bytes) -> Kind:
    document = json.loads(content)
    said = document.get("format") if isinstance(document, dict) else None
    kind = _KINDS.get(said) if isinstance(said, str) else None
    if kind is None:
        raise ValueError("it is of no kind that is taken in here")
    return kind

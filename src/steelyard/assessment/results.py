"""What weighings gave, kept once by its hash in the office's home, apart from files that people send."""

from __future__ import annotations

import io

from django.conf import settings

from steelyard.files.store import Store

_MOST_BYTES = 500_000_000


def _store() -> Store:
    return Store(settings.ENVIRONMENT.home / "weighings")


def keep(content: bytes) -> str:
    """The hash under which it lies. Kept before, it is the same.

    Raises:
        OSError: the disk did not take it.
    """
    with _store().receive(io.BytesIO(content), _MOST_BYTES) as incoming:
        _store().place(incoming)
        return incoming.tagged


def content_of(tagged: str) -> bytes:
    with _store().open(tagged) as found:
        return found.read()

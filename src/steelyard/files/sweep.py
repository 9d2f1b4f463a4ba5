"""What lies in the store and belongs to no file, and what is missing there?

After a kill at any moment a sweep finds: what came and was never placed; bytes whose row was never
written; bytes that no file holds any longer. What a row promises and the store has not is told,
never deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from steelyard.files.actions import hold_content, the_store
from steelyard.files.models import Content
from steelyard.trail.acting import acting

STILL_COMING = timedelta(days=1)
"""What is younger may be on its way."""


@dataclass(frozen=True, slots=True)
class Swept:
    left_behind: int
    without_row: int
    without_file: int
    missing: tuple[str, ...]
    """Contents whose bytes are not there, by hash."""


def sweep(now: datetime) -> Swept:
    """Delete what belongs to no file; say what is missing. Safe at any time, and again."""
    without_file = _contents_without_file()
    return Swept(_left_behind(now), _bytes_without_row(), without_file, _missing())


def _left_behind(now: datetime) -> int:
    old = the_store().left_behind(before=(now - STILL_COMING).timestamp())
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _contents_without_file() -> int:
    """The row goes first and is committed; its bytes are then bytes without a row."""
    gone = 0
    for sha256 in list(Content.objects.filter(files=None).values_list("sha256", flat=True)):
        with acting("sweep_files"):
            hold_content(sha256)
            gone += Content.objects.filter(sha256=sha256, files=None).delete()[0]
    return gone


def _bytes_without_row() -> int:
    """Asked under the lock that a sender holds from placing its bytes to committing their row."""
    gone = 0
    for sha256, path in list(the_store().kept()):
        if Content.objects.filter(sha256=sha256).exists():
            continue
        with acting("sweep_files"):
            hold_content(sha256)
            if not Content.objects.filter(sha256=sha256).exists():
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _missing() -> tuple[str, ...]:
    store, contents = the_store(), Content.objects.order_by("id").values_list("sha256", flat=True)
    return tuple(one for one in contents if not store.path_of(one).exists())

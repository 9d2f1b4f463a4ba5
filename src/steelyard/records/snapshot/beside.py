"""Where is a snapshot written before it is whole? In a hidden folder beside the wanted one.

A process that was killed leaves its folder behind, and rows of records in it. Whoever works holds
a lock on its own folder, so the next to freeze there knows what is left over, and clears it away.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

LOCK = "lock"


@contextmanager
def folder_beside(out: Path) -> Iterator[Path]:
    """A new folder on the same disk as ``out``; gone afterwards, with all that is still in it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as made:
        beside = Path(made)
        with (beside / "locking").open("w") as lock:
            _is_ours(lock)
            Path(lock.name).rename(beside / LOCK)  # locked before anyone can see it
            yield beside


def _sweep(out: Path) -> None:
    prefix = f".{out.name}-"
    for beside in out.parent.iterdir():
        if beside.name.startswith(prefix) and (beside / LOCK).is_file():
            with contextlib.suppress(OSError), (beside / LOCK).open("r+") as lock:
                if _is_ours(lock):
                    shutil.rmtree(beside, ignore_errors=True)


def _is_ours(lock: IO[str]) -> bool:
    """Take the lock if nobody has it. It is let go when its holder ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows: nothing is swept
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

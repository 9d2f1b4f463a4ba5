"""Not too many messages from one place, without a cookie: counted for all processes of a site, and forgotten.

What is kept of a place is a hash under a key that is thrown away every day, and that for an hour. The
count is a small file that every process of the site locks while it looks; where the site has no
folder of its own it is kept in the memory of the process.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PER_PLACE, OF_ALL = 5, 200
"""Within an hour, of one kind of asking."""

WITHIN = timedelta(hours=1)


@dataclass
class Counted:
    """Moments and hashes of the last hour, by kind of asking; the key of the hashes and its day."""

    day: str = ""
    key: str = ""
    seen: dict[str, list[tuple[float, str]]] = field(default_factory=dict)

    def lets_through(self, kind: str, place: str, now: datetime) -> bool:
        """
        >>> counted, now = Counted(), datetime(2026, 1, 5, 9)
        >>> [counted.lets_through("message", "a", now) for _ in range(6)]
        [True, True, True, True, True, False]
        >>> counted.lets_through("state", "a", now), counted.lets_through("message", "b", now)
        (True, True)
        >>> counted.lets_through("message", "a", now + WITHIN)
        True
        """
        self.forget(now)
        hashed = hmac.new(self.key.encode(), place.encode(), hashlib.sha256).hexdigest()[:32]
        mine = self.seen.setdefault(kind, [])
        if len(mine) >= OF_ALL or sum(one == hashed for _, one in mine) >= PER_PLACE:
            return False
        mine.append((now.timestamp(), hashed))
        return True

    def forget(self, now: datetime) -> None:
        """What is older than an hour goes; with a new day the key goes, and all that was hashed under it."""
        if self.day != str(now.date()):
            self.day, self.key, self.seen = str(now.date()), secrets.token_hex(32), {}
        oldest = (now - WITHIN).timestamp()
        for kind, listed in self.seen.items():
            self.seen[kind] = [(moment, one) for moment, one in listed if moment > oldest]


class Limiter:
    """The count of a site. ``path``: the file that its processes share; None: the memory of this one."""

    def __init__(self, path: Path | None = None) -> None:
        self.path, self._counted = path, Counted()

    def lets_through(self, kind: str, place: str, now: datetime) -> bool:
        """
        Raises:
            OSError: the file cannot be written.
        """
        if self.path is None:
            return self._counted.lets_through(kind, place, now)
        with _held(self.path) as file:
            counted = _read(file)
            answer = counted.lets_through(kind, place, now)
            _write(file, counted)
        return answer

    def forget(self, now: datetime) -> None:
        """Throw the file away once nothing in it counts any more; asked by whoever opens the contact page."""
        if self.path is None:
            self._counted.forget(now)
            return
        try:
            if self.path.stat().st_mtime <= (now - WITHIN).timestamp():
                self.path.unlink(missing_ok=True)
        except OSError:
            return


@contextmanager
def _held(path: Path) -> Iterator[Any]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _read(file: Any) -> Counted:
    """What is no count, being cut short, counts nothing."""
    try:
        told = json.loads(file.read())
        seen = {
            str(kind): [(float(moment), str(one)) for moment, one in listed]
            for kind, listed in told["seen"].items()
        }
        return Counted(str(told["day"]), str(told["key"]), seen)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Counted()


def _write(file: Any, counted: Counted) -> None:
    file.seek(0)
    file.truncate()
    json.dump({"day": counted.day, "key": counted.key, "seen": counted.seen}, file)
    file.flush()

"""Not too many messages from one place, without a cookie: counted in the memory of the process, and forgotten."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PER_PLACE, OF_ALL = 5, 200
WITHIN = timedelta(hours=1)


@dataclass
class Limiter:
    """Lets so many through within an hour, from one place and in all.

    >>> limiter, now = Limiter(), datetime(2026, 1, 5, 9)
    >>> [limiter.lets_through("a", now) for _ in range(6)]
    [True, True, True, True, True, False]
    >>> limiter.lets_through("b", now), limiter.lets_through("a", now + WITHIN)
    (True, True)
    """

    seen: deque[tuple[datetime, str]] = field(default_factory=deque)

    def lets_through(self, place: str, now: datetime) -> bool:
        while self.seen and self.seen[0][0] <= now - WITHIN:
            self.seen.popleft()
        if len(self.seen) >= OF_ALL or sum(one == place for _, one in self.seen) >= PER_PLACE:
            return False
        self.seen.append((now, place))
        return True

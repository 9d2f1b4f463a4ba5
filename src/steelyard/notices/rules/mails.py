"""What becomes of a mail? A table of moves, and when it is tried again.

An attempt is written down before the mail goes out. If nobody can say afterwards whether it went
(the worker was killed, the server did not answer), it is *unsure*, and never tried again by
itself: being told twice is worse than finding it on the page alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    TRYING = "trying"
    SENT = "sent"
    UNSURE = "unsure"
    GIVEN_UP = "given_up"


class Event(StrEnum):
    CLAIMED = "claimed"
    """A worker wrote down that it tries."""
    ACCEPTED = "accepted"
    """The mail server took it."""
    NOT_TAKEN = "not_taken"
    """It certainly did not take it: it could not be reached, or said no."""
    NO_ANSWER = "no_answer"
    """The line broke after something was handed over."""
    FOUND_DEAD = "found_dead"
    """The worker that tried is gone."""
    TRIED_ENOUGH = "tried_enough"


MOVES: Mapping[tuple[State, Event], State] = {
    (State.WAITING, Event.CLAIMED): State.TRYING,
    (State.TRYING, Event.ACCEPTED): State.SENT,
    (State.TRYING, Event.NOT_TAKEN): State.WAITING,
    (State.TRYING, Event.TRIED_ENOUGH): State.GIVEN_UP,
    (State.TRYING, Event.NO_ANSWER): State.UNSURE,
    (State.TRYING, Event.FOUND_DEAD): State.UNSURE,
}
"""Where to. What is not here does not happen; the database refuses it as well."""

PAUSES: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
"""How long to wait after the first, second, … try that was not taken; then it is given up."""

GRACE = timedelta(minutes=1)
"""So long after an attempt was written down nobody asks whether its worker is gone."""


def not_taken(tries: int, now: datetime) -> tuple[Event, datetime | None]:
    """What a try that was not taken means, and when the next is.

    >>> not_taken(6, datetime(2026, 1, 5))
    (<Event.TRIED_ENOUGH: 'tried_enough'>, None)
    """
    if tries > len(PAUSES):
        return Event.TRIED_ENOUGH, None
    return Event.NOT_TAKEN, now + PAUSES[tries - 1]

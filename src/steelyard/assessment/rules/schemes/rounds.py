"""Was a round of comments 征求意见 held? To its last day, or until all who were asked have answered."""

from __future__ import annotations

from datetime import date


def was_held(due: date | None, on: date) -> bool:
    """Whether a round that ends on a day counts. ``due``: the last day for those who were asked and have not
    answered; None: all have. A round that is called back sooner is none: nobody had the time to speak."""
    return due is None or on > due

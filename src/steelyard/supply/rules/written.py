"""What people write of a delivery: a period, of an age that has records, and places."""

from __future__ import annotations

import re
from datetime import date

from steelyard.kernel.periods import Period
from steelyard.records.intake.delivery import period_of

FIRST = date(1900, 1, 1)


def read_period(text: str) -> Period:
    """
    >>> str(read_period(" 2021 "))
    '[2021-01-01, 2022-01-01)'

    Raises:
        ValueError: it is no period, or lies before 1900.
    """
    found = period_of(text.strip())
    if found.starts < FIRST:
        raise ValueError(f"{text!r} lies before {FIRST.year}")
    return found


def read_places(text: str) -> tuple[str, ...]:
    """
    >>> read_places("440300，440100; 440600")
    ('440300', '440100', '440600')
    """
    return tuple(re.findall(r"[^\s,，、;；]+", text))

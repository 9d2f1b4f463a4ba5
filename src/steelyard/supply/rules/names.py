"""How a delivery is called, for good."""

from __future__ import annotations

import re
from collections.abc import Collection

from steelyard.kernel.periods import Period
from steelyard.records.intake.delivery import written_period

_ODD = re.compile(r"[^\w.-]")


def name_of(table: str, period: Period, body: str, earlier: Collection[str]) -> str:
    """The name of a delivery: its table, period and body, and its number from the second on.

    >>> from datetime import date
    >>> year = Period(date(2021, 1, 1), date(2022, 1, 1))
    >>> name_of("cases", year, "440000.court", ())
    'cases-2021-440000.court'
    >>> name_of("cases", year, "440000.court", {"cases-2021-440000.court"})
    'cases-2021-440000.court-2'
    >>> name_of("cases", year, "../court 1", ())
    'cases-2021-.._court_1'
    """
    safe = _ODD.sub("_", body)  # it names a file beside the cover list too
    first = f"{table}-{written_period(period).replace('/', '-')}-{safe}"
    number, name = 1, first
    while name in earlier:
        number, name = number + 1, f"{first}-{number + 1}"
    return name

"""What is a delivery? One body's rows of one table for one period, signed, counted and hashed.

A correction is a delivery of its own that names the one it replaces, and why. Both stay in the
snapshot's list; the rows of the replaced one do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period

_YEAR = re.compile(r"[0-9]{4}")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A delivery as its cover says.

    ``period`` is half-open; ``cut_off`` is the last day that the figures know of. ``hash`` is that of
    the file as delivered. ``covers`` names the places it speaks for, empty for the whole region:
    a place that is not covered is missing, not zero. ``folder`` is where the file lies.
    """

    id: str
    body: Text
    table: str
    period: Period
    cut_off: date
    signer: str
    signed_on: date
    file: str
    rows: int
    hash: str
    covers: tuple[str, ...] = ()
    replaces: str = ""
    why: Text = field(default_factory=Text)
    sample: bool = False
    source: Text = field(default_factory=Text)
    licence: str = ""
    folder: Path = field(default_factory=Path, compare=False)

    @property
    def path(self) -> Path:
        return self.folder / self.file


def period_of(text: str) -> Period:
    """``2021``, or the half-open ``2021-01-01/2022-01-01``.

    >>> str(period_of("2021"))
    '[2021-01-01, 2022-01-01)'

    Raises:
        ValueError: it is neither, or holds no day.
    """
    if _YEAR.fullmatch(text):
        return Period(date(int(text), 1, 1), date(int(text) + 1, 1, 1))
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no period")
    return Period(date.fromisoformat(found[1]), date.fromisoformat(found[2]))


def written_period(period: Period) -> str:
    """The shortest writing that :func:`period_of` reads.

    >>> written_period(period_of("2021")), written_period(period_of("2021-01-01/2021-07-01"))
    ('2021', '2021-01-01/2021-07-01')
    """
    year = period.starts.year
    if period == Period(date(year, 1, 1), date(year + 1, 1, 1)):
        return str(year)
    return f"{period.starts}/{period.ends}"


def standing(deliveries: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
    """Those that nobody has replaced: whose rows count."""
    replaced = {one.replaces for one in deliveries if one.replaces}
    return tuple(one for one in deliveries if one.id not in replaced)

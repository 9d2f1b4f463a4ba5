"""What an assessment collected, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """A figure on the last signed version of a sheet; "" is: none, and then ``status`` says how it is lacking
    and ``note`` why, and why the office let it count so. ``period``: "" is that of the assessment; another
    one is what counted when that was weighed."""

    unit: str
    input: str
    value: str
    body: str
    on: date
    note: str = ""
    status: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A unit's own figure, of a submission that was signed."""

    unit: str
    input: str
    value: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A difference, and the figure that counts."""

    unit: str
    input: str
    reported: str
    taken: str
    value: str
    reason: str
    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a body judged of a unit's item. ``deductions``: points and why."""

    unit: str
    item: str
    values: Mapping[str, str]
    body: str
    on: date
    status: str = ""
    reason: str = ""
    deductions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A unit that filed late, or not at all. ``days``: working days after its last day."""

    unit: str
    reason: str
    on: date
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forged:
    """Material of a unit's item that was confirmed to be forged or false."""

    unit: str
    item: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A piece of material behind an item of a unit."""

    unit: str
    item: str
    number: int
    kind: str
    title: str
    on: date
    file_hash: str
    document_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Collected:
    """All that an assessment collected. ``office``: its code; ``code``: the assessment's; ``on``: which
    day it was collected, None if nothing is counted from it."""

    code: str
    office: str
    supplied: Iterable[Supplied] = ()
    reported: Iterable[Reported] = ()
    settled: Iterable[Settled] = ()
    judged: Iterable[Judged] = ()
    late: Iterable[Late] = ()
    forged: Iterable[Forged] = ()
    filed: Iterable[Filed] = ()
    on: date | None = None

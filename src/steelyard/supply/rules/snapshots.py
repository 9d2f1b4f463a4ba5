"""Which deliveries are frozen together, and may it be done now?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

MOST_ROWS_WHILE_ONE_WAITS = 200_000
"""Frozen while the page waits; more is done by the worker."""

MOST_ROWS = 20_000_000
"""More goes to the command ``steelyard freeze``, on a machine with the memory for it."""


def earlier(period: Period) -> Period:
    """As many days before, from which growth is counted: a year before a year.

    >>> from datetime import date
    >>> str(earlier(Period(date(2021, 1, 1), date(2022, 1, 1))))
    '[2020-01-01, 2021-01-01)'
    >>> str(earlier(Period(date(2021, 1, 1), date(2021, 7, 1))))
    '[2020-01-01, 2020-07-01)'
    """
    starts = period.starts.replace(year=period.starts.year - 1, day=min(period.starts.day, 28))
    ends = period.ends.replace(year=period.ends.year - 1, day=min(period.ends.day, 28))
    return Period(starts, ends)


def belongs(delivered: Period, frozen: Period) -> bool:
    """A delivery is frozen with the period that it touches, or as the year before it."""
    before = earlier(frozen)
    return _meet(delivered, frozen) or _meet(delivered, before)


def _meet(one: Period, other: Period) -> bool:
    return one.starts < other.ends and other.starts < one.ends


class HasCutOff(Protocol):
    """What knows of the days up to one."""

    @property
    def cut_off(self) -> date: ...


D = TypeVar("D", bound=HasCutOff)


def up_to(delivered: Iterable[D], cut_off: date | None) -> list[D]:
    """Those that know of no day after the cut-off; all, without one."""
    return [one for one in delivered if cut_off is None or one.cut_off <= cut_off]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A snapshot that is asked for: how many deliveries of the period itself, rows in all."""

    deliveries: int
    rows: int


Limit = Callable[[Wanted], Refusal | None]


def something_is_accepted(wanted: Wanted) -> Refusal | None:
    if wanted.deliveries:
        return None
    return refusal(
        "nothing_accepted",
        Text("这一期间还没有接收任何报送", "no delivery of this period is accepted yet"),
        Text("请先接收报送", "accept deliveries first"),
        "starts",
    )


def is_not_too_large(wanted: Wanted) -> Refusal | None:
    if wanted.rows <= MOST_ROWS:
        return None
    return refusal(
        "too_large",
        Text(
            f"共{wanted.rows:,}行，超过网页冻结的上限{MOST_ROWS:,}行",
            f"{wanted.rows:,} rows are more than the {MOST_ROWS:,} that the office freezes",
        ),
        Text(
            "请下载报送清单，用steelyard freeze冻结；快照编号相同",
            "take the cover list away and run steelyard freeze: the identifier is the same",
        ),
    )


LIMITS: tuple[Limit, ...] = (something_is_accepted, is_not_too_large)


def against(wanted: Wanted) -> tuple[Refusal, ...]:
    found = (limit(wanted) for limit in LIMITS)
    return tuple(one for one in found if one is not None)

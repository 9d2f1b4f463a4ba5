"""Which notices go into one mail: each its own at once, or all of an account's of a day?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from steelyard.kernel.working_days import WorkingDays

DIGEST_FROM = time(8, 30)
"""In the morning of the region: what came since the last one."""

REMIND_FROM = time(7, 30)
"""Reminders are written before the digest, so that it holds those of the day."""


class Mode(StrEnum):
    AT_ONCE = "at_once"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Told:
    """A notice that no mail has been made of: its number, whom it is for, whether they read it."""

    notice: int
    account: int
    mode: Mode
    has_address: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to be written: its key, which is never used twice, and what it tells of."""

    key: str
    account: int
    notices: tuple[int, ...]


def needs_no_mail(told: Told) -> bool:
    """It was read on the page already, or there is nowhere to write to."""
    return told.is_read or not told.has_address


def letters_at_once(waiting: Iterable[Told]) -> tuple[Letter, ...]:
    return tuple(
        Letter(f"notice:{one.notice}", one.account, (one.notice,))
        for one in waiting
        if one.mode is Mode.AT_ONCE and not needs_no_mail(one)
    )


def letters_of_the_day(waiting: Iterable[Told], day: date) -> tuple[Letter, ...]:
    """One letter an account and day, of all that waits for it."""
    by_account: dict[int, list[int]] = {}
    for one in waiting:
        if one.mode is Mode.DIGEST and not needs_no_mail(one):
            by_account.setdefault(one.account, []).append(one.notice)
    return tuple(
        Letter(f"digest:{account}:{day}", account, tuple(sorted(notices)))
        for account, notices in sorted(by_account.items())
    )


def digest_is_due(local: datetime, calendar: WorkingDays) -> bool:
    """On working days, from ``DIGEST_FROM`` on; ``local``: the region's date and time."""
    return local.time() >= DIGEST_FROM and not calendar.is_day_off(local.date())


def reminders_are_due(local: datetime, calendar: WorkingDays) -> bool:
    return local.time() >= REMIND_FROM and not calendar.is_day_off(local.date())

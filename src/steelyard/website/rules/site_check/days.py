"""How old a day is, in days and in words."""

from __future__ import annotations

from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.website.rules.site_check.seen import Seen


def last_updated(day: date, seen: Seen) -> Text:
    days = age(seen, day)
    return Text(f"最近更新于{day}，已过{days}天", f"last updated on {day}, {days} days ago")


def age(seen: Seen, day: date) -> int:
    return (seen.today - day).days

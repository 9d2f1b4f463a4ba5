"""Whose unit is it? Nobody settles for one in which they hold a role."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from steelyard.people.rules.reach import Held


def is_ones_own(held: Iterable[Held], unit: int, on: date) -> bool:
    """Whether somebody holds any role in a unit on a day."""
    return any(one.is_held_on(on) and one.organisation == unit for one in held)

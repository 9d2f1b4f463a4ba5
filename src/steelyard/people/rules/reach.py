"""Whom does a person act for today, and how far does that reach?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from steelyard.kernel.periods import Days
from steelyard.people.rules.roles import SECOND_FACTOR, Action, Role, may, may_below


@dataclass(frozen=True, slots=True)
class Held:
    """A role held in an organisation (its number) from a day up to, not including, another.

    ``below``: the organisations under that one. ``stands_in``: for a post that is vacant.
    """

    role: Role
    organisation: int
    starts: date
    ends: date | None = None
    below: frozenset[int] = frozenset()
    stands_in: bool = False

    def is_held_on(self, day: date) -> bool:
        return day in Days(self.starts, self.ends)


def may_towards(held: Iterable[Held], action: Action, organisation: int, on: date) -> bool:
    """Whether any role held on a day allows an action towards an organisation."""
    return organisation in reach(held, action, on)


def reach(held: Iterable[Held], action: Action, on: date) -> frozenset[int]:
    """All organisations towards which an action is allowed on a day."""
    found: set[int] = set()
    for one in held:
        if one.is_held_on(on) and may(one.role, action):
            found.add(one.organisation)
            found |= one.below if may_below(one.role, action) else frozenset()
    return frozenset(found)


def without_second_factor(held: Iterable[Held]) -> tuple[Held, ...]:
    """What remains of the roles of an account that has no second factor."""
    return tuple(one for one in held if one.role not in SECOND_FACTOR)


def holds(held: Iterable[Held], role: Role, organisation: int, on: date) -> bool:
    """Whether a role is held in just this organisation on a day."""
    return any(
        one.role is role and one.organisation == organisation and one.is_held_on(on) for one in held
    )

"""Who sees scores and suspicions, and whose organisation is it?

A scoring body works on the items that it scores; who runs or looks after the assessment sees all.
A unit sees what was said of it once all is frozen. Nobody scores a unit in which, or below which,
they hold any role.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import BELOW, Action, may


def looks_after(held: Iterable[Held], office: int, on: date) -> bool:
    """Whether a person looks after the assessments of an office: not whoever merely works there."""
    return any(
        one.is_held_on(on)
        and one.role in BELOW
        and may(one.role, Action.SEE_ASSESSMENT)
        and office in {one.organisation, *one.below}
        for one in held
    )


def bodies_scored_for(held: Iterable[Held], on: date) -> frozenset[int]:
    """The bodies for which a person scores."""
    return reach(held, Action.SCORE_ITEMS, on)


def organisations_of(held: Iterable[Held], on: date) -> frozenset[int]:
    """Where a person holds any role."""
    return frozenset(one.organisation for one in held if one.is_held_on(on))


def own_among(units: Collection[int], above: Collection[int]) -> frozenset[int]:
    """Of the units assessed those that are a person's own. ``above``: :func:`organisations_of` and all
    that these stand below."""
    return frozenset(units) & frozenset(above)

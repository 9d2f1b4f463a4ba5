"""Who plans visits and handles leads; for whom does which visit, which lead exist?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action

SEES_VISITS = (Action.PLAN_VISITS, Action.OPEN_INFORMANTS)
"""Whoever may do one of these towards the office sees every visit, from the day it is planned."""

SEES_LEADS = (Action.HANDLE_LEADS, Action.OPEN_INFORMANTS)
"""Whoever may do one of these towards the office sees its leads; nobody else knows of them."""


def offices_whose_visits(held: Iterable[Held], on: date) -> frozenset[int]:
    return _any_of(tuple(held), SEES_VISITS, on)


def offices_whose_leads(held: Iterable[Held], on: date) -> frozenset[int]:
    return _any_of(tuple(held), SEES_LEADS, on)


def _any_of(held: tuple[Held, ...], actions: Iterable[Action], on: date) -> frozenset[int]:
    return frozenset().union(*(reach(held, action, on) for action in actions))

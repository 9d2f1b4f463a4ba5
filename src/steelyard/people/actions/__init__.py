"""Writes: what a person does with organisations, accounts and roles. Each leaves its trace.

``by``: the account that acts, None for the system itself. ``now``: when.
"""

from __future__ import annotations

from steelyard.people.actions.accounts import (
    choose_language,
    close_account,
    correct_account,
    give_link,
    open_account,
    reopen_account,
)
from steelyard.people.actions.organisations import (
    close_organisation,
    correct_organisation,
    open_organisation,
    place_organisation,
)
from steelyard.people.actions.roles import end_role, give_role

__all__ = [
    "choose_language",
    "close_account",
    "close_organisation",
    "correct_account",
    "correct_organisation",
    "end_role",
    "give_link",
    "give_role",
    "open_account",
    "open_organisation",
    "place_organisation",
    "reopen_account",
]

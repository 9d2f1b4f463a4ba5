"""Who may do what in an assessment? Values in, refusals out; one file a part of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.kernel.refusing import refusal
from steelyard.people.rules.reach import Held, may_towards, reach
from steelyard.people.rules.roles import ACTIONS, Action, Role


def may_not(
    held: Iterable[Held], action: Action, organisation: int, on: date
) -> tuple[Refusal, ...]:
    """Whether a person with these roles may do it towards an organisation: nothing means yes."""
    return () if may_towards(held, action, organisation, on) else (no_right_to(action),)


WORKS_FOR_AN_OFFICE = frozenset({Role.SUPPLYING_BODY, Role.SCORING_BODY, Role.EXPERT})
"""Roles in an assessment of others: whoever holds one in an organisation that is assessed elsewhere has no
part in what that one files."""


def units_seen(held: Iterable[Held], on: date) -> frozenset[int]:
    """The organisations of which a person sees, as a unit assessed, what was found and said of it."""
    theirs = [one for one in held if one.role not in WORKS_FOR_AN_OFFICE]
    return reach(theirs, Action.SEE_ASSESSMENT, on)


def no_right_to(action: Action) -> Refusal:
    title = ACTIONS[action]
    return refusal(
        NOT_ALLOWED,
        Text(f"您今天没有“{title.zh}”的权限", f"you may not {title.en} here today"),
        Text("请联系系统管理员", "ask the administrator"),
    )

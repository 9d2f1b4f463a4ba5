"""Who may do what to a delivery, and which may they see? One place for button, form, API and write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.kernel.refusing import refusal
from steelyard.people.rules.reach import Held, may_towards, reach
from steelyard.people.rules.roles import ACTIONS, Action
from steelyard.supply.rules.deliveries import WHO, Move


def may_not_make(held: Iterable[Held], move: Move, body: int, on: date) -> tuple[Refusal, ...]:
    """Whether a person with these roles may make a move on the deliveries of a body."""
    return may_not(held, WHO[move], body, on)


def may_not(held: Iterable[Held], action: Action, body: int, on: date) -> tuple[Refusal, ...]:
    return () if may_towards(held, action, body, on) else (no_right_to(action),)


def no_right_to(action: Action) -> Refusal:
    title = ACTIONS[action]
    return refusal(
        NOT_ALLOWED,
        Text(
            f"您今天没有对该单位“{title.zh}”的权限", f"you may not {title.en} for this body today"
        ),
        Text("请联系系统管理员", "ask the administrator"),
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """Bodies whose deliveries a person sees: ``inside`` with drafts, ``outside`` once signed."""

    inside: frozenset[int]
    outside: frozenset[int]


def sight(held: Iterable[Held], on: date) -> Sight:
    own = tuple(held)
    inside = reach(own, Action.DELIVER, on) | reach(own, Action.SIGN_DELIVERY, on)
    return Sight(inside, reach(own, Action.SEE_DELIVERY, on))

"""docs/reference/deliveries.md: where a delivery stands and what may happen to it, from the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import ACTIONS, MAY, ROLES
from steelyard.supply.rules import requests, wishes
from steelyard.supply.rules.deliveries import (
    MOVE_NAMES,
    MOVES,
    STATUSES,
    WHO,
    Move,
    diagram,
)
from steelyard.supply.rules.delivery_limits import LIMITS

HEAD = """# 报送的状态 · States of a delivery

Where a delivery of the office stands, what may happen to it, and who may do it. This page is made from
[`supply/rules/deliveries.py`](../../src/steelyard/supply/rules/deliveries.py) and
[`delivery_limits.py`](../../src/steelyard/supply/rules/delivery_limits.py): what is not in these
tables does not happen.

本页由规则文件生成：报送有哪些状态、可以办理什么、由谁办理；表中没有的，不能办理。

"""


def page() -> str:
    return HEAD + "\n".join([*_states(), *_moves(), *_limits(), *_requests()]) + "\n"


def _states() -> Iterator[str]:
    yield "```mermaid"
    yield diagram()
    yield "```"
    yield ""
    yield "| state | 状态 |"
    yield "|---|---|"
    for status, text in STATUSES.items():
        yield f"| `{status}` {text.en} | {text.zh} |"
    yield ""


def _moves() -> Iterator[str]:
    yield "## 办理 · Moves"
    yield ""
    yield "| move | from → to | who: role, towards the body |"
    yield "|---|---|---|"
    for move in Move:
        ways = "<br>".join(f"{start} → {end}" for (start, one), end in MOVES.items() if one is move)
        yield f"| {_both(MOVE_NAMES[move])} | {ways} | {_who(move)} |"
    yield ""


def _who(move: Move) -> str:
    action = WHO[move]
    roles = ", ".join(_both(ROLES[role]) for role, allowed in MAY.items() if action in allowed)
    return f"{_both(ACTIONS[action])}: {roles}"


def _both(text: Text) -> str:
    return f"{text.en} {text.zh}"


def _limits() -> Iterator[str]:
    yield "## 条件 · Limits"
    yield ""
    yield "A move is refused with every limit that it does not keep, not with the first."
    yield ""
    yield "| move | limits |"
    yield "|---|---|"
    for move, limits in LIMITS.items():
        yield f"| {_both(MOVE_NAMES[move])} | {_named(limits)} |"


REQUESTS = """
## 报送要求 · Requests

What the office asks for, by a day; made from
[`supply/rules/requests.py`](../../src/steelyard/supply/rules/requests.py), where it is said what
happens to the clock.
"""


def _requests() -> Iterator[str]:
    yield REQUESTS
    yield "```mermaid"
    yield requests.diagram()
    yield "```"
    yield ""
    yield "| a request stands | 状态 |"
    yield "|---|---|"
    for standing, text in requests.STANDINGS.items():
        yield f"| `{standing}` {text.en} | {text.zh} |"
    yield ""
    yield "| move | limits |"
    yield "|---|---|"
    yield f"| ask 要求报送 | {_named((*wishes.OF_THE_THING, *wishes.OF_THE_BODY))} |"
    for move, limits in requests.LIMITS.items():
        yield f"| {_both(requests.MOVE_NAMES[move])} | {_named(limits)} |"


def _named(limits: tuple[Callable[..., object], ...]) -> str:
    return "<br>".join(one.__name__.replace("_", " ") for one in limits)

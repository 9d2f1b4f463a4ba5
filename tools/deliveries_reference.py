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


COLLECTED = """
## 办公室自行采集的数据 · What an office collected itself

An assessment freezes its own figures, scores and reviews as deliveries of its office. Such a delivery
carries the name of its *collection* (the assessment's code), is signed and accepted at once, and stays in
that collection. Frozen again it is replaced if it says otherwise, and lapses if nothing of it is left. A
snapshot takes what its own collection holds beside what bodies delivered; no delivery of a body, and none
of another collection, replaces it or is replaced by it. It is corrected where it was collected.

考核冻结时，本次考核采集的数据、评分和评查结果由办公室自行报送，注明采集任务（考核代码），当即签发并接收，不改归其他\
采集任务。重新冻结时，内容有变的被替换，已无数据的失效。数据快照只收本采集任务的数据和各单位的报送；单位的报送与其他采集\
任务的数据互不替换。需要更正的，在采集的地方更正。
"""


def page() -> str:
    parts = [*_states(), *_moves(), *_limits(), COLLECTED.rstrip(), *_requests()]
    return HEAD + "\n".join(parts) + "\n"


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

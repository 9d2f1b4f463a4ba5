"""Where does a delivery stand, what may happen to it next, and who may do it? Two tables.

A supplying body drafts, mends and signs; the assessing office accepts or returns. What was accepted
is not touched again: a correction is a delivery of its own, and when *it* is accepted, the one that
it names is replaced. Whether a move is allowed just now is for :mod:`.delivery_limits`.

What an office collected itself begins as accepted, when it is frozen. Frozen again it is replaced if it
says otherwise, and lapses if nothing of it is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import Action


class Status(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REPLACED = "replaced"
    DISCARDED = "discarded"


STATUSES: Mapping[Status, Text] = {
    Status.DRAFT: Text("草稿", "draft"),
    Status.SIGNED: Text("已签发", "signed"),
    Status.ACCEPTED: Text("已接收", "accepted"),
    Status.RETURNED: Text("已退回", "returned"),
    Status.REPLACED: Text("已被替换", "replaced"),
    Status.DISCARDED: Text("已作废", "discarded"),
}


class Move(StrEnum):
    UPLOAD = "upload"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    RETURN = "return"
    CORRECT = "correct"
    REPLACE = "replace"
    DISCARD = "discard"
    LAPSE = "lapse"


MOVE_NAMES: Mapping[Move, Text] = {
    Move.UPLOAD: Text("上传或者填写", "upload or type in"),
    Move.SIGN: Text("签发", "sign"),
    Move.WITHDRAW: Text("撤回签发", "withdraw the signature"),
    Move.ACCEPT: Text("接收", "accept"),
    Move.RETURN: Text("退回", "return"),
    Move.CORRECT: Text("更正", "correct"),
    Move.REPLACE: Text("以更正替换", "replace by its correction"),
    Move.DISCARD: Text("作废", "discard"),
    Move.LAPSE: Text(
        "重新冻结时已无数据而失效", "lapse: nothing of it is left when it is frozen again"
    ),
}

MOVES: Mapping[tuple[Status, Move], Status] = {
    (Status.DRAFT, Move.UPLOAD): Status.DRAFT,
    (Status.DRAFT, Move.SIGN): Status.SIGNED,
    (Status.DRAFT, Move.DISCARD): Status.DISCARDED,
    (Status.SIGNED, Move.WITHDRAW): Status.DRAFT,
    (Status.SIGNED, Move.ACCEPT): Status.ACCEPTED,
    (Status.SIGNED, Move.RETURN): Status.RETURNED,
    (Status.RETURNED, Move.UPLOAD): Status.DRAFT,
    (Status.RETURNED, Move.DISCARD): Status.DISCARDED,
    (Status.ACCEPTED, Move.CORRECT): Status.ACCEPTED,
    (Status.ACCEPTED, Move.REPLACE): Status.REPLACED,
    (Status.ACCEPTED, Move.LAPSE): Status.DISCARDED,
}
"""From where, by what, to where. What is not here does not happen."""

WHO: Mapping[Move, Action] = {
    Move.UPLOAD: Action.DELIVER,
    Move.SIGN: Action.SIGN_DELIVERY,
    Move.WITHDRAW: Action.SIGN_DELIVERY,
    Move.ACCEPT: Action.ACCEPT_DELIVERY,
    Move.RETURN: Action.ACCEPT_DELIVERY,
    Move.CORRECT: Action.DELIVER,
    Move.REPLACE: Action.ACCEPT_DELIVERY,
    Move.DISCARD: Action.DELIVER,
    Move.LAPSE: Action.FREEZE,
}
"""What a person must be allowed to do, towards the body whose delivery it is."""

BY_ITSELF = frozenset({Move.REPLACE, Move.LAPSE})
"""What goes with an acceptance or a freeze: nobody's button."""

OPEN = frozenset({Status.DRAFT, Status.SIGNED, Status.RETURNED})
"""Under way: of one table, period and coverage a body has at most one of these."""

COUNTED = frozenset({Status.ACCEPTED})
"""Whose rows count when a snapshot is frozen."""

LISTED = COUNTED | {Status.REPLACED}
"""What stands on the cover list of a snapshot; of the replaced ones the list says why."""

INSIDE = frozenset({Status.DRAFT, Status.DISCARDED})
"""Not yet, or not any more, for other eyes than those of the body itself; but what was collected was
never a draft."""

COLLECTED = frozenset({Status.ACCEPTED, Status.REPLACED, Status.DISCARDED})
"""Where what an office collected itself may stand."""


def after(status: Status, move: Move) -> Status | None:
    """Where a move leads, None if it does not exist from there."""
    return MOVES.get((status, move))


def moves_from(status: Status) -> tuple[Move, ...]:
    return tuple(move for (start, move) in MOVES if start is status)


def diagram() -> str:
    """The table of moves as a Mermaid state diagram; the docs hold this very text."""
    lines = [f"    {start} --> {end}: {move}" for (start, move), end in MOVES.items()]
    begins = [
        f"    [*] --> {Status.DRAFT}: {Move.UPLOAD}",
        f"    [*] --> {Status.ACCEPTED}: collected",
    ]
    return "\n".join(["stateDiagram-v2", *begins, *lines])

"""Where does a city's objection to a record stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class ObjectionState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


class ObjectionMove(StrEnum):
    UPHOLD = "uphold"
    REJECT = "reject"


OBJECTION = Moves(
    thing=Text("数据异议", "objection"),
    begins=ObjectionState.OPEN,
    begun_by="object",
    states={
        ObjectionState.OPEN: Text("待答复", "open"),
        ObjectionState.UPHELD: Text("成立", "upheld"),
        ObjectionState.REJECTED: Text("不成立", "rejected"),
    },
    moves={
        ObjectionMove.UPHOLD: Text("认定成立", "uphold it"),
        ObjectionMove.REJECT: Text("认定不成立", "reject it"),
    },
    table={
        (ObjectionState.OPEN, ObjectionMove.UPHOLD): ObjectionState.UPHELD,
        (ObjectionState.OPEN, ObjectionMove.REJECT): ObjectionState.REJECTED,
    },
)

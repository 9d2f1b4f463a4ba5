"""Where does a lead that somebody sent in stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class LeadState(StrEnum):
    NEW = "new"
    CHECKING = "checking"
    CONFIRMED = "confirmed"
    UNFOUNDED = "unfounded"


class LeadMove(StrEnum):
    CHECK = "check"
    CONFIRM = "confirm"
    CLOSE = "close"


LEAD = Moves(
    thing=Text("线索", "lead"),
    begins=LeadState.NEW,
    begun_by="receive",
    states={
        LeadState.NEW: Text("待核查", "new"),
        LeadState.CHECKING: Text("核查中", "being checked"),
        LeadState.CONFIRMED: Text("属实", "confirmed"),
        LeadState.UNFOUNDED: Text("不属实", "unfounded"),
    },
    moves={
        LeadMove.CHECK: Text("核查", "check it"),
        LeadMove.CONFIRM: Text("认定属实", "confirm it"),
        LeadMove.CLOSE: Text("认定不属实", "close it as unfounded"),
    },
    table={
        (LeadState.NEW, LeadMove.CHECK): LeadState.CHECKING,
        (LeadState.NEW, LeadMove.CLOSE): LeadState.UNFOUNDED,
        (LeadState.CHECKING, LeadMove.CONFIRM): LeadState.CONFIRMED,
        (LeadState.CHECKING, LeadMove.CLOSE): LeadState.UNFOUNDED,
    },
)

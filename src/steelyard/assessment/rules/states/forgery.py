"""Where does a suspicion of forged material stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class SuspicionState(StrEnum):
    SUSPECTED = "suspected"
    HEARD = "heard"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"


class SuspicionMove(StrEnum):
    HEAR = "hear"
    CONFIRM = "confirm"
    CLEAR = "clear"


SUSPICION = Moves(
    thing=Text("材料造假情形", "suspicion"),
    begins=SuspicionState.SUSPECTED,
    begun_by="suspect",
    states={
        SuspicionState.SUSPECTED: Text("疑似造假", "suspected"),
        SuspicionState.HEARD: Text("已听取陈述", "heard"),
        SuspicionState.CONFIRMED: Text("认定造假", "confirmed"),
        SuspicionState.CLEARED: Text("已排除嫌疑", "cleared"),
    },
    moves={
        SuspicionMove.HEAR: Text("听取陈述", "hear the city"),
        SuspicionMove.CONFIRM: Text("认定", "confirm it"),
        SuspicionMove.CLEAR: Text("排除嫌疑", "clear it"),
    },
    table={
        (SuspicionState.SUSPECTED, SuspicionMove.HEAR): SuspicionState.HEARD,
        (SuspicionState.SUSPECTED, SuspicionMove.CLEAR): SuspicionState.CLEARED,
        (SuspicionState.HEARD, SuspicionMove.CONFIRM): SuspicionState.CONFIRMED,
        (SuspicionState.HEARD, SuspicionMove.CLEAR): SuspicionState.CLEARED,
    },
)
"""Nobody is condemned unheard: there is no way from *suspected* to *confirmed*."""

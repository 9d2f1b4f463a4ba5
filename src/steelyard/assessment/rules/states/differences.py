"""Where does a difference between a city's figure and a department's stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class DifferenceState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


class DifferenceMove(StrEnum):
    SETTLE = "settle"
    SETTLE_ANEW = "settle_anew"
    REOPEN = "reopen"


DIFFERENCE = Moves(
    thing=Text("差异", "difference"),
    begins=DifferenceState.OPEN,
    begun_by="compare",
    states={
        DifferenceState.OPEN: Text("待核定", "open"),
        DifferenceState.SETTLED: Text("已核定", "settled"),
    },
    moves={
        DifferenceMove.SETTLE: Text("核定", "settle it"),
        DifferenceMove.SETTLE_ANEW: Text("改核", "settle it otherwise"),
        DifferenceMove.REOPEN: Text("重新核定", "open it again"),
    },
    table={
        (DifferenceState.OPEN, DifferenceMove.SETTLE): DifferenceState.SETTLED,
        (DifferenceState.SETTLED, DifferenceMove.SETTLE_ANEW): DifferenceState.SETTLED,
        (DifferenceState.SETTLED, DifferenceMove.REOPEN): DifferenceState.OPEN,
    },
)

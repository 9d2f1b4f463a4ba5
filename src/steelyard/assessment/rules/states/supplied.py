"""Where does a body's sheet of supplied figures stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class SheetState(StrEnum):
    OPEN = "open"
    SIGNED = "signed"
    MENDING = "mending"


class SheetMove(StrEnum):
    FILL = "fill"
    SIGN = "sign"
    URGE = "urge"
    CORRECT = "correct"
    TAKE_BACK = "take_back"


SHEET = Moves(
    thing=Text("数据表", "sheet"),
    begins=SheetState.OPEN,
    begun_by="ask",
    states={
        SheetState.OPEN: Text("待报送", "open"),
        SheetState.SIGNED: Text("已签发", "signed"),
        SheetState.MENDING: Text("更正中", "being corrected"),
    },
    moves={
        SheetMove.FILL: Text("填写", "fill it in"),
        SheetMove.SIGN: Text("签发", "sign it"),
        SheetMove.URGE: Text("催办", "urge it"),
        SheetMove.CORRECT: Text("更正", "correct it"),
        SheetMove.TAKE_BACK: Text("撤回更正", "take its correction back"),
    },
    table={
        (SheetState.OPEN, SheetMove.FILL): SheetState.OPEN,
        (SheetState.OPEN, SheetMove.SIGN): SheetState.SIGNED,
        (SheetState.OPEN, SheetMove.URGE): SheetState.OPEN,
        (SheetState.SIGNED, SheetMove.URGE): SheetState.SIGNED,
        (SheetState.SIGNED, SheetMove.CORRECT): SheetState.MENDING,
        (SheetState.MENDING, SheetMove.FILL): SheetState.MENDING,
        (SheetState.MENDING, SheetMove.SIGN): SheetState.SIGNED,
        (SheetState.MENDING, SheetMove.TAKE_BACK): SheetState.SIGNED,
    },
)
"""While a sheet is being corrected its last signed version counts; taken back, the correction never was, and
that version counts on."""

"""Where does a body's sheet of supplied figures stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class SheetState(StrEnum):
    OPEN = "open"
    SIGNED = "signed"
    MENDING = "mending"
    OUTDATED = "outdated"


class SheetMove(StrEnum):
    FILL = "fill"
    SIGN = "sign"
    URGE = "urge"
    CORRECT = "correct"
    TAKE_BACK = "take_back"
    OUTDATE = "outdate"
    LET_BE = "let_be"


SHEET = Moves(
    thing=Text("数据表", "sheet"),
    begins=SheetState.OPEN,
    begun_by="ask",
    states={
        SheetState.OPEN: Text("待报送", "open"),
        SheetState.SIGNED: Text("已签发", "signed"),
        SheetState.MENDING: Text("更正中", "being corrected"),
        SheetState.OUTDATED: Text("待更正", "to be corrected"),
    },
    moves={
        SheetMove.FILL: Text("填写", "fill it in"),
        SheetMove.SIGN: Text("签发", "sign it"),
        SheetMove.URGE: Text("催办", "urge it"),
        SheetMove.CORRECT: Text("更正", "correct it"),
        SheetMove.TAKE_BACK: Text("撤回更正", "take its correction back"),
        SheetMove.OUTDATE: Text("因细则修订要求更正", "have it corrected after an amendment"),
        SheetMove.LET_BE: Text("不再要求", "ask for it no longer"),
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
        (SheetState.SIGNED, SheetMove.OUTDATE): SheetState.OUTDATED,
        (SheetState.MENDING, SheetMove.OUTDATE): SheetState.OUTDATED,
        (SheetState.OUTDATED, SheetMove.OUTDATE): SheetState.OUTDATED,
        (SheetState.OUTDATED, SheetMove.FILL): SheetState.OUTDATED,
        (SheetState.OUTDATED, SheetMove.URGE): SheetState.OUTDATED,
        (SheetState.OUTDATED, SheetMove.SIGN): SheetState.SIGNED,
        (SheetState.MENDING, SheetMove.LET_BE): SheetState.SIGNED,
        (SheetState.OUTDATED, SheetMove.LET_BE): SheetState.SIGNED,
    },
)
"""While a sheet is being corrected its last signed version counts; taken back, the correction never was, and
that version counts on. While it is *to be* corrected, after an amendment by which its figures say another
thing, none does."""

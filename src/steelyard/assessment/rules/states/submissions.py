"""Where does a city's own submission stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class SubmissionState(StrEnum):
    FILLING = "filling"
    APPROVING = "approving"
    LOCKED = "locked"


class SubmissionMove(StrEnum):
    FILL = "fill"
    PUT_UP = "put_up"
    TAKE_BACK = "take_back"
    RETURN = "return"
    SIGN = "sign"


SUBMISSION = Moves(
    thing=Text("自评材料", "submission"),
    begins=SubmissionState.FILLING,
    begun_by="collect",
    states={
        SubmissionState.FILLING: Text("填报中", "being filled in"),
        SubmissionState.APPROVING: Text("市内审签中", "being approved"),
        SubmissionState.LOCKED: Text("已报送并锁定", "signed and locked"),
    },
    moves={
        SubmissionMove.FILL: Text("填报", "fill it in"),
        SubmissionMove.PUT_UP: Text("提请审签", "put it up for approval"),
        SubmissionMove.TAKE_BACK: Text("撤回修改", "take it back"),
        SubmissionMove.RETURN: Text("退回修改", "return it"),
        SubmissionMove.SIGN: Text("签发报送", "sign it"),
    },
    table={
        (SubmissionState.FILLING, SubmissionMove.FILL): SubmissionState.FILLING,
        (SubmissionState.FILLING, SubmissionMove.PUT_UP): SubmissionState.APPROVING,
        (SubmissionState.APPROVING, SubmissionMove.TAKE_BACK): SubmissionState.FILLING,
        (SubmissionState.APPROVING, SubmissionMove.RETURN): SubmissionState.FILLING,
        (SubmissionState.APPROVING, SubmissionMove.SIGN): SubmissionState.LOCKED,
    },
)

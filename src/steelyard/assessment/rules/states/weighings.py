"""Where does a weighing stand that a worker does?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class WeighingState(StrEnum):
    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"


class WeighingMove(StrEnum):
    RUN = "run"
    FINISH = "finish"
    REFUSE = "refuse"


WEIGHING = Moves(
    thing=Text("计分", "weighing"),
    begins=WeighingState.ASKED,
    begun_by="ask",
    states={
        WeighingState.ASKED: Text("等待计算", "asked for"),
        WeighingState.RUNNING: Text("计算中", "running"),
        WeighingState.DONE: Text("完成", "done"),
        WeighingState.REFUSED: Text("未能计分", "refused"),
    },
    moves={
        WeighingMove.RUN: Text("计算", "run it"),
        WeighingMove.FINISH: Text("完成", "finish it"),
        WeighingMove.REFUSE: Text("拒绝", "refuse it"),
    },
    table={
        (WeighingState.ASKED, WeighingMove.RUN): WeighingState.RUNNING,
        (WeighingState.RUNNING, WeighingMove.RUN): WeighingState.RUNNING,
        (WeighingState.RUNNING, WeighingMove.FINISH): WeighingState.DONE,
        (WeighingState.RUNNING, WeighingMove.REFUSE): WeighingState.REFUSED,
    },
)
"""A worker that died while it ran is run again."""

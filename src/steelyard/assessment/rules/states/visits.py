"""Where does a visit on site stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class VisitState(StrEnum):
    PLANNED = "planned"
    ANNOUNCED = "announced"
    DONE = "done"
    CANCELLED = "cancelled"


class VisitMove(StrEnum):
    ANNOUNCE = "announce"
    REPORT = "report"
    CANCEL = "cancel"
    CORRECT = "correct"


VISIT = Moves(
    thing=Text("实地检查", "visit"),
    begins=VisitState.PLANNED,
    begun_by="plan",
    states={
        VisitState.PLANNED: Text("已安排", "planned"),
        VisitState.ANNOUNCED: Text("已通知", "announced"),
        VisitState.DONE: Text("已完成", "done"),
        VisitState.CANCELLED: Text("已取消", "cancelled"),
    },
    moves={
        VisitMove.ANNOUNCE: Text("通知", "announce it"),
        VisitMove.REPORT: Text("提交检查情况", "report on it"),
        VisitMove.CANCEL: Text("取消", "cancel it"),
        VisitMove.CORRECT: Text("更正检查情况", "correct the report"),
    },
    table={
        (VisitState.PLANNED, VisitMove.ANNOUNCE): VisitState.ANNOUNCED,
        (VisitState.PLANNED, VisitMove.REPORT): VisitState.DONE,
        (VisitState.PLANNED, VisitMove.CANCEL): VisitState.CANCELLED,
        (VisitState.ANNOUNCED, VisitMove.REPORT): VisitState.DONE,
        (VisitState.ANNOUNCED, VisitMove.CANCEL): VisitState.CANCELLED,
        (VisitState.DONE, VisitMove.CORRECT): VisitState.DONE,
    },
)
"""An unannounced visit goes from *planned* to *done*. A corrected report keeps what it said before."""

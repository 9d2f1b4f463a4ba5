"""Where does a case file that was drawn for review stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class FileState(StrEnum):
    ASKED = "asked"
    RECEIVED = "received"
    MISSING = "missing"
    EXCUSED = "excused"
    REVIEWED = "reviewed"


class FileMove(StrEnum):
    RECEIVE = "receive"
    MISS = "miss"
    EXCUSE = "excuse"
    REVIEW = "review"


DRAWN_FILE = Moves(
    thing=Text("案卷", "case file"),
    begins=FileState.ASKED,
    begun_by="draw",
    states={
        FileState.ASKED: Text("待调卷", "asked for"),
        FileState.RECEIVED: Text("已到卷", "received"),
        FileState.MISSING: Text("缺卷", "missing"),
        FileState.EXCUSED: Text("已由备用案卷替换", "replaced by a reserve"),
        FileState.REVIEWED: Text("评查完毕", "reviewed"),
    },
    moves={
        FileMove.RECEIVE: Text("登记到卷", "receive it"),
        FileMove.MISS: Text("登记缺卷", "note it as missing"),
        FileMove.EXCUSE: Text("以备用案卷替换", "replace it by a reserve"),
        FileMove.REVIEW: Text("完成评查", "finish its review"),
    },
    table={
        (FileState.ASKED, FileMove.RECEIVE): FileState.RECEIVED,
        (FileState.ASKED, FileMove.MISS): FileState.MISSING,
        (FileState.ASKED, FileMove.EXCUSE): FileState.EXCUSED,
        (FileState.MISSING, FileMove.RECEIVE): FileState.RECEIVED,
        (FileState.RECEIVED, FileMove.REVIEW): FileState.REVIEWED,
    },
)

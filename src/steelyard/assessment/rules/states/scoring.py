"""Where does the score of an item that people judge stand?"""

from __future__ import annotations

from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import Moves


class ScoreState(StrEnum):
    OPEN = "open"
    SCORED = "scored"


class ScoreMove(StrEnum):
    SCORE = "score"
    REOPEN = "reopen"


SCORE = Moves(
    thing=Text("评分", "score"),
    begins=ScoreState.OPEN,
    begun_by="score",
    states={
        ScoreState.OPEN: Text("未评", "open"),
        ScoreState.SCORED: Text("已评", "scored"),
    },
    moves={
        ScoreMove.SCORE: Text("评分", "score it"),
        ScoreMove.REOPEN: Text("重评", "score it again"),
    },
    table={
        (ScoreState.OPEN, ScoreMove.SCORE): ScoreState.SCORED,
        (ScoreState.SCORED, ScoreMove.REOPEN): ScoreState.OPEN,
    },
)

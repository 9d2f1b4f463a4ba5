"""Score items, one indicator at a time, all units side by side."""

from steelyard.assessment.actions.scoring.scores import (
    RowsChanged,
    RowWanted,
    open_scores,
    reopen,
    score_rows,
)

__all__ = [
    "RowWanted",
    "RowsChanged",
    "open_scores",
    "reopen",
    "score_rows",
]

"""What there is to score, row by row: everything that stands side by side, in a few questions."""

from steelyard.assessment.queries.scoring.beside import load_beside
from steelyard.assessment.queries.scoring.items import ItemLine, load_lines
from steelyard.assessment.queries.scoring.one_item import load_item, load_scores, page_of
from steelyard.assessment.queries.scoring.rows import (
    FigureShown,
    ItemPage,
    ScoreRow,
    basis_of,
    judgement_of,
    typed_of,
)
from steelyard.assessment.queries.scoring.seen import (
    LOOKING_BACK,
    own_units,
    scores_none,
    scores_seen_by,
    sees_what_was_said,
)

__all__ = [
    "LOOKING_BACK",
    "FigureShown",
    "ItemLine",
    "ItemPage",
    "ScoreRow",
    "basis_of",
    "judgement_of",
    "load_beside",
    "load_item",
    "load_lines",
    "load_scores",
    "own_units",
    "page_of",
    "scores_none",
    "scores_seen_by",
    "sees_what_was_said",
    "typed_of",
]

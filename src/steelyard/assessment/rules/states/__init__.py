"""Where does each thing of an assessment stand, and what may happen to it? One file a thing.

Each holds the states of its thing, what may happen to it, and the table of moves between them, with
their words. ``docs/reference/assessment_states.md`` is drawn from them, in the order of ``ALL``, and
triggers of the database hold every table to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from steelyard.assessment.rules.states.assessments import ASSESSMENT, Stage, StageMove
from steelyard.assessment.rules.states.comments import COMMENT, CommentMove, CommentState
from steelyard.assessment.rules.states.differences import (
    DIFFERENCE,
    DifferenceMove,
    DifferenceState,
)
from steelyard.assessment.rules.states.forgery import SUSPICION, SuspicionMove, SuspicionState
from steelyard.assessment.rules.states.leads import LEAD, LeadMove, LeadState
from steelyard.assessment.rules.states.objections import OBJECTION, ObjectionMove, ObjectionState
from steelyard.assessment.rules.states.reviews import DRAWN_FILE, FileMove, FileState
from steelyard.assessment.rules.states.schemes import SCHEME, SchemeMove, SchemeState
from steelyard.assessment.rules.states.scoring import SCORE, ScoreMove, ScoreState
from steelyard.assessment.rules.states.submissions import (
    SUBMISSION,
    SubmissionMove,
    SubmissionState,
)
from steelyard.assessment.rules.states.supplied import SHEET, SheetMove, SheetState
from steelyard.assessment.rules.states.visits import VISIT, VisitMove, VisitState
from steelyard.assessment.rules.states.weighings import WEIGHING, WeighingMove, WeighingState
from steelyard.kernel.moves import Moves

ALL: Mapping[str, Moves[Any, Any]] = {
    "assessment": ASSESSMENT,
    "scheme": SCHEME,
    "comment": COMMENT,
    "sheet": SHEET,
    "submission": SUBMISSION,
    "difference": DIFFERENCE,
    "objection": OBJECTION,
    "score": SCORE,
    "drawn_file": DRAWN_FILE,
    "visit": VISIT,
    "lead": LEAD,
    "suspicion": SUSPICION,
    "weighing": WEIGHING,
}

__all__ = [
    "ALL",
    "ASSESSMENT",
    "COMMENT",
    "DIFFERENCE",
    "DRAWN_FILE",
    "LEAD",
    "OBJECTION",
    "SCHEME",
    "SCORE",
    "SHEET",
    "SUBMISSION",
    "SUSPICION",
    "VISIT",
    "WEIGHING",
    "CommentMove",
    "CommentState",
    "DifferenceMove",
    "DifferenceState",
    "FileMove",
    "FileState",
    "LeadMove",
    "LeadState",
    "ObjectionMove",
    "ObjectionState",
    "SchemeMove",
    "SchemeState",
    "ScoreMove",
    "ScoreState",
    "SheetMove",
    "SheetState",
    "Stage",
    "StageMove",
    "SubmissionMove",
    "SubmissionState",
    "SuspicionMove",
    "SuspicionState",
    "VisitMove",
    "VisitState",
    "WeighingMove",
    "WeighingState",
]

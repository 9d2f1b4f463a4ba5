"""Draw case files, note what became of them, give them to reviewers, mark them, settle them.

Locks are taken in this order: assessment, drawn file, review, score. The office's writes hold the
assessment, and so does the end of a review, so that of two which end at once the second sees the first;
while they are marked, reviewers of different files do not wait for each other.
"""

from steelyard.assessment.actions.reviews.draws import draw_files
from steelyard.assessment.actions.reviews.files import note_file
from steelyard.assessment.actions.reviews.marks import Marked, save_review
from steelyard.assessment.actions.reviews.results import propose_judged
from steelyard.assessment.actions.reviews.reviewers import (
    SharedOut,
    assign_reviewers,
    assign_third,
    replace_reviewer,
    urge_reviewers,
)

__all__ = [
    "Marked",
    "SharedOut",
    "assign_reviewers",
    "assign_third",
    "draw_files",
    "note_file",
    "propose_judged",
    "replace_reviewer",
    "save_review",
    "urge_reviewers",
]

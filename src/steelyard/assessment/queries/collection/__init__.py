"""Submissions: which exist for a person, what is asked, what is said, its material."""

from steelyard.assessment.queries.collection.asked import (
    in_words,
    questions_of,
    version_of_submission,
)
from steelyard.assessment.queries.collection.materials import (
    materials_seen_by,
    materials_within,
    searched,
    sees_materials,
    with_kinds,
)
from steelyard.assessment.queries.collection.said import (
    content_of,
    hash_of,
    hash_of_submission,
    is_late,
    left_open,
    load_answers,
    load_given,
    load_left_open,
    load_scores_above,
    said_of,
    speaks,
    written_score,
)
from steelyard.assessment.queries.collection.seen import (
    Sight,
    departments_of,
    looked_after,
    objectors,
    sight,
    submissions_seen_by,
)
from steelyard.assessment.queries.collection.sheets import (
    known_to,
    whose,
)

__all__ = [
    "Sight",
    "content_of",
    "departments_of",
    "hash_of",
    "hash_of_submission",
    "in_words",
    "is_late",
    "known_to",
    "left_open",
    "load_answers",
    "load_given",
    "load_left_open",
    "load_scores_above",
    "looked_after",
    "materials_seen_by",
    "materials_within",
    "objectors",
    "questions_of",
    "said_of",
    "searched",
    "sees_materials",
    "sight",
    "speaks",
    "submissions_seen_by",
    "version_of_submission",
    "whose",
    "with_kinds",
    "written_score",
]

"""A unit fills in its items, files material, puts its submission up, signs it."""

from steelyard.assessment.actions.collection.answers import give_items, save_answer
from steelyard.assessment.actions.collection.materials import (
    file_material,
    file_materials,
    stop_using,
    use_material,
)
from steelyard.assessment.actions.collection.objections import answer_objection, contest
from steelyard.assessment.actions.collection.opening import close_submissions, open_submissions
from steelyard.assessment.actions.collection.sheets import bring_answers
from steelyard.assessment.actions.collection.submissions import (
    decide_on,
    file_late,
    put_up,
    take_back,
)
from steelyard.assessment.actions.collection.urging import urge_units

__all__ = [
    "answer_objection",
    "bring_answers",
    "close_submissions",
    "contest",
    "decide_on",
    "file_late",
    "file_material",
    "file_materials",
    "give_items",
    "open_submissions",
    "put_up",
    "save_answer",
    "stop_using",
    "take_back",
    "urge_units",
    "use_material",
]

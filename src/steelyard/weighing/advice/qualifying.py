"""Whether a unit qualifies for a grade by today's result, quotas apart."""

from __future__ import annotations

from steelyard.scheme.model import Grade
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.standings import is_enough, items_of, meets


def qualifies(today: Result, one: Standing, grade: Grade) -> bool:
    """By its cut-off, requirement and floors."""
    score = one.score
    if score is None or (grade.at_least is not None and score < grade.at_least):
        return False
    if grade.above is not None and score <= grade.above:
        return False
    if grade.requires is not None and not meets(today, one, grade.requires):
        return False
    return all(
        is_enough(floor, today.score_of(item, one.unit.code))
        for floor in grade.floors
        for item in items_of(today.scheme, grade, floor)
    )

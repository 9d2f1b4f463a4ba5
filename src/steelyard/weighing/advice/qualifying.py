"""Whether a unit qualifies for a grade by today's result, quotas apart."""

from __future__ import annotations

from fractions import Fraction

from steelyard.scheme.formula import Formula
from steelyard.scheme.model import Grade
from steelyard.weighing.points.board import Scope, Unknown
from steelyard.weighing.points.formulas import holds
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.standings import is_enough, items_of


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


def meets(today: Result, one: Standing, condition: Formula) -> bool:
    """Whether a condition on the unit and its total holds; one that cannot be told does not."""
    assert today.board is not None
    total = None if one.before is None else Fraction(one.before)
    try:
        return holds(condition, Scope(today.board, one.unit.code, total=total))
    except Unknown:
        return False

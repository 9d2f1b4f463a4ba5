"""Which veto still limits the grade of a unit that reaches its rank or points all the same."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Veto
from steelyard.weighing.advice.qualifying import qualifies
from steelyard.weighing.advice.targets import Target, ToGrade
from steelyard.weighing.result import Result


def capped(after: Result, unit: str, target: Target) -> Iterator[Text]:
    """A note for each such veto; whoever asked for a grade has it, or is told so as a reason."""
    if isinstance(target, ToGrade):
        return
    own = after.standing[unit]
    order = [grade.code for grade in after.scheme.grades]
    if own.grade not in order:
        return
    position = order.index(own.grade)
    if not any(qualifies(after, own, better) for better in after.scheme.grades[:position]):
        return
    for veto in after.scheme.vetoes:
        if veto.code in own.vetoes and _limits(veto, own.grade):
            yield _note(veto, after.scheme.grades[position].title)


def _limits(veto: Veto, grade: str) -> bool:
    return bool(veto.lower_by) or grade in (veto.grade, veto.best_grade)


def _note(veto: Veto, grade: Text) -> Text:
    title = veto.title
    return Text(
        f"一票否决“{title.say('zh') or veto.code}”仍然成立，等次因此只评为“{grade.say('zh')}”",
        f"the veto {title.say('en') or veto.code} still holds and keeps the grade at {grade.say('en')}",
    )

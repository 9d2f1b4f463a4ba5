"""What is the cheapest way up, and to where?"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from steelyard.assessment.rules.standing.values import OWN
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.weighing.advice.advise import advise
from steelyard.weighing.advice.findings import Advice
from steelyard.weighing.advice.search import Limits
from steelyard.weighing.advice.targets import Target, ToGrade, ToPoints, ToRank
from steelyard.weighing.result import Result


def advised(
    result: Result, unit: str, rivals: Text, limits: Limits, *, is_ranked: bool, is_known: bool
) -> tuple[Advice | None, Text]:
    """The way, or why there is none. ``is_known``: whether every item of the unit's own is.

    What the unit gives itself on an item that a body will judge is no lever: a higher self-score improves
    nothing.
    """
    target = target_of(result, unit, is_ranked=is_ranked, is_known=is_known)
    if target is None:
        return None, Text("已经没有更高的目标", "there is nothing further up")
    try:
        told = advise(
            result.scheme, result.values, unit, target, fixed=_self_scores(result), rivals=rivals,
            limits=limits,
        )  # fmt: skip
    except Faulty as error:
        return None, error.faults[0].what
    return told, Text()


def _self_scores(result: Result) -> tuple[str, ...]:
    return tuple(code for code in result.scheme.inputs if code.startswith(OWN))


def target_of(result: Result, unit: str, *, is_ranked: bool, is_known: bool) -> Target | None:
    """The next rank; without ranks the next grade; without grades a twentieth of all points more.

    Without ranks, nobody can say who gets a grade that only so many may have; while an item is not known,
    nobody can say which rank or grade is next.
    """
    now = result.standing[unit]
    if not is_known:
        return _more(result, unit)
    if is_ranked and now.rank is not None:
        return ToRank(int(now.rank) - 1) if now.rank > 1 else None
    codes = [grade.code for grade in result.scheme.grades]
    at = codes.index(now.grade) if now.grade in codes else len(codes)
    above = result.scheme.grades[at - 1] if at > 0 else None
    if above is not None and above.at_least is not None and above.quota is None:
        return ToGrade(above.code)
    return _more(result, unit)


def _more(result: Result, unit: str) -> Target | None:
    """In whole points."""
    full, score = result.scheme.full[""], Fraction(result.standing[unit].score or 0)
    return ToPoints(min(full, Fraction(ceil(score + full / 20)))) if score < full else None

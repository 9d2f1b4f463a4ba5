"""What does the cheapest way up aim at, and why at that?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain, shown
from steelyard.scheme.model import ROOT, Grade, Scheme
from steelyard.weighing.advice.targets import Target, ToGrade, ToPoints, ToRank
from steelyard.weighing.result import Result, Standing

A_STEP = Fraction(1, 20)
"""Of all points: the aim where neither a rank nor a grade can be."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached, and why that: whom it passes, which boundary it is, or by which rule it was taken."""

    target: Target
    why: Text


def aim_of(result: Result, unit: str, *, is_ranked: bool, unknown: int) -> Aim | None:
    """The next rank; without ranks the next grade; without grades a twentieth of all points more.

    Without ranks, nobody can say who gets a grade that only so many may have; while items are not known,
    nobody can say which rank or grade is next. None: there is nothing further up.
    """
    now, above = result.standing[unit], _next_grade(result, unit)
    if unknown:
        return _more(result, unit, _why_no_place(unknown, above))
    if is_ranked and now.rank is not None:
        return _next_rank(result, now) if now.rank > 1 else None
    if above is not None and above.at_least is not None and above.quota is None:
        return Aim(ToGrade(above.code), _why_grade(above, now, result.scheme))
    return _more(result, unit, _why_no_grade(above, result.scheme))


# --- the next rank ----------------------------------------------------------------------------


def _next_rank(result: Result, now: Standing) -> Aim:
    assert now.rank is not None
    ahead = [one for one in result.standings if one.rank is not None and one.rank < now.rank]
    place = max(one.rank for one in ahead if one.rank is not None)
    rivals = [one for one in ahead if one.rank == place]
    return Aim(ToRank(int(now.rank) - 1), _why_rank(rivals, now, place, result.scheme))


def _why_rank(rivals: Sequence[Standing], now: Standing, place: Fraction, scheme: Scheme) -> Text:
    names = [one.unit.title for one in rivals]
    theirs, ours = _points(rivals[0], scheme), _points(now, scheme)
    tie = scheme.ranking.tie_break
    return Text(
        f"紧接在前的是{'、'.join(one.say('zh') for one in names)}（{theirs}分，第{shown(place)}名），本单位{ours}分；"
        f"名次按未取整的总分从高到低排列{'，同分的按细则规定的次序' if tie else ''}",
        f"next above is {', '.join(one.say('en') for one in names)} with {theirs} points at rank {shown(place)}; we"
        f" have {ours}. Ranks follow the totals before rounding"
        f"{', equal ones the order set in the scheme' if tie else ''}",
    )


def _points(one: Standing, scheme: Scheme) -> str:
    return "—" if one.score is None else shown(Fraction(one.score), scheme.total.places)


# --- the next grade ---------------------------------------------------------------------------


def _next_grade(result: Result, unit: str) -> Grade | None:
    """Above the one that the points now give; None: there is none above, or there are no grades."""
    grades, now = result.scheme.grades, result.standing[unit]
    codes = [grade.code for grade in grades]
    at = codes.index(now.grade) if now.grade in codes else len(codes)
    return grades[at - 1] if at > 0 else None


def _why_grade(grade: Grade, now: Standing, scheme: Scheme) -> Text:
    assert grade.at_least is not None
    line, ours = plain(grade.at_least), _points(now, scheme)
    more = bool(grade.requires or grade.floors)
    return Text(
        f"细则规定“{grade.title.say('zh')}”等次从{line}分起{'，另有其他条件' if more else ''}，本单位{ours}分；"
        "其他单位的数据不全，名次说不准，所以不以名次为目标",
        f"by the scheme the grade {grade.title.say('en')} begins at {line} points"
        f"{' and has further conditions' if more else ''}; we have {ours}. No rank is aimed at, since the others are"
        " not wholly known",
    )


# --- a number of points -----------------------------------------------------------------------


def _more(result: Result, unit: str, why: Text) -> Aim | None:
    """In whole points."""
    full, score = result.scheme.full[ROOT], Fraction(result.standing[unit].score or 0)
    if score >= full:
        return None
    target = min(full, Fraction(ceil(score + full * A_STEP)))
    ours, step, whole = (
        _points(result.standing[unit], result.scheme),
        plain(full * A_STEP),
        plain(full),
    )
    return Aim(ToPoints(target), Text(
        f"{why.zh}。所以按固定步长取目标：现有{ours}分，加满分{whole}分的二十分之一（{step}分），进为整数，不超过满分",
        f"{why.en}. So the aim is a step of a fixed size: the {ours} points of now and {step}, a twentieth of the"
        f" {whole} of the scheme, rounded up to whole points and never more than all",
    ))  # fmt: skip


def _why_no_place(unknown: int, above: Grade | None) -> Text:
    said = Text(
        f"有{unknown}项还没有数据，未计入，名次和等次都说不准",
        f"items that are not known yet ({unknown}) are left out, so nobody can say which rank or grade is next",
    )
    if above is None or above.at_least is None or above.quota is not None:
        return said
    title, line = above.title, plain(above.at_least)
    return Text(
        f"{said.zh}（就已知的分数看，往上最近的等次线是“{title.say('zh')}”{line}分）",
        f"{said.en} (of the points known, the next boundary above is that of {title.say('en')}, {line} points)",
    )


def _why_no_grade(above: Grade | None, scheme: Scheme) -> Text:
    no_rank = Text(
        "其他单位的数据不全，名次说不准",
        "the others are not wholly known, so nobody can say which rank is next",
    )
    if not scheme.grades:
        rest = Text("细则没有等次", "the scheme has no grades")
    elif above is None:
        rest = Text("就分数看已在最高等次", "by the points the best grade is reached")
    elif above.quota is not None:
        rest = Text(
            f"上一等次“{above.title.say('zh')}”有名额限制，也说不准",
            f"the grade above, {above.title.say('en')}, is for so many units only",
        )
    else:
        rest = Text(
            f"上一等次“{above.title.say('zh')}”不按一条分数线评定",
            f"the grade above, {above.title.say('en')}, has no boundary in points",
        )
    return Text(f"{no_rank.zh}，{rest.zh}", f"{no_rank.en}; {rest.en}")

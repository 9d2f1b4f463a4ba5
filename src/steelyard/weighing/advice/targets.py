"""What is to be reached: a rank, a grade, a number of points; and whether a result reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, shown
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.model import ROOT, Scheme
from steelyard.weighing.result import Result


@dataclass(frozen=True, slots=True)
class ToRank:
    """This rank or a better one."""

    rank: int


@dataclass(frozen=True, slots=True)
class ToGrade:
    """This grade (its code or title) or a better one."""

    grade: str


@dataclass(frozen=True, slots=True)
class ToPoints:
    """So many points, after vetoes; of an index, so high a score."""

    points: Fraction


Target = ToRank | ToGrade | ToPoints


def target_of(rank: str | None, grade: str | None, points: str | None) -> Target:
    """The one target that was asked for, as people write it.

    Raises:
        Faulty: there is none or more than one, or it is no number.
    """
    asked = [one for one in (rank, grade, points) if one is not None]
    if len(asked) != 1:
        raise Faulty([_not_one(len(asked))])
    if grade is not None:
        return ToGrade(grade)
    try:
        return ToRank(int(rank)) if rank is not None else ToPoints(exact(points or ""))
    except ValueError as error:
        raise Faulty([_no_number("rank" if rank is not None else "points", asked[0])]) from error


def refuse_a_percentage(points: str | None, scheme: Scheme) -> None:
    """95% would be 0.95 points: whoever writes that means 95.

    Raises:
        Faulty: the scheme's total is in points and the target is written as a per cent.
    """
    written = (points or "").strip()
    if scheme.family == "points" and written.endswith(("%", "％")):
        raise Faulty([_percent(written)])


def checked(target: Target, scheme: Scheme) -> Target:
    """The target, its grade by code.

    Raises:
        Faulty: no unit of this scheme could ever have this rank, grade or number of points.
    """
    match target:
        case ToRank(rank):
            if not 1 <= rank <= len(scheme.assessed):
                raise Faulty([_no_such_rank(rank, len(scheme.assessed))])
        case ToGrade(name):
            return ToGrade(_grade_named(scheme, name))
        case ToPoints(points):
            if points < 0 and scheme.family == "points":
                raise Faulty([_negative(points)])
            most = most_points(scheme)
            if most is not None and points > most:
                raise Faulty([_too_many_points(points, most)])
    return target


def reaches(result: Result, unit: str, target: Target) -> bool:
    """Whether the unit has what was asked for, or better."""
    standing = result.standing[unit]
    match target:
        case ToRank(rank):
            return standing.rank is not None and standing.rank <= rank
        case ToGrade(code):
            order = [grade.code for grade in result.scheme.grades]
            return standing.grade in order[: order.index(code) + 1]
        case ToPoints(points):
            return standing.score is not None and standing.score >= points


def called(target: Target, scheme: Scheme) -> Text:
    """The target in words.

    >>> called(ToRank(3), None).en
    'rank 3'
    """
    match target:
        case ToRank(rank):
            return Text(f"第{rank}名", f"rank {rank}")
        case ToGrade(code):
            title = next(grade.title for grade in scheme.grades if grade.code == code)
            return Text(f"“{title.say('zh')}”等次", f"grade {title.say('en')}")
        case ToPoints(points):
            return Text(f"{shown(points)}分", f"{shown(points)} points")


def most_points(scheme: Scheme) -> Fraction | None:
    """The most that a total can be; None where something has no bound."""
    if scheme.family != "points" or scheme.root.combine != "sum":
        return None
    if scheme.root.adjust or scheme.root.rule is not None:
        return None
    if any(item.cap is not None or item.adjust for item in scheme.items):
        return None
    beside = [item for item in scheme.items if item.kind == "bonus"]
    if any(item.points is None for item in beside):
        return None
    if scheme.total.as_ == "percent":
        return None if beside else Fraction(100)
    if any(item.combine != "sum" for item in scheme.items):
        return None
    bonuses = sum((item.points or Fraction(0) for item in beside), Fraction(0))
    return max(scheme.full[ROOT], scheme.root.points or Fraction(0)) + bonuses


def _grade_named(scheme: Scheme, name: str) -> str:
    for grade in scheme.grades:
        if name in (grade.code, grade.title.zh, grade.title.en):
            return grade.code
    known_zh = "、".join(grade.title.say("zh") for grade in scheme.grades)
    known_en = ", ".join(grade.code for grade in scheme.grades)
    mend = (
        Text(f"可用：{known_zh}", f"use one of {known_en}")
        if scheme.grades
        else Text("细则没有等次，请改用--rank或--points", "the scheme has no grades: ask for --rank or --points")
    )  # fmt: skip
    what = Text(f"没有等次“{name}”", f"there is no grade {name!r}")
    raise Faulty([Fault("unknown-grade", what, mend, Where(file="--grade"))])


def _not_one(count: int) -> Fault:
    what = (
        Text("没有写明目标", "no target is named")
        if not count
        else Text("写了不止一个目标", "more than one target is named")
    )
    mend = Text("请只写一个：--rank 1、--grade 优秀 或 --points 90",
                "write one of --rank 1, --grade excellent, --points 90")  # fmt: skip
    return Fault("not-one-target", what, mend, Where(file="--rank, --grade, --points"))


def _no_number(option: str, written: str) -> Fault:
    example = {"rank": "--rank 1", "points": "--points 90"}[option]
    what = Text(f"“{written}”不能用作--{option}", f"{written!r} is no number for --{option}")
    mend = Text(f"例如 {example}", f"write for instance {example}")
    return Fault("wrong-option", what, mend, Where(file=f"--{option}"))


def _percent(written: str) -> Fault:
    number = written[:-1].strip()
    what = Text(
        f"“{written}”不能用作--points：总分以分计", f"{written!r} is no total: totals are in points"
    )
    mend = Text(f"请写 {number}", f"write {number}")
    return Fault("wrong-option", what, mend, Where(file="--points"))


def _negative(points: Fraction) -> Fault:
    what = Text(f"目标{shown(points)}分小于0", f"the target of {shown(points)} points is below 0")
    mend = Text("请写不小于0的分数", "ask for 0 points or more")
    return Fault("negative-points", what, mend, Where(file="--points"))


def _no_such_rank(rank: int, units: int) -> Fault:
    what = Text(f"没有第{rank}名：共{units}个单位", f"there is no rank {rank} among {units} units")
    mend = Text(f"请写1到{units}之间的名次", f"ask for a rank from 1 to {units}")
    return Fault("no-such-rank", what, mend, Where(file="--rank"))


def _too_many_points(points: Fraction, most: Fraction) -> Fault:
    what = Text(f"{shown(points)}分超过了细则可能的最高分{shown(most)}分",
                f"{shown(points)} points are more than the scheme can give, {shown(most)}")  # fmt: skip
    mend = Text("请写一个不超过它的分数", "ask for no more than that")
    return Fault("too-many-points", what, mend, Where(file="--points"))

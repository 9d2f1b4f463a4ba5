"""From totals to standings: ranks overall and in the peer group, then grades."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from steelyard.scheme.formula import Formula
from steelyard.scheme.model import ROOT, Floor, Grade, Scheme
from steelyard.weighing.grades import Candidate, give_grades
from steelyard.weighing.points.board import Board, ItemScore, Scope, Unknown
from steelyard.weighing.points.formulas import holds
from steelyard.weighing.ranks import equals, places
from steelyard.weighing.refusals import raise_refusals
from steelyard.weighing.result import Result, Score, Standing
from steelyard.weighing.vetoes import Weighed, holds_or_refuses

ScoreOf = Callable[[str, str], ItemScore]
"""The score of an item (its code) for a unit (its code)."""


def standings(board: Board, weighed: Sequence[Weighed], score_of: ScoreOf) -> tuple[Standing, ...]:
    """Everyone's rank, rank in the peer group and grade, from the first to the last."""
    scheme = board.scheme
    overall = _ranks(scheme, weighed)
    by_group: dict[str, Fraction] = {}
    for group in {one.unit.group for one in weighed}:
        by_group |= _ranks(scheme, [one for one in weighed if one.unit.group == group])
    grades = _grades(board, weighed, overall, score_of)
    found = [
        Standing(
            one.unit, one.score, one.before, overall.get(one.unit.code),
            by_group.get(one.unit.code), grades.get(one.unit.code, ""),
            tuple(veto.code for veto in one.vetoes),
        )
        for one in weighed
    ]  # fmt: skip
    return tuple(sorted(found, key=_place_in_the_list))


def _place_in_the_list(standing: Standing) -> tuple[bool, Fraction, str]:
    return standing.rank is None, standing.rank or Fraction(0), standing.unit.code


def _ranks(scheme: Scheme, weighed: Sequence[Weighed]) -> dict[str, Fraction]:
    """The rank of every ranked unit by its total, then its tie-break keys; vetoed ones below."""
    ranked = [one for one in weighed if one.is_ranked]
    ordered = sorted(ranked, key=_order)
    tolerance = float(scheme.ranking.tolerance) if scheme.family == "index" else 0
    groups = equals(ordered, lambda a, b: _same(a, b, tolerance))
    found: dict[str, Fraction] = {}
    for group, place in zip(groups, places(groups, scheme.ranking.ties), strict=True):
        found |= {one.unit.code: place for one in group}
    return found


def _order(one: Weighed) -> tuple[bool, Score, tuple[Score, ...]]:
    return one.is_last, -(one.score or 0), tuple(-key for key in one.keys)


def _same(one: Weighed, other: Weighed, tolerance: float) -> bool:
    if one.is_last != other.is_last:
        return False
    if tolerance:
        return abs(float(one.score or 0) - float(other.score or 0)) <= tolerance
    return one.score == other.score and one.keys == other.keys


def _grades(
    board: Board, weighed: Sequence[Weighed], ranks: Mapping[str, Fraction], score_of: ScoreOf
) -> Mapping[str, str]:
    scheme = board.scheme
    position = {grade.code: index for index, grade in enumerate(scheme.grades)}
    candidates = [_candidate(one, position, ranks.get(one.unit.code)) for one in weighed]
    totals = {
        one.unit.code: None if one.before is None else Fraction(one.before) for one in weighed
    }

    def meets(grade: Grade, unit: str) -> bool:
        if not all(_reaches(scheme, grade, floor, unit, score_of) for floor in grade.floors):
            return False
        scope = Scope(board, unit, total=totals[unit])
        return grade.requires is None or holds_or_refuses(board, grade.requires, scope, grade.code)

    near = scheme.ranking.tolerance if scheme.family == "index" else Fraction(0)
    given = give_grades(scheme.grades, candidates, meets, tolerance=near)
    raise_refusals(board)
    return given


def _candidate(one: Weighed, position: Mapping[str, int], rank: Fraction | None) -> Candidate:
    fixed = [position[veto.grade] for veto in one.vetoes if veto.grade]
    best = [position[veto.best_grade] for veto in one.vetoes if veto.best_grade]
    return Candidate(
        one.unit.code, one.unit.group, one.score, rank,
        best=max(best, default=0),
        fixed=max(fixed + best) if fixed and one.score is not None else None,
        lower_by=sum(veto.lower_by for veto in one.vetoes),
    )  # fmt: skip


def _reaches(scheme: Scheme, grade: Grade, floor: Floor, unit: str, score_of: ScoreOf) -> bool:
    return all(is_enough(floor, score_of(code, unit)) for code in items_of(scheme, grade, floor))


def items_of(scheme: Scheme, grade: Grade, floor: Floor) -> list[str]:
    """The items that a floor is about; ``*`` is every top item that has no floor of its own."""
    if floor.item != "*":
        return [floor.item]
    named = {one.item for one in grade.floors}
    return [
        one.code for one in scheme.children[ROOT] if one.code not in named and one.kind == "item"
    ]


def is_enough(floor: Floor, score: ItemScore) -> bool:
    """An item that does not apply is no obstacle."""
    if score.points is None:
        return True
    if floor.points is not None:
        return score.points >= floor.points
    return score.points >= (floor.share or Fraction(0)) * score.possible


def meets(result: Result, one: Standing, condition: Formula) -> bool:
    """Whether a condition on the unit and its total holds; one that cannot be told does not."""
    assert result.board is not None
    total = None if one.before is None else Fraction(one.before)
    try:
        return holds(condition, Scope(result.board, one.unit.code, total=total))
    except Unknown:
        return False

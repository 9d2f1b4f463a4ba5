"""``result = weigh(scheme, values)``: no clock, no database, no hidden setting.

Points schemes: items → total → vetoes → ranks → grades, all in exact fractions.
Index schemes: the composite's steps → ranks → grades, in floating point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import rounded
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.formula import Formula
from steelyard.scheme.model import ROOT, Floor, Grade, Item, Scheme, Unit, Veto
from steelyard.weighing.grades import Candidate, give_grades
from steelyard.weighing.points.board import Board, ItemScore, Refusal, Scope, Unknown
from steelyard.weighing.points.formulas import WrongType, holds, number
from steelyard.weighing.ranks import equals, places
from steelyard.weighing.result import Result, Score, Standing
from steelyard.weighing.values import Values


def weigh(scheme: Scheme, values: Values) -> Result:
    """Weigh the units of a scheme by their values.

    Raises:
        Faulty: a value that the scheme needs is missing and the scheme refuses that, or a value
            is of another type than a rule needs: every such cell at once.
    """
    return (
        _weigh_points(scheme, values) if scheme.family == "points" else _weigh_index(scheme, values)
    )


@dataclass(frozen=True, slots=True)
class Weighed:
    """One unit on its way to a standing."""

    unit: Unit
    before: Score | None
    score: Score | None
    keys: tuple[Score, ...] = ()
    vetoes: tuple[Veto, ...] = field(default=())

    @property
    def is_ranked(self) -> bool:
        return self.score is not None and all(veto.rank != "none" for veto in self.vetoes)

    @property
    def is_last(self) -> bool:
        return any(veto.rank == "last" for veto in self.vetoes)


def _weigh_points(scheme: Scheme, values: Values) -> Result:
    board = Board(scheme, values)
    root = board.item(ROOT)
    items = {item.code: board.item(item.code) for item in scheme.in_order}
    _raise_refusals(board)
    weighed = [
        _with_vetoes(board, unit, _total(scheme, root[unit.code])) for unit in scheme.assessed
    ]
    _raise_refusals(board)
    standings = _standings(board, weighed)
    return Result(scheme, values, standings, items, board=board)


def _total(scheme: Scheme, root: ItemScore) -> Fraction | None:
    """The total as the scheme reads it; the rule's own rounding, if it has one."""
    if root.points is None:
        return None
    total = root.points
    if scheme.total.as_ == "percent":
        total = 100 * total / root.possible if root.possible else Fraction(0)
    places_ = scheme.total.rounded_to
    return total if places_ is None else rounded(total, places_)


def _raise_refusals(board: Board) -> None:
    if board.refusals:
        raise Faulty(_refusal_fault(board, refusal) for refusal in board.refusals)


_WHAT = {
    "missing": Text("缺少数据", "has no value for"),
    "no_base": Text("分母为零", "divides by zero on"),
    "no_material": Text("无佐证材料", "has no supporting material for"),
    "unreliable": Text("数据不可靠", "has unreliable data for"),
    "late": Text("报送逾期", "was late with"),
}


def _refusal_fault(board: Board, refusal: Refusal) -> Fault:
    title = board.scheme.unit[refusal.unit].title
    about = refusal.about or refusal.item
    what = _WHAT[refusal.state]
    return Fault(
        f"value-{refusal.state.replace('_', '-')}",
        Text(f"{title.say('zh')}（{refusal.unit}）的指标{refusal.item or '总分'}{what.zh}：{about}",
             f"{title.say('en')} ({refusal.unit}) {what.en} {about}, which item {refusal.item or 'total'} needs"),
        Text(f"请补报数据，或在细则的on中写明{refusal.state}怎样计分",
             f"deliver the value, or say in the scheme's [on] what {refusal.state!r} leads to"),
        Where(row=None, column=about),
    )  # fmt: skip


def _with_vetoes(board: Board, unit: Unit, total: Fraction | None) -> Weighed:
    """The unit with the vetoes that hold for it, its score after them, its tie-break keys."""
    scope = Scope(board, unit.code, total=total)
    vetoes = tuple(
        veto for veto in board.scheme.vetoes if _holds(board, veto.when, scope, veto.code)
    )
    set_to = [veto.score for veto in vetoes if veto.score is not None]
    score = min(set_to) if set_to and total is not None else total
    keys = tuple(
        _number(board, formula, scope) if total is not None else Fraction(0)
        for formula in board.scheme.ranking.tie_break
    )
    return Weighed(unit, total, score, keys, vetoes)


def _holds(board: Board, condition: Formula, scope: Scope, about: str) -> bool:
    try:
        return holds(condition, scope)
    except Unknown as unknown:
        board.refuse(scope.unit, about, unknown)
    except WrongType as error:
        raise Faulty([_wrong_condition(about, error)]) from error
    return False


def _wrong_condition(about: str, error: WrongType) -> Fault:
    return Fault(
        "wrong-type",
        Text(f"“{about}”的条件：{error}", f"the condition of {about!r}: {error}"),
        Text("请核对数据的取值", "check the values it compares"),
        Where(key=about),
    )


def _number(board: Board, formula: Formula, scope: Scope) -> Fraction:
    try:
        return number(formula, scope)
    except Unknown as unknown:
        board.refuse(scope.unit, "tie_break", unknown)
        return Fraction(0)


# --- ranks and grades, for both families ------------------------------------------------------


def _standings(board: Board, weighed: Sequence[Weighed]) -> tuple[Standing, ...]:
    scheme = board.scheme
    overall = _ranks(scheme, weighed)
    by_group: dict[str, Fraction] = {}
    for group in {one.unit.group for one in weighed}:
        by_group |= _ranks(scheme, [one for one in weighed if one.unit.group == group])
    grades = _grades(board, weighed, overall)
    standings = [
        Standing(
            one.unit, one.score, one.before, overall.get(one.unit.code),
            by_group.get(one.unit.code), grades.get(one.unit.code, ""),
            tuple(veto.code for veto in one.vetoes),
        )
        for one in weighed
    ]  # fmt: skip
    return tuple(sorted(standings, key=_place_in_the_list))


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
    board: Board, weighed: Sequence[Weighed], ranks: Mapping[str, Fraction]
) -> Mapping[str, str]:
    scheme = board.scheme
    position = {grade.code: index for index, grade in enumerate(scheme.grades)}
    candidates = [_candidate(one, position, ranks.get(one.unit.code)) for one in weighed]
    totals = {one.unit.code: one.before for one in weighed}

    def meets(grade: Grade, unit: str) -> bool:
        return _meets(board, grade, unit, totals[unit])

    given = give_grades(scheme.grades, candidates, meets)
    _raise_refusals(board)
    return given


def _candidate(one: Weighed, position: Mapping[str, int], rank: Fraction | None) -> Candidate:
    fixed = [position[veto.grade] for veto in one.vetoes if veto.grade]
    best = [position[veto.best_grade] for veto in one.vetoes if veto.best_grade]
    return Candidate(
        one.unit.code, one.unit.group, one.score, rank,
        best=max(best, default=0),
        fixed=max(fixed + best) if fixed else None,
        lower_by=sum(veto.lower_by for veto in one.vetoes),
    )  # fmt: skip


def _meets(board: Board, grade: Grade, unit: str, total: Score | None) -> bool:
    if any(not _reaches(board, floor, unit) for floor in grade.floors):
        return False
    if grade.requires is None:
        return True
    exact_total = total if isinstance(total, Fraction) else None
    return _holds(board, grade.requires, Scope(board, unit, total=exact_total), grade.code)


def _reaches(board: Board, floor: Floor, unit: str) -> bool:
    if floor.item != "*":
        return _reaches_item(board, floor, floor.item, unit)
    return all(
        _reaches_item(board, floor, item.code, unit) for item in _other_top_items(board, floor)
    )


def _other_top_items(board: Board, floor: Floor) -> list[Item]:
    named = {
        one.item for grade in board.scheme.grades if floor in grade.floors for one in grade.floors
    }
    top = board.scheme.children[ROOT]
    return [item for item in top if item.code not in named and item.kind == "item"]


def _reaches_item(board: Board, floor: Floor, code: str, unit: str) -> bool:
    """An item that does not apply is no obstacle."""
    score = board.item(code)[unit]
    if score.points is None:
        return True
    if floor.points is not None:
        return score.points >= floor.points
    return score.points >= (floor.share or Fraction(0)) * score.possible


# --- index schemes ------------------------------------------------------------------------------


def _weigh_index(scheme: Scheme, values: Values) -> Result:
    from steelyard.weighing.index_scheme import compose_scheme

    composed, totals = compose_scheme(scheme, values)
    board = Board(scheme, values)
    weighed = [_vetoed_index(board, unit, totals[unit.code]) for unit in scheme.assessed]
    _raise_refusals(board)
    standings = _standings(board, weighed)
    return Result(scheme, values, standings, composed=composed, board=board)


def _vetoed_index(board: Board, unit: Unit, total: float | None) -> Weighed:
    found = _with_vetoes(board, unit, None)
    set_to = [float(veto.score) for veto in found.vetoes if veto.score is not None]
    score: Score | None = min(set_to) if set_to and total is not None else total
    return replace(found, before=total, score=score)

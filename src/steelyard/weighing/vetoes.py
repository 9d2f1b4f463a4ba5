"""What vetoes make of a unit's total, and the keys that break its ties."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.formula import Formula
from steelyard.scheme.model import Unit, Veto
from steelyard.weighing.points.board import Board, Scope, Unknown
from steelyard.weighing.points.formulas import WrongType, holds, number
from steelyard.weighing.result import Score


@dataclass(frozen=True, slots=True)
class Weighed:
    """One unit on its way to a standing."""

    unit: Unit
    before: Score | None
    score: Score | None
    keys: tuple[Score, ...] = ()
    vetoes: tuple[Veto, ...] = ()

    @property
    def is_ranked(self) -> bool:
        return self.score is not None and all(veto.rank != "none" for veto in self.vetoes)

    @property
    def is_last(self) -> bool:
        return any(veto.rank == "last" for veto in self.vetoes)


def with_vetoes(board: Board, unit: Unit, total: Fraction | None) -> Weighed:
    """The unit with the vetoes that hold for it, its score after them, its tie-break keys."""
    scope = Scope(board, unit.code, total=total)
    vetoes = tuple(
        veto for veto in board.scheme.vetoes if holds_or_refuses(board, veto.when, scope, veto.code)
    )
    set_to = [veto.score for veto in vetoes if veto.score is not None]
    score = min(set_to) if set_to and total is not None else total
    keys = tuple(
        _number(board, formula, scope) if total is not None else Fraction(0)
        for formula in board.scheme.ranking.tie_break
    )
    return Weighed(unit, total, score, keys, vetoes)


def holds_or_refuses(board: Board, condition: Formula, scope: Scope, about: str) -> bool:
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

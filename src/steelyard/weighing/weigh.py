"""``result = weigh(scheme, values)``: no clock, no database, no hidden setting.

Points schemes: items → total → vetoes → ranks → grades, all in exact fractions.
Index schemes: the composite's steps → vetoes → ranks → grades, in floating point.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from steelyard.kernel.exact import rounded
from steelyard.scheme.model import ROOT, Scheme, Unit
from steelyard.weighing.points.board import Board, ItemScore
from steelyard.weighing.refusals import raise_refusals
from steelyard.weighing.result import Result
from steelyard.weighing.standings import standings
from steelyard.weighing.values import Values
from steelyard.weighing.vetoes import Weighed, with_vetoes


def weigh(scheme: Scheme, values: Values) -> Result:
    """Weigh the units of a scheme by their values.

    Raises:
        Faulty: a value that the scheme needs is missing and the scheme refuses that, or a value
            is of another type than a rule needs: every such cell at once.
    """
    weigh_family = _weigh_points if scheme.family == "points" else _weigh_index
    return weigh_family(scheme, values)


def _weigh_points(scheme: Scheme, values: Values) -> Result:
    return weigh_on(Board(scheme, values))


def weigh_on(board: Board) -> Result:
    """Weigh a points scheme on a board, which may know some items already."""
    scheme, values = board.scheme, board.values
    root = board.item(ROOT)
    items = {item.code: board.item(item.code) for item in scheme.in_order}
    raise_refusals(board)
    weighed = [
        with_vetoes(board, unit, total_of(scheme, root[unit.code])) for unit in scheme.assessed
    ]
    raise_refusals(board)
    unranked = Result(scheme, values, (), items, board=board)
    return replace(unranked, standings=standings(board, weighed, unranked.score_of))


def total_of(scheme: Scheme, root: ItemScore) -> Fraction | None:
    """The total as the scheme reads it; the rule's own rounding, if it has one.

    A percentage of nothing possible is no total.
    """
    if root.points is None or (scheme.total.as_ == "percent" and not root.possible):
        return None
    total = root.points
    if scheme.total.as_ == "percent":
        total = 100 * total / root.possible
    places_ = scheme.total.rounded_to
    return total if places_ is None else rounded(total, places_)


def _weigh_index(scheme: Scheme, values: Values) -> Result:
    # Index steps need NumPy, which a points scheme should not wait for.
    from steelyard.weighing.index_scheme import compose_scheme

    composed, totals = compose_scheme(scheme, values)
    board = Board(scheme, values)
    weighed = [_vetoed(board, unit, totals[unit.code]) for unit in scheme.assessed]
    raise_refusals(board)
    unranked = Result(scheme, values, (), composed=composed, board=board)
    return replace(unranked, standings=standings(board, weighed, unranked.score_of))


def _vetoed(board: Board, unit: Unit, total: float | None) -> Weighed:
    """Vetoes look at the total as an exact number; the score stays a float."""
    weighed = with_vetoes(board, unit, None if total is None else Fraction(total))
    score = None if weighed.score is None else float(weighed.score)
    return replace(weighed, before=total, score=score)

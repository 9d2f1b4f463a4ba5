"""What would have been if one unit had not been there: everyone else's points and places.

Only items that compare units are computed again; what cannot change is carried over. A large field is
sampled, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import ROOT, Scheme
from steelyard.weighing.points.board import Board, ItemScore
from steelyard.weighing.result import Result
from steelyard.weighing.stress.sees import compares_units, seen_by
from steelyard.weighing.weigh import weigh, weigh_on

if TYPE_CHECKING:
    from steelyard.weighing.stress.trial import Scores

MOST_SCORES = 250_000  # scores computed in all: some seconds


@dataclass(frozen=True, slots=True)
class Departure:
    """The field without one unit: the ranks of the others, and their scores on leaves that compare."""

    unit: str
    ranks: Mapping[str, Fraction]
    scores: Scores


@dataclass(frozen=True, slots=True)
class Departures:
    """``sampled`` says that only some units were left out, drawn with the seed of the trial."""

    of: tuple[Departure, ...]
    sampled: bool


def departures(result: Result, seed: int) -> Departures:
    scheme = result.scheme
    units = [unit.code for unit in scheme.assessed]
    changing = _changing(scheme) if scheme.family == "points" else frozenset(scheme.item)
    each = max(1, len(units) * len(changing))
    most = max(8, MOST_SCORES // each)
    chosen = units if len(units) <= most else _drawn(result, units, most, seed)
    leaves = [leaf.code for leaf in scheme.leaves if leaf.code in changing]
    found = []
    for unit in chosen:
        after = _without(result, unit, changing)
        if after is not None:
            found.append(_departure(unit, after, leaves))
    return Departures(tuple(found), len(chosen) < len(units))


def _drawn(result: Result, units: list[str], most: int, seed: int) -> list[str]:
    """Half of them the units that stand out on most leaves, the rest by chance."""
    import numpy as np

    standing_out = [unit for unit, _ in _extremes(result).most_common(most // 2)]
    others = [unit for unit in units if unit not in standing_out]
    places = np.random.default_rng(seed).permutation(len(others))[: most - len(standing_out)]
    chosen = {*standing_out, *(others[place] for place in places)}
    return [unit for unit in units if unit in chosen]


def _extremes(result: Result) -> Counter[str]:
    """On how many leaves each unit is the best or the worst."""
    found: Counter[str] = Counter()
    for leaf in result.scheme.leaves:
        of = {unit.code: result.score_of(leaf.code, unit.code) for unit in result.scheme.assessed}
        points = {unit: score.points for unit, score in of.items() if score.points is not None}
        if points:
            found[max(points, key=lambda unit: points[unit])] += 1
            found[min(points, key=lambda unit: points[unit])] += 1
    return found


def _changing(scheme: Scheme) -> frozenset[str]:
    """Items that may change when a unit leaves: those that compare, what asks them, all above them."""
    found = set(compares_units(scheme))
    while True:
        above = {scheme.item[code].parent for code in found if code != ROOT}
        asking = {item.code for item in scheme.in_order if seen_by(scheme, item).items & found}
        more = (above | asking) - found
        if not more:
            return frozenset(found)
        found |= more


def _without(result: Result, unit: str, changing: frozenset[str]) -> Result | None:
    """Weigh the others; None where that cannot be done, as where a method needs more units."""
    scheme = replace(
        result.scheme, units=tuple(one for one in result.scheme.units if one.code != unit)
    )
    try:
        if scheme.family == "index":
            return weigh(scheme, result.values)
        board = Board(scheme, result.values)
        board.hold(_kept(result, unit, changing))
        return weigh_on(board)
    except Faulty:
        return None


def _kept(
    result: Result, unit: str, changing: frozenset[str]
) -> Mapping[str, Mapping[str, ItemScore]]:
    return {
        code: {other: score for other, score in scores.items() if other != unit}
        for code, scores in result.items.items()
        if code not in changing
    }


def _departure(unit: str, after: Result, leaves: list[str]) -> Departure:
    ranks = {one.unit.code: one.rank for one in after.standings if one.rank is not None}
    if after.composed is not None:
        columns = after.composed.leaf_scores()
        scores: Scores = {
            code: {other: score for other, score in column.items() if score is not None}
            for code, column in columns.items()
        }
    else:
        scores = {
            code: {
                other: score.points
                for other, score in after.items[code].items()
                if score.points is not None
            }
            for code in leaves
        }
    return Departure(unit, ranks, scores)

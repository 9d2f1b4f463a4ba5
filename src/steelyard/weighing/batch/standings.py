"""From totals to ranks and grades in many versions: what :mod:`weighing.standings`, ``vetoes`` and
``grades`` say of one.

A condition that asks about something unknown, such as the score of an item that is left out, is not met;
the exact engine would refuse the weighing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.scheme.model import Floor, Grade, Quota, Scheme, Veto
from steelyard.weighing.batch.board import Batch, Scope
from steelyard.weighing.batch.formulas import condition, numbers
from steelyard.weighing.batch.outcomes import Outcomes, Whole
from steelyard.weighing.batch.ranks import ranked
from steelyard.weighing.batch.vectors import KNOWN, NEAR, Array, Flags, Vector, known_truth
from steelyard.weighing.grades import seats
from steelyard.weighing.standings import items_of

ScoreOf = Callable[[str], tuple[Array, Array]]
"""Points and what was possible of an item (its code), (replications or 1, units or 1)."""
Held = Sequence[tuple[Veto, Flags]]
_NO_GRADE = -1


def outcomes(batch: Batch, totals: Array, score_of: ScoreOf) -> Outcomes:
    """Scores after vetoes, ranks and grades from totals (replications, units), NaN for none."""
    scope = Scope(batch, total=_as_vector(totals))
    vetoes = [(veto, known_truth(condition(veto.when, scope))) for veto in batch.scheme.vetoes]
    scores = _after_vetoes(totals, vetoes)
    ranks = _ranks(batch, scope, scores, vetoes)
    return Outcomes(scores, ranks, _Grading(batch, scope, scores, ranks, vetoes, score_of).given())


def _as_vector(totals: Array) -> Vector:
    return Vector(np.nan_to_num(totals), np.zeros((1, 1), np.int8))


def _after_vetoes(totals: Array, vetoes: Held) -> Array:
    set_to = np.full((1, 1), np.inf)
    for veto, held in vetoes:
        if veto.score is not None:
            set_to = np.where(held, np.minimum(set_to, float(veto.score)), set_to)
    return np.where(np.isfinite(set_to) & ~np.isnan(totals), set_to, totals)


def _ranks(batch: Batch, scope: Scope, scores: Array, vetoes: Held) -> Array:
    ranking = batch.scheme.ranking
    is_points = batch.scheme.family == "points"
    placed = scores
    is_last = np.zeros((1, 1), bool)
    for veto, held in vetoes:
        if veto.rank == "none":
            placed = np.where(held, np.nan, placed)
        elif veto.rank == "last":
            is_last = is_last | held
    keys = [placed]
    if is_last.any():
        keys.insert(0, np.where(np.isnan(placed), np.nan, -1.0 * is_last))
    if is_points:  # the ties of an index are within a tolerance, which no key parts
        keys += [_key(numbers(formula, scope), scores) for formula in ranking.tie_break]
    return ranked(keys, ranking.ties, _tolerance(batch.scheme))


def _tolerance(scheme: Scheme) -> float:
    """Of points the noise of floating point; of an index what the scheme says."""
    return NEAR if scheme.family == "points" else float(scheme.ranking.tolerance)


def _key(values: Vector, scores: Array) -> Array:
    known = np.where(values.state == KNOWN, values.value, 0.0)
    return np.where(np.isnan(scores), 0.0, np.broadcast_to(known, scores.shape))


# --- grades --------------------------------------------------------------------------------------------


@dataclass
class _Grading:
    """From the best grade down: who reaches it, and who finds room."""

    batch: Batch
    scope: Scope
    scores: Array
    ranks: Array
    vetoes: Held
    score_of: ScoreOf

    def given(self) -> Whole:
        grades = self.batch.scheme.grades
        given = self._fixed()
        best = self._of_vetoes("best_grade", 0)
        for position, grade in enumerate(grades):
            waiting = (given == _NO_GRADE) & (best <= position) & self._reaches(grade)
            given = np.where(self._within_quota(grade.quota, waiting), position, given)
        lowered = np.minimum(given + self._lowered(), len(grades) - 1)
        return np.where(given == _NO_GRADE, _NO_GRADE, lowered).astype(np.intp)

    def _of_vetoes(self, name: str, otherwise: int) -> Whole:
        """The lowest grade that a veto that holds names."""
        position = {grade.code: place for place, grade in enumerate(self.batch.scheme.grades)}
        found = np.full((1, 1), otherwise, np.intp)
        for veto, held in self.vetoes:
            if getattr(veto, name):
                found = np.where(held, np.maximum(found, position[getattr(veto, name)]), found)
        return found

    def _fixed(self) -> Whole:
        fixed = self._of_vetoes("grade", _NO_GRADE)
        best = self._of_vetoes("best_grade", _NO_GRADE)
        set_ = (fixed != _NO_GRADE) & ~np.isnan(self.scores)
        return np.where(set_, np.maximum(fixed, best), _NO_GRADE).astype(np.intp)

    def _lowered(self) -> Whole:
        found = np.zeros((1, 1), np.intp)
        for veto, held in self.vetoes:
            found = found + held * veto.lower_by
        return found

    def _reaches(self, grade: Grade) -> Flags:
        reaches = ~np.isnan(self.scores)
        tolerance = _tolerance(self.batch.scheme)
        with np.errstate(invalid="ignore"):
            if grade.at_least is not None:
                reaches &= self.scores >= float(grade.at_least) - tolerance
            if grade.above is not None:
                reaches &= self.scores > float(grade.above) + tolerance
        for floor in grade.floors:
            for code in items_of(self.batch.scheme, grade, floor):
                reaches = reaches & _is_enough(floor, *self.score_of(code))
        if grade.requires is not None:
            reaches = reaches & known_truth(condition(grade.requires, self.scope))
        return reaches

    def _within_quota(self, quota: Quota | None, waiting: Flags) -> Flags:
        if quota is None:
            return waiting
        members = [np.arange(len(self.batch.units))] if quota.within == "all" else self.batch.groups
        found = np.zeros_like(waiting)
        for own in members:
            found[:, own] = _first(quota, waiting[:, own], self.ranks[:, own])
        return found


def _is_enough(floor: Floor, points: Array, possible: Array) -> Flags:
    """An item that does not apply is no obstacle."""
    least = float(floor.share or 0) * possible if floor.points is None else float(floor.points)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.isnan(points) | (points >= least - NEAR))


def _first(quota: Quota, waiting: Flags, ranks: Array) -> Flags:
    """Those who find room, in the order of the ranking; equals all in or all out."""
    counts = (~np.isnan(ranks)).sum(axis=1)
    room = np.array([seats(quota, int(one)) for one in range(ranks.shape[1] + 1)])[counts]
    candidates = np.where(waiting & ~np.isnan(ranks), ranks, np.inf)
    ordered = np.concatenate(
        [np.sort(candidates, axis=1), np.full((len(ranks), 1), np.inf)], axis=1
    )
    place = np.minimum(room, ranks.shape[1])
    row = np.arange(len(ranks))
    edge = ordered[row, place][:, None]  # the first who would find no room
    last_in = ordered[row, np.maximum(place - 1, 0)][:, None]
    all_in = (quota.ties == "in") & (place[:, None] > 0) & (last_in == edge)
    is_candidate = np.isfinite(candidates)
    return np.asarray(is_candidate & np.where(all_in, candidates <= edge, candidates < edge))

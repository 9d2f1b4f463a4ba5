"""From the scores of an index's replications to ranks and grades: quick where cut-offs are all there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np

from steelyard.scheme.model import ROOT, Scheme
from steelyard.scheme.names import Found, Use
from steelyard.scheme.uses import in_grade, in_veto
from steelyard.weighing.batch.ranks import ranked
from steelyard.weighing.points.board import Board
from steelyard.weighing.result import Result
from steelyard.weighing.standings import items_of
from steelyard.weighing.uncertainty.model import Array, Outcomes, Whole

_FULL = np.full((1, 1), 100.0)


class Standing:
    """``nodes`` are those, beside the root, whose scores the grades ask for."""

    def __init__(self, result: Result, board: Board) -> None:
        self._scheme, self._values, self._board = result.scheme, result.values, board

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        scheme = self._scheme
        asked = (
            code
            for grade in scheme.grades
            for floor in grade.floors
            for code in items_of(scheme, grade, floor)
        )
        return tuple(code for code in dict.fromkeys(asked) if code != ROOT)

    @cached_property
    def inputs(self) -> frozenset[str]:
        """Those that vetoes and requirements ask for."""
        return frozenset(one.name for one in _asked(self._scheme) if isinstance(one, Use))

    def outcomes(self, scores: Mapping[str, Array], drawn: Mapping[str, Array]) -> Outcomes:
        """``scores`` by node, the root's before vetoes; ``drawn`` are inputs that vary, NaN for those as
        delivered. All are (replications, units)."""
        scheme, totals = self._scheme, scores[ROOT]
        if scheme.vetoes or any(one.quota or one.floors or one.requires for one in scheme.grades):
            return self._by_rules(scores, drawn)
        ranks = ranked([totals], scheme.ranking.ties, float(scheme.ranking.tolerance))
        return Outcomes(totals, ranks, _by_cut_offs(scheme, totals))

    def _by_rules(self, scores: Mapping[str, Array], drawn: Mapping[str, Array]) -> Outcomes:
        from steelyard.weighing.batch.board import Batch, Versions
        from steelyard.weighing.batch.standings import outcomes

        batch = Batch(self._scheme, self._values, Versions(inputs=drawn), board=self._board)
        return outcomes(batch, scores[ROOT], lambda code: (scores[code], _FULL))


def _asked(scheme: Scheme) -> Iterator[Found]:
    for veto in scheme.vetoes:
        yield from in_veto(veto, "")
    for grade in scheme.grades:
        yield from in_grade(grade, "")


def _by_cut_offs(scheme: Scheme, totals: Array) -> Whole:
    grades = np.full(totals.shape, -1, np.intp)
    near = float(scheme.ranking.tolerance)
    for place, grade in enumerate(scheme.grades):
        reaches = ~np.isnan(totals)
        if grade.at_least is not None:
            reaches &= totals >= float(grade.at_least) - near
        if grade.above is not None:
            reaches &= totals > float(grade.above) + near
        grades[reaches & (grades < 0)] = place
    return grades

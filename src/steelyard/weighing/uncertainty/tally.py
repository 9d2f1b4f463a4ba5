"""What is kept of many replications: how often each unit had each rank and grade, and who was ahead.

Whole counts add up to the same in any order, so that the number of threads cannot show. Scores are
kept for the first replications only, enough for the ends of an interval and little memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np

from steelyard.weighing.uncertainty.model import Array, Outcomes, Whole
from steelyard.weighing.uncertainty.replications import Block

SCORES_KEPT = 10_000
HALVES = 2  # ranks are counted in halves, since equals may share their mean


@dataclass
class Tally:
    """Counts over all replications.

    ``ranks`` (units, twice the units + 2): column 2 r counts rank r, column 0 no rank. ``grades``
    (units, grades + 1), the last column for none. ``ahead`` (pairs,) counts twice how often the first
    of a pair was better, once if they were equal. ``scores`` (replications kept, units).
    """

    pairs: tuple[Whole, Whole]
    ranks: Whole
    grades: Whole
    ahead: Whole
    scores: Array

    @classmethod
    def empty(cls, units: int, grades: int, pairs: tuple[Whole, Whole], replications: int) -> Tally:
        return cls(
            pairs,
            np.zeros((units, HALVES * (units + 1)), np.intp),
            np.zeros((units, grades + 1), np.intp),
            np.zeros(len(pairs[0]), np.intp),
            np.full((min(replications, SCORES_KEPT), units), np.nan),
        )

    def __post_init__(self) -> None:
        self._lock = Lock()

    def add(self, block: Block, found: Outcomes) -> None:
        """Count a block. Safe from several threads at once."""
        with np.errstate(invalid="ignore"):
            halves = np.where(np.isnan(found.ranks), 0, HALVES * found.ranks).astype(np.intp)
        ranks = _counted(halves, self.ranks.shape[1])
        grades = _counted(found.grades % self.grades.shape[1], self.grades.shape[1])
        ahead = _times_ahead(halves, self.pairs)
        kept = slice(block.starts, min(block.ends, len(self.scores)))
        with self._lock:
            self.ranks += ranks
            self.grades += grades
            self.ahead += ahead
            if kept.start < kept.stop:
                self.scores[kept] = found.scores[: kept.stop - kept.start]


def _counted(classes: Whole, columns: int) -> Whole:
    """How often each unit (a column of ``classes``) was in each class."""
    units = classes.shape[1]
    flat = classes + columns * np.arange(units)
    return np.bincount(flat.ravel(), minlength=units * columns).reshape(units, columns)


def _times_ahead(halves: Whole, pairs: tuple[Whole, Whole]) -> Whole:
    """Twice for better, once for equal; a unit without a rank is behind every ranked one."""
    placed = np.where(halves == 0, np.iinfo(np.intp).max, halves)
    first, second = placed[:, pairs[0]], placed[:, pairs[1]]
    return np.asarray((first < second).sum(axis=0) + (first <= second).sum(axis=0))

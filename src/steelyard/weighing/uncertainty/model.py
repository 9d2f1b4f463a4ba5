"""A scheme as a function of chance: one row of numbers between 0 and 1 is one replication.

Each *factor* is one choice of the scheme's ``[uncertainty]`` and owns some columns. A model turns
rows into scores, so that Monte-Carlo (random rows) and Sobol indices (designed rows) ask the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from steelyard.kernel.bilingual import Text
from steelyard.weighing.batch.outcomes import Outcomes as Outcomes
from steelyard.weighing.batch.outcomes import Whole as Whole
from steelyard.weighing.batch.vectors import Array as Array


@dataclass(frozen=True, slots=True)
class Factor:
    """One choice: its name, what people call it, and how many columns it takes."""

    name: str
    title: Text
    columns: int


class Model(Protocol):
    """Units in the order of ``Scheme.assessed``; factors in a fixed order."""

    @property
    def units(self) -> tuple[str, ...]: ...

    @property
    def factors(self) -> tuple[Factor, ...]: ...

    def outcomes(self, rows: Array) -> Outcomes:
        """Of rows (replications, all columns of all factors in order), each from 0 up to below 1.

        Pure: the same rows give the same outcomes, on any thread.
        """
        ...

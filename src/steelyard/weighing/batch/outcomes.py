"""What so many versions of a weighing come to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steelyard.weighing.batch.vectors import Array

Whole = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What so many replications gave, each array (replications, units).

    ``scores`` after vetoes, NaN where a unit has none; ``ranks`` NaN where it is not ranked, a half
    where equals share the mean; ``grades`` positions in the scheme's grades, −1 for none.
    """

    scores: Array
    ranks: Array
    grades: Whole

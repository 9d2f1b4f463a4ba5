"""What the steps hand on: columns of floats by indicator, and the reason when a step has no answer.

A column holds one value a unit, NaN for missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steelyard.kernel.bilingual import Text

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Columns = Mapping[str, Array]
_NOISE = 1e-12


class Cannot(ValueError):
    """A method has no answer for these numbers: why, and what to do."""

    def __init__(self, why: Text, mend: Text) -> None:
        self.why, self.mend = why, mend
        super().__init__(why.en)


@dataclass(frozen=True, slots=True)
class Names:
    """How units and indicators are called in messages."""

    units: Sequence[Text]
    items: Mapping[str, Text]

    def unit(self, index: int) -> Text:
        return self.units[index]

    def item(self, code: str) -> Text:
        return self.items.get(code, Text(code, code))


def known(column: Array) -> Array:
    """The values that are there."""
    return column[~np.isnan(column)]


def is_constant(values: Array) -> bool:
    """Whether the values differ by no more than the noise of floating point (12 digits).

    A division such as 3/10 by 1 and 0.3 by 1 may differ in the last digit; stretched onto 0 to 100
    that digit would decide the ranking.
    """
    return bool(np.ptp(values) <= _NOISE * np.abs(values).max())


def without_noise(column: Array) -> Array:
    """The column to 12 significant digits, so that what is equal compares equal."""
    known_ = np.where(np.isnan(column) | (column == 0), 1.0, np.abs(column))
    scale = 10.0 ** (11 - np.floor(np.log10(known_)))
    return np.asarray(np.round(column * scale) / scale)

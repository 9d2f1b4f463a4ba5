"""What the steps hand on: columns of floats by indicator, and sentences about what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Columns = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Names:
    """How units and indicators are called in messages."""

    units: Sequence[Text]
    items: Mapping[str, Text]

    def unit(self, index: int) -> Text:
        return self.units[index]


def known(column: Array) -> Array:
    """The values that are there."""
    return column[~np.isnan(column)]


def refused(code: str, item: str, what: Text, mend: Text) -> Fault:
    return Fault(code, what, mend, Where(key=f"items.{item}" if item else "method"))

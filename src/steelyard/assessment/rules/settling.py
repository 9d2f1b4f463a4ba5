"""How is a difference settled? One figure is taken, with a reason; both stay."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steelyard.kernel.bilingual import Text


class Taken(StrEnum):
    SUPPLIED = "supplied"
    REPORTED = "reported"
    OTHER = "other"


TAKEN: Mapping[Taken, Text] = {
    Taken.SUPPLIED: Text("采用提供数", "the supplied figure"),
    Taken.REPORTED: Text("采用自报数", "the self-reported figure"),
    Taken.OTHER: Text("核定为其他数", "another figure, found by checking"),
}

"""Why is there no figure? A missing one is not zero, and is told with the statuses that the scheme's rules know.

A body says it of a blank cell, with its reason; the office then decides that it counts so, or urges.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steelyard.kernel.bilingual import Text


class Lack(StrEnum):
    """The statuses of a value without a figure, as :mod:`steelyard.weighing.values` has them."""

    MISSING = "missing"
    NO_BASE = "no_base"
    NOT_APPLICABLE = "not_applicable"


LACKS: Mapping[Lack, Text] = {
    Lack.MISSING: Text("缺失", "missing"),
    Lack.NO_BASE: Text("无基数", "nothing to divide by"),
    Lack.NOT_APPLICABLE: Text("不适用", "does not apply"),
}


def lack_of(text: str) -> Lack | None:
    """As somebody wrote it, in either language or as the tables of values have it; None: none of them.

    >>> lack_of("缺失"), lack_of("Does not apply"), lack_of("no_base"), lack_of("maybe")
    (<Lack.MISSING: 'missing'>, <Lack.NOT_APPLICABLE: 'not_applicable'>, <Lack.NO_BASE: 'no_base'>, None)
    """
    wanted = text.strip().lower()
    for one, said in LACKS.items():
        if wanted in (one.value, said.zh, said.en.lower()):
            return one
    return None


def said_lack(status: str) -> Text:
    """In words; nothing if there is a figure."""
    return LACKS[Lack(status)] if status else Text()

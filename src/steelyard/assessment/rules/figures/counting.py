"""Which of the figures of a unit counts, and why?

A difference that was settled stands before what was supplied, and that before what the records say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

Key = tuple[str, str]
"""Unit, input."""


class Because(StrEnum):
    SETTLED = "settled"
    SUPPLIED = "supplied"
    COMPUTED = "computed"
    OWN = "own"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure in its exact writing, and why it counts. ``reason``: of the settlement, if it was settled;
    ``supplied``: what was supplied or computed before that."""

    value: str
    because: Because
    reason: str = ""
    supplied: str = ""

    @property
    def is_settled(self) -> bool:
        return self.because is Because.SETTLED


def those_that_count(
    computed: Mapping[Key, str],
    supplied: Mapping[Key, str],
    settled: Mapping[Key, Counted],
    own: Mapping[Key, str] = MappingProxyType({}),
    by_the_office: Mapping[Key, str] = MappingProxyType({}),
) -> dict[Key, Counted]:
    """``own``: of those that nobody but the unit gives; ``by_the_office``: of those that it counts itself.

    >>> records, sheet = {("440700", "a"): "1", ("440700", "b"): "2"}, {("440700", "b"): "3"}
    >>> found = those_that_count(records, sheet, {})
    >>> [(one.value, one.because.value) for one in found.values()]
    [('1', 'computed'), ('3', 'supplied')]
    """
    found = {key: Counted(value, Because.COMPUTED, "", value) for key, value in computed.items()}
    found |= {key: Counted(value, Because.SUPPLIED, "", value) for key, value in supplied.items()}
    found |= {key: Counted(value, Because.OWN, "", value) for key, value in own.items()}
    found |= {
        key: Counted(value, Because.COUNTED, "", value) for key, value in by_the_office.items()
    }
    return found | dict(settled)

"""What is known of a case when the rules are asked?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from typing import cast

from steelyard.courts.rules.counting import Excluded

Value = str | date | time | Fraction | bool | int | tuple[str, ...] | tuple[Excluded, ...] | None
"""What an answer is read as. None says that there is none: no amount is in dispute."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers read so far, by the code of the question. What was not answered is not in it."""

    values: Mapping[str, Value] = field(default_factory=dict)

    def __contains__(self, code: str) -> bool:
        return code in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def having(self, code: str, value: Value) -> Facts:
        return Facts({**self.values, code: value})

    def text(self, code: str) -> str:
        """A text or the code of a choice; empty where it was not answered."""
        return cast("str", self.values.get(code, ""))

    def day(self, code: str) -> date:
        """The day that was answered.

        Raises:
            KeyError: it was not answered.
        """
        return cast("date", self.values[code])

    def day_or_none(self, code: str) -> date | None:
        return cast("date | None", self.values.get(code))

    def time(self, code: str) -> time | None:
        return cast("time | None", self.values.get(code))

    def amount(self, code: str) -> Fraction | None:
        """Yuan; None where nothing is at stake, or it was not answered."""
        return cast("Fraction | None", self.values.get(code))

    def count(self, code: str) -> int:
        """The number that was answered.

        Raises:
            KeyError: it was not answered.
        """
        return cast("int", self.values[code])

    def yes(self, code: str) -> bool:
        """Whether it was answered with yes; what was not answered is not yes."""
        return self.values.get(code) is True

    def several(self, code: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.values.get(code, ()))

    def spans(self, code: str) -> tuple[Excluded, ...]:
        return cast("tuple[Excluded, ...]", self.values.get(code, ()))

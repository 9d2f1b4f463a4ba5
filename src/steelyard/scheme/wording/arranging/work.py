"""The clauses of one item while they are put together: which were used, what was read into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import TypeVar

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.scheme.wording.clauses import (
    Award,
    Break,
    Clause,
    DownToZero,
    Edge,
    NoCap,
    Otherwise,
    Remark,
    StateOfData,
    Vetoed,
    Whole,
)
from steelyard.scheme.wording.hear_formula import formula_of
from steelyard.scheme.wording.naming import Namer

Part = dict[str, object]
Amount = int | str
C = TypeVar("C", bound=Clause)

BESIDE = (NoCap, StateOfData, Whole, Vetoed, Remark)
SILENT = (Break, DownToZero, *BESIDE)
SIGNS = re.compile("[×÷*/=≤≥<>−]| [+-] |[\ue000-\uf8ff][+-]|[+-][\ue000-\uf8ff]")
"""What makes words a computation; a hyphen does so only beside a known title."""
OF_THE_MEAN = Text(
    "平均值由系统按各被考核单位的数值算出，各单位同等看待，不另报送",
    "the mean is computed of the values of all assessed units, each counted alike; nobody supplies it",
)


class Undecided(ValueError):
    """The clauses are understood, and yet make no one rule."""

    def __init__(self, zh: str, en: str) -> None:
        self.why = Text(zh, en)
        super().__init__(en)


@dataclass(slots=True)
class Work:
    """The clauses of one item. ``points`` are the item's full points, if known."""

    namer: Namer
    clauses: Sequence[Clause] = ()
    kind: str = "item"
    points: Fraction | None = None
    target: Edge | None = None
    """From where steps count if no clause says so: the item's title may, 结案率不低于90%."""
    target_of: str = ""
    """What the target is a target of, in the words of the clause that names it."""
    beside_a_rule: bool = False
    """The item has a rule already."""
    types: Mapping[str, str] = field(default_factory=dict)
    """Of the figures that exist already, by code."""
    beside: dict[str, object] = field(default_factory=dict)
    readings: list[Text] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)

    def use(self, *clauses: Clause | None) -> None:
        self._used |= {id(one) for one in clauses if one is not None}

    def is_used(self, clause: Clause) -> bool:
        return id(clause) in self._used

    def all(self, kind: type[C]) -> list[C]:
        """The clauses of a kind, which so are used."""
        found: list[C] = [one for one in self.clauses if isinstance(one, kind)]
        self.use(*found)
        return found

    def has(self, *kinds: type[Clause]) -> bool:
        return any(isinstance(one, kinds) for one in self.clauses)

    def left(self) -> list[Clause]:
        """What scores and was not used."""
        return [
            one for one in self.clauses if not isinstance(one, SILENT) and id(one) not in self._used
        ]

    def segments(self) -> Iterator[list[Clause]]:
        """The clauses between semicolons."""
        for is_break, group in groupby(self.clauses, lambda one: isinstance(one, Break)):
            if not is_break:
                yield list(group)

    def read_into(self, zh: str, en: str) -> None:
        """What was taken for meant, though the words do not say it: for a person to confirm."""
        self.readings.append(Text(zh, en))

    def is_full(self, points: Amount) -> bool:
        if points == "full":
            return True
        return self.points is not None and is_number(points) and exact(points) == self.points

    def amount(self, points: Amount) -> Amount | Fraction:
        """The number of points, full ones too; 0 where they are computed or not known."""
        if points == "full":
            return self.points or 0
        return points if is_number(points) else 0

    def otherwise(self) -> Amount | None:
        said = [one.award for one in self.all(Otherwise)]
        return signed(said[0]) if said else None

    def closed(self, part: Part, silent: Amount | None = None) -> Part:
        """The part with what holds outside of its steps; ``silent`` where nothing is said."""
        said = self.otherwise()
        said = silent if said is None else said
        return part if said is None else part | {"otherwise": said}

    def formula(self, words: str) -> str:
        """
        Raises:
            Undecided: the words compute nothing that is understood.
        """
        formula = formula_of(words, self.namer)
        if formula is None:
            raise Undecided(f"“{words}”没有读懂", f"{words!r} is not understood")
        if "all_mean(" in formula:
            self.read_into(OF_THE_MEAN.zh, OF_THE_MEAN.en)
        return formula

    def quantity(self, words: str, unit: str = "") -> str:
        """The name of a quantity, or the formula that its words compute."""
        if not SIGNS.search(words):
            return self.namer.quantity(words, unit)
        formula = self.formula(words)
        needs_brackets = re.search(" [+-] ", formula) and not formula.startswith("(")
        return f"({formula})" if needs_brackets else formula


def is_number(points: object) -> bool:
    if isinstance(points, bool) or not isinstance(points, int | str):
        return False
    try:
        exact(points)
    except ValueError:
        return False
    return True


def negative(points: Amount) -> Amount:
    return -points if isinstance(points, int) else f"-{points}"


def signed(award: Award) -> Amount:
    """The points of an award, below zero if they are taken away."""
    return negative(award.points) if award.taken else award.points

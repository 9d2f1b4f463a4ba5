"""The parts of a scoring rule: few, and each does one thing.

A part turns what a unit did into points. Sums, ladders, deductions and the rest combine, so that
the 67 known kinds of rule (``docs/reference/rules.md``) need no class each. What a part means is
written down in ``docs/guides/write_a_scheme.md``; how it is scored in
:mod:`steelyard.weighing.points.parts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from steelyard.kernel.bilingual import Text
from steelyard.scheme.bands import AnyBand
from steelyard.scheme.formula import Formula

Count = Literal["exact", "full", "started"]
Keep = Literal["sum", "highest", "lowest", "mean", "median", "trimmed_mean"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What every part may have: when it holds, its multiplier, its bounds, its name."""

    when: Formula | None = None
    otherwise: Formula | None = None
    times: Formula | None = None
    at_most: Formula | None = None
    at_least: Formula | None = None
    say: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Part):
    points: Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder(Part):
    of: Formula
    steps: tuple[tuple[AnyBand, Formula], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Part):
    of: Formula
    rows: tuple[tuple[str, Formula], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Part):
    of: tuple[Formula, Formula]
    rows: tuple[AnyBand, ...]
    columns: tuple[AnyBand, ...]
    cells: tuple[tuple[Formula, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Each(Part):
    """``each`` points for every step of size ``per`` in ``of``; taken away if ``taken``."""

    of: Formula
    each: Formula
    per: Formula
    count: Count = "exact"
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion(Part):
    of: Formula
    target: Formula
    points: Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Part):
    """Several parts joined: their sum, the best, the worst, or the first that holds."""

    join: Literal["sum", "best", "worst", "first"]
    parts: tuple[AnyPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForEach(Part):
    list: str
    score: AnyPart
    keep: Keep = "sum"
    where: Formula | None = None
    once_per: tuple[str, ...] = ()
    trim: int = 0


AnyPart = Points | Ladder | Table | Matrix | Each | Proportion | Several | ForEach


def inner(part: AnyPart) -> tuple[AnyPart, ...]:
    """The parts directly inside one."""
    match part:
        case Several():
            return part.parts
        case ForEach():
            return (part.score,)
        case _:
            return ()


def walk_parts(part: AnyPart) -> Iterator[AnyPart]:
    yield part
    for child in inner(part):
        yield from walk_parts(child)


def formulas_of(part: AnyPart) -> Iterator[Formula]:
    """The part's own formulas, not those of parts inside it."""
    yield from main_formulas(part)
    if part.when is not None:
        yield part.when
    yield from modifiers(part)


def modifiers(part: AnyPart) -> Iterator[Formula]:
    """What changes the points that the part gives."""
    for formula in (part.otherwise, part.times, part.at_most, part.at_least):
        if formula is not None:
            yield formula


def main_formulas(part: AnyPart) -> Iterator[Formula]:
    """What the part computes its points from."""
    match part:
        case Points(points=points):
            yield points
        case Ladder(of=of, steps=steps):
            yield of
            yield from (points for _, points in steps)
        case Table(of=of, rows=rows):
            yield of
            yield from (points for _, points in rows)
        case Matrix(of=(first, second), cells=cells):
            yield first
            yield second
            yield from (points for row in cells for points in row)
        case Each(of=of, each=each, per=per):
            yield from (of, each, per)
        case Proportion(of=of, target=target, points=points):
            yield from (of, target, points)
        case ForEach(where=where):
            if where is not None:
                yield where

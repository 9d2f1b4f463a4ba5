"""A published assessment arranged for pages: rows, trees, medians, comparisons. Values in, values out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from steelyard.papers.numbers import number
from steelyard.papers.pictures.ranking import shade_of
from steelyard.publication.results import Assessment, ItemResult, PublishedItem, UnitResult

PLACES = 2
"""Decimals of points on pages; files have them exactly."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Points as a bar: ``share`` and ``middle`` (the peers' median) of the full width, 0 to 100."""

    share: str
    middle: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of one unit as a page shows it. ``middle``: the median of its peer group.

    ``material``: titles of what was handed in, each once, with how many bear it.
    """

    item: PublishedItem
    is_group: bool
    points: str
    possible: str
    middle: str
    bar: Bar
    got: ItemResult
    median: Fraction | None
    material: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One item of two units, or of one unit in two years, and by how much they differ."""

    item: PublishedItem
    is_group: bool
    one: str
    other: str
    difference: str
    leads: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit's place in the grid, counted from 1."""

    unit: UnitResult
    column: int
    row: int


def bar_of(points: Fraction | None, possible: Fraction, middle: Fraction | None = None) -> Bar:
    """
    >>> bar_of(Fraction(3, 2), Fraction(3), Fraction(3))
    Bar(share='50.0', middle='100.0')
    """
    return Bar(_per_cent(points, possible), "" if middle is None else _per_cent(middle, possible))


def _per_cent(points: Fraction | None, possible: Fraction) -> str:
    if points is None or possible <= 0:
        return "0.0"
    return f"{float(max(Fraction(0), min(points / possible, Fraction(1))) * 100):.1f}"


def tree_of(assessment: Assessment, unit: UnitResult) -> list[Line]:
    """Every published item of a unit in the order of the scheme, beside the median of its peers."""
    groups = {item.parent for item in assessment.items}
    peers = peers_of(assessment, unit)
    return [
        _line(
            item, unit.items[item.code], middle_of(item.code, peers), is_group=item.code in groups
        )
        for item in assessment.items
        if item.code in unit.items
    ]


def _line(item: PublishedItem, got: ItemResult, middle: Fraction | None, *, is_group: bool) -> Line:
    return Line(
        item,
        is_group,
        number(got.points, PLACES),
        possible_said(item.kind, got.possible),
        number(middle, PLACES),
        bar_of(got.points, got.possible, middle),
        got,
        middle,
        tuple(Counter(got.material).items()),
    )


def possible_said(kind: str, possible: Fraction) -> str:
    """Full points; of a bonus or a deduction, how much it can add or take.

    >>> possible_said("item", Fraction(3)), possible_said("bonus", Fraction(3)), possible_said("deduction", Fraction(3))
    ('3', '+3', '−3')
    """
    return {"bonus": "+", "deduction": "−"}.get(kind, "") + number(possible)


def peers_of(assessment: Assessment, unit: UnitResult) -> list[UnitResult]:
    """The listed units of its group, itself among them; without groups, all."""
    return [one for one in assessment.listed if one.group == unit.group]


def middle_of(code: str, units: Sequence[UnitResult]) -> Fraction | None:
    """The median of the points that these units got on an item."""
    got = [one.items[code].points for one in units if code in one.items]
    known = [points for points in got if points is not None]
    return median(known) if known else None


def ranked_by(assessment: Assessment, code: str) -> list[tuple[UnitResult, ItemResult]]:
    """The listed units by their points on an item, the most first; those without points last."""
    got = [(one, one.items[code]) for one in assessment.listed if code in one.items]
    return sorted(
        got,
        key=lambda pair: (pair[1].points is None, -(pair[1].points or Fraction(0)), pair[0].code),
    )


def side_by_side(
    items: Sequence[PublishedItem], one: UnitResult, other: UnitResult
) -> Iterator[Pair]:
    """Two units, or one unit in two years, item by item; items that only one of them has stay out."""
    groups = {item.parent for item in items}
    for item in items:
        if item.code in one.items and item.code in other.items:
            first, second = one.items[item.code].points, other.items[item.code].points
            gap = _gap(first, second)
            yield Pair(
                item,
                item.code in groups,
                number(first, PLACES),
                number(second, PLACES),
                _signed(gap),
                _leads(gap),
            )


def difference_said(first: Fraction | None, second: Fraction | None) -> str:
    """By how much the first has more than the second.

    >>> difference_said(Fraction(73), Fraction(7498, 100)), difference_said(None, Fraction(1))
    ('−1.98', '—')
    """
    return _signed(_gap(first, second))


def _gap(first: Fraction | None, second: Fraction | None) -> Fraction | None:
    return None if first is None or second is None else first - second


def _signed(gap: Fraction | None) -> str:
    """
    >>> _signed(Fraction(1, 2)), _signed(Fraction(-1, 3)), _signed(Fraction(0))
    ('+0.50', '−0.33', '0.00')
    """
    said = number(gap, PLACES)
    return f"+{said}" if gap is not None and gap > 0 else said


def _leads(gap: Fraction | None) -> str:
    if not gap:
        return ""
    return "one" if gap > 0 else "other"


def shades(assessment: Assessment) -> Mapping[str, int]:
    """The shade of each grade, 1 the best, as in the pictures on paper."""
    grades = list(assessment.grades)
    return {code: shade_of(place, len(grades)) for place, code in enumerate(grades)}


def tiles_of(assessment: Assessment) -> tuple[list[Tile], int]:
    """The tiles of the units that have one, from the top left, and how many columns they take."""
    tiled = [(one, one.tile) for one in (*assessment.listed, *assessment.unlisted) if one.tile]
    left = min((column for _, (column, _) in tiled), default=1) - 1
    top = min((row for _, (_, row) in tiled), default=1) - 1
    found = [Tile(one, column - left, row - top) for one, (column, row) in tiled]
    found.sort(key=lambda tile: (tile.row, tile.column))
    return found, max((tile.column for tile in found), default=0)

"""The region as a grid of tiles: one square a unit, its grade as shade and in words.

No outline is drawn and no boundary implied: the tiles keep neighbours near each other, no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steelyard.papers import numbers
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.picture import WIDE, Drawing, Picture
from steelyard.papers.pictures.ranking import shade_of
from steelyard.papers.words import Words
from steelyard.scheme.model import Unit
from steelyard.weighing.result import Result, Standing

_LARGEST, _GAP = 84.0, 4.0
_LEGEND = 30.0
_SIZES = (12, 11, 10)
"""Pixels: the largest at which every word fits its square is used for all."""


@dataclass(frozen=True, slots=True)
class Square:
    """What one square of the grid says. Shade 0 is an empty square."""

    column: int
    row: int
    name: str
    lines: tuple[str, ...]
    shade: int


def has_tiles(result: Result) -> bool:
    return any(standing.unit.tile is not None for standing in result.standings)


def tiles_picture(
    result: Result, words: Words, tiles: Sequence[Unit] | None = None, *, width: int = WIDE
) -> Picture:
    """The units that have a tile, and ``tiles``: places that are not assessed.

    By default these are the scheme's own.

    Raises:
        ValueError: no unit has a tile.
    """
    if not has_tiles(result):
        raise ValueError("no unit has a tile: give units their column and row in the scheme")
    beside = result.scheme.tiles if tiles is None else tiles
    squares = [*_assessed(result, words), *_unassessed(beside, words)]
    return Picture(
        name="tiles",
        words=words,
        scheme=result.scheme,
        title=words.marked(words("tiles_title")),
        subtitle=words("tiles_subtitle"),
        description=_described(result, words),
        caption=words("tiles_caption"),
        width=width,
        drawing=_drawn(result, squares, words, width),
    )


def _assessed(result: Result, words: Words) -> Iterable[Square]:
    for standing in result.standings:
        if standing.unit.tile is not None:
            column, row = standing.unit.tile
            yield Square(
                column, row, words.name(standing.unit),
                _lines(result, standing, words), _shade(result, standing),
            )  # fmt: skip


def _unassessed(tiles: Iterable[Unit], words: Words) -> Iterable[Square]:
    for unit in tiles:
        if unit.tile is not None:
            name = words.name(unit)
            yield Square(*unit.tile, name, (words("not_assessed"),), 0)


def _lines(result: Result, standing: Standing, words: Words) -> tuple[str, ...]:
    score = numbers.number(standing.score, result.scheme.total.places)
    grade = next((g for g in result.scheme.grades if g.code == standing.grade), None)
    if grade is None:
        return (score, numbers.place(standing.rank, words.lang))
    return (words.name(grade), score)


def _shade(result: Result, standing: Standing) -> int:
    """The shade of its grade; without grades, of its fifth of the ranking."""
    codes = [grade.code for grade in result.scheme.grades]
    if standing.grade in codes:
        return shade_of(codes.index(standing.grade), len(codes))
    if codes or standing.rank is None:
        return 0
    ranked = sum(one.rank is not None for one in result.standings)
    return 1 + int(5 * (standing.rank - 1) / ranked)


def _drawn(result: Result, squares: Sequence[Square], words: Words, width: int) -> Drawing:
    left, top = min(s.column for s in squares), min(s.row for s in squares)
    columns = 1 + max(s.column for s in squares) - left
    side = min(_LARGEST, (width - 8) / columns - _GAP)
    size = _size_for(squares, side - 6)
    shapes = [
        _square(s, 4 + (s.column - left) * (side + _GAP), (s.row - top) * (side + _GAP), side, size)
        for s in squares
    ]
    height = (1 + max(s.row for s in squares) - top) * (side + _GAP)
    legend = _legend(result, squares, words, height + 10)
    return Drawing("".join(shapes) + legend, height + _LEGEND + 8)


def _size_for(squares: Sequence[Square], room: float) -> int:
    said = [line for square in squares for line in (*_words_of(square.name), *square.lines)]
    fitting = (s for s in _SIZES if all(svg.text_width(one, s) <= room for one in said))
    return next(fitting, _SIZES[-1])


def _words_of(name: str) -> list[str]:
    """What of a name must fit on one line: a Latin word; of Chinese, half the name."""
    longest = max((piece for piece in svg.pieces(name)), key=len, default="")
    return [longest.strip(), name[: (len(name) + 1) // 2] if " " not in name else ""]


def _square(square: Square, left: float, top: float, side: float, size: int) -> str:
    room, middle = side - 6, left + side / 2
    colour = f"p-on-{square.shade} p-size-{size} p-mid"
    lines = [(one, f"{colour} p-strong") for one in svg.wrapped(square.name, room, size, 2)]
    lines += [(svg.fitted(one, room, size), colour) for one in square.lines]
    base = top + side / 2 - 7 * len(lines) + 11
    said = [
        svg.text(middle, base + 14.5 * place, one, class_=class_)
        for place, (one, class_) in enumerate(lines)
    ]
    return svg.rect(left, top, side, side, f"p-shade-{square.shade}") + "".join(said)


def _legend(result: Result, squares: Sequence[Square], words: Words, top: float) -> str:
    """The shades with the names of their grades, from the best."""
    grades = result.scheme.grades
    named = [
        (shade_of(place, len(grades)), words.name(grade)) for place, grade in enumerate(grades)
    ]
    named = named or [(1, words("first_fifth")), (5, words("last_fifth"))]
    if any(square.shade == 0 for square in squares):
        named.append((0, words("not_assessed")))
    shapes, left = "", 5.0
    for shade, name in named:
        shapes += svg.rect(left, top, 14, 14, f"p-shade-{shade}")
        shapes += svg.text(left + 20, top + 11.5, name)
        left += 20 + svg.text_width(name, _SIZES[0]) + 18
    return shapes


def _described(result: Result, words: Words) -> str:
    """Every tile in words: the grid holds no more than this."""
    said = [
        words.colon(words.name(standing.unit)) + " ".join(_lines(result, standing, words))
        for standing in result.standings
        if standing.unit.tile is not None
    ]
    return words.listed(said)

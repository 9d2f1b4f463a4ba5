"""Pictures of a result, as SVG made without a library: no script, no font and no other site.

Each is one module: ``ranking``, ``dimensions``, ``profile``, ``tiles``, ``spread``; of a result's doubts
``intervals``, ``interval_band``, ``rank_shares``, ``grade_shares``, ``choices``. A picture has a text
alternative, is readable without colour, and takes its colours from the page or carries its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from steelyard.papers.pictures.choices import choices_picture
from steelyard.papers.pictures.dimensions import dimensions_picture
from steelyard.papers.pictures.grade_shares import grade_shares_picture
from steelyard.papers.pictures.interval_band import band_picture
from steelyard.papers.pictures.intervals import intervals_picture
from steelyard.papers.pictures.picture import WIDE, Part, Picture, parts
from steelyard.papers.pictures.profile import Profiles
from steelyard.papers.pictures.rank_shares import rank_shares_picture
from steelyard.papers.pictures.ranking import ranking_picture
from steelyard.papers.pictures.spread import spread_picture
from steelyard.papers.pictures.tiles import has_tiles, tiles_picture
from steelyard.papers.words import Words
from steelyard.scheme.model import Unit
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure

MOST_UNITS = 120
"""With more units only the first part of each picture is drawn, and no picture a unit."""


def all_pictures(
    result: Result, words: Words, tiles: Sequence[Unit] | None = None
) -> Iterator[Picture]:
    """Every picture of a result, in the width of a sheet of paper."""
    if is_spread_shown(result):
        yield spread_picture(result, words)
    for part in parts_shown(result):
        yield ranking_picture(result, words, part=part)
        yield dimensions_picture(result, words, part=part)
    yield from _doubts(result, words)
    if has_tiles(result):
        yield tiles_picture(result, words, tiles)
    if has_unit_pages(result):
        profiles = Profiles.of(result, words)
        for standing in result.standings:
            yield profiles.picture(standing.unit.code)


def _doubts(result: Result, words: Words) -> Iterator[Picture]:
    if result.how_sure is not None:
        for draw in how_sure_pictures(result, result.how_sure, words):
            yield draw(WIDE)
    if result.sensitivity is not None:
        yield choices_picture(result, result.sensitivity, words)


def how_sure_pictures(
    result: Result, found: HowSure, words: Words
) -> Iterator[Callable[[int], Picture]]:
    """Every picture of how sure the ranking is, to be drawn in a width."""
    if not has_unit_pages(result) and any(one.ranks for one in found.units):
        yield lambda width: band_picture(result, found, words, width=width)
    drawn = [intervals_picture, rank_shares_picture]
    drawn += [grade_shares_picture] if result.scheme.grades else []
    for draw in drawn:
        for part in parts_shown(result):
            yield partial(_in_width, draw, result, found, words, part)


def _in_width(
    draw: Callable[..., Picture], result: Result, found: HowSure, words: Words, part: Part,
    width: int,
) -> Picture:  # fmt: skip
    return draw(result, found, words, width=width, part=part)


def parts_shown(result: Result) -> tuple[Part, ...]:
    """The parts in which all units are drawn; of very many units the first."""
    shown = parts(len(result.standings))
    return shown if has_unit_pages(result) else shown[:1]


def is_spread_shown(result: Result) -> bool:
    """Whether the units are too many to see how they lie from their bars alone."""
    return not has_unit_pages(result) and any(one.score is not None for one in result.standings)


def has_unit_pages(result: Result) -> bool:
    """Whether the units are few enough for a page and a picture each."""
    return len(result.standings) <= MOST_UNITS

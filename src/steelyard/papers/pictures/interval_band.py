"""The intervals of very many units at once: a band around the line of the published ranks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from steelyard.papers import numbers
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.intervals import described, ticks
from steelyard.papers.pictures.picture import NARROW, WIDE, Drawing, Picture
from steelyard.papers.pictures.scale import Scale
from steelyard.papers.words import Words
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure, UnitDoubt

_COLUMNS = 240
_LEFT, _TOP, _FOOT = 36.0, 8.0, 24.0


def band_picture(result: Result, found: HowSure, words: Words, *, width: int = WIDE) -> Picture:
    """Rank against published rank, of all units that have an interval."""
    return Picture(
        name="interval-band" if width > NARROW else "interval-band-narrow",
        words=words,
        scheme=result.scheme,
        title=words.marked(words("band_title")),
        subtitle=words("band_subtitle", confidence=numbers.share(found.confidence)),
        description=described(result, found, words),
        caption=words("band_caption"),
        width=width,
        drawing=_drawn(result, found, width),
    )


def _drawn(result: Result, found: HowSure, width: int) -> Drawing:
    doubts = {one.unit: one for one in found.units}
    ranked = [one for one in result.standings if doubts[one.unit.code].ranks is not None]
    units, height = len(result.standings), width * 0.6
    across = Scale(0.5, units + 0.5, _LEFT, width - 16.0)
    upright = Scale(0.5, units + 0.5, _TOP, _TOP + height)
    columns = _columns([doubts[one.unit.code] for one in ranked])
    edges = [across.at(0.5 + len(ranked) * at / len(columns)) for at in range(len(columns) + 1)]
    upper = [(x, upright.at(low - 0.5)) for (low, _), pair in _steps(columns, edges) for x in pair]
    lower = [
        (x, upright.at(high + 0.5)) for (_, high), pair in _steps(columns, edges) for x in pair
    ]
    band = svg.element("polygon", points=_points([*upper, *lower[::-1]]), class_="p-band")
    line = [
        (across.at(place), upright.at(one.rank))
        for place, one in enumerate(ranked, 1)
        if one.rank is not None
    ]
    published = svg.element("polyline", points=_points(line), class_="p-line")
    shapes = _axes(across, upright, units) + band + published
    return Drawing(shapes, _TOP + height + _FOOT)


def _columns(doubts: Sequence[UnitDoubt]) -> list[tuple[float, float]]:
    """The widest interval of the units of each column, from the first."""
    intervals = [(one.ranks.low, one.ranks.high) for one in doubts if one.ranks]
    count = min(len(intervals), _COLUMNS)
    ends = [len(intervals) * at // count for at in range(count + 1)] if count else [0]
    cut = [intervals[start:end] for start, end in pairwise(ends)]
    return [(min(low for low, _ in some), max(high for _, high in some)) for some in cut]


def _steps(
    columns: Sequence[tuple[float, float]], edges: Sequence[float]
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Each column with its left and right edge."""
    return [(one, (edges[at], edges[at + 1])) for at, one in enumerate(columns)]


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _axes(across: Scale, upright: Scale, units: int) -> str:
    shapes = ""
    for rank in ticks(1, units, int((across.right - across.left) / 60)):
        x, y = across.at(rank), upright.at(rank)
        shapes += svg.line(x, upright.left, x, upright.right, "p-rule")
        shapes += svg.line(across.left, y, across.right, y, "p-rule")
        shapes += svg.text(x, upright.right + 15, str(rank), class_="p-soft p-mid")
        shapes += svg.text(_LEFT - 6, y + 4, str(rank), class_="p-soft p-end")
    return shapes

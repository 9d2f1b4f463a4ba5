"""Every rank with its interval: bar, median and published rank in the order of the ranking."""

from __future__ import annotations

import math
from collections.abc import Iterable

from steelyard.papers import numbers
from steelyard.papers.doubts import interval_said
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.picture import WIDE, Drawing, Part, Picture
from steelyard.papers.pictures.rows import ROW, Rows, counted, named, whole_part
from steelyard.papers.pictures.scale import Scale
from steelyard.papers.words import Words
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.uncertainty.findings import HowSure, UnitDoubt

_AXIS = 20.0
_BAR = 9.0
_LEAST = 3.0
_DOT = 3.5
_TICK_ROOM = 34.0


def intervals_picture(
    result: Result, found: HowSure, words: Words, *, width: int = WIDE, part: Part | None = None
) -> Picture:
    """The rank interval of every unit, or of those of the part."""
    part = whole_part(result, part)
    confidence = numbers.share(found.confidence)
    return Picture(
        name=named("intervals", part, width),
        words=words,
        scheme=result.scheme,
        title=words.marked(words("intervals_title")),
        subtitle=words("intervals_subtitle", counted=counted(part, words), confidence=confidence),
        description=described(result, found, words),
        caption=words("intervals_caption"),
        width=width,
        drawing=_drawn(result, found, words, part, width),
    )


def _drawn(result: Result, found: HowSure, words: Words, part: Part, width: int) -> Drawing:
    said = [interval_said(one.ranks) for one in found.units]
    rows = Rows.of(result, found, words, part, width, said)
    first, last = _ends(rows)
    scale = Scale(first - 0.5, last + 0.5, rows.left, rows.right)
    bottom = _AXIS + ROW * len(rows.standings)
    shapes = [_axis(scale, bottom, first, last)]
    for place, (standing, doubt) in enumerate(zip(rows.standings, rows.doubts, strict=True)):
        top = _AXIS + ROW * place
        shapes.append(rows.label(standing, top, words))
        shapes.append(_marks(standing, doubt, top + ROW / 2, scale, words))
        if doubt.ranks is not None:
            figures = interval_said(doubt.ranks)
            shapes.append(svg.text(width - 4, top + 14, figures, class_="p-end"))
    return Drawing("".join(shapes), bottom + 6)


def _ends(rows: Rows) -> tuple[int, int]:
    """The best and the last rank that has to be shown."""
    ends = [float(one.rank) for one in rows.standings if one.rank is not None]
    ends += [end for one in rows.doubts if one.ranks for end in (one.ranks.low, one.ranks.high)]
    return math.floor(min(ends, default=1)), math.ceil(max(ends, default=1))


def _axis(scale: Scale, bottom: float, first: int, last: int) -> str:
    """Upright rules at round ranks, each with its figure."""
    shapes = ""
    for rank in ticks(first, last, int((scale.right - scale.left) / _TICK_ROOM)):
        at = scale.at(rank)
        shapes += svg.line(at, _AXIS - 4, at, bottom, "p-rule")
        shapes += svg.text(at, _AXIS - 8, str(rank), class_="p-soft p-mid")
    return shapes


def ticks(first: int, last: int, most: int) -> list[int]:
    """The first rank, then round ones, at most about ``most`` of them.

    >>> ticks(1, 31, 8), ticks(1, 3, 8), ticks(48, 97, 6)
    ([1, 5, 10, 15, 20, 25, 30], [1, 2, 3], [48, 50, 60, 70, 80, 90])
    """
    size = round_size(last - first + 1, max(most, 2))
    begins = first + size - 1 - (first - 1) % size
    return list(dict.fromkeys([first, *range(begins, last + 1, size)]))


def round_size(whole: int, most: int) -> int:
    """The smallest of 1, 2, 5, 10, … that parts ``whole`` into at most ``most`` steps.

    >>> round_size(31, 46), round_size(120, 46), round_size(2676, 46)
    (1, 5, 100)
    """
    power = 1
    while True:
        for digit in (1, 2, 5):
            if -(-whole // (digit * power)) <= most:
                return digit * power
        power *= 10


def _marks(standing: Standing, doubt: UnitDoubt, middle: float, scale: Scale, words: Words) -> str:
    if doubt.ranks is None:
        return svg.text(scale.left + 4, middle + 4, words("never_ranked"), class_="p-soft")
    left, right = scale.at(doubt.ranks.low - 0.5), scale.at(doubt.ranks.high + 0.5)
    left, right = left + 0.75, max(right - 0.75, left + 0.75 + _LEAST)
    drawn = svg.rect(left, middle - _BAR / 2, right - left, _BAR, "p-shade-4")
    if doubt.median_rank is not None:
        tick = scale.at(doubt.median_rank)
        drawn += svg.line(tick, middle - 8.5, tick, middle + 8.5, "p-median")
    if standing.rank is not None:
        at = scale.at(standing.rank)
        if not left <= at <= right:
            drawn += svg.line(at, middle, left if at < left else right, middle, "p-gap")
        drawn += svg.element("circle", cx=at, cy=middle, r=_DOT, class_="p-dot")
    return drawn


def described(result: Result, found: HowSure, words: Words) -> str:
    """The widest interval, how many ranks never move, how many lie outside their interval."""
    ranked = [one for one in found.units if one.ranks is not None]
    if not ranked:
        return words("intervals_none")
    widest = max(ranked, key=_breadth)
    return words(
        "intervals_described",
        widest=words.name(result.scheme.unit[widest.unit]), interval=interval_said(widest.ranks),
        fixed=_count(one for one in ranked if not _breadth(one)),
        outside=_count(one for one in ranked if _is_outside(one)),
    )  # fmt: skip


def _breadth(one: UnitDoubt) -> float:
    return one.ranks.high - one.ranks.low if one.ranks else 0.0


def _is_outside(one: UnitDoubt) -> bool:
    if one.ranks is None or one.rank is None:
        return False
    return not one.ranks.low <= one.rank <= one.ranks.high


def _count(found: Iterable[UnitDoubt]) -> int:
    return sum(1 for _ in found)

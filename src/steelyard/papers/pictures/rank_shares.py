"""How likely each rank is, as a heat map of units and ranks.

The shares are the rank acceptability indices of Lahdelma, Hokkanen and Salminen, "SMAA – stochastic
multiobjective acceptability analysis", European Journal of Operational Research 106 (1998).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from steelyard.papers import numbers
from steelyard.papers.doubts import at_its_rank
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.intervals import round_size
from steelyard.papers.pictures.picture import WIDE, Drawing, Part, Picture
from steelyard.papers.pictures.rows import ROW, Rows, counted, named, whole_part
from steelyard.papers.words import Words
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure, UnitDoubt

_HEAD = 18.0
_WIDEST = 44.0
_NARROWEST = 7.0
_ROOM = 30.0
"""How wide a cell must be to hold its figure."""

_DARK = 2

STEPS = (0.0, 0.05, 0.1, 0.25, 0.5)
"""Where each of the five shades begins, from the lightest; the last is more likely than not."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The ranks from ``first`` on, ``size`` of them in each of ``count`` columns.

    The last column is for having no rank, if ``has_none``.
    """

    first: int
    size: int
    count: int
    has_none: bool

    def of(self, place: int) -> int:
        return (place - self.first) // self.size

    def head(self, at: int, words: Words) -> str:
        if self.has_none and at == self.count:
            return words("no_rank_column")
        return str(self.first + at * self.size)

    @property
    def all(self) -> int:
        return self.count + self.has_none


def rank_shares_picture(
    result: Result, found: HowSure, words: Words, *, width: int = WIDE, part: Part | None = None
) -> Picture:
    """The heat map of every unit, or of those of the part."""
    part = whole_part(result, part)
    rows = Rows.of(result, found, words, part, width)
    columns = _columns(rows)
    caption = words("rank_shares_caption")
    if columns.size > 1:
        caption = words.sentences([caption, words("rank_shares_banded", size=columns.size)])
    return Picture(
        name=named("rank-shares", part, width),
        words=words,
        scheme=result.scheme,
        title=words.marked(words("rank_shares_title")),
        subtitle=words("rank_shares_subtitle", counted=counted(part, words)),
        description=_described(result, found, words),
        caption=caption,
        width=width,
        drawing=_drawn(rows, columns, words, width),
    )


def shade_of_share(share: float) -> int:
    """The shade of a share, 1 the darkest.

    >>> [shade_of_share(one) for one in (0.01, 0.05, 0.2, 0.49, 1.0)]
    [5, 4, 3, 2, 1]
    """
    return 6 - sum(share >= step for step in STEPS)


def _columns(rows: Rows) -> Columns:
    """As many ranks in a column as it takes for all that occurred to have room."""
    places = [place for one in rows.doubts for place in one.rank_shares]
    places += [int(one.rank) for one in rows.doubts if one.rank is not None]
    first, last = min(places, default=1), max(places, default=1)
    has_none = any(one.unranked for one in rows.doubts)
    most = int((rows.right - rows.left) / _NARROWEST) - has_none
    size = round_size(last - first + 1, most)
    if size > 1:
        first -= (first - 1) % size
    return Columns(first, size, -(-(last - first + 1) // size), has_none)


def _shares(one: UnitDoubt, columns: Columns) -> dict[int, float]:
    found: dict[int, float] = {}
    for place, share in one.rank_shares.items():
        found[columns.of(place)] = found.get(columns.of(place), 0.0) + share
    return found | ({columns.count: one.unranked} if one.unranked else {})


def _drawn(rows: Rows, columns: Columns, words: Words, width: int) -> Drawing:
    each = min((rows.right - rows.left) / columns.all, _WIDEST)
    legend = _legend(words, width)
    head = legend.height + _HEAD
    shapes = [legend.shapes, _heads(columns, rows.left, each, head - 6, words)]
    for number, (standing, doubt) in enumerate(zip(rows.standings, rows.doubts, strict=True)):
        top = head + ROW * number
        shapes.append(rows.label(standing, top, words))
        shapes += [
            _cell(rows.left + at * each, top, each, share)
            for at, share in sorted(_shares(doubt, columns).items())
        ]
        at = columns.count if doubt.rank is None else columns.of(int(doubt.rank))
        if doubt.rank is not None or columns.has_none:
            shade = shade_of_share(_shares(doubt, columns).get(at, 0.0))
            shapes.append(_frame(rows.left + at * each, top, each, is_on_dark=shade <= _DARK))
    return Drawing("".join(shapes), head + ROW * len(rows.standings) + 6)


def _heads(columns: Columns, left: float, each: float, base: float, words: Words) -> str:
    """The rank above each column, or above as many as there is room for."""
    said = [columns.head(at, words) for at in range(columns.count)]
    widest = max(svg.text_width(one, 11) for one in said)
    apart = max(1, math.ceil((widest + 5) / each))
    shown = [at for at in range(columns.count) if (at + 1) % apart == 0]
    shown += [0] if apart > 1 and each * (apart - 1) > widest + 5 else []
    none = _none_head(columns, left, each, words)
    return none.shapes_at(base) + "".join(
        svg.text(at_x, base, said[at], class_="p-soft p-mid")
        for at in shown
        if (at_x := left + (at + 0.5) * each) + widest / 2 < none.left
    )


@dataclass(frozen=True, slots=True)
class _NoneHead:
    """The heading for having no rank: in the middle of its column, or ending with it."""

    said: str
    left: float
    at: float
    class_: str

    def shapes_at(self, base: float) -> str:
        return svg.text(self.at, base, self.said, class_=self.class_) if self.said else ""


def _none_head(columns: Columns, left: float, each: float, words: Words) -> _NoneHead:
    if not columns.has_none:
        return _NoneHead("", math.inf, 0.0, "")
    said, right = words("no_rank_column"), left + columns.all * each
    wide = svg.text_width(said, 11)
    if wide <= each:
        return _NoneHead(said, right - each, right - each / 2, "p-soft p-mid")
    return _NoneHead(said, right - wide - 3, right, "p-soft p-end")


def _cell(left: float, top: float, each: float, share: float) -> str:
    shade = shade_of_share(share)
    drawn = svg.rect(left + 0.5, top + 1, each - 1, ROW - 2, f"p-heat-{shade}")
    if each < _ROOM:
        return drawn
    said = numbers.of_100(share)
    colour = f"p-on-{shade} p-size-10 p-mid"
    return drawn + svg.text(left + each / 2, top + 13.5, said, class_=colour)


def _frame(left: float, top: float, each: float, *, is_on_dark: bool) -> str:
    """A thick frame; on a dark cell with a thin light one inside, so that it shows without colour."""
    frame = svg.rect(left + 0.5, top + 1, each - 1, ROW - 2, "p-frame")
    return frame + (
        svg.rect(left + 2, top + 2.5, each - 4, ROW - 5, "p-inside") if is_on_dark else ""
    )


def _legend(words: Words, width: int) -> Drawing:
    """The five shades and the frame with what they mean, on as many lines as they need."""
    ends = [*STEPS[1:], None]
    named = [
        (f"p-heat-{5 - at}", _step_said(low, high, words))
        for at, (low, high) in enumerate(zip(STEPS, ends, strict=True))
    ]
    named.append(("p-frame", words("published_rank")))
    shapes, left, top = "", 4.0, 0.0
    for class_, name in named:
        room = 18 + svg.text_width(name, 11) + 14
        if left + room > width and left > 4:
            left, top = 4.0, top + 18
        shapes += svg.rect(left + 1, top + 1, 12, 12, class_)
        shapes += svg.text(left + 18, top + 11, name, class_="p-soft")
        left += room
    return Drawing(shapes, top + 22)


def _step_said(low: float, high: float | None, words: Words) -> str:
    first, last = f"{100 * low:.0f}%", "" if high is None else f"{100 * high:.0f}%"
    if not low:
        return words("share_below", high=last)
    return words("share_between" if last else "share_above", low=first, high=last)


def _described(result: Result, found: HowSure, words: Words) -> str:
    """The unit that is surest at its published rank, and the one that is least sure."""
    shares = {one.unit: at_its_rank(one) for one in found.units}
    known = {unit: share for unit, share in shares.items() if share is not None}
    if not known:
        return words("intervals_none")
    most, least = max(known, key=lambda unit: known[unit]), min(known, key=lambda unit: known[unit])
    names = result.scheme.unit
    return words(
        "rank_shares_described",
        surest=words.name(names[most]), most=numbers.of_100(known[most]),
        least_sure=words.name(names[least]), least=numbers.of_100(known[least]),
    )  # fmt: skip

"""Pictures of a published assessment, in the page: its colours, no script, all they show in words beside them.

They are drawn of the published document alone, with the shapes of ``papers.pictures``. Each is drawn in
two widths; the style sheet shows the one that fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from steelyard.kernel.bilingual import Lang
from steelyard.kernel.exact import exact
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.intervals import ticks
from steelyard.papers.pictures.picture import NARROW, WIDE
from steelyard.papers.pictures.scale import Scale
from steelyard.publication.results import Assessment, UnitResult
from steelyard.website.standings import Line

_SIZE, _ROW, _AXIS, _BAR = 12.0, 20.0, 22.0, 9.0
_RANK = 30.0
_TICK_ROOM = 34.0
_STAMP = 20.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in one width."""

    name: str
    title: str
    description: str
    shapes: str
    width: int
    height: float

    def markup(self, lang: Lang) -> str:
        told = svg.words("title", self.title, id=f"{self.name}-title")
        told += svg.words("desc", self.description, id=f"{self.name}-desc")
        kind = "picture-narrow" if self.width == NARROW else "picture-wide"
        return svg.element(
            "svg", told + self.shapes, class_=f"picture {kind}", role="img",
            viewBox=f"0 0 {self.width} {self.height:.0f}", width=self.width,
            height=f"{self.height:.0f}", lang="en" if lang == "en" else "zh-Hans",
            aria_labelledby=f"{self.name}-title", aria_describedby=f"{self.name}-desc",
        )  # fmt: skip


def ranks_picture(it: Assessment, lang: Lang) -> SafeString:
    """Every published rank as a dot on the interval that it could have; nothing without intervals."""
    shown = [one for one in it.listed if one.interval and one.rank]
    if not shown:
        return SafeString()
    drawn = (_ranks(it, shown, lang, width) for width in (WIDE, NARROW))
    return SafeString("".join(one.markup(lang) for one in drawn))


def _ranks(it: Assessment, shown: Sequence[UnitResult], lang: Lang, width: int) -> Drawn:
    top, marks = _stamped(it, width)
    names = svg.column_width(
        [one.title.say(lang) for one in shown], _SIZE, least=48, most=180 if width == WIDE else 92
    )
    ends = [
        end for one in shown for end in (*map(float, one.interval or ()), float(exact(one.rank)))
    ]
    first, last = int(min(ends)), int(-(-max(ends) // 1))
    scale = Scale(first - 0.5, last + 0.5, _RANK + names + 12, width - 50.0)
    bottom = top + _AXIS + _ROW * len(shown)
    for rank in ticks(first, last, int((scale.right - scale.left) / _TICK_ROOM)):
        at = scale.at(rank)
        marks += svg.line(at, top + _AXIS - 4, at, bottom, "p-rule")
        marks += svg.text(at, top + _AXIS - 8, str(rank), class_="p-soft p-mid")
    for place, one in enumerate(shown):
        marks += _rank_row(one, top + _AXIS + _ROW * place, scale, names, width, lang)
    return Drawn(
        f"ranks-{width}", gettext("Ranks, and the ranks that they could have"), _ranks_said(shown, lang),
        marks, width, bottom + 6,
    )  # fmt: skip


def _rank_row(
    one: UnitResult, top: float, scale: Scale, names: float, width: int, lang: Lang
) -> str:
    assert one.interval is not None
    low, high = map(float, one.interval)
    left, right = scale.at(low - 0.5) + 0.75, scale.at(high + 0.5) - 0.75
    at, middle = scale.at(exact(one.rank)), top + _ROW / 2
    said = svg.text(_RANK - 6, top + 14, one.rank, class_="p-soft p-end")
    said += svg.text(_RANK + 2, top + 14, svg.fitted(one.title.say(lang), names, _SIZE))
    said += svg.rect(left, middle - _BAR / 2, max(right - left, 3.0), _BAR, "p-shade-4")
    if not left <= at <= right:
        said += svg.line(at, middle, left if at < left else right, middle, "p-gap")
    said += svg.element("circle", cx=at, cy=middle, r=3.5, class_="p-dot")
    return said + svg.text(width - 4, top + 14, interval_said(one), class_="p-end")


def interval_said(one: UnitResult) -> str:
    """
    >>> interval_said(UnitResult("a", None, interval=("2", "2")))
    '2'
    """
    low, high = one.interval or ("", "")
    return low if low == high else f"{low}–{high}"


def _ranks_said(shown: Sequence[UnitResult], lang: Lang) -> str:
    between = pgettext("between cities", "; ")
    return between.join(
        gettext("%(city)s no. %(rank)s, %(interval)s")
        % {"city": one.title.say(lang), "rank": one.rank, "interval": interval_said(one)}
        for one in shown
    )


def profile_picture(
    it: Assessment, unit: UnitResult, lines: Sequence[Line], lang: Lang
) -> SafeString:
    """On every dimension the share of full points that a unit got, against the median of its peers."""
    shown = [line for line in lines if line.got.possible > 0 and line.item.kind == "item"]
    if not shown:
        return SafeString()
    drawn = (_profile(it, unit, shown, lang, width) for width in (WIDE, NARROW))
    return SafeString("".join(one.markup(lang) for one in drawn))


def _profile(
    it: Assessment, unit: UnitResult, shown: Sequence[Line], lang: Lang, width: int
) -> Drawn:
    top, marks = _stamped(it, width)
    is_wide = width == WIDE
    scale = Scale(0, 1, 290.0, width - 92.0) if is_wide else Scale(0, 1, 18.0, width - 84.0)
    height = _ROW if is_wide else 36.0
    bottom = top + _AXIS + height * len(shown)
    for quarter in range(5):
        at = scale.at(Fraction(quarter, 4))
        marks += svg.line(at, top + _AXIS - 4, at, bottom, "p-rule")
        marks += svg.text(at, top + _AXIS - 8, f"{25 * quarter}%", class_="p-soft p-mid")
    for place, line in enumerate(shown):
        marks += "".join(_profile_row(line, top + _AXIS + height * place, scale, is_wide, lang))
    title = gettext("%(city)s beside the median of its peers") % {"city": unit.title.say(lang)}
    return Drawn(f"profile-{width}", title, _profile_said(shown, lang), marks, width, bottom + 6)


def _profile_row(line: Line, top: float, scale: Scale, is_wide: bool, lang: Lang) -> Iterator[str]:
    name = line.item.title.say(lang)
    middle = top + (_ROW / 2 if is_wide else 26)
    room = scale.left - 26 if is_wide else scale.right + 60
    yield svg.text(4, top + 14, svg.fitted(name, room, _SIZE))
    yield svg.text(scale.right + 88, middle + 4, f"{line.points} / {line.possible}", class_="p-end")
    if line.got.points is None:
        return
    at = scale.at(line.got.points / line.got.possible)
    yield svg.line(scale.left, middle, scale.right, middle, "p-rule")
    reaches = True
    if line.median is not None:
        tick = scale.at(line.median / line.got.possible)
        reaches = line.got.points >= line.median
        yield svg.line(min(at, tick), middle, max(at, tick), middle, "p-gap")
        yield svg.line(tick, middle - 7.5, tick, middle + 7.5, "p-median")
    yield svg.element("circle", cx=at, cy=middle, r=4.0, class_="p-dot" if reaches else "p-ring")


def _profile_said(shown: Sequence[Line], lang: Lang) -> str:
    between = pgettext("between cities", "; ")
    return between.join(
        gettext("%(item)s %(points)s of %(possible)s, median %(middle)s")
        % {
            "item": line.item.title.say(lang), "points": line.points,
            "possible": line.possible, "middle": line.middle,
        }
        for line in shown
    )  # fmt: skip


def _stamped(it: Assessment, width: int) -> tuple[float, str]:
    """The mark of a sample, and the height that it takes; nothing otherwise."""
    if not it.sample:
        return 0.0, ""
    said = pgettext("mark", "Sample")
    wide = svg.text_width(said, 11) + 16
    box = svg.element(
        "rect", x=width - wide - 1, y=1.0, width=wide, height=18.0, rx=2.0, class_="p-stamp"
    )
    return _STAMP, box + svg.text(width - 1 - wide / 2, 14, said, class_="p-stamp-text p-mid")

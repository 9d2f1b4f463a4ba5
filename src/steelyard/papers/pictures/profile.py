"""A unit's profile: on every item the share of full points it got, against its peers' median.

A dot is the unit, an upright tick the median. The dot is filled where the unit reaches the median,
else a ring.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.papers import numbers
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.picture import NARROW, WIDE, Drawing, Picture
from steelyard.papers.pictures.scale import Scale
from steelyard.papers.scores import Column, column, peers, profile_items
from steelyard.papers.slugs import slugs
from steelyard.papers.words import Words
from steelyard.scheme.model import Item, Unit
from steelyard.weighing.result import Result

_MOST = 60
_ROW, _LINE, _HEADING = 17.0, 14.0, 24.0
_SIZE = 12.0
_RADIUS = 4.0


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the profile: the unit's share and the median's, each if there is one."""

    item: Item
    said: str
    share: Fraction | None
    median: Fraction | None

    @property
    def reaches(self) -> bool:
        return self.share is not None and (self.median is None or self.share >= self.median)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared: rows under the group that they belong to."""

    unit: Unit
    group: str
    rows: Mapping[str, tuple[Row, ...]]

    @property
    def all_rows(self) -> tuple[Row, ...]:
        return tuple(row for rows in self.rows.values() for row in rows)


@dataclass(frozen=True)
class Profiles:
    """The profiles of all units of one result; what they share is computed once."""

    result: Result
    words: Words
    columns: tuple[Column, ...]
    medians: Mapping[tuple[str, str], Fraction | None]
    names: Mapping[str, str]

    @classmethod
    def of(cls, result: Result, words: Words) -> Profiles:
        columns = tuple(column(result, item) for item in profile_items(result.scheme, _MOST))
        groups = {unit.group: peers(result, unit.code) for unit in result.scheme.assessed}
        medians = {
            (one.item.code, group): one.median_share(units)
            for one in columns
            for group, units in groups.items()
        }
        names = slugs(unit.code for unit in result.scheme.assessed)
        return cls(result, words, columns, medians, names)

    def profile(self, unit: str) -> Profile:
        found = self.result.scheme.unit[unit]
        group = self.result.scheme.groups.get(found.group)
        name = group.say(self.words.lang) if group else found.group
        rows: dict[str, list[Row]] = {}
        for one in self.columns:
            rows.setdefault(one.item.parent or one.item.code, []).append(self._row(one, found))
        return Profile(
            found,
            name or self.words("all_units"),
            {code: tuple(listed) for code, listed in rows.items()},
        )

    def _row(self, one: Column, unit: Unit) -> Row:
        score = one.scores.get(unit.code)
        if score is None:
            absent = "does_not_apply" if one.full is not None else "missing_score"
            return Row(one.item, self.words(absent), None, None)
        said = numbers.number(score, numbers.places_for([score]))
        if one.span is None:
            return Row(one.item, said, None, None)
        if one.full:
            said = f"{said} / {numbers.number(one.full)}"
        median = self.medians[(one.item.code, unit.group)]
        return Row(one.item, said, one.share(unit.code), median)

    def picture(self, unit: str, *, width: int = WIDE) -> Picture:
        profile, words = self.profile(unit), self.words
        family = self.result.scheme.family
        title = words(f"profile_title_{family}", unit=words.name(profile.unit))
        ending = "" if width > NARROW else "-narrow"
        return Picture(
            name=f"profile-{self.names[unit]}{ending}",
            words=words,
            scheme=self.result.scheme,
            title=words.marked(title),
            subtitle=words("profile_subtitle", group=profile.group),
            description=_described(profile, words),
            caption=words(f"profile_caption_{family}"),
            width=width,
            drawing=_drawn(self.result, profile, words, width),
        )


def _drawn(result: Result, profile: Profile, words: Words, width: int) -> Drawing:
    """The rows of each group under its title; names beside their tracks where there is room."""
    is_wide = width > NARROW
    scale = Scale(0, 1, 270.0, width - 92.0) if is_wide else Scale(0, 1, 8.0, width - 84.0)
    shapes, top = [_axis(scale, result, words)], 18.0
    for code, rows in profile.rows.items():
        if [row.item.code for row in rows] != [code]:
            shapes.append(_heading(result.scheme.item[code], top, words))
            top += _HEADING
        for row in rows:
            drawing = _beside(row, scale, words) if is_wide else _below(row, scale, words)
            shapes.append(svg.element("g", drawing.shapes, transform=f"translate(0 {top:.0f})"))
            top += drawing.height
        top += 4
    return Drawing(_grid(scale, top) + "".join(shapes), top + 6)


def _grid(scale: Scale, bottom: float) -> str:
    places = [scale.at(Fraction(quarter, 4)) for quarter in range(5)]
    return "".join(svg.line(at, 18, at, bottom, "p-rule") for at in places)


def _axis(scale: Scale, result: Result, words: Words) -> str:
    """Shares of full points; in an index, where the lowest and the highest unit are."""
    if result.scheme.family == "points":
        said = {Fraction(quarter, 4): f"{25 * quarter}%" for quarter in range(5)}
    else:
        said = {Fraction(0): words("lowest_unit"), Fraction(1): words("highest_unit")}
    return "".join(
        svg.text(max(scale.at(share), 18), 12, label, class_="p-soft p-mid")
        for share, label in said.items()
    )


def _heading(item: Item, top: float, words: Words) -> str:
    title = svg.fitted(words.name(item), 300, _SIZE)
    return svg.text(4, top + 16, title, class_="p-strong")


def _beside(row: Row, scale: Scale, words: Words) -> Drawing:
    """Name, track and figures side by side; a long name takes a second line."""
    lines = _name(row, scale.left - 26, words)
    height = _ROW + _LINE * (len(lines) - 1)
    said = "".join(svg.text(12, 13 + _LINE * place, one) for place, one in enumerate(lines))
    said += svg.text(scale.right + 90, height / 2 + 4.5, row.said, class_="p-end")
    return Drawing(said + _marks(row, height / 2, scale), height)


def _below(row: Row, scale: Scale, words: Words) -> Drawing:
    """The track below the name, for a narrow page."""
    lines = _name(row, scale.right + 74, words)
    foot = _LINE * len(lines)
    said = "".join(svg.text(4, 13 + _LINE * place, one) for place, one in enumerate(lines))
    said += svg.text(scale.right + 80, foot + 14, row.said, class_="p-end")
    return Drawing(said + _marks(row, foot + 10, scale), foot + 19)


def _name(row: Row, room: float, words: Words) -> list[str]:
    return svg.wrapped(words.name(row.item), room, _SIZE, 2)


def _marks(row: Row, middle: float, scale: Scale) -> str:
    if row.share is None:
        return ""
    at = scale.at(row.share)
    drawn = svg.line(scale.left, middle, scale.right, middle, "p-rule")
    if row.median is not None:
        tick = scale.at(row.median)
        drawn += svg.line(min(at, tick), middle, max(at, tick), middle, "p-gap")
        drawn += svg.line(tick, middle - 7.5, tick, middle + 7.5, "p-median")
    class_ = "p-dot" if row.reaches else "p-ring"
    return drawn + svg.element("circle", cx=at, cy=middle, r=_RADIUS, class_=class_)


def _described(profile: Profile, words: Words) -> str:
    """How many items reach the median, and which lie furthest below it."""
    compared = [row for row in profile.all_rows if row.share is not None]
    below = sorted((row for row in compared if not row.reaches), key=_distance)
    said = words(
        "profile_described",
        group=profile.group, reached=len(compared) - len(below), compared=len(compared),
    )  # fmt: skip
    if not below:
        return said
    furthest = [words.name(row.item) for row in below[:3]]
    return said + words("profile_furthest", items=words.join(furthest))


def _distance(row: Row) -> Fraction:
    return (row.share or Fraction(0)) - (row.median or Fraction(0))

"""The ranking as bars: units in the order of their ranks, each grade apart, every score in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from steelyard.papers import numbers
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.picture import NARROW, WIDE, Drawing, Part, Picture
from steelyard.papers.pictures.scale import Scale, scale_of
from steelyard.papers.words import Words
from steelyard.scheme.model import ROOT
from steelyard.weighing.result import Result, Standing

_ROW, _BAR = 20.0, 12.0
_HEADING = 27.0
_RANK = 26.0
_VETO = 36.0
_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Band:
    """The units of one grade, best first. ``shade`` is that of its bars, from 1 to 5."""

    heading: str
    remark: str
    shade: int
    standings: tuple[Standing, ...]


def ranking_picture(
    result: Result, words: Words, *, width: int = WIDE, part: Part | None = None
) -> Picture:
    """The score of every unit, or of those of the part."""
    part = part or Part(0, len(result.standings), len(result.standings))
    bands = _bands(result, result.standings[part.start : part.end], words)
    counted = words("units_counted", count=numbers.counted(part.whole))
    order = "by_grade" if result.scheme.grades else "by_rank"
    return Picture(
        name=f"ranking{part.suffix}{'' if width > NARROW else '-narrow'}",
        words=words,
        scheme=result.scheme,
        title=words.marked(words("ranking_title")),
        subtitle=words(f"ranking_subtitle_{order}", counted=part.said(words) or counted),
        description=_described(result, words),
        caption=words(f"ranking_caption_{order}"),
        width=width,
        drawing=_drawn(result, bands, words, width),
    )


def shade_of(place: int, grades: int) -> int:
    """Which of the five shades the grade at ``place`` (from 0, best first) has.

    >>> [shade_of(place, 4) for place in range(4)]
    [1, 2, 4, 5]
    """
    return 1 if grades < 2 else 1 + (8 * place + grades - 1) // (2 * (grades - 1))


def _bands(result: Result, shown: Sequence[Standing], words: Words) -> list[Band]:
    """One band a grade, in the order of the grades, then the units without one."""
    grades = result.scheme.grades
    found = [
        Band(words.name(grade), words.cut_off(grade), shade_of(place, len(grades)),
             tuple(one for one in shown if one.grade == grade.code))
        for place, grade in enumerate(grades)
    ]  # fmt: skip
    rest = tuple(one for one in shown if not one.grade)
    found.append(Band(words("no_grade") if grades else "", "", 2, rest))
    return [band for band in found if band.standings]


def _drawn(result: Result, bands: Sequence[Band], words: Words, width: int) -> Drawing:
    names = [words.name(one.unit) for band in bands for one in band.standings]
    most = 180.0 if width > NARROW else 92.0
    label = svg.column_width(names, _SIZE, least=60, most=most)
    places = result.scheme.total.places
    said = [numbers.number(one.score, places) for band in bands for one in band.standings]
    figures = svg.column_width(said, _SIZE, least=30, most=width / 2) + 8
    figures += _VETO if any(one.vetoes for one in result.standings) else 0
    scale = _scale(result, _RANK + label + 10, width - figures - 6)
    shapes, top = [], 0.0
    for band in bands:
        if band.heading:
            shapes.append(_heading(band, top, width, words))
            top += _HEADING
        rows = [
            _row(result, standing, band, top + _ROW * place, scale, label, words)
            for place, standing in enumerate(band.standings)
        ]
        bottom = top + _ROW * len(rows)
        shapes += [*rows, svg.line(scale.zero, top, scale.zero, bottom, "p-axis")]
        top = bottom + 5
    return Drawing("".join(shapes), top)


def _scale(result: Result, left: float, right: float) -> Scale:
    known = [standing.score for standing in result.standings if standing.score is not None]
    whole = result.scheme.full[ROOT] if result.scheme.family == "points" else Fraction(0)
    if result.scheme.total.as_ == "percent":
        whole = Fraction(100)
    return scale_of([*known, whole], left, right)


def _heading(band: Band, top: float, width: int, words: Words) -> str:
    count = len(band.standings)
    counted = words("unit_counted") if count == 1 else words("units_counted", count=count)
    remark = " · ".join(part for part in (band.remark, counted) if part)
    ahead = svg.text_width(band.heading, _SIZE) + _RANK + 14
    swatch = svg.rect(6, top + 10, 12, 12, f"p-shade-{band.shade}")
    return (
        svg.line(0, top + 2.5, width, top + 2.5, "p-rule")
        + swatch
        + svg.text(_RANK + 2, top + 20, band.heading, class_="p-strong")
        + svg.text(ahead, top + 20, remark, class_="p-soft")
    )


def _row(
    result: Result, standing: Standing, band: Band, top: float, scale: Scale, label: float,
    words: Words,
) -> str:  # fmt: skip
    base = top + 14
    title = svg.fitted(words.name(standing.unit), label, _SIZE)
    rank = numbers.place_in_a_column(standing.rank)
    said = svg.text(_RANK - 6, base, rank, class_="p-soft p-end")
    said += svg.text(_RANK + 2, base, title)
    if standing.score is None:
        return said + svg.text(scale.zero + 6, base, words("not_scored"), class_="p-soft")
    left, right = sorted((scale.zero, scale.at(standing.score)))
    bar = svg.rect(left, top + (_ROW - _BAR) / 2, right - left, _BAR, f"p-shade-{band.shade}")
    score = numbers.number(standing.score, result.scheme.total.places)
    ahead = right + 12 + svg.text_width(score, _SIZE)
    veto = svg.text(ahead, base, words("veto"), class_="p-veto") if standing.vetoes else ""
    return said + bar + svg.text(right + 6, base, score) + veto


def _described(result: Result, words: Words) -> str:
    """The ends and the middle of the ranking, and how many units each grade has."""
    scored = [standing for standing in result.standings if standing.score is not None]
    if not scored:
        return words("not_scored")
    first, last = scored[0], scored[-1]
    places = result.scheme.total.places
    middle = median(Fraction(one.score) for one in scored if one.score is not None)
    return words(
        "ranking_described",
        first=words.name(first.unit), most=numbers.number(first.score, places),
        last=words.name(last.unit), least=numbers.number(last.score, places),
        median=numbers.number(middle, places), grades=_grades_counted(result, words),
    )  # fmt: skip


def _grades_counted(result: Result, words: Words) -> str:
    said = [
        words("grade_counted", grade=words.name(grade), count=count)
        for grade in result.scheme.grades
        if (count := sum(one.grade == grade.code for one in result.standings))
    ]
    return words("grades_are", grades=words.join(said)) if said else ""

"""How likely each grade is: one bar a unit, a piece for each grade, best first."""

from __future__ import annotations

from steelyard.papers import numbers
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.picture import WIDE, Drawing, Part, Picture
from steelyard.papers.pictures.ranking import shade_of
from steelyard.papers.pictures.rows import ROW, Rows, counted, named, whole_part
from steelyard.papers.words import Words
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure, UnitDoubt

_BAR = 14.0
_ROOM = 32.0


def grade_shares_picture(
    result: Result, found: HowSure, words: Words, *, width: int = WIDE, part: Part | None = None
) -> Picture:
    """The grades of every unit, or of those of the part."""
    part = whole_part(result, part)
    return Picture(
        name=named("grade-shares", part, width),
        words=words,
        scheme=result.scheme,
        title=words.marked(words("grade_shares_title")),
        subtitle=words("grade_shares_subtitle", counted=counted(part, words)),
        description=_described(result, found, words),
        caption=words("grade_shares_caption"),
        width=width,
        drawing=_drawn(result, found, words, part, width),
    )


def _drawn(result: Result, found: HowSure, words: Words, part: Part, width: int) -> Drawing:
    said = [_own(one) for one in found.units]
    rows = Rows.of(result, found, words, part, width, said)
    legend = _legend(result, found, words, width)
    shapes = [legend.shapes]
    for number, (standing, doubt) in enumerate(zip(rows.standings, rows.doubts, strict=True)):
        top = legend.height + ROW * number
        shapes.append(rows.label(standing, top, words))
        shapes.append(_bar(result, doubt, rows, top))
        shapes.append(svg.text(width - 4, top + 14, _own(doubt), class_="p-end"))
    return Drawing("".join(shapes), legend.height + ROW * len(rows.standings) + 6)


def _own(one: UnitDoubt) -> str:
    return numbers.of_100(one.grade_shares.get(one.grade, 0.0))


def _bar(result: Result, doubt: UnitDoubt, rows: Rows, top: float) -> str:
    """The pieces end to end, each with its figure where there is room."""
    left, drawn = rows.left, ""
    for code, shade in _shades(result).items():
        share = doubt.grade_shares.get(code, 0.0)
        if not share:
            continue
        wide = share * (rows.right - rows.left)
        drawn += svg.rect(left, top + (ROW - _BAR) / 2, wide, _BAR, f"p-shade-{shade}")
        if wide >= _ROOM:
            said, colour = numbers.of_100(share), f"p-on-{shade} p-size-10 p-mid"
            drawn += svg.text(left + wide / 2, top + 13.5, said, class_=colour)
        left += wide
    return drawn


def _shades(result: Result) -> dict[str, int]:
    grades = result.scheme.grades
    return {one.code: shade_of(at, len(grades)) for at, one in enumerate(grades)} | {"": 0}


def _legend(result: Result, found: HowSure, words: Words, width: int) -> Drawing:
    named = {grade.code: words.name(grade) for grade in result.scheme.grades}
    if any(one.grade_shares.get("") for one in found.units):
        named[""] = words("no_grade")
    shapes, left, top = "", 4.0, 0.0
    for code, name in named.items():
        room = 18 + svg.text_width(name, 11) + 14
        if left + room > width and left > 4:
            left, top = 4.0, top + 18
        shapes += svg.rect(left + 1, top + 1, 12, 12, f"p-shade-{_shades(result)[code]}")
        shapes += svg.text(left + 18, top + 11, svg.fitted(name, width - 30, 11), class_="p-soft")
        left += room
    return Drawing(shapes, top + 22)


def _described(result: Result, found: HowSure, words: Words) -> str:
    """How many grades never change, and the least sure one."""
    own = {one.unit: one.grade_shares.get(one.grade, 0.0) for one in found.units}
    least = min(own, key=lambda unit: own[unit])
    return words(
        "grade_shares_described",
        sure=sum(share == 1 for share in own.values()),
        least_sure=words.name(result.scheme.unit[least]), least=numbers.of_100(own[least]),
    )  # fmt: skip
